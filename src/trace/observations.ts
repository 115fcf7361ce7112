/**
 * Why this file exists: what a trace shows that its reader should see: work that nobody waits for, errors that are
 * lost, stretches in which the loop was blocked, awaits that went one after the other, timers that starved. Each is
 * read from the events of one run; what the types allow is the analysis' business, not this file's.
 */
import { blockedStretches, starvedTasks } from './observations-loop';
import { saturatedPool } from './observations-pool';
import { serialAwaits } from './observations-serial';
import type { Observation } from './observation';
import type { TraceIndex } from './trace-index';
import type { FrameId, PromiseId, SiteId, VirtualMs } from './trace';

export interface Observations {
  /** In order of the steps. */
  readonly list: readonly Observation[];
  /** How long stretches of `blockingMs` and more kept the loop, altogether. */
  readonly blockedMs: VirtualMs;
}

export function observe(index: TraceIndex): Observations {
  const blocked = blockedStretches(index);
  const list = [...lostPromises(index), ...blocked, ...serialAwaits(index), ...starvedTasks(index)];
  return {
    list: [...list, ...saturatedPool(index)].toSorted((a, b) => a.step - b.step),
    blockedMs: blocked.reduce((sum, { ms }) => sum + ms, 0),
  };
}

function lostPromises(index: TraceIndex): readonly Observation[] {
  const { events } = index.trace;
  const cared = caredFor(index);
  const suspended = new Set<FrameId>();
  const found: Observation[] = [];
  for (const [step, event] of events.entries()) {
    if (event.kind === 'rejection-unhandled') {
      const { promise, value } = event;
      found.push({ kind: 'unhandled', step, promise, value, label: index.promiseLabel(promise), ...at(index.promise(promise)?.site) });
    }
    if (event.kind !== 'frame-suspended' || event.on !== 'await' || suspended.has(event.frame)) continue;
    suspended.add(event.frame);
    const pushed = index.frame(event.frame);
    const made = index.promise(pushed?.promise);
    if (made?.origin !== 'async-function' || cared.has(made.promise) || isVoided(index, made.site)) continue;
    const caller = index.frame(made.frame);
    // What the host calls (a timer's async callback) has no caller that could wait.
    if (caller === undefined) continue;
    const isScript = index.trace.sites[caller.site]?.kind === 'module';
    found.push({ kind: 'floating', step, promise: made.promise, label: index.promiseLabel(made.promise), ...at(made.site), ...(isScript ? {} : { by: caller.frame }) });
  }
  const lost = new Set(found.flatMap(one => one.kind === 'unhandled' ? [one.promise] : []));
  return found.filter(one => one.kind !== 'floating' || !lost.has(one.promise));
}

function at(site: SiteId | undefined): { site?: SiteId } {
  return site === undefined ? {} : { site };
}

/** Promises that somebody has waited for, or that another promise follows. */
function caredFor(index: TraceIndex): ReadonlySet<PromiseId> {
  const cared = new Set<PromiseId>();
  for (const event of index.trace.events) {
    if (event.kind === 'promise-awaited') cared.add(event.promise);
    if (event.kind === 'promise-followed' && event.target !== undefined) cared.add(event.target);
  }
  return cared;
}

/** `void load()`: its writer says that nobody is to wait. */
function isVoided(index: TraceIndex, site: SiteId | undefined): boolean {
  return /^void\b/.test(index.snippet(site));
}
