/**
 * Why this file exists: what the loop watches in its poll phase besides threads: sockets, pipes and processes of its
 * own, as Linux and libuv tell them. Who is ready stands in one list in the order in which that came about; who is
 * still ready when it is told goes to its end; processes that have ended come last. libuv 1.46: src/unix/linux.c
 * (uv__io_poll), core.c (uv__run_pending), process.c (uv__chld).
 */
import { inContext, asyncContext, type AsyncContext } from '../async-context';
import {
  announce, asyncIdSymbol, callAs as callWith, hearing, nativeResource, newIds, retire, triggerIdSymbol, type Numbered,
} from '../async-ids';
import { clock } from '../clock';
import { SafeSet, bareList } from '../primordials';
import { taskQueued } from '../tasks';
import { drainQueues, runGuarded } from '../ticks';
import { nextMoment } from './nudges';
import { enterTask, fromOutside, startNow, type Start } from './races';
import { socketTold } from './socket-races';

/** Something that may become ready. */
export interface Watched {
  /** What the other side did that was not told yet: the first of it. */
  cause?: Start | undefined;
  /** There is something to tell at this time. */
  isReady(now: number): boolean;
  /** In the poll phase, on an empty stack. */
  tell(): void;
}

interface Timed {
  readonly at: number;
  readonly run: (at: number) => void;
}

/** A process of its own that ends. */
export interface Ending {
  /** Of several that have ended the one that was started first is told first. */
  readonly number: number;
  readonly at: number;
  readonly tell: () => void;
}

let ready = bareList<Watched>();
/** Those that the next poll begins to watch. */
let begun = bareList<Watched>();
/** What happens outside, in the order of its time. */
const outside = bareList<Timed>();
let endings = bareList<Ending>();
let pending = bareList<() => void>();
/** Who keeps the program alive. */
const holding = new SafeSet<object>();

/** A handle as Node numbers it; what it calls runs in the context in which it was made. */
export interface Caller {
  readonly context: AsyncContext;
  readonly ids: Numbered;
  readonly start: Start;
}

/** Kinds of handles and of what is asked of them, as hooks hear of them, and the classes of Node's own objects. */
const classes = {
  TCPWRAP: 'TCP', TCPSERVERWRAP: 'TCP', TCPCONNECTWRAP: 'TCPConnectWrap', PIPEWRAP: 'Pipe', PIPESERVERWRAP: 'Pipe',
  PIPECONNECTWRAP: 'PipeConnectWrap', SHUTDOWNWRAP: 'ShutdownWrap', WRITEWRAP: 'WriteWrap', PROCESSWRAP: 'Process',
  FSEVENTWRAP: 'FSEvent',
} as const;
export type HandleKind = keyof typeof classes;

/** `by`: the handle that led to it; what comes for it is shown where that was made. */
export function newCaller(kind: HandleKind, by?: Caller): Caller {
  const ids = newIds(by?.ids);
  if (hearing.by !== undefined) announce(ids, kind, nativeResource(classes[kind]));
  return { context: asyncContext.current, ids, start: by?.start ?? startNow() };
}

/** Of an end that is somebody else's: nobody here hears of it. */
export function foreignCaller(): Caller {
  return { context: asyncContext.current, ids: { [asyncIdSymbol]: 0, [triggerIdSymbol]: 0 }, start: startNow() };
}

/** It calls back no more. */
export function retireCaller({ ids }: Caller): void {
  retire(ids);
}

/** What was asked of a handle is answered, and over with it. */
export function answerCaller(request: Caller, label: string, run: () => void, waiting = 0): void {
  callBack(request, label, run, waiting);
  retireCaller(request);
}

/** Records that something has come for a handle and waits for the poll phase: 0 where nothing is recorded. */
export function hasCome({ start }: Caller, label: string): number {
  return taskQueued({ queue: 'messages', origin: 'io', label, site: start.site });
}

/**
 * What Node's own code takes to tell: the first times it is compiled. Modelled, as measured: 0.3 to 2 ms each, 0.05
 * later.
 */
const [coldMs, warmMs, coldTimes] = [0.6, 0.05, 8];
let times = 0;
/** What led to what is being told. */
let telling: Start | undefined;

/** MakeCallback: a task of its own, then ticks and microtasks. `waiting` is the task, where it was recorded before. */
export function callBack(caller: Caller, label: string, run: () => void, waiting = 0): void {
  enterTask(causeOf(caller), 0);
  callAs(caller, waiting === 0 ? hasCome(caller, label) : waiting, run);
}

/** The same where what it queues is what is shown. */
export function callBackUnseen(caller: Caller, run: () => void): void {
  enterTask(causeOf(caller), 0);
  callAs(caller, 0, run);
}

/** What led to it: what the other side did, else who made the handle. */
function causeOf({ start }: Caller): Start {
  const cause = telling;
  telling = undefined;
  if (cause !== undefined) socketTold(cause, start.site);
  return cause ?? start;
}

function callAs({ context, ids }: Caller, task: number, run: () => void): void {
  clock.spend(times++ < coldTimes ? coldMs : warmMs);
  runGuarded({ task, run: () => { inContext(context, () => { callWith(ids, run); }); } });
  drainQueues();
}

export function hold(handle: object): void {
  holding.add(handle);
}

export function letGo(handle: object): void {
  holding.delete(handle);
}

function add(list: Watched[], watched: Watched): void {
  for (let i = 0; i < list.length; i++) if (list[i] === watched) return;
  list[list.length] = watched;
}

/** Something became ready: whoever waits already keeps its place. */
export function wake(watched: Watched): void {
  watched.cause ??= startNow(nextMoment());
  add(ready, watched);
}

/** The next poll watches it from its beginning on. */
export function watch(watched: Watched): void {
  watched.cause ??= startNow(nextMoment());
  add(begun, watched);
}

/** Something happens outside at that time. */
export function happensAt(at: number, run: (at: number) => void): void {
  let place = outside.length;
  for (let before = outside[place - 1]; before !== undefined && before.at > at; before = outside[place - 1]) {
    outside[place--] = before;
  }
  outside[place] = { at, run };
}

export function endsAt(ending: Ending): void {
  endings[endings.length] = ending;
}

/** uv__io_feed: told before the next poll, or after this one. */
export function whenPending(run: () => void): void {
  pending[pending.length] = run;
}

export function pendingWaits(): boolean {
  return pending.length > 0;
}

export function watchedAlive(): boolean {
  return holding.size > 0 || pending.length > 0;
}

/** When something will be ready; Infinity when nothing will of itself. */
export function nextWatchedAt(): number {
  const now = clock.now();
  if (someReady(ready, now) || someReady(begun, now)) return now;
  let next = nextOutsideAt();
  for (let i = 0; i < endings.length; i++) next = Math.min(next, endings[i]?.at ?? next);
  return next;
}

function someReady(list: readonly Watched[], now: number): boolean {
  for (let i = 0; i < list.length; i++) if (list[i]?.isReady(now) === true) return true;
  return false;
}

/** When something next happens outside. */
export function nextOutsideAt(): number {
  return outside[0]?.at ?? Infinity;
}

/** What happened outside by now: each at its own time. */
export function letHappen(now: number): void {
  for (let next = outside[0]; next !== undefined && next.at <= now; next = outside[0]) {
    for (let i = 1; i < outside.length; i++) outside[i - 1] = outside[i] ?? next;
    outside.length--;
    const { at, run } = next;
    fromOutside(() => { run(at); });
  }
}

export function runPending(): void {
  const due = pending;
  pending = bareList();
  for (let i = 0; i < due.length; i++) due[i]?.();
}

/** epoll looks before it sleeps: who has nothing is no longer ready, and comes behind others when something comes. */
export function lookBeforeSleep(now = clock.now()): void {
  for (let i = 0; i < begun.length; i++) {
    const each = begun[i];
    if (each !== undefined) add(ready, each);
  }
  begun = bareList();
  const known = ready;
  ready = bareList();
  for (let i = 0; i < known.length; i++) {
    const each = known[i];
    if (each?.isReady(now) === true) add(ready, each);
  }
}

/** One look of epoll: what it found is told by the function that it answers, after what came before it. */
export function lookAtWatched(): () => void {
  const now = clock.now();
  letHappen(now);
  lookBeforeSleep(now);
  const told = ready.length;
  const ended = endedBy(now);
  return () => {
    for (let i = 0; i < told; i++) tellOne(ready[i], now);
    telling = undefined;
    for (let i = 0; i < ended.length; i++) ended[i]?.tell();
    for (let round = 0; round < 8 && pending.length > 0; round++) runPending();
  };
}

function tellOne(watched: Watched | undefined, now: number): void {
  if (watched?.isReady(now) !== true) return;
  telling = watched.cause;
  watched.cause = undefined;
  watched.tell();
}

/** Takes those that have ended, the one that was started first first. */
function endedBy(now: number): readonly Ending[] {
  const ended = bareList<Ending>();
  const left = bareList<Ending>();
  for (let i = 0; i < endings.length; i++) {
    const each = endings[i];
    if (each === undefined) continue;
    if (each.at > now) {
      left[left.length] = each;
      continue;
    }
    let place = ended.length;
    for (; (ended[place - 1]?.number ?? 0) > each.number; place--) ended[place] = ended[place - 1] ?? each;
    ended[place] = each;
  }
  endings = left;
  return ended;
}
