/**
 * Why this file exists: where real Node may go either way, the reader can see the other way: the editor simulates it, a
 * page of its own brought it along.
 */
import type { Nudge, Trace } from '../trace/trace';
import { showTrace } from './host';
import type { Player, Recording } from './player-state';

/** Tells orders apart. */
export function orderKey(nudges: readonly Nudge[] = []): string {
  return JSON.stringify(nudges);
}

/** The orders that can be played from here: those of the run's races, and the first one when this is not it. */
export interface Orders {
  /** By the index of the race among the trace's notes. */
  readonly others: ReadonlyMap<number, readonly Nudge[]>;
  readonly isFirst: boolean;
}

export function ordersOf({ trace }: Recording, player: Player): Orders {
  const { nudges = [], notes } = trace;
  const others = new Map(notes.flatMap(({ otherOrder }, n) => {
    const all = [...nudges, ...otherOrder ?? []];
    return otherOrder !== undefined && canPlay(player, all) ? [[n, all] as const] : [];
  }));
  return { others, isFirst: nudges.length === 0 };
}

function canPlay(player: Player, nudges: readonly Nudge[]): boolean {
  return player.tell !== undefined || player.orders.has(orderKey(nudges));
}

/** Plays the order that the nudges lead to. */
export function playOrder(player: Player, nudges: readonly Nudge[]): void {
  if (player.tell !== undefined) {
    player.tell({ kind: 'other-order', nudges });
    return;
  }
  const trace = player.orders.get(orderKey(nudges));
  if (trace !== undefined) showTrace(player, trace, player.recording.value?.title ?? '');
}

/** Keeps the orders that a page brought along, its own among them. */
export function keepOrders(player: Player, traces: readonly Trace[]): void {
  for (const trace of traces) player.orders.set(orderKey(trace.nudges), trace);
}
