/** Why this file exists: where the results of calls are not asked for all the same, those of calls that block are. */
import type ts from 'typescript';
import { blockingApi } from '../known-apis/blocking';
import { merged } from '../types/counterparts';
import type { CallTarget, FileAnswers } from '../types/questions';
import { bringsResult } from './collect-questions';
import type { FunctionSites } from './sites';

/** Adds what calls of functions that block bring: what brings a promise does not block. */
export function withBlockingResults(
  answers: FileAnswers,
  sites: readonly FunctionSites[],
  ask: (calls: readonly ts.Expression[]) => FileAnswers,
): FileAnswers {
  const calls = sites.flatMap((each) => each.calls.map(({ node }) => node)).filter(bringsResult);
  const asked = calls.filter((call) => !answers.types.has(call) && (answers.callees.get(call) ?? []).some(mayBlock));
  return asked.length === 0 ? answers : merged(answers, ask(asked));
}

function mayBlock(target: CallTarget): boolean {
  return target.kind === 'library' && blockingApi(target.module, target.name) !== undefined;
}
