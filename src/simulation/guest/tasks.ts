/**
 * Why this file exists: whatever the loop will call later is a task with a token: queued, started, finished or
 * cancelled. Ticks and
 * microtasks have their queues here; timers and immediates are the loop's (loop/node.ts).
 */
import type { QueueName, TaskOrigin } from '../../trace/trace';
import { asyncContext, inContext, type AsyncContext } from './async-context';
import { clock } from './clock';
import { resetProbes } from './probes';
import { awaitsInRow } from './thinning';
import { code, emit, emitMore, here, recording, text, top, word } from './recorder';

const queued = code('task-queued');
const started = code('task-started');
const finished = code('task-finished');
const cancelled = code('task-cancelled');

export interface TaskAbout {
  readonly queue: QueueName;
  readonly origin: TaskOrigin;
  readonly label: string;
  /** Site of the callback plus one, 0 when it has none. */
  readonly site: number;
  readonly promise?: number;
  readonly frame?: number;
  readonly due?: number;
}

/** Records that something was put into a queue and answers its task id (0 when nothing is recorded). */
export function taskQueued(about: TaskAbout): number {
  if (!recording.on) return 0;
  const task = ++recording.lastTask;
  const site = about.site === 0 ? here() : about.site;
  emit(queued, task, word(about.queue), word(about.origin), text(about.label), site);
  emitMore(top()?.id ?? 0, recording.task, about.promise ?? 0, about.frame ?? 0, about.due ?? 0);
  return task;
}

export function taskCancelled(task: number): void {
  if (task !== 0) emit(cancelled, task);
}

/** The continuation of an await that comes next and is not recorded (await.ts): no queue need hold it. */
export const onlyJob: {
  settle: ((ok: boolean, value: unknown) => void) | undefined;
  ok: boolean;
  value: unknown;
  context: AsyncContext;
} = { settle: undefined, ok: true, value: undefined, context: undefined };

function runOnlyJobs(): void {
  for (let settle = onlyJob.settle; settle !== undefined; settle = onlyJob.settle) {
    onlyJob.settle = undefined;
    clock.readings = 0;
    asyncContext.current = onlyJob.context;
    settle(onlyJob.ok, onlyJob.value);
  }
}

/** Runs a callback as a task on an empty stack. Errors pass through to the loop. */
export function runTask(task: number, callback: () => void): void {
  resetProbes();
  if (task !== awaitsInRow.task) awaitsInRow.count = 0;
  recording.task = task;
  clock.readings = 0;
  if (task !== 0) emit(started, task);
  const context = asyncContext.current;
  try {
    callback();
    runOnlyJobs();
  } finally {
    asyncContext.current = context;
    resetProbes();
    if (task !== 0) emit(finished, task);
    recording.task = 0;
  }
}

/** A first-in first-out queue in which taking does not move the rest. */
export class TaskQueue<T extends object> {
  #first: { readonly value: T; next: undefined | object } | undefined;
  #last: { readonly value: T; next: undefined | object } | undefined;

  push(value: T): void {
    const node = { value, next: undefined };
    if (this.#last === undefined) this.#first = node;
    else this.#last.next = node;
    this.#last = node;
  }

  shift(): T | undefined {
    const node = this.#first;
    if (node === undefined) return undefined;
    this.#first = node.next as typeof node | undefined; // links hold nodes of this queue only
    if (this.#first === undefined) this.#last = undefined;
    return node.value;
  }

  get isEmpty(): boolean {
    return this.#first === undefined;
  }
}

export interface Job {
  readonly task: number;
  run(): void;
}

export const microtasks = new TaskQueue<Job>();

/** ECMA-262 §9.5.5 HostEnqueuePromiseJob. */
export function enqueueJob(about: TaskAbout, run: () => void, context: AsyncContext): void {
  microtasks.push({ task: taskQueued(about), run: context === undefined ? run : carried(run, context) });
}

function carried(run: () => void, context: AsyncContext): () => void {
  return () => {
    inContext(context, run);
  };
}

/** HTML's queue a microtask: a job in the context it is queued in. */
export function enqueueMicrotask(about: Omit<TaskAbout, 'queue'>, run: () => void): void {
  enqueueJob({ queue: 'microtasks', ...about }, run, asyncContext.current);
}
