/** Why this file exists: the parent's side of a worker. Node 20: lib/internal/worker.js, src/node_worker.cc. */
import { ask } from '../../agents';
import { asyncContext, inContext, type AsyncContext } from '../../async-context';
import { refuseUnheard } from '../../async-unheard';
import type { Answer, Arrival } from '../../../agent-messages';
import { clock } from '../../clock';
import { checkString, codedError } from '../../node-errors';
import { NativeError, NativeTypeError, SafeMap, apply, defineProperty, hide, named, setPrototypeOf } from '../../primordials';
import { makeStreams, write } from '../../output';
import { shareEnvironment } from '../../environment';
import { process } from '../../process-object';
import { deferred, rejectedWith, resolvedWith } from '../../own-promises';
import { runTask } from '../../tasks';
import { drainQueues, nextTickUnseen, processHooks } from '../../ticks';
import { exitTold, messageSaid } from '../../loop/agent-races';
import { openHandle, wakeHandle, type AsyncHandle } from '../../loop/async-handles';
import { EventEmitter, type Emitter, type Key } from '../events/emitter';
import { constructorMs } from './costs';
import { environmentData } from './environment-data';
import { unpack } from './error-crossing';
import { drainEnd, endOfPort, listenersChanged, newPortNumber, openEnd, startEnd, type End } from './end';
import { newPorts, type MessagePort } from './message-port';
import { ParentStreams } from './parent-streams';
import { portTraffic } from './port-events';
import { newMessageNumber, ownTalk, pack, post } from './transfer';
import { joinThread } from './thread-messages';
import { tellError } from './told-errors';
import { SHARE_ENV, environmentOf, execArgvOf, limitsOf, listOf, memoryOf, programOf, unmodelled, type Options } from './worker-options';
import { eventLoopUtilization, type Utilization } from './utilization';
import type { FromWorker, LoadScript } from './worker-messages';
import type { StdioPayload } from './worker-stdio';

interface Thread {
  readonly worker: WorkerObject;
  readonly id: number;
  /** Its number among the threads of this process. */
  readonly threadId: number;
  readonly end: End;
  readonly publicPort: MessagePort;
  readonly limits: object;
  /** In which it was made: its end is told in that. */
  readonly context: AsyncContext;
  /** Where it hears what is written to it by its number. */
  readonly ear: number;
  isRefed: boolean;
  isAsking: boolean;
}

type WorkerObject = Emitter & Record<string, unknown>;
const threads = new SafeMap<number, Thread>();
const threadOf = new WeakMap<object, Thread>();
const streamsOf = new WeakMap<object, ParentStreams>();
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
  refuseUnheard('workers');
  apply(EventEmitter, self, []);
  const { execArgv: ofParent } = process as unknown as { readonly execArgv: readonly string[] };
  const execArgv = options.execArgv ? execArgvOf(options) : ofParent;
  const argv = listOf(options, 'argv');
  const program = programOf(given, options);
  const env = environmentOf(options);
  if (options.name) checkString(options.name, 'options.name');
  const sharedEnv = options.env === SHARE_ENV ? { sharedEnv: shareEnvironment() } : {};
  const limits = limitsOf(options);
  clock.spend(constructorMs);
  const [port, childPort] = [newPortNumber(), newPortNumber()];
  ask({ op: 'channel', ports: [port, childPort] });
  ask({ op: 'detach', port: childPort, messages: [] }); // the worker will have it
  const context = asyncContext.current;
  const end = openEnd(port, {
    deliver: (message) => {
      inContext(context, () => { fromWorker(self, message as FromWorker); }); // worker-main.ts sent it
    },
    matters: (message) => (message as FromWorker).type !== 'upAndRunning' || self.listenerCount('online') > 0, // the same
    fail: () => undefined,
    told: () => undefined,
  });
  startEnd(end);
  const own = { stdin: Boolean(options.stdin), stdout: Boolean(options.stdout), stderr: Boolean(options.stderr) };
  if (!own.stdout || !own.stderr) makeStreams();
  streamsOf.set(self, new ParentStreams(end, own));
  const [publicPort, theirs] = newPorts();
  const ear = newPortNumber();
  const load: LoadScript = {
    type: 'loadScript',
    argv,
    execArgv,
    filename: program.kind === 'file' ? program.path : program.text,
    isEval: program.kind === 'eval', isData: program.kind === 'module',
    workerData: options.workerData,
    environmentData,
    publicPort: theirs,
    hasStdin: own.stdin,
    resourceLimits: limits,
    ear,
  };
  const packed = pack(load, [theirs, ...((options.transferList ?? []) as Iterable<object>)]);
  for (const type of ['message', 'messageerror']) publicPort.on(type, (message: unknown) => self.emit(type, message));
  const publicEnd = endOfPort(publicPort);
  if (publicEnd !== undefined) {
    publicEnd.isRefed = false;
    referTo(publicEnd, self);
  }
  const message = newMessageNumber();
  portTraffic.posted(message, 'workerData', packed.text.length);
  ask({ op: 'post', port, text: packed.text, ports: packed.ports, id: message });
  messageSaid();
  const answer: Answer = ask({ op: 'spawn', program, port: childPort, memoryMb: memoryOf(options), env, ...sharedEnv });
  const { thread: id = 0, threadId = id } = answer;
  joinThread(threadId, ear);
  const known = { worker: self, id, threadId, end, publicPort, limits, context, ear };
  const thread: Thread = { ...known, isRefed: true, isAsking: false };
  portTraffic.workerCreated(thread.id, program.kind === 'file' ? program.path.replace(/^.*\//, '') : 'eval');
  threads.set(id, thread);
  threadOf.set(self, thread);
  refExits();
  self['performance'] = {
    eventLoopUtilization: named(
      (...before: [Partial<Utilization>?]) => eventLoopUtilization(threadOf.get(self)?.id, before[0]),
      'bound eventLoopUtilization',
      2,
    ),
  };
  nextTickUnseen(() => {
    process.emit('worker', self);
  });
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
      tellError(worker, unpack(message.error));
      return;
    case 'couldNotSerializeError':
      worker.emit('error', codedError(NativeError, 'ERR_WORKER_UNSERIALIZABLE_ERROR', unserializable));
      return;
    case 'stdinWantsMoreData':
      streamsOf.get(worker)?.wantsMore();
      return;
    case 'stdioPayload':
      printed(worker, message);
  }
}

const unserializable = 'Serializing an uncaught exception failed';

/** The parent prints what it got; in a tick it asks for more. */
function printed(worker: WorkerObject, { stream, chunks }: StdioPayload): void {
  if (streamsOf.get(worker)?.take(stream, chunks) === true) return;
  for (const chunk of chunks) write(stream, chunk);
  const thread = threadOf.get(worker);
  if (thread === undefined || thread.isAsking) return;
  thread.isAsking = true;
  nextTickUnseen(() => {
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
    runTask(0, () => { inContext(thread.context, () => {
      const { worker } = thread;
      worker.removeAllListeners('message');
      thread.end.isRefed = false;
      if (publicEnd !== undefined) publicEnd.isRefed = false;
      threads.delete(thread.id);
      ask({ op: 'close', port: thread.ear });
      threadOf.delete(worker);
      refExits();
      streamsOf.get(worker)?.close();
      if (worker.listenerCount('exit') > 0) exitTold({ from: thread.id, postedAt: exit.at }, thread.end.site);
      if (exit.error !== null) worker.emit('error', outOfMemory(exit.error));
      worker.emit('exit', exit.code);
      worker.removeAllListeners();
    }); });
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
  /** NOT MODELLED: what V8's heap looks like; nobody else can ask it of a worker that has ended. */
  getHeapSnapshot() {
    if (threadOf.get(this) !== undefined) return unmodelled('worker.getHeapSnapshot');
    return rejectedWith(codedError(NativeError, 'ERR_WORKER_NOT_RUNNING', 'Worker instance not running'));
  },
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
  threadId: (worker) => threadOf.get(worker)?.threadId ?? -1,
  stdin: (worker) => streamsOf.get(worker)?.stdin ?? null,
  stdout: (worker) => streamsOf.get(worker)?.output('stdout') ?? unmodelled('worker.stdout'),
  stderr: (worker) => streamsOf.get(worker)?.output('stderr') ?? unmodelled('worker.stderr'),
  resourceLimits: (worker) => ({ ...threadOf.get(worker)?.limits }),
};

for (const name of Object.keys(getters))
  defineProperty(prototype, name, {
    get(this: object) {
      return getters[name]?.(this);
    },
    configurable: true,
  });

