/**
 * Why this file exists: what the loop watches in its poll phase besides threads: sockets, pipes and processes of its
 * own, as Linux and libuv tell them. Who is ready stands in one list in the order in which that came about; who is
 * still ready when it is told goes to its end; processes that have ended come last. libuv 1.46: src/unix/linux.c
 * (uv__io_poll), core.c (uv__run_pending), process.c (uv__chld).
 */
import { inContext, asyncContext, type AsyncContext } from '../async-context';
import { asyncIdSymbol, newAsyncId, runAs, triggerAsyncId, triggerIdSymbol, type Numbered } from '../async-ids';
import { clock } from '../clock';
import { SafeSet } from '../primordials';
import { taskQueued } from '../tasks';
import { drainQueues, runGuarded } from '../ticks';
import { enterTask, startNow, type Start } from './races';

/** Something that may become ready. */
export interface Watched {
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

let ready: Watched[] = [];
/** Those that the next poll begins to watch. */
let begun: Watched[] = [];
/** What happens outside, in the order of its time. */
const outside: Timed[] = [];
let endings: Ending[] = [];
let pending: (() => void)[] = [];
/** Who keeps the program alive. */
const holding = new SafeSet<object>();

/** A handle as Node numbers it; what it calls runs in the context in which it was made. */
export interface Caller {
  readonly context: AsyncContext;
  readonly ids: Numbered;
  readonly start: Start;
}

export function newCaller(start: Start = startNow()): Caller {
  const ids = { [asyncIdSymbol]: newAsyncId(), [triggerIdSymbol]: triggerAsyncId() };
  return { context: asyncContext.current, ids, start };
}

/** MakeCallback: a task of its own, then ticks and microtasks. */
export function callBack({ context, ids, start }: Caller, label: string, run: () => void): void {
  enterTask(start, 0);
  const task = taskQueued({ queue: 'messages', origin: 'io', label, site: start.site });
  runGuarded({ task, run: () => { inContext(context, () => { runAs(ids, run); }); } });
  drainQueues();
}

export function hold(handle: object): void {
  holding.add(handle);
}

export function letGo(handle: object): void {
  holding.delete(handle);
}

/** Something became ready: whoever waits already keeps its place. */
export function wake(watched: Watched): void {
  if (!ready.includes(watched)) ready.push(watched);
}

/** The next poll watches it from its beginning on. */
export function watch(watched: Watched): void {
  if (!begun.includes(watched)) begun.push(watched);
}

/** Something happens outside at that time. */
export function happensAt(at: number, run: (at: number) => void): void {
  let place = outside.length;
  while (place > 0 && (outside[place - 1]?.at ?? 0) > at) place--;
  outside.splice(place, 0, { at, run });
}

export function endsAt(ending: Ending): void {
  endings.push(ending);
}

export function forgetEnding(ending: Ending): void {
  endings = endings.filter((each) => each !== ending);
}

/** uv__io_feed: told before the next poll, or after this one. */
export function whenPending(run: () => void): void {
  pending.push(run);
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
  if ([...ready, ...begun].some((each) => each.isReady(now))) return now;
  return endings.reduce((next, { at }) => Math.min(next, at), nextOutsideAt());
}

/** When something next happens outside. */
export function nextOutsideAt(): number {
  return outside[0]?.at ?? Infinity;
}

/** What happened outside by now: each at its own time. */
export function letHappen(now: number): void {
  for (let next = outside[0]; next !== undefined && next.at <= now; next = outside[0]) {
    outside.shift();
    next.run(next.at);
  }
}

export function runPending(): void {
  const due = pending;
  pending = [];
  for (const run of due) run();
}

/** One look of epoll: what it found is told by the function that it answers, after what came before it. */
export function lookAtWatched(): () => void {
  const now = clock.now();
  letHappen(now);
  for (const each of begun) wake(each);
  begun = [];
  const found = ready.filter((each) => each.isReady(now));
  ready = [...found];
  const ended = endings.filter(({ at }) => at <= now).sort((one, other) => one.number - other.number);
  endings = endings.filter((each) => !ended.includes(each));
  return () => {
    for (const each of found) if (each.isReady(now)) each.tell();
    for (const { tell } of ended) tell();
    for (let round = 0; round < 8 && pending.length > 0; round++) runPending();
  };
}
