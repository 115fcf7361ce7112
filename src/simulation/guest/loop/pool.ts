/**
 * Why this file exists: libuv's thread pool (src/threadpool.c): one queue, a few threads that work beside the program,
 * and what they have done, for the poll phase to tell. Threads take virtual time, never real: what each does is carried
 * out in one go when it would be finished, in the order of virtual time.
 */
import { asyncContext, inContext, type AsyncContext } from '../async-context';
import { announce, callAs, hearing, nativeResource, newIds, retire, type Numbered } from '../async-ids';
import { refuseUnheard } from '../async-unheard';
import { clock } from '../clock';
import { bareList, type Callable } from '../primordials';
import { code, emit, emitAt, emitMore, nameOf, recording, siteOf, text, top, word } from '../recorder';
import { drainQueues, runGuarded } from '../ticks';
import { nextMoment, poolRateAt } from './nudges';
import { poolBecomes, poolCallBegins, poolTold, type PoolCall } from './pool-races';
import { enterTask, startNow } from './races';
import { goesThroughRing } from './ring';

/** One call of the program's that threads work for, in one trip or several. */
export interface Operation extends PoolCall {
  readonly id: number;
  /** How people read the call: `readFile('a.txt')`. */
  readonly label: string;
  readonly by: number;
  readonly during: number;
  readonly context: AsyncContext;
  /** How many times the modelled time its trips take. */
  readonly rate: number;
}

/** What one thread does in one go. */
export interface Trip {
  /** Which part of the operation: `open`, `read`; '' where it is the whole of it. */
  readonly name: string;
  /** Virtual milliseconds in the thread. Modelled. */
  readonly ms: number;
  /** The work itself, which must not fail. */
  run(): void;
  /** In the poll phase, before Node enters the resource of the trip. */
  done?(): void;
  /** In the poll phase, on an empty stack. */
  told(): void;
  /** The program's own function that `told` calls, if it does: the operation is over then. */
  readonly callback?: Callable | undefined;
  /** The operation is over: `told` settles a promise. */
  readonly isLast?: boolean;
  /** The kind of Node's own resource that stands for it, where async hooks can be told of it. */
  readonly type?: string | undefined;
}

interface Work {
  readonly operation: Operation;
  readonly trip: Trip;
  readonly readyAt: number;
  readonly ids: Numbered;
  finishAt: number;
  task: number;
}

/** How long a thread takes to wake up. Modelled. */
const wakingMs = 0.01;
const [usual, most] = [4, 1024];

const opened = code('pool-opened');
const queued = code('work-queued');
const started = code('work-started');
const finished = code('work-finished');
const taskQueued = code('task-queued');

const queue = bareList<Work | undefined>();
let first = 0;
const threads = bareList<Work | undefined>();
/** What the kernel does by itself (ring.ts): any number at once. */
let inKernel = bareList<Work>();
let completed = bareList<Work>();
/** Trips that were handed over and not told yet. */
let underWay = 0;
/** The virtual time up to which the threads have worked. */
let workedUntil = 0;
let lastOperation = 0;

/** What the environment says when the pool is first used; set by process.ts. */
export const poolSize: { asked: () => string | undefined } = { asked: () => undefined };

function open(): void {
  if (threads.length > 0) return;
  const asked = poolSize.asked();
  const size = asked === undefined ? usual : Math.min(Math.max(Number.parseInt(asked, 10) || 0, 1), most);
  for (let i = 0; i < size; i++) threads[i] = undefined;
  emit(opened, size);
}

/** An operation that begins now, where the program stands. */
export function newOperation(label: string): Operation {
  const at = startNow(nextMoment());
  const [by, during] = [top()?.id ?? 0, recording.task];
  const [context, rate] = [asyncContext.current, poolRateAt(at.moment)];
  return { id: ++lastOperation, label, by, during, context, start: at, trips: 0, ms: 0, rate };
}

/** Hands a trip to the pool. */
export function handOver(operation: Operation, trip: Trip): void {
  const now = clock.now();
  workUntil(now);
  const isInKernel = goesThroughRing(trip.name);
  if (!isInKernel) open();
  if (underWay++ === 0) poolBecomes(true);
  poolCallBegins(operation);
  operation.trips++;
  operation.ms += trip.ms * operation.rate;
  const { id, label, start, by, during } = operation;
  emit(queued, id, text(label), text(trip.name), start.site, by);
  emitMore(during, isInKernel ? 1 : 0, 0, 0, 0, 0);
  if (trip.type === undefined) refuseUnheard(label);
  const ids = newIds();
  if (hearing.by !== undefined) announce(ids, trip.type ?? '', standsFor(trip));
  const work = { operation, trip, readyAt: now + wakingMs * operation.rate, ids, finishAt: Infinity, task: 0 };
  if (isInKernel) {
    work.finishAt = work.readyAt + trip.ms * operation.rate;
    inKernel[inKernel.length] = work;
  } else queue[queue.length] = work;
  recording.due = nextPoolEvent();
}

/** Node's own objects are of classes that its native code makes. */
const classes: Readonly<Record<string, string>> = {
  FSREQCALLBACK: 'FSReqCallback', FSREQPROMISE: 'FSReqPromise', GETADDRINFOREQWRAP: 'GetAddrInfoReqWrap', PBKDF2REQUEST: 'PBKDF2Job',
  SCRYPTREQUEST: 'ScryptJob', DERIVEBITSREQUEST: 'HKDFJob', RANDOMBYTESREQUEST: 'RandomBytesJob', HASHREQUEST: 'HashJob',
};

function standsFor({ type = '' }: Trip): object {
  return nativeResource(classes[type] ?? 'Object');
}

export function poolAlive(): boolean {
  return underWay > 0;
}

export function poolThreads(): number {
  return threads.length;
}

export function hasCompleted(): boolean {
  return completed.length > 0;
}

/** When a thread will next take something up or be done; Infinity when all are idle. */
export function nextPoolEvent(): number {
  return Math.min(nextStart(), nextFinish()?.finishAt ?? Infinity);
}

function nextStart(): number {
  const work = queue[first];
  if (work === undefined || freeThread() < 0) return Infinity;
  return Math.max(work.readyAt, workedUntil);
}

function freeThread(): number {
  for (let i = 0; i < threads.length; i++) if (threads[i] === undefined) return i;
  return -1;
}

/** Of those that are done together the one that was taken up by the lower thread. */
function nextFinish(): Work | undefined {
  let next: Work | undefined;
  for (let i = 0; i < threads.length; i++) {
    const work = threads[i];
    if (work !== undefined && (next === undefined || work.finishAt < next.finishAt)) next = work;
  }
  for (let i = 0; i < inKernel.length; i++) {
    const work = inKernel[i];
    if (work !== undefined && (next === undefined || work.finishAt < next.finishAt)) next = work;
  }
  return next;
}

/** The threads work until that time. */
export function workUntil(now: number): void {
  recording.due = Infinity; // what is recorded here asks for no more
  for (;;) {
    const startAt = nextStart();
    const done = nextFinish();
    const at = Math.min(startAt, done?.finishAt ?? Infinity);
    if (at > now) break;
    workedUntil = at;
    if (done !== undefined && done.finishAt <= startAt) finish(done);
    else start(at);
  }
  workedUntil = Math.max(workedUntil, now);
  recording.due = nextPoolEvent();
}
recording.meanwhile = workUntil;

function start(at: number): void {
  const work = queue[first];
  const thread = freeThread();
  if (work === undefined || thread < 0) return;
  forgetFirst();
  threads[thread] = work;
  work.finishAt = at + work.trip.ms * work.operation.rate;
  emitAt(at, started, work.operation.id, thread + 1);
}

function forgetFirst(): void {
  queue[first++] = undefined;
  if (first < queue.length) return;
  first = 0;
  queue.length = 0;
}

function finish(work: Work): void {
  for (let i = 0; i < threads.length; i++) if (threads[i] === work) threads[i] = undefined;
  const others = bareList<Work>();
  for (let i = 0; i < inKernel.length; i++) {
    const each = inKernel[i];
    if (each !== undefined && each !== work) others[others.length] = each;
  }
  inKernel = others;
  work.trip.run();
  completed[completed.length] = work;
  emitAt(work.finishAt, finished, work.operation.id);
  work.task = taskOf(work);
}

/** Records that it waits for the poll phase and answers its task's id. */
function taskOf({ operation, trip, finishAt }: Work): number {
  if (!recording.on) return 0;
  const { id, label, by, during } = operation;
  const task = ++recording.lastTask;
  const callback = trip.callback;
  const name = callback === undefined ? tripLabel(label, trip.name) : nameOf(callback);
  const site = callback === undefined ? 0 : siteOf(callback);
  emitAt(finishAt, taskQueued, task, word('completed'), word('pool'), text(name), site === 0 ? operation.start.site : site);
  emitMore(by, during, 0, 0, 0, id);
  return task;
}

function tripLabel(label: string, trip: string): string {
  return trip === '' ? label : `${label}: ${trip}`;
}

/** The poll phase, uv__work_done: all that is completed, each with its queues; what is done meanwhile waits. */
export function tellCompleted(): void {
  const ready = completed;
  const readyAt = clock.now();
  completed = bareList<Work>();
  for (let i = 0; i < ready.length; i++) {
    const work = ready[i];
    if (work === undefined) continue;
    const { operation, trip, ids, task } = work;
    if (trip.callback !== undefined || trip.isLast === true) poolTold(operation, readyAt, threads.length);
    enterTask(operation.start, 1);
    trip.done?.();
    runGuarded({ task, run: () => { inContext(operation.context, () => { callAs(ids, () => { trip.told(); }); }); } });
    retire(ids);
    drainQueues();
    if (--underWay === 0) poolBecomes(false);
  }
}
