/**
 * Why this file exists: a trace has many small events; a learner counts a few of them as one step. A beat is such a
 * step: a stretch of events at whose end the player stops, named after its most telling event, the lead.
 */
import type { PromiseId, TaskId, Trace, TraceEvent, TraceEventKind } from './trace';

export interface Beat {
  /** Steps of the first and the last event; the player shows the state after the last. */
  readonly first: number;
  readonly last: number;
  readonly lead: number;
}

/**
 * What the reader asked to see counts more than what it brings about. 0 never stops by itself: it is told with the
 * event that comes next.
 */
const weight: Readonly<Record<TraceEventKind, number>> = {
  'worker-created': 7, 'worker-started': 7, 'worker-ended': 7, 'agent-blocked': 8, 'agent-unblocked': 7,
  'message-posted': 6, 'message-arrived': 0, 'message-taken': 6,
  'program-ended': 9, 'rejection-unhandled': 9, 'rejection-handled': 5, 'console-printed': 8,
  'frame-suspended': 8, 'frame-resumed': 8, 'frame-popped': 6, 'frame-pushed': 7,
  'task-queued': 5, 'task-started': 6, 'task-cancelled': 5, 'task-finished': 0,
  'promise-created': 0, 'promise-settled': 5, 'promise-followed': 4, 'promise-awaited': 4,
  'pool-opened': 0, 'work-queued': 5, 'work-started': 4, 'work-finished': 0,
  'statement-reached': 3, 'turns-skipped': 6, 'clock-advanced': 6, 'phase-entered': 0,
};

/** What a `then` chain, an await or a settling brings with it, and what is told together with it. */
const settling: readonly TraceEventKind[] = ['promise-settled', 'promise-followed', 'task-queued', 'promise-awaited', 'promise-created'];

/** What is told together with the first weighty event of a beat. */
const trailers: Readonly<Partial<Record<TraceEventKind, readonly TraceEventKind[]>>> = {
  'statement-reached': [...settling, 'console-printed', 'task-cancelled', 'pool-opened', 'work-queued', 'message-posted', 'message-taken', 'worker-created'],
  'frame-pushed': ['promise-created', 'statement-reached'],
  'frame-popped': [...settling, 'task-finished'],
  'frame-suspended': ['promise-awaited', 'task-queued', 'task-finished'],
  // The next trip of an operation of several.
  'task-started': ['frame-pushed', 'frame-resumed', 'statement-reached', 'promise-created', 'work-queued', 'task-finished'],
  'promise-settled': [...settling, 'task-finished'],
  'promise-followed': [...settling, 'task-finished'],
  'promise-awaited': settling,
  'task-queued': ['promise-awaited', 'message-arrived', 'task-finished'],
  'console-printed': ['task-finished'],
};

/** Queued by the machinery of promises, not by a call that stands in the program. */
const quietOrigins: ReadonlySet<string> = new Set(['await', 'then', 'thenable', 'async-generator', 'module', 'internal']);

/** Another agent's event is another story. */
function areOfOne(one: TraceEvent | undefined, other: TraceEvent | undefined): boolean {
  return (one?.agent ?? 0) === (other?.agent ?? 0);
}

/** Whether `next` is told together with the beat that `head` began. */
function belongs(head: TraceEvent, next: TraceEvent): boolean {
  if (trailers[head.kind]?.includes(next.kind) !== true || !areOfOne(head, next)) return false;
  return next.kind !== 'task-queued' || quietOrigins.has(next.origin) || head.kind === 'statement-reached';
}

/** The beats of a trace, in order; together they cover every event. */
export function beatsOf(trace: Trace): readonly Beat[] {
  const beats: Beat[] = [];
  const { events } = trace;
  const weights = weightsOf(events);
  for (let first = 0; first < events.length;) {
    const beat = beatFrom(events, first, weights);
    beats.push(beat);
    first = beat.last + 1;
  }
  return beats;
}

function beatFrom(events: readonly TraceEvent[], first: number, weights: Uint8Array): Beat {
  if (first === 0) {
    const begun = beginning(events);
    if (begun !== undefined) return begun;
  }
  let last = suspensionFrom(events, first) ?? first;
  while (weights[last] === 0 && last + 1 < events.length && areOfOne(events[last], events[last + 1])) {
    last += 1;
    last = suspensionFrom(events, last) ?? last;
  }
  const head = events[last];
  let lead = last;
  let full = false; // one statement is enough for a beat, and a frame that is back stands at its await
  for (let next = last + 1; next < events.length; next++) {
    const event = events[next];
    if (head === undefined || event === undefined || !belongs(head, event)) break;
    if (suspensionFrom(events, next) !== undefined) break;
    const isStatement = event.kind === 'statement-reached';
    if (isStatement && full) break;
    full ||= isStatement || event.kind === 'frame-resumed';
    last = next;
    if ((weights[next] ?? 0) > (weights[lead] ?? 0)) lead = next;
  }
  return { first, last, lead };
}

/**
 * All that comes before the first statement (a module is linked, its promises are made) is the beginning of the main
 * script; where a function was chosen, no statement of the script is played, and its call is the beginning.
 */
function beginning(events: readonly TraceEvent[]): Beat | undefined {
  const last = events.findIndex(event => event.kind === 'statement-reached');
  const lead = events.slice(0, Math.max(last, 0)).findLastIndex(event => event.kind === 'frame-pushed');
  return lead >= 0 ? { first: 0, last, lead } : undefined;
}

/**
 * Where `first` begins what an await does before its frame leaves the stack (it wraps the value, registers, queues),
 * the step at which the frame leaves: the whole of it is one beat.
 */
function suspensionFrom(events: readonly TraceEvent[], first: number): number | undefined {
  let registered = false;
  for (let step = first; step < events.length; step++) {
    const event = events[step];
    if (!areOfOne(events[first], event)) return undefined;
    if (event?.kind === 'frame-suspended') return registered ? step : undefined;
    if (event?.kind === 'promise-awaited' && event.frame !== undefined) registered = true;
    else if (!registered && !(step === first && event?.kind === 'promise-created' && event.origin === 'await')
      && !(step > first && event?.kind === 'promise-settled')) return undefined;
    else if (event === undefined || !settling.includes(event.kind)) return undefined;
  }
  return undefined;
}

/** Promises and jobs that are nobody's: the machinery's, and Node's own between a call and its answer. */
interface Quiet {
  readonly tasks: ReadonlySet<TaskId>;
  readonly promises: ReadonlySet<PromiseId>;
}

function quietIn(events: readonly TraceEvent[]): Quiet {
  const [tasks, promises] = [new Set<TaskId>(), new Set<PromiseId>()];
  for (const event of events) {
    if (event.kind === 'task-queued' && event.origin === 'internal') tasks.add(event.task);
    if (event.kind === 'promise-created' && event.origin === 'internal') promises.add(event.promise);
  }
  return { tasks, promises };
}

function isQuiet(event: TraceEvent, { tasks, promises }: Quiet): boolean {
  switch (event.kind) {
    case 'task-queued': case 'task-started': case 'task-finished': case 'task-cancelled': case 'message-arrived': return tasks.has(event.task);
    case 'promise-awaited': return event.frame === undefined && promises.has(event.promise);
    case 'promise-created': case 'promise-settled': case 'promise-followed': return promises.has(event.promise);
    default: return false;
  }
}

/** The weight of each event, looked at once: neighbours ask for it again and again. */
function weightsOf(events: readonly TraceEvent[]): Uint8Array {
  const weights = new Uint8Array(events.length);
  const quiet = quietIn(events);
  for (const [step, event] of events.entries()) {
    const isNothing = isQuiet(event, quiet) || (event.kind === 'clock-advanced' && event.at - event.from < 0.1);
    weights[step] = isNothing ? 0 : weight[event.kind];
  }
  return weights;
}

/** The index of the beat that holds a step, by binary search; −1 for the moment before the first event. */
export function beatAt(beats: readonly Beat[], step: number): number {
  let low = 0;
  let high = beats.length - 1;
  let found = -1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((beats[middle]?.first ?? 0) <= step) {
      found = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}
