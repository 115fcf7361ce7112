/**
 * Why this file exists: libuv's pool has few threads for all files, names and hashes of a program. Where more is asked
 * of it at once, what comes last waits, and nobody sees why.
 */
import type { Observation } from './observation';
import type { TraceIndex } from './trace-index';
import type { TraceEvent, TraceEventKind, WorkId } from './trace';

type Saturated = Extract<Observation, { kind: 'pool-saturated' }>;
type Queued = Extract<TraceEvent, { kind: Extract<TraceEventKind, 'work-queued'> }>;

/** A wait for a thread that is worth a word, in virtual ms: several times what a small file takes. */
const longWaitMs = 1;

/** Stretches in which no thread was free and something waited for one longer than `longWaitMs`: one finding each. */
export function saturatedPool(index: TraceIndex): readonly Saturated[] {
  const waiting = new Map<WorkId, { readonly step: number; readonly event: Queued }>();
  const found: Saturated[] = [];
  let present: Saturated | undefined;
  let threads = 0;
  for (const [step, event] of index.trace.events.entries()) {
    if (event.kind === 'pool-opened') threads = event.threads;
    if (event.kind === 'work-queued' && event.ring !== 1) waiting.set(event.work, { step, event });
    if (event.kind !== 'work-started') continue;
    const queued = waiting.get(event.work);
    waiting.delete(event.work);
    const ms = queued === undefined ? 0 : event.at - queued.event.at;
    if (queued !== undefined && ms >= longWaitMs) present = grown(present, queued, threads, ms);
    if (waiting.size > 0 || present === undefined) continue;
    found.push(present);
    present = undefined;
  }
  return present === undefined ? found : [...found, present];
}

function grown(
  before: Saturated | undefined, { step, event }: { readonly step: number; readonly event: Queued }, threads: number,
  ms: number,
): Saturated {
  if (before !== undefined && before.ms >= ms) return { ...before, waited: before.waited + 1 };
  const site = event.site === undefined ? {} : { site: event.site };
  return { kind: 'pool-saturated', step, label: event.label, threads, waited: (before?.waited ?? 0) + 1, ms, ...site };
}
