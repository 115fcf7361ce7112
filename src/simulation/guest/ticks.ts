/**
 * Why this file exists: what Node does after every callback: all ticks, then all microtasks, again until both are
 * empty, then it judges unhandled rejections. Node 20: lib/internal/process/task_queues.js, promises.js.
 */
import { asyncContext, inContext } from './async-context';
import { announce, callAs, newIds, retire, type Numbered } from './async-ids';
import { checkFunction } from './node-errors';
import { apply, type Callable } from './primordials';
import { hasJudgements, judgeRejections } from './rejections';
import { nameOf, siteOf } from './recorder';
import { standsAt, standsForThose, under } from './stood-for';
import { TaskQueue, microtasks, runTask, taskQueued, type Job } from './tasks';

/** `count`: of its arguments, by which Node's own frame has its place. */
interface Tick extends Job {
  readonly count?: number;
}

const file = 'node:internal/process/task_queues';

export const ticks = new TaskQueue<Tick>();

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
  ticks.push({ task, run: () => { inContext(context, () => { callAs(resource, run); }); }, count: args.length });
}

standsAt(nextTick, 'process.nextTick', file, { checkFunction: '104:3' });

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

/** Whether Node's JavaScript called for them, or the loop itself. */
let isBetween = false;

function inTicks(place: string): readonly string[] {
  return [`${isBetween ? '' : 'process.'}processTicksAndRejections (${file}:${place})`];
}

/** By the number of its arguments. */
const tickRunners = ['77:11', '81:21', '82:21', '83:21', '84:21', '85:22'].map((place) => {
  const run = ({ task, run: tick }: Tick): void => { runTask(task, tick); };
  standsForThose(run, () => inTicks(place));
  return run;
});

function runTick(tick: Tick): void {
  const { count = 2 } = tick;
  tickRunners[count < 5 ? count : 5]?.(tick);
}

function microtasksAfterTicks(): void {
  runMicrotasks();
}
standsForThose(microtasksAfterTicks, () => inTicks('95:5'));
standsForThose(judgeRejections, () => inTicks('96:32'));

function processTicksAndRejections(): void {
  do {
    for (let tick = ticks.shift(); tick !== undefined; tick = ticks.shift()) runTick(tick);
    microtasksAfterTicks();
  } while (!ticks.isEmpty || judgeRejections());
}

const microtasksBetween = under(`runNextTicks (${file}:60:5)`, runMicrotasks);
const ticksBetween = under(`runNextTicks (${file}:64:3)`, () => {
  isBetween = true;
  try {
    processTicksAndRejections();
  } finally {
    isBetween = false;
  }
});

/**
 * runNextTicks, which is called between two timers or two immediates. An error of a tick leaves it at once: what else
 * is queued waits for the next time.
 */
export function runNextTicks(): void {
  if (ticks.isEmpty && !hasJudgements()) microtasksBetween();
  if (!ticks.isEmpty || hasJudgements()) ticksBetween();
}

/** The same after a callback that the loop itself called: InternalCallbackScope::Close. */
export function drainQueues(): void {
  try {
    if (ticks.isEmpty) runMicrotasks();
    if (!ticks.isEmpty || hasJudgements()) processTicksAndRejections();
  } catch (error) {
    processHooks.uncaught(error, 'exception');
  }
}
