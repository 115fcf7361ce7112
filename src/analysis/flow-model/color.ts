/** Why this file exists: the colour of a function, from how it is written and what it returns. */
import ts from 'typescript';
import { isAsyncFunction, isGeneratorFunction } from '../syntax';
import type { CallTarget, FileAnswers, TypeFacts } from '../types/questions';
import type { Color } from './flow-model';
import { callbackTimeOf } from './callback-time';
import { positionOf } from './position';
import type { ParameterTime, ParameterUses } from './parameters';
import { returnedFacts } from './returned';
import type { FunctionSites } from './sites';

/** The colour of a function of ours; what is across files, `Effects.colorOf` adds. */
export function colorOf(sites: FunctionSites, parameters: ParameterUses, answers: FileAnswers): Color {
  const { node } = sites;
  if (ts.isSourceFile(node)) return sites.awaits.length > 0 ? 'async' : 'sync';
  if (isGeneratorFunction(node)) return isAsyncFunction(node) ? 'async-generator' : 'generator';
  if (isAsyncFunction(node)) return 'async';
  const returned = returnedFacts(node, answers);
  const byResult = returned === undefined || returnsSynchronously(sites, answers) ? 'sync' : colorOfResult(returned);
  if (byResult !== 'sync') return byResult;
  const times = [...parameters.values()].map((uses) => ({
    now: uses.some((use) => use.kind === 'called-now'),
    later: uses.find((use) => use.kind === 'called-later')?.by,
  }));
  return colorOfParameters(times);
}

/** A function that calls later what it is given answers so; one that sometimes calls it at once, either way. */
export function colorOfParameters(times: readonly ParameterTime[]): Color {
  const later = times.filter(({ later: by }) => by !== undefined);
  if (later.length === 0) return 'sync';
  return later.some(({ now }) => now) ? 'either' : 'callback';
}

/** Without installed types the result of `readFileSync` is `any`, but its name still says that it is there at once. */
function returnsSynchronously(sites: FunctionSites, answers: FileAnswers): boolean {
  const returned = sites.calls.filter(({ node }) => positionOf(node) === 'returned');
  return returned.length > 0 && returned.every(({ node }) => (answers.callees.get(node) ?? []).some(endsInSync));
}

function endsInSync(target: CallTarget): boolean {
  return target.kind === 'library' && target.name.endsWith('Sync');
}

/** The colour that a result's type shows. */
export function colorOfResult(result: TypeFacts): Color {
  if (result.promise === 'yes') return result.mixed ? 'either' : 'async';
  if (result.thenable === 'yes') return 'async';
  return result.promise === 'unknown' ? 'either' : 'sync';
}

/** The colour of a library function, from what is called and what comes back. */
export function colorOfLibraryCall(targets: readonly CallTarget[], result: TypeFacts, hasCallback: boolean): Color {
  const byResult = colorOfResult(result);
  return byResult === 'sync' && hasCallback && callbackTimeOf(targets)?.time === 'later' ? 'callback' : byResult;
}
