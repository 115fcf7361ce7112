/**
 * Why this file exists: when a function that is written inside another runs: with it, later from the loop, or when
 * somebody calls it.
 */
import ts from 'typescript';
import type { CallbackApi } from '../known-apis/callbacks';
import { calleeName, isAsyncFunction, isGeneratorFunction } from '../syntax';
import type { CallTarget, FileAnswers } from '../types/questions';
import { callbackTimeOf } from './callback-time';
import { handedOverNames } from './collect-questions';
import type { ParameterUses } from './parameters';
import type { FunctionSites } from './sites';
import { functionId, type FunctionId, type Run } from './summary';

const called: Run = { kind: 'called' };

/** How every function of a file runs, by id; functions that are handed over by name are included. */
export function runsOf(
  file: string,
  functions: readonly FunctionSites[],
  answers: FileAnswers,
  parameters: ReadonlyMap<FunctionSites, ParameterUses>,
): ReadonlyMap<FunctionId, Run> {
  const runs = new Map<FunctionId, Run>();
  function idOf(each: FunctionSites): FunctionId {
    return functionId(file, ts.isSourceFile(each.node) ? 0 : each.node.getStart());
  }
  const nowParameters = new Map(functions.map((each) => [idOf(each), calledNow(parameters.get(each))]));
  for (const each of functions) runs.set(idOf(each), runOf(each, answers, nowParameters));
  for (const each of functions) {
    for (const { node } of each.calls) {
      const taker = callbackTimeOf(answers.callees.get(node) ?? []);
      if (taker?.time !== 'later') continue;
      for (const target of handedOverNames(node).flatMap((name) => answers.values.get(name) ?? [])) {
        if (target.kind === 'source' && target.file === file)
          runs.set(functionId(file, target.start), callback(taker, node));
      }
    }
  }
  return runs;
}

function runOf(
  sites: FunctionSites,
  answers: FileAnswers,
  nowParameters: ReadonlyMap<FunctionId, ReadonlySet<number>>,
): Run {
  const { node, use } = sites;
  if (use.kind === 'standalone' || isGeneratorFunction(node)) return called;
  if (use.kind === 'immediate') return isAsyncFunction(node) ? called : { kind: 'inline' };
  const targets = answers.callees.get(use.call) ?? [];
  const taker = callbackTimeOf(targets);
  if (taker?.time === 'later') return callback(taker, use.call);
  if (isAsyncFunction(node)) return called;
  const now =
    taker?.time === 'now' ||
    targets.some((target) => target.kind === 'source' && runsParameter(target, use.index, nowParameters));
  return now ? { kind: 'inline' } : called;
}

function runsParameter(
  target: CallTarget,
  index: number,
  nowParameters: ReadonlyMap<FunctionId, ReadonlySet<number>>,
): boolean {
  return target.kind === 'source' && nowParameters.get(functionId(target.file, target.start))?.has(index) === true;
}

function callback(taker: CallbackApi, call: ts.Node): Run {
  if (taker.by === 'event' && isLastWords(call)) return called;
  const callee = ts.isCallExpression(call) || ts.isNewExpression(call) ? calleeName(call.expression) : '';
  return { kind: 'callback', by: taker.by ?? 'completion', taker: callee };
}

/** Listeners of the end of the process must be synchronous: nobody is left to wait. */
function isLastWords(call: ts.Node): boolean {
  const event = ts.isCallExpression(call) ? call.arguments[0] : undefined;
  return (
    event !== undefined &&
    ts.isStringLiteralLike(event) &&
    /^(exit|uncaughtException|uncaughtExceptionMonitor|unhandledRejection)$/.test(event.text)
  );
}

/** Indexes of the parameters that a function only calls in its own body, before it returns. */
function calledNow(parameters: ParameterUses | undefined): ReadonlySet<number> {
  const found = [...(parameters ?? [])].filter(([, uses]) => uses.every((use) => use.kind === 'called-now'));
  return new Set(found.map(([index]) => index));
}
