/**
 * Why this file exists: who calls whom, in colours, one step at a time: the call graph as people walk it, over files
 * that are known.
 */
import type { TextRange } from '../base/text';
import { boundariesOf } from './flow-model/boundaries';
import { edgeTarget } from './flow-model/edge-target';
import type { Effects } from './flow-model/effects';
import type { Color } from './flow-model/flow-model';
import type { Edge, EdgeTarget, FileSummary, FunctionSummary } from './flow-model/summary';
import type { CallDirection } from './project-options';
import { rangeOf } from './syntax';
import type { TypeEngine } from './types/questions';

/** A function of the project, or one of a library that is async or blocks. */
export interface CallNode {
  readonly name: string;
  readonly color: Color;
  /** Calling it blocks: the callees on the way, the last one blocks. */
  readonly blocks: readonly string[];
  /** Where it is declared; absent for a library's. */
  readonly place?: { readonly file: string; readonly start: number; readonly nameRange: TextRange };
  /** Where it is called, or where it calls. */
  readonly at: { readonly file: string; readonly range: TextRange };
}

/** Of the function that starts at a place; `known`: the files among which callers are looked for. */
export function callsOf(
  start: number,
  direction: CallDirection,
  summary: FileSummary,
  known: Iterable<FileSummary>,
  effects: Effects,
): readonly CallNode[] {
  const fn = effects.functionAt(summary.file, start, summary.engine);
  if (fn === undefined) return [];
  return direction === 'callees' ? calleesOf(fn, summary, effects) : callersOf(fn, known, effects);
}

/** Whom a function calls, in the order of the text, each once. */
function calleesOf(fn: FunctionSummary, summary: FileSummary, effects: Effects): readonly CallNode[] {
  const found = new Map<string, CallNode>();
  for (const call of fn.calls) {
    const targets = call.targets.flatMap((target) => edgeTarget(target) ?? []);
    for (const node of nodesOf(targets, { file: summary.file, range: rangeOf(call.node) }, summary.engine, effects))
      found.set(keyOf(node), found.get(keyOf(node)) ?? node);
  }
  for (const edge of fn.edges.filter(isNoCall))
    for (const node of nodesOf([edge.target], { file: summary.file, range: edge.range }, summary.engine, effects))
      found.set(keyOf(node), found.get(keyOf(node)) ?? node);
  const ours = new Set([...found.values()].map(({ at }) => at.range.start));
  for (const { range, callee, calleeColor, kind } of boundariesOf(fn, summary, effects)) {
    if (callee === '' || ours.has(range.start)) continue;
    const blocks = kind === 'blocking' ? [callee] : [];
    const node = { name: callee, color: calleeColor, blocks, at: { file: summary.file, range } };
    found.set(keyOf(node), found.get(keyOf(node)) ?? node);
  }
  return [...found.values()].sort((a, b) => a.at.range.start - b.at.range.start);
}

/** Who calls a function, among the files that are known. */
function callersOf(fn: FunctionSummary, known: Iterable<FileSummary>, effects: Effects): readonly CallNode[] {
  const found: CallNode[] = [];
  for (const summary of known) {
    for (const caller of summary.functions) {
      const range = rangeOfCall(fn, caller, summary, effects);
      if (range === undefined) continue;
      found.push(nodeOf(caller, summary.engine, { file: summary.file, range }, effects));
    }
  }
  return found;
}

function rangeOfCall(
  fn: FunctionSummary,
  caller: FunctionSummary,
  { engine }: FileSummary,
  effects: Effects,
): TextRange | undefined {
  const runs = (target: EdgeTarget): boolean => effects.functions(target, engine).some((each) => each.fn.id === fn.id);
  const call = caller.calls.find((each) => each.targets.flatMap((target) => edgeTarget(target) ?? []).some(runs));
  if (call !== undefined) return rangeOf(call.node);
  return caller.edges.find((edge) => runs(edge.target))?.range;
}

/** A getter that is read, an iterator, a function that is handed over. */
function isNoCall({ given, iterates, node }: Edge): boolean {
  return given !== undefined || iterates === true || !('expression' in node && 'arguments' in node);
}

function nodesOf(
  targets: readonly EdgeTarget[],
  at: CallNode['at'],
  engine: TypeEngine,
  effects: Effects,
): readonly CallNode[] {
  return targets
    .flatMap((target) => effects.functions(target, engine))
    .map((target) => nodeOf(target.fn, target.engine, at, effects));
}

/** A function as a node of the graph. */
export function nodeOf(fn: FunctionSummary, engine: TypeEngine, at: CallNode['at'], effects: Effects): CallNode {
  return {
    name: fn.name,
    color: effects.colorOf(fn, { engine }),
    blocks: (effects.of(fn, engine)[0]?.chain ?? []).map((link) => link.callee),
    place: { file: fn.file, start: fn.range.start, nameRange: fn.nameRange },
    at,
  };
}

function keyOf({ place, name }: CallNode): string {
  return place === undefined ? name : `${place.file}#${String(place.start)}`;
}
