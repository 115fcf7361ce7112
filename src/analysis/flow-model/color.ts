/** Why this file exists: the colour of a function, from how it is written and what it returns. */
import ts from 'typescript';
import { isAsyncFunction, isGeneratorFunction, skipOuter } from '../syntax';
import type { CallTarget, FileAnswers, TypeFacts } from '../types/questions';
import type { Color } from './flow-model';
import { positionOf } from './position';
import { callbackTimeOf } from './runs';
import type { FunctionSites } from './sites';

/** The colour of a function of ours. `nested` are the functions written inside it. */
export function colorOf(sites: FunctionSites, nested: readonly FunctionSites[], answers: FileAnswers): Color {
  const { node } = sites;
  if (ts.isSourceFile(node)) return sites.awaits.length > 0 ? 'async' : 'sync';
  if (isGeneratorFunction(node)) return isAsyncFunction(node) ? 'async-generator' : 'generator';
  if (isAsyncFunction(node)) return 'async';
  const returned = answers.returns.get(node);
  const byResult = returned === undefined || returnsSynchronously(sites, answers) ? 'sync' : colorOfResult(returned);
  return byResult === 'sync' && answersThroughCallback(sites, nested, answers) ? 'callback' : byResult;
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

/** A parameter is called by a callback that runs later, or handed on to something that calls it later. */
function answersThroughCallback(sites: FunctionSites, nested: readonly FunctionSites[], answers: FileAnswers): boolean {
  const { node } = sites;
  if (!ts.isFunctionLike(node)) return false;
  const names = new Set(
    node.parameters.flatMap((parameter) => (ts.isIdentifier(parameter.name) ? [parameter.name.text] : [])),
  );
  if (names.size === 0) return false;
  function isParameter(expression: ts.Expression): boolean {
    const value = skipOuter(expression);
    return ts.isIdentifier(value) && names.has(value.text);
  }
  const handsOn = [sites, ...nested].some((each) =>
    each.calls.some(
      ({ node: call }) =>
        ts.isCallExpression(call) &&
        call.arguments.some(isParameter) &&
        takesLater(call, answers) &&
        handsOverFunction(call, isParameter, answers),
    ),
  );
  return (
    handsOn ||
    nested.some(
      (each) =>
        runsLater(each, answers) &&
        each.calls.some(({ node: call }) => ts.isCallExpression(call) && isParameter(call.expression)),
    )
  );
}

/**
 * Of the arguments that are parameters of the function around, one is last, where callbacks stand, or first, as with
 * `setTimeout`.
 */
function handsOverFunction(
  call: ts.CallExpression,
  isParameter: (node: ts.Expression) => boolean,
  answers: FileAnswers,
): boolean {
  const timers = callbackTimeOf(answers.callees.get(call) ?? [])?.by;
  const first = timers === 'timer' || timers === 'tick' || timers === 'immediate' || timers === 'microtask';
  const candidate = first ? call.arguments[0] : call.arguments.at(-1);
  return candidate !== undefined && isParameter(candidate) && (first || call.arguments.length > 1);
}

function takesLater(call: ts.CallExpression, answers: FileAnswers): boolean {
  return callbackTimeOf(answers.callees.get(call) ?? [])?.time === 'later';
}

function runsLater(sites: FunctionSites, answers: FileAnswers): boolean {
  return sites.use.kind === 'argument' && callbackTimeOf(answers.callees.get(sites.use.call) ?? [])?.time === 'later';
}
