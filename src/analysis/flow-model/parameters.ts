/**
 * Why this file exists: `map(f)` calls `f` before it returns, `setTimeout(f)` does not. For functions of libraries a
 * table says which; for the project's own functions this does, parameter by parameter.
 */
import ts from 'typescript';
import type { CallbackApi, ScheduledBy } from '../known-apis/callbacks';
import { isAsyncFunction, isGeneratorFunction, skipOuter } from '../syntax';
import type { CallTarget, FileAnswers } from '../types/questions';
import { callbackTimeOf } from './callback-time';
import type { FunctionSites } from './sites';

/** What a function does with a function that it is given. */
export type ParameterUse =
  /** Calls it before it returns. */
  | { readonly kind: 'called-now' }
  /** Calls it later, or gives it to what does. */
  | { readonly kind: 'called-later'; readonly by: ScheduledBy }
  /** Gives it, before it returns, to a parameter of another function of the project. */
  | { readonly kind: 'handed-on'; readonly to: readonly CallTarget[]; readonly index: number };

/** When what is given is called; neither: it is not known to be called. */
export interface ParameterTime {
  readonly now: boolean;
  readonly later: ScheduledBy | undefined;
}

export type ParameterUses = ReadonlyMap<number, readonly ParameterUse[]>;

/** By index, what a function does with those of its parameters that it calls or hands on. */
export function parameterUses(
  sites: FunctionSites,
  nested: readonly FunctionSites[],
  answers: FileAnswers,
): ParameterUses {
  const { node } = sites;
  const uses = new Map<number, ParameterUse[]>();
  if (!ts.isFunctionLike(node)) return uses;
  const names = node.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : undefined));
  if (names.every((name) => name === undefined)) return uses;
  for (const each of [sites, ...nested]) {
    const time = timeOf(each, sites, answers);
    if (time === undefined) continue;
    for (const { node: call } of each.calls) {
      if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) continue;
      const moment = time.kind === 'now' && isAfterSuspension(call, sites) ? afterAwait : time;
      for (const [index, name] of names.entries()) {
        if (name === undefined || isShadowed(name, each, sites)) continue;
        for (const use of usesIn(call, name, moment, answers)) uses.set(index, [...(uses.get(index) ?? []), use]);
      }
    }
  }
  return uses;
}

/** When, seen from a call of the function, a place in it runs. */
type Moment = { readonly kind: 'now' } | { readonly kind: 'later'; readonly by: ScheduledBy };

const now: Moment = { kind: 'now' };
const afterAwait: Moment = { kind: 'later', by: 'microtask' };

/** Undefined: nothing says when, or whether, the nested function runs. */
function timeOf(each: FunctionSites, root: FunctionSites, answers: FileAnswers): Moment | undefined {
  let found: Moment = isGeneratorFunction(root.node) ? { kind: 'later', by: 'completion' } : now;
  for (let current: FunctionSites | undefined = each; current !== root; current = current.parent) {
    if (current === undefined || isGeneratorFunction(current.node)) return undefined;
    if (current.use.kind === 'immediate') continue;
    const taker = current.use.kind === 'argument' ? takerOf(current.use.call, answers) : undefined;
    if (taker === undefined) return undefined;
    if (taker.time !== 'now') found = { kind: 'later', by: taker.by ?? 'completion' };
  }
  return found;
}

function takerOf(call: ts.Node, answers: FileAnswers): CallbackApi | undefined {
  return callbackTimeOf(answers.callees.get(call) ?? []);
}

/** What an async function does after its first `await` happens in a later turn. */
function isAfterSuspension(call: ts.Node, { node, awaits }: FunctionSites): boolean {
  const first = awaits[0];
  return isAsyncFunction(node) && first !== undefined && call.getStart() > first.end;
}

function usesIn(
  call: ts.CallExpression | ts.NewExpression,
  name: string,
  moment: Moment,
  answers: FileAnswers,
): readonly ParameterUse[] {
  if (isNamed(calledFunction(call.expression), name)) return [used(moment)];
  return (call.arguments ?? []).flatMap((argument, index): readonly ParameterUse[] => {
    if (!isNamed(argument, name)) return [];
    const targets = answers.callees.get(call) ?? [];
    const taker = callbackTimeOf(targets);
    if (taker !== undefined) {
      if (!isCallbackPlace(taker, index, call.arguments?.length ?? 0)) return [];
      return [used(taker.time === 'now' ? moment : { kind: 'later', by: taker.by ?? 'completion' })];
    }
    const ours = targets.filter((target) => target.kind !== 'library');
    if (ours.length === 0) return [];
    return moment.kind === 'now' ? [{ kind: 'handed-on', to: ours, index }] : [used(moment)];
  });
}

/** `fs.stat(path, done)` calls its last argument only, `setTimeout(done, ms)` its first. */
function isCallbackPlace(taker: CallbackApi, index: number, count: number): boolean {
  if (taker.time === 'now' || taker.by === 'microtask') return true;
  if (taker.by === 'timer' || taker.by === 'tick' || taker.by === 'immediate') return index === 0;
  return index === count - 1 && count > 1;
}

function used(moment: Moment): ParameterUse {
  return moment.kind === 'now' ? { kind: 'called-now' } : { kind: 'called-later', by: moment.by };
}

/** `done` of `done()`, `done.call(…)` and `done.apply(…)`. */
function calledFunction(callee: ts.Expression): ts.Expression {
  const value = skipOuter(callee);
  const applied = ts.isPropertyAccessExpression(value) && /^(call|apply)$/.test(value.name.text);
  return applied ? value.expression : value;
}

function isNamed(expression: ts.Expression, name: string): boolean {
  const value = skipOuter(expression);
  return ts.isIdentifier(value) && value.text === name;
}

/** A function between declares the name anew. */
function isShadowed(name: string, inner: FunctionSites, outer: FunctionSites): boolean {
  for (let each: FunctionSites | undefined = inner; each !== undefined && each !== outer; each = each.parent) {
    const { node } = each;
    if (!ts.isFunctionLike(node)) continue;
    if (node.parameters.some((parameter) => ts.isIdentifier(parameter.name) && parameter.name.text === name))
      return true;
  }
  return false;
}
