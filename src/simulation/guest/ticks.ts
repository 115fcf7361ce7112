/**
 * Why this file exists: what Node does after every callback: all ticks, then all microtasks, again until both are
 * empty, then it judges unhandled rejections. Node 20: lib/internal/process/task_queues.js, promises.js.
 */
import { asyncContext, inContext } from './async-context';
import { announce, callAs, newIds, retire, type Numbered } from './async-ids';
import { checkFunction } from './node-errors';
import { apply, type Callable } from './primordials';
import { judgeRejections } from './rejections';
import { nameOf, siteOf } from './recorder';
import { TaskQueue, microtasks, runTask, taskQueued, type Job } from './tasks';

export const ticks = new TaskQueue<Job>();

/**
 * `module` is the failed evaluation of the entry: reported as it is, from a promise of Node's loader; `microtask` what
 * Node caught in one.
 */
export type From = 'exception' | 'rejection' | 'module' | 'microtask';

/** What process.ts supplies: events of `process`, and the end of an uncaught error. */
export const processHooks: {
  uncaught(error: unknown, from: From): void;
  isExiting(): boolean;
} = { uncaught: () => undefined, isExiting: () => false };

/**
 * process.nextTick(callback, ...args); nothing is queued once the process is on its way out. `by` is what led to it, if
 * not what runs.
 */
export function nextTick(given: unknown, args: readonly unknown[], by?: Numbered): void {
  checkFunction(given, 'callback');
  if (processHooks.isExiting()) return;
  const callback = given as Callable; // just checked
  const task = taskQueued({ queue: 'ticks', origin: 'nextTick', label: nameOf(callback), site: siteOf(callback) });
  const context = asyncContext.current;
  const resource = announce({ ...newIds(by), callback, args: args.length === 0 ? undefined : args }, 'TickObject');
  const run = (): void => {
    try {
      apply(callback, undefined, args);
    } finally {
      retire(resource);
    }
  };
  ticks.push({ task, run: () => { inContext(context, () => { callAs(resource, run); }); } });
}

/** A tick of Node's own, which is not shown. */
export function nextTickUnseen(run: () => void): void {
  if (!processHooks.isExiting()) ticks.push({ task: 0, run });
}

/** Runs one callback as a task; an error goes where Node sends uncaught errors. */
export function runGuarded(job: Job, from: From = 'exception'): void {
  try {
    runTask(job.task, job.run);
  } catch (error) {
    processHooks.uncaught(error, from);
  }
}

/** An error in a microtask is caught and reported by Node (lib/internal/process/task_queues.js): the others run on. */
export function runMicrotasks(): void {
  for (let job = microtasks.shift(); job !== undefined; job = microtasks.shift()) runGuarded(job, 'microtask');
}

/**
 * runNextTicks, which is called between two timers or two immediates. An error of a tick leaves it at once: what else
 * is queued waits for the next time.
 */
export function runNextTicks(): void {
  if (ticks.isEmpty) runMicrotasks();
  do {
    for (let tick = ticks.shift(); tick !== undefined; tick = ticks.shift()) runTask(tick.task, tick.run);
    runMicrotasks();
  } while (!ticks.isEmpty || judgeRejections());
}

/** The same after a callback that the loop itself called: InternalCallbackScope::Close. */
export function drainQueues(): void {
  try {
    runNextTicks();
  } catch (error) {
    processHooks.uncaught(error, 'exception');
  }
}
