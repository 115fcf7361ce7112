/**
 * Why this file exists: what keeps the loop from its next callback: one long stretch of code, or ticks and microtasks
 * without end.
 */
import { blockingMs } from './observation';
import type { Observation } from './observation';
import type { TraceIndex } from './trace-index';
import type { SiteId, TaskId, TraceEvent, VirtualMs } from './trace';

type Blocked = Extract<Observation, { kind: 'blocked' }>;
type Starved = Extract<Observation, { kind: 'starved' }>;

interface Stretch {
  readonly firstStep: number;
  readonly from: VirtualMs;
  readonly label: string;
  /** The statement that took the most time so far, and when the present one began. */
  longest: { readonly site: SiteId; readonly step: number; readonly ms: VirtualMs } | undefined;
  present: { readonly site: SiteId; readonly step: number; readonly at: VirtualMs } | undefined;
}

/** Stretches of `blockingMs` and more in which the stack was never empty. */
export function blockedStretches(index: TraceIndex): readonly Blocked[] {
  const { events } = index.trace;
  const found: Blocked[] = [];
  const dues = dueTimes(events);
  let depth = 0;
  let stretch: Stretch | undefined;
  for (const [step, event] of events.entries()) {
    if (event.kind === 'frame-pushed' || event.kind === 'frame-resumed') {
      if (depth === 0) stretch = begun(step, event.at, index.frameLabel(event.frame));
      depth += 1;
    }
    if (stretch !== undefined) follow(stretch, step, event);
    if (event.kind !== 'frame-popped' && event.kind !== 'frame-suspended') continue;
    depth = Math.max(depth - 1, 0);
    if (depth > 0 || stretch === undefined) continue;
    const ms = event.at - stretch.from;
    if (ms >= blockingMs) found.push(blockedBy(stretch, step, event.at, ms, dues));
    stretch = undefined;
  }
  return found;
}

function begun(firstStep: number, from: VirtualMs, label: string): Stretch {
  return { firstStep, from, label, longest: undefined, present: undefined };
}

function blockedBy(
  stretch: Stretch, lastStep: number, to: VirtualMs, ms: VirtualMs, dues: readonly VirtualMs[],
): Blocked {
  const { firstStep, from, label, longest } = stretch;
  return {
    kind: 'blocked', step: longest?.step ?? firstStep, firstStep, lastStep, ms, label, late: countBetween(dues, from, to),
    ...(longest === undefined ? {} : { site: longest.site }),
  };
}

function follow(stretch: Stretch, step: number, event: TraceEvent): void {
  const { present } = stretch;
  if (present !== undefined) {
    const ms = event.at - present.at;
    if (ms > (stretch.longest?.ms ?? 0)) stretch.longest = { site: present.site, step: present.step, ms };
  }
  if (event.kind === 'statement-reached' || event.kind === 'frame-resumed') stretch.present = { site: event.site, step, at: event.at };
}

/** When timers are due, in order. */
function dueTimes(events: readonly TraceEvent[]): readonly VirtualMs[] {
  return events.flatMap(event => event.kind === 'task-queued' && event.due !== undefined ? [event.due] : []).sort((a, b) => a - b);
}

function countBetween(sorted: readonly VirtualMs[], from: VirtualMs, to: VirtualMs): number {
  return sorted.filter(time => time > from && time < to).length;
}

const manyJobs = 100;
/** A hundred short jobs in a row are no harm. */
const harmfulMs = 1;

/** Timers and immediates that could have run while a hundred and more ticks or microtasks did. */
export function starvedTasks(index: TraceIndex): readonly Starved[] {
  const waiting = new Map<TaskId, Waiting>();
  const found: Starved[] = [];
  let jobsSincePhase = 0;
  for (const [step, event] of index.trace.events.entries()) {
    if (event.kind === 'task-queued' && (event.queue === 'timers' || event.queue === 'immediates')) {
      waiting.set(event.task, { due: event.due ?? event.at, jobs: 0, since: undefined, step, last: event.at });
    }
    if (event.kind === 'task-cancelled') waiting.delete(event.task);
    if (event.kind === 'phase-entered') jobsSincePhase = 0;
    if (event.kind === 'turns-skipped' && event.unit === 'awaiting-turns') age(waiting.values(), event.count, event.at, step);
    if (event.kind !== 'task-started') continue;
    const started = waiting.get(event.task);
    if (started !== undefined) {
      waiting.delete(event.task);
      found.push(...starvedBy(index, event.task, started, event.at));
      continue;
    }
    jobsSincePhase += 1;
    // A hundred jobs in a row are rare: only then is it worth looking at all that waits.
    if (jobsSincePhase >= manyJobs && jobsSincePhase % manyJobs === 0) age(waiting.values(), manyJobs, event.at, step);
  }
  const end = index.trace.virtualMs;
  return [...found, ...[...waiting].flatMap(([task, known]) => starvedBy(index, task, known, end))];
}

interface Waiting { readonly due: VirtualMs; jobs: number; since: VirtualMs | undefined; step: number; last: VirtualMs }

function age(all: Iterable<Waiting>, jobs: number, now: VirtualMs, step: number): void {
  for (const one of all) {
    if (one.due > now) continue;
    one.jobs += jobs;
    one.since ??= Math.max(one.due, one.last);
    one.step = step;
  }
}

function starvedBy(
  index: TraceIndex, task: TaskId, { jobs, since, step }: Waiting, until: VirtualMs,
): readonly Starved[] {
  if (jobs < manyJobs || since === undefined || until - since < harmfulMs) return [];
  const site = index.task(task)?.site;
  return [{ kind: 'starved', step, task, label: index.taskLabel(task), jobs, ms: until - since, ...(site === undefined ? {} : { site }) }];
}
