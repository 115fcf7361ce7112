/**
 * Why this file exists: promises are shown as chains, from the one that is waited for to those who wait. Which
 * promises matter at a moment, and who hangs on whom, is worked out here, away from drawing.
 */
import { firstValues, getId, lastValues } from '../trace/id-map';
import type { LoopState, PromiseNode } from '../trace/loop-state';
import type { FrameId, PromiseId } from '../trace/trace';
import type { TraceIndex } from '../trace/trace-index';

/** A promise and those who wait for it. One that was drawn before is drawn again, without what hangs on it. */
export interface PromiseChain {
  readonly node: PromiseNode;
  readonly next: readonly PromiseChain[];
  /** Suspended functions that wait for it and return no promise of their own: the main script. */
  readonly waitingScripts: readonly FrameId[];
  /** Nobody has ever asked for its fate. */
  readonly unread: boolean;
  /** Of a combinator: how many of its promises are settled. */
  readonly collects?: { readonly settled: number; readonly all: number };
}

const limit = 24;

/** The chains of a moment, oldest first; `more` promises are left out. */
export function promiseChains(state: LoopState, index: TraceIndex): {
  chains: readonly PromiseChain[]; more: number } {
  const shown = shownPromises(state);
  const successors = new Map<PromiseId, readonly PromiseId[]>();
  for (const node of shown.values()) successors.set(node.promise, successorsOf(state, node, shown, index));
  const inner = new Set([...successors].flatMap(([from, to]) => to.filter(id => id !== from)));
  const graph = { state, index, shown, successors, visited: new Set<PromiseId>() };
  const roots = [...shown.values()].filter(node => !inner.has(node.promise));
  // In a cycle every promise waits for another; then each starts a chain of its own, unless it was drawn before.
  const starts = roots.length > 0 ? roots : [...shown.values()];
  const chains = starts.flatMap(node => graph.visited.has(node.promise) ? [] : [chainFrom(graph, node)]);
  return { chains, more: Math.max(state.open.size - limit, 0) };
}

function shownPromises(state: LoopState): ReadonlyMap<PromiseId, PromiseNode> {
  const ids = new Set([
    ...firstValues(state.lost, 4), ...lastValues(state.lost, 2), ...firstValues(state.open, limit),
    ...lastValues(state.open, 4), ...lastValues(state.unread, 6),
  ]);
  const nodes = [...ids].sort((a, b) => a - b).flatMap(id => getId(state.promises, id) ?? []);
  return new Map(nodes.filter(node => isTelling(node)).map(node => [node.promise, node]));
}

/** Left out: what the machinery makes for itself, and the ends of chains that went well. */
function isTelling(node: PromiseNode): boolean {
  if (node.lost) return true;
  if (node.origin === 'internal' || node.origin === 'await' || node.origin === 'module') return false;
  const isEnd = node.state === 'fulfilled' && !node.awaitedEver;
  return !(isEnd && (node.origin === 'then' || node.origin === 'catch' || node.origin === 'finally'));
}

function successorsOf(
  state: LoopState, node: PromiseNode, shown: ReadonlyMap<PromiseId, PromiseNode>, index: TraceIndex,
): PromiseId[] {
  const frames = node.waitingFrames.flatMap(frame => getId(state.suspended, frame)?.promise ?? []);
  const followers = [...shown.values()].filter(other => other.follows === node.promise).map(other => other.promise);
  const collectors = node.waitingPromises.map(id => index.collector(id));
  return [...new Set([...frames, ...collectors, ...followers])].filter(id => shown.has(id));
}

interface Graph {
  readonly state: LoopState;
  readonly index: TraceIndex;
  readonly shown: ReadonlyMap<PromiseId, PromiseNode>;
  readonly successors: ReadonlyMap<PromiseId, readonly PromiseId[]>;
  readonly visited: Set<PromiseId>;
}

function chainFrom(graph: Graph, node: PromiseNode): PromiseChain {
  const { state, shown, successors, visited } = graph;
  visited.add(node.promise);
  const next = (successors.get(node.promise) ?? []).flatMap(id => {
    const other = shown.get(id);
    if (other === undefined) return [];
    return [visited.has(id) ? { node: other, next: [], waitingScripts: [], unread: false } : chainFrom(graph, other)];
  });
  const waitingScripts = node.waitingFrames.filter(frame => getId(state.suspended, frame)?.promise === undefined);
  const unread = !node.awaitedEver && node.follows === undefined && (node.state !== 'pending' || isParked(state, node));
  return { node, next, waitingScripts, unread, ...collected(graph, node.promise) };
}

/**
 * While it is pending, nobody's waiting is missed only when the call has come back without its result: its function is
 * suspended.
 */
function isParked(state: LoopState, node: PromiseNode): boolean {
  return firstValues(state.suspended, 200).some(frame => frame.promise === node.promise);
}

function collected({ state, index }: Graph, promise: PromiseId): Pick<PromiseChain, 'collects'> {
  const members = index.members(promise);
  if (members.length === 0) return {};
  const settled = members.filter(id => getId(state.promises, id)?.state !== 'pending').length;
  return { collects: { settled, all: members.length } };
}
