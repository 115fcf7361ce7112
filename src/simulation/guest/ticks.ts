/**
 * Why this file exists: what Node does after every callback: all ticks, then all microtasks, again until both are
 * empty, then it judges
 * unhandled rejections. Node 20–24: lib/internal/process/task_queues.js, lib/internal/process/promises.js.
 */
import { isCallable, apply, NativeTypeError, type Callable } from './primordials';
import { rejectionTracker } from './promise-reactions';
import type { PromiseSlot } from './promise-slot';
import { preview } from './preview';
import { code, emit, nameOf, siteOf, text } from './recorder';
import { TaskQueue, microtasks, runTask, taskQueued, type Job } from './tasks';

export const ticks = new TaskQueue<Job>();

/** What process.ts supplies: events of `process`, and the end of an uncaught error. */
export const processHooks: {
  /** `module` is the failed evaluation of the entry: reported as it is, from a promise of Node's loader. */
  uncaught(error: unknown, from: 'exception' | 'rejection' | 'module'): void;
  unhandledRejection(reason: unknown, promise: object): boolean;
  rejectionHandled(promise: object): void;
} = { uncaught: () => undefined, unhandledRejection: () => false, rejectionHandled: () => undefined };

const unhandled = code('rejection-unhandled');
const handledLater = code('rejection-handled');

/** process.nextTick(callback, ...args). */
export function nextTick(callback: unknown, args: readonly unknown[]): void {
  if (!isCallable(callback)) throw invalidCallback(callback);
  const task = taskQueued({ queue: 'ticks', origin: 'nextTick', label: nameOf(callback), site: siteOf(callback) });
  ticks.push({
    task,
    run: () => {
      apply(callback, undefined, args);
    },
  });
}

/** Node's ERR_INVALID_ARG_TYPE for a callback. */
export function invalidCallback(value: unknown, name = 'callback'): Error {
  const error = new NativeTypeError(`The "${name}" argument must be of type function. Received ${received(value)}`);
  return Object.assign(error, { code: 'ERR_INVALID_ARG_TYPE' });
}

function received(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === 'function') return `function ${nameOf(value)}`;
  // As Node words it.
  if (typeof value === 'object')
    return `an instance of ${(value as { constructor?: Callable }).constructor?.name ?? 'Object'}`;
  return `type ${typeof value} (${preview(value)})`;
}

/** Runs one callback as a task; an error goes where Node sends uncaught errors. */
export function runGuarded(job: Job): void {
  try {
    runTask(job.task, job.run);
  } catch (error) {
    processHooks.uncaught(error, 'exception');
  }
}

export function runMicrotasks(): void {
  for (let job = microtasks.shift(); job !== undefined; job = microtasks.shift()) runGuarded(job);
}

/** processTicksAndRejections, and what InternalCallbackScope::Close does before it when no tick is queued. */
export function drainQueues(): void {
  if (ticks.isEmpty) runMicrotasks();
  do {
    for (let tick = ticks.shift(); tick !== undefined; tick = ticks.shift()) runGuarded(tick);
    runMicrotasks();
  } while (!ticks.isEmpty || judgeRejections());
}

interface Suspect {
  readonly promise: object;
  readonly slot: PromiseSlot;
  warned: boolean;
}

const suspects = new TaskQueue<Suspect>();
const known: Suspect[] = [];
const repented = new TaskQueue<object>();

rejectionTracker.reject = (promise, slot) => {
  const suspect = { promise, slot, warned: false };
  known[known.length] = suspect;
  suspects.push(suspect);
};

rejectionTracker.handle = (promise, slot) => {
  emit(handledLater, slot.id);
  for (let i = 0; i < known.length; i++) {
    const suspect = known[i];
    if (suspect?.promise !== promise) continue;
    if (suspect.warned) repented.push(promise);
    for (let j = i; j < known.length - 1; j++) known[j] = known[j + 1] as Suspect; // j + 1 is within bounds
    known.length--;
    return;
  }
};

/** processPromiseRejections: true when something may have been queued. */
function judgeRejections(): boolean {
  let mayHaveQueued = !repented.isEmpty;
  for (let promise = repented.shift(); promise !== undefined; promise = repented.shift())
    processHooks.rejectionHandled(promise);
  for (let suspect = suspects.shift(); suspect !== undefined; suspect = suspects.shift()) {
    if (!known.includes(suspect)) continue;
    suspect.warned = true;
    mayHaveQueued = true;
    judge(suspect);
  }
  return mayHaveQueued;
}

function judge(suspect: Suspect): void {
  const reason = suspect.slot.result;
  emit(unhandled, suspect.slot.id, text(preview(reason)));
  try {
    if (processHooks.unhandledRejection(reason, suspect.promise)) return;
  } catch (error) {
    processHooks.uncaught(error, 'exception');
    return;
  }
  processHooks.uncaught(reason, 'rejection');
}
