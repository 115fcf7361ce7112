/**
 * Why this file exists: a file's summary knows what its own text tells; what other files tell of its functions is added
 * here: when a callback runs that is given to a function of ours, and what answers through one.
 */
import ts from 'typescript';
import { calleeName } from '../syntax';
import { edgeTarget } from './edge-target';
import type { Effects } from './effects';
import type { FileSummary, FunctionSummary, Run } from './summary';

/** The summary with the runs and colours of its functions as the whole program knows them. */
export function resolved(summary: FileSummary, effects: Effects): FileSummary {
  const functions = summary.functions.map((fn): FunctionSummary => {
    const color = effects.colorOf(fn, summary);
    const run = resolvedRun(fn, summary, effects);
    return color === fn.color && run === fn.run ? fn : { ...fn, color, run };
  });
  return { ...summary, functions, byId: new Map(functions.map((each) => [each.id, each])) };
}

function resolvedRun(fn: FunctionSummary, { engine, answers }: FileSummary, effects: Effects): Run {
  const { use } = fn.sites;
  if (fn.run.kind !== 'called' || use.kind !== 'argument' || conductsNothing(fn)) return fn.run;
  const to = (answers.callees.get(use.call) ?? []).flatMap((target) => edgeTarget(target) ?? []);
  const { now, later } = to.length === 0 ? nothing : effects.parameterTime(to, use.index, engine);
  if (now || later === undefined) return fn.run;
  return { kind: 'callback', by: later, taker: calleeName(use.call.expression) };
}

const nothing = { now: false, later: undefined };

/** Async functions and generators are told by their colour, wherever they are given to. */
function conductsNothing({ sites: { node }, color }: FunctionSummary): boolean {
  return color === 'async' || color === 'generator' || color === 'async-generator' || !ts.isFunctionLike(node);
}
