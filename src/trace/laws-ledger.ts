/**
 * Why this file exists: the books that `laws.ts` keeps while it reads a trace, and the check of one event against
 * them.
 */
import { unreachable } from '../base/invariant';
import { arrive, block, checkAgent, createWorker, endWorker, postMessage, startWorker, type CommonBooks } from './laws-agents';
import type { FrameId, PromiseId, QueueName, TaskId, Trace, TraceEvent, TraceEventKind, WorkId } from './trace';

type EventOf<Kind extends TraceEventKind> = Extract<TraceEvent, { kind: Kind }>;

export interface Ledger {
  readonly trace: Trace;
  /** What all agents have together. */
  readonly all: CommonBooks;
  isBlocked: boolean;
  at: number;
  turn: number;
  /** The process ends: only microtasks may still start. */
  isInExit: boolean;
  readonly stack: FrameId[];
  readonly frames: Map<FrameId, 'on-stack' | 'suspended' | 'gone'>;
  readonly tasks: Map<TaskId, { readonly queued: EventOf<'task-queued'>; state: 'queued' | 'running' | 'finished' | 'cancelled' }>;
  /** Ticks, microtasks and immediates as they were queued; the ones that were cancelled are passed over. */
  readonly lines: Record<QueueName, { readonly ids: TaskId[]; next: number }>;
  task: TaskId | undefined;
  readonly promises: Map<PromiseId, 'pending' | 'settled'>;
  /** What each thread of the pool does; absent as long as there is no pool. */
  threads: (WorkId | undefined)[] | undefined;
  readonly works: Map<WorkId, 'queued' | 'running' | 'in-kernel' | 'finished'>;
  readonly workQueue: WorkId[];
}

export function newLedger(trace: Trace, all: CommonBooks): Ledger {
  return {
    trace, all, isBlocked: false, at: 0, turn: 0, isInExit: false, stack: [], task: undefined,
    frames: new Map(), tasks: new Map(), promises: new Map(),
    lines: {
      ticks: newLine(), microtasks: newLine(), timers: newLine(), immediates: newLine(), completed: newLine(),
      messages: newLine(), tasks: newLine(), frames: newLine(), idle: newLine(),
    },
    threads: undefined, works: new Map(), workQueue: [],
  };
}

function newLine(): { readonly ids: TaskId[]; next: number } {
  return { ids: [], next: 0 };
}

/** Enters an event and tells the laws it breaks. */
export function checkEvent(ledger: Ledger, event: TraceEvent): readonly string[] {
  const broken = [...checkReferences(ledger, event), ...checkAgent(ledger, event)];
  if (event.at < ledger.at) broken.push(`time runs back from ${String(ledger.at)} to ${String(event.at)}`);
  ledger.at = Math.max(ledger.at, event.at);
  broken.push(...checkKind(ledger, event));
  return broken;
}

function checkReferences(ledger: Ledger, event: TraceEvent): string[] {
  const broken: string[] = [];
  if ('site' in event && ledger.trace.sites[event.site] === undefined) broken.push(`there is no site ${String(event.site)}`);
  const creates = event.kind === 'promise-created' || event.kind === 'frame-pushed';
  if ('promise' in event && !creates && !ledger.promises.has(event.promise)) {
    broken.push(`promise ${String(event.promise)} was never created`);
  }
  if ('frame' in event && !creates && !ledger.frames.has(event.frame)) broken.push(`frame ${String(event.frame)} was never pushed`);
  return broken;
}

function checkKind(ledger: Ledger, event: TraceEvent): readonly string[] {
  switch (event.kind) {
    case 'statement-reached': return onTop(ledger, event.frame);
    case 'frame-pushed': return pushFrame(ledger, event.frame);
    case 'frame-popped': return leaveStack(ledger, event.frame, 'gone');
    case 'frame-suspended': return leaveStack(ledger, event.frame, 'suspended');
    case 'frame-resumed': return resumeFrame(ledger, event.frame);
    case 'promise-created': return createPromise(ledger, event.promise);
    case 'promise-followed': return pending(ledger, event.promise);
    case 'promise-settled': return settlePromise(ledger, event.promise);
    case 'rejection-unhandled': return ledger.promises.get(event.promise) === 'pending' ? ['the promise is not even settled'] : [];
    case 'rejection-handled': return [];
    case 'task-queued': return queueTask(ledger, event);
    case 'task-started': return startTask(ledger, event.task);
    case 'task-finished': return finishTask(ledger, event.task);
    case 'task-cancelled': return cancelTask(ledger, event.task);
    case 'pool-opened': return openPool(ledger, event);
    case 'work-queued': return event.ring === 1 ? handToKernel(ledger, event.work) : queueWork(ledger, event.work);
    case 'work-started': return startWork(ledger, event);
    case 'work-finished': return finishWork(ledger, event.work);
    case 'phase-entered': return enterPhase(ledger, event);
    case 'clock-advanced': return event.from > event.at ? ['the clock advances backwards'] : emptyStack(ledger);
    case 'worker-created': return createWorker(ledger.all, event.worker);
    case 'worker-started': return startWorker(ledger.all, event.agent ?? 0);
    case 'worker-ended': return endWorker(ledger.all, event.agent ?? 0);
    case 'agent-blocked': return block(ledger, true);
    case 'agent-unblocked': return block(ledger, false);
    case 'message-posted': return postMessage(ledger.all, event.message);
    case 'message-arrived': return arrive(ledger, event);
    case 'message-taken': return ledger.all.messages.has(event.message) ? [] : [`message ${String(event.message)} was never posted`];
    case 'promise-awaited':
    case 'console-printed':
    case 'turns-skipped':
    case 'program-ended': return [];
    default: return unreachable(event);
  }
}

function onTop(ledger: Ledger, frame: FrameId): string[] {
  return ledger.stack.at(-1) === frame ? [] : [`frame ${String(frame)} is not on top of the stack`];
}

function emptyStack(ledger: Ledger): string[] {
  return ledger.stack.length === 0 ? [] : [`the stack is not empty: frame ${String(ledger.stack.at(-1))} is on it`];
}

function pushFrame(ledger: Ledger, frame: FrameId): string[] {
  const broken = ledger.frames.has(frame) ? [`frame ${String(frame)} is pushed a second time`] : [];
  ledger.frames.set(frame, 'on-stack');
  ledger.stack.push(frame);
  return broken;
}

function leaveStack(ledger: Ledger, frame: FrameId, to: 'gone' | 'suspended'): string[] {
  const broken = onTop(ledger, frame);
  const depth = ledger.stack.lastIndexOf(frame);
  if (depth >= 0) ledger.stack.splice(depth, 1);
  ledger.frames.set(frame, to);
  return broken;
}

function resumeFrame(ledger: Ledger, frame: FrameId): string[] {
  const broken = ledger.frames.get(frame) === 'suspended' ? [] : [`frame ${String(frame)} is not suspended`];
  ledger.frames.set(frame, 'on-stack');
  ledger.stack.push(frame);
  return broken;
}

function createPromise(ledger: Ledger, promise: PromiseId): string[] {
  const broken = ledger.promises.has(promise) ? [`promise ${String(promise)} is created a second time`] : [];
  ledger.promises.set(promise, 'pending');
  return broken;
}

function pending(ledger: Ledger, promise: PromiseId): string[] {
  return ledger.promises.get(promise) === 'settled' ? [`promise ${String(promise)} is settled already`] : [];
}

function settlePromise(ledger: Ledger, promise: PromiseId): string[] {
  const broken = pending(ledger, promise);
  ledger.promises.set(promise, 'settled');
  return broken;
}

function queueTask(ledger: Ledger, event: EventOf<'task-queued'>): string[] {
  const known = ledger.tasks.get(event.task);
  const again = known !== undefined && !(event.origin === 'setInterval' && known.state !== 'queued'); // an interval may queue itself again
  const broken = again ? [`task ${String(event.task)} is queued a second time`] : [];
  if (event.queue === 'timers' && event.due === undefined) broken.push('a timer without a due time');
  if (event.work !== undefined && ledger.works.get(event.work) !== 'finished') broken.push(`work ${String(event.work)} is not finished`);
  ledger.tasks.set(event.task, { queued: event, state: 'queued' });
  ledger.lines[event.queue].ids.push(event.task);
  return broken;
}

function startTask(ledger: Ledger, id: TaskId): string[] {
  const broken = emptyStack(ledger);
  if (ledger.task !== undefined) broken.push(`task ${String(ledger.task)} has not finished`);
  ledger.task = id;
  const task = ledger.tasks.get(id);
  if (task === undefined) return [...broken, `task ${String(id)} was never queued`];
  if (ledger.isInExit && task.queued.queue !== 'microtasks') broken.push(`task ${String(id)} of the ${task.queued.queue} starts in the phase exit`);
  if (task.state !== 'queued') broken.push(`task ${String(id)} is ${task.state} already`);
  task.state = 'running';
  if (task.queued.due !== undefined && task.queued.due > ledger.at) broken.push(`the timer is due at ${String(task.queued.due)} only`);
  if (!unordered.includes(task.queued.queue)) broken.push(...inOrder(ledger, task.queued.queue, id));
  return broken;
}

/** Timers go by their time, messages by their ports, tasks of a browser by their priority. */
const unordered: readonly QueueName[] = ['timers', 'messages', 'tasks'];

/** First in, first out; what was cancelled is passed over. */
function inOrder(ledger: Ledger, queue: QueueName, id: TaskId): string[] {
  const line = ledger.lines[queue];
  while (ledger.tasks.get(line.ids[line.next] ?? id)?.state === 'cancelled') line.next += 1;
  const first = line.ids[line.next];
  if (first !== id) return [`task ${String(first)} stands before task ${String(id)} in ${queue}`];
  line.next += 1;
  return [];
}

function finishTask(ledger: Ledger, id: TaskId): string[] {
  const broken = emptyStack(ledger);
  if (ledger.task !== id) broken.push(`task ${String(id)} is not the one that runs`);
  ledger.task = undefined;
  const task = ledger.tasks.get(id);
  if (task !== undefined) task.state = 'finished';
  return broken;
}

function cancelTask(ledger: Ledger, id: TaskId): string[] {
  const task = ledger.tasks.get(id);
  if (task === undefined) return [`task ${String(id)} was never queued`];
  const broken = task.state === 'queued' || task.queued.origin === 'setInterval' ? [] : [`task ${String(id)} is ${task.state} already`];
  task.state = 'cancelled';
  return broken;
}

function openPool(ledger: Ledger, event: EventOf<'pool-opened'>): string[] {
  if (ledger.threads !== undefined) return ['the thread pool is opened a second time'];
  ledger.threads = Array.from({ length: event.threads }, () => undefined);
  return event.threads > 0 ? [] : ['a thread pool without a thread'];
}

/** An operation of several trips is queued again when the one before is finished. */
function queueWork(ledger: Ledger, work: WorkId): string[] {
  const broken = ledger.threads === undefined ? ['there is no thread pool'] : [];
  const state = ledger.works.get(work) ?? 'finished';
  if (state !== 'finished') broken.push(`work ${String(work)} is ${state} already`);
  ledger.works.set(work, 'queued');
  ledger.workQueue.push(work);
  return broken;
}

/** The kernel has no queue: what it is given is under way. */
function handToKernel(ledger: Ledger, work: WorkId): string[] {
  const state = ledger.works.get(work) ?? 'finished';
  ledger.works.set(work, 'in-kernel');
  return state === 'finished' ? [] : [`work ${String(work)} is ${state} already`];
}

function startWork(ledger: Ledger, { work, thread }: EventOf<'work-started'>): string[] {
  const broken: string[] = [];
  const first = ledger.workQueue.shift();
  if (first !== work) broken.push(`work ${String(first)} stands before work ${String(work)}`);
  const { threads = [] } = ledger;
  if (thread < 1 || thread > threads.length) broken.push(`there is no thread ${String(thread)}`);
  else if (threads[thread - 1] !== undefined) broken.push(`thread ${String(thread)} is busy with work ${String(threads[thread - 1])}`);
  threads[thread - 1] = work;
  ledger.works.set(work, 'running');
  return broken;
}

function finishWork(ledger: Ledger, work: WorkId): string[] {
  const isInKernel = ledger.works.get(work) === 'in-kernel';
  const thread = ledger.threads?.indexOf(work) ?? -1;
  if (thread >= 0 && ledger.threads !== undefined) ledger.threads[thread] = undefined;
  ledger.works.set(work, 'finished');
  return thread >= 0 || isInKernel ? [] : [`no thread does work ${String(work)}`];
}

function enterPhase(ledger: Ledger, event: EventOf<'phase-entered'>): string[] {
  const broken = event.turn < ledger.turn ? [`turn ${String(event.turn)} comes after turn ${String(ledger.turn)}`] : [];
  if (ledger.isInExit) broken.push(`the phase ${event.phase} comes after the phase exit`);
  if (event.phase === 'exit') {
    ledger.isInExit = true;
    return broken; // `process.exit` may be called anywhere
  }
  if (ledger.task !== undefined) broken.push(`task ${String(ledger.task)} has not finished`);
  broken.push(...emptyStack(ledger));
  ledger.turn = Math.max(ledger.turn, event.turn);
  return broken;
}
