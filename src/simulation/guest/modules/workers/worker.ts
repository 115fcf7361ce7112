/**
 * Why this file exists: the parent's side of a worker. Node 20: lib/internal/worker.js, src/node_worker.cc.
 */
import { ask } from '../../agents';
import type { Answer, Arrival } from '../../../agent-messages';
import { clock } from '../../clock';
import { checkString, codedError } from '../../node-errors';
import {
  NativeError,
  NativeTypeError,
  SafeMap,
  defineProperty,
  hide,
  named,
  setPrototypeOf,
  apply,
} from '../../primordials';
import { write } from '../../output';
import { process } from '../../process-object';
import { deferred, resolvedWith } from '../../own-promises';
import { runTask } from '../../tasks';
import { drainQueues, processHooks, ticks } from '../../ticks';
import { exitTold, messageSaid } from '../../loop/agent-races';
import { openHandle, wakeHandle, type AsyncHandle } from '../../loop/async-handles';
import { EventEmitter, type Emitter, type Key } from '../events/emitter';
import { constructorMs } from './costs';
import { environmentData } from './environment-data';
import { unpack } from './error-crossing';
import { drainEnd, endOfPort, listenersChanged, newPortNumber, openEnd, startEnd, type End } from './end';
import { newPorts, type MessagePort } from './message-port';
import { portTraffic } from './port-events';
import { newMessageNumber, ownTalk, pack, post } from './transfer';
import { environmentOf, listOf, memoryOf, programOf, unmodelled, type Options } from './worker-options';
import type { StdioPayload } from './worker-stdio';

/** The first message of a worker, through Node's own port. */
export interface LoadScript {
  readonly type: 'loadScript';
  readonly argv: readonly string[] | undefined;
  readonly filename: string;
  readonly isEval: boolean;
  readonly workerData: unknown;
  readonly environmentData: ReadonlyMap<unknown, unknown>;
  readonly publicPort: unknown;
}

type FromWorker =
  | { readonly type: 'upAndRunning' }
  | { readonly type: 'couldNotSerializeError' }
  | { readonly type: 'errorMessage'; readonly error: Parameters<typeof unpack>[0] }
  | StdioPayload;

interface Thread {
  readonly worker: WorkerObject;
  readonly id: number;
  readonly end: End;
  readonly publicPort: MessagePort;
  isRefed: boolean;
  isAsking: boolean;
}

type WorkerObject = Emitter & Record<string, unknown>;
const threads = new SafeMap<number, Thread>();
const threadOf = new WeakMap<object, Thread>();
/** What the loop is woken by when a worker's thread has ended: the first handle of the loop tells first. */
const exits: Extract<Arrival, { kind: 'exited' }>[] = [];
const exitHandle: AsyncHandle = { isPending: false, isRefed: false, run: tellExits };

/** The runtime's first handle: it comes before those of ports. */
export function openExitHandle(): void {
  openHandle(exitHandle);
}

export function threadExited(arrival: Extract<Arrival, { kind: 'exited' }>): void {
  exits.push(arrival);
  wakeHandle(exitHandle);
}

function refExits(): void {
  exitHandle.isRefed = [...threads.values()].some((each) => each.isRefed);
}

/** As a plain function, for it is an emitter, which is one: `new Worker(filename, options)`. */
function makeWorker(self: WorkerObject, given: unknown, options: Options): void {
  apply(EventEmitter, self, []);
  listOf(options, 'execArgv');
  const argv = listOf(options, 'argv');
  const program = programOf(given, options);
  const env = environmentOf(options);
  if (options.name) checkString(options.name, 'options.name');
  for (const stream of ['stdin', 'stdout', 'stderr'] as const)
    if (options[stream]) unmodelled(`The option ${stream} of new Worker`);
  clock.spend(constructorMs);
  const port = newPortNumber();
  const childPort = newPortNumber();
  ask({ op: 'channel', ports: [port, childPort] });
  ask({ op: 'detach', port: childPort, messages: [] }); // the worker will have it
  const end = openEnd(port, {
    deliver: (message) => {
      fromWorker(self, message as FromWorker); // worker-main.ts sent it
    },
    matters: (message) => (message as FromWorker).type !== 'upAndRunning' || self.listenerCount('online') > 0, // the same
    fail: () => undefined,
    told: () => undefined,
  });
  startEnd(end);
  const [publicPort, theirs] = newPorts();
  const load: LoadScript = {
    type: 'loadScript',
    argv,
    filename: program.kind === 'file' ? program.path : program.text,
    isEval: program.kind === 'eval',
    workerData: options.workerData,
    environmentData,
    publicPort: theirs,
  };
  const packed = pack(load, [theirs, ...((options.transferList ?? []) as Iterable<object>)]);
  for (const type of ['message', 'messageerror']) publicPort.on(type, (message: unknown) => self.emit(type, message));
  const publicEnd = endOfPort(publicPort);
  if (publicEnd !== undefined) {
    publicEnd.isRefed = false;
    referTo(publicEnd, self);
  }
  const id = newMessageNumber();
  portTraffic.posted(id, 'workerData', packed.text.length);
  ask({ op: 'post', port, text: packed.text, ports: packed.ports, id });
  messageSaid();
  const answer: Answer = ask({ op: 'spawn', program, port: childPort, memoryMb: memoryOf(options), env });
  const thread: Thread = { worker: self, id: answer.thread ?? 0, end, publicPort, isRefed: true, isAsking: false };
  portTraffic.workerCreated(thread.id, program.kind === 'file' ? fileNameOf(program.path) : 'eval');
  threads.set(thread.id, thread);
  threadOf.set(self, thread);
  refExits();
  soon(() => {
    process.emit('worker', self);
  });
}

/** A tick of Node's own, which is not shown. */
function soon(run: () => void): void {
  if (!processHooks.isExiting()) ticks.push({ task: 0, run });
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Its messages keep the parent alive while somebody listens to them. */
function referTo(end: End, self: WorkerObject): void {
  self.on('newListener', (type: Key) => {
    if (type === 'message' && self.listenerCount('message') === 0) listenersChanged(end, 0, 1);
  });
  self.on('removeListener', (type: Key) => {
    if (type === 'message' && self.listenerCount('message') === 0) listenersChanged(end, 1, 0);
  });
}

function fromWorker(worker: WorkerObject, message: FromWorker): void {
  switch (message.type) {
    case 'upAndRunning':
      worker.emit('online');
      return;
    case 'errorMessage':
      worker.emit('error', unpack(message.error));
      return;
    case 'couldNotSerializeError':
      worker.emit('error', codedError(NativeError, 'ERR_WORKER_UNSERIALIZABLE_ERROR', unserializable));
      return;
    case 'stdioPayload':
      printed(worker, message);
  }
}

const unserializable = 'Serializing an uncaught exception failed';

/** The parent prints what it got; in a tick it asks for more. */
function printed(worker: WorkerObject, { stream, chunks }: StdioPayload): void {
  for (const chunk of chunks) write(stream, chunk);
  const thread = threadOf.get(worker);
  if (thread === undefined || thread.isAsking) return;
  thread.isAsking = true;
  soon(() => {
    thread.isAsking = false;
    if (threads.has(thread.id)) post(thread.end, undefined, { type: 'stdioWantsMoreData', stream }, undefined, ownTalk);
  });
}

function tellExits(): void {
  const told = exits.splice(0);
  for (const exit of told) {
    const thread = threads.get(exit.thread);
    if (thread !== undefined) tellExit(thread, exit);
  }
}

function tellExit(thread: Thread, exit: Extract<Arrival, { kind: 'exited' }>): void {
  const publicEnd = endOfPort(thread.publicPort);
  if (publicEnd !== undefined) drainEnd(publicEnd);
  drainEnd(thread.end);
  try {
    runTask(0, () => {
      const { worker } = thread;
      worker.removeAllListeners('message');
      thread.end.isRefed = false;
      if (publicEnd !== undefined) publicEnd.isRefed = false;
      threads.delete(thread.id);
      threadOf.delete(worker);
      refExits();
      if (worker.listenerCount('exit') > 0) exitTold({ from: thread.id, postedAt: exit.at }, thread.end.site);
      if (exit.error !== null) worker.emit('error', outOfMemory(exit.error));
      worker.emit('exit', exit.code);
      worker.removeAllListeners();
    });
  } catch (error) {
    processHooks.uncaught(error, 'exception');
  }
  drainQueues();
}

function outOfMemory(reason: string): Error {
  return codedError(NativeError, 'ERR_WORKER_OUT_OF_MEMORY', `Worker terminated due to reaching memory limit: ${reason}`);
}

/** Own functions of Node's, as a class has them. */
const methods: Record<string, (this: WorkerObject, ...args: unknown[]) => unknown> = {
  postMessage(...args) {
    const thread = threadOf.get(this);
    if (thread === undefined) return undefined;
    thread.publicPort.postMessage(...(args as [unknown, unknown]));
    return undefined;
  },
  terminate() {
    methods['ref']?.call(this);
    const thread = threadOf.get(this);
    if (thread === undefined) return resolvedWith(undefined);
    ask({ op: 'terminate', thread: thread.id });
    const { promise, resolve } = deferred();
    this.once('exit', resolve);
    return promise;
  },
  ref() {
    setRef(this, true);
    return undefined;
  },
  unref() {
    setRef(this, false);
    return undefined;
  },
  getHeapSnapshot: () => unmodelled('worker.getHeapSnapshot'),
};

function setRef(worker: object, isRefed: boolean): void {
  const thread = threadOf.get(worker);
  if (thread === undefined) return;
  thread.isRefed = isRefed;
  refExits();
  if (isRefed) thread.publicPort.ref();
  else thread.publicPort.unref();
}

export const Worker = named(
  function (this: WorkerObject | undefined, ...given: [filename: unknown, options?: Options]): object {
    if (new.target === undefined) throw new NativeTypeError("Class constructor Worker cannot be invoked without 'new'");
    const self = Object.create((new.target as { prototype: object }).prototype) as WorkerObject;
    makeWorker(self, given[0], given[1] ?? {});
    return self;
  },
  'Worker',
  1,
);
setPrototypeOf(Worker, EventEmitter);
const prototype = Object.create(EventEmitter.prototype as object) as object;
defineProperty(Worker, 'prototype', { value: prototype, writable: false });
hide(prototype, 'constructor', Worker);
for (const [name, method] of Object.entries(methods)) hide(prototype, name, named(method, name));
const getters: Record<string, (worker: object) => unknown> = {
  threadId: (worker) => threadOf.get(worker)?.id ?? -1,
  stdin: () => null,
  stdout: () => unmodelled('worker.stdout'),
  stderr: () => unmodelled('worker.stderr'),
  resourceLimits: () => ({}),
  performance: () => unmodelled('worker.performance'),
};
for (const name of Object.keys(getters))
  defineProperty(prototype, name, {
    get(this: object) {
      return getters[name]?.(this);
    },
    configurable: true,
  });

