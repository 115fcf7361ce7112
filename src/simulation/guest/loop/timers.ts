/**
 * Node's timers: one list for each duration, lists ordered by when their first timer is due, one libuv timer for all.
 * Node 20: lib/internal/timers.js (processTimers, listOnTimeout), lib/timers.js, src/env.cc (RunTimers).
 */
import { asyncContext, inContext, type AsyncContext } from '../async-context';
import { clock } from '../clock';
import { checkFunction } from '../node-errors';
import { apply, isCallable, trunc, type Callable, SafeMap } from '../primordials';
import { nameOf, siteOf } from '../recorder';
import { standsFor } from '../stood-for';
import { processHooks } from '../ticks';
import { announce, asyncIdSymbol, callAs, newIds, newAsyncId, retire, triggerAsyncId, triggerIdSymbol } from '../async-ids';
import { runTask, taskCancelled, taskQueued } from '../tasks';
import { nextMoment } from './nudges';
import { enterTask, startNow, timerFires, type Start } from './races';
import { TimersList, append, durationOf, inspectShallow, newListId, unlink, type Link } from './timer-lists';
import { callTimer, inProcessTimers, ticksBetweenLists, ticksBetweenTimers } from './timer-frames';
import { withdrawn } from '../withdrawn';

const refed = Symbol('refed');
const hasPrimitive = Symbol('kHasPrimitive');
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

const lists = new SafeMap<number, TimersList>();
const knownById = new SafeMap<number, Timeout>();
let refCount = 0;
/** When the one libuv timer fires; Infinity when it is stopped. */
let armedFor = Infinity;
let nextExpiry = Infinity;

/** libuv's clock: whole milliseconds. */
export function loopNow(): number {
  return trunc(clock.now());
}

export function timersAlive(): boolean {
  return refCount > 0 && armedFor !== Infinity;
}
export function nextTimerAt(): number {
  return armedFor;
}
/** The oldest timer of a list. */
function peek(list: TimersList): Timeout | undefined {
  return list._idlePrev instanceof Timeout ? list._idlePrev : undefined;
}

export class Timeout implements Link {
  _idleTimeout: number;
  _idlePrev: Link | null = this;
  _idleNext: Link | null = this;
  _idleStart: number | null = null;
  _onTimeout: Callable | null;
  readonly _timerArgs: readonly unknown[] | undefined;
  _repeat: number | null;
  _destroyed = false;
  [refed]: boolean;
  [hasPrimitive] = false;
  [asyncIdSymbol] = newAsyncId();
  [triggerIdSymbol] = triggerAsyncId();
  #task = 0;
  #start: Start = startNow();
  #context: AsyncContext = asyncContext.current;

  constructor(
    callback: Callable,
    after: unknown,
    args: readonly unknown[] | undefined,
    repeats: boolean,
    isRefed: boolean,
  ) {
    this._idleTimeout = durationOf(after);
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = repeats ? this._idleTimeout : null;
    if (isRefed) refCount++;
    this[refed] = isRefed;
    announce(this, 'Timeout');
  }

  [inspectCustom](_: unknown, options: object): string {
    return apply(inspectShallow, this, [_, options]);
  }

  static startOf(timer: Timeout): Start {
    return timer.#start;
  }

  /** `moment` is that of the start, 0 for a timer that repeats itself. */
  static insert(timer: Timeout, start: number, moment: number): void {
    const msecs = trunc(timer._idleTimeout);
    timer._idleStart = start;
    timer.#start = { ...startNow(moment), ...(timer._repeat === null ? {} : { at: start, site: timer.#start.site }) };
    let list = lists.get(msecs);
    if (list === undefined) {
      list = new TimersList(start + msecs, msecs);
      lists.set(msecs, list);
      if (nextExpiry > list.expiry) {
        armedFor = loopNow() + msecs;
        nextExpiry = list.expiry;
      }
    }
    append(list, timer);
    const callback = timer._onTimeout;
    timer.#task = taskQueued({
      queue: 'timers',
      origin: timer._repeat === null ? 'setTimeout' : 'setInterval',
      label: callback ? nameOf(callback) : '',
      site: siteOf(callback),
      due: start + msecs,
    });
  }

  /** Fires: off its list, then its callback as a task, then back on a list if it repeats. */
  static fire(timer: Timeout): void {
    unlink(timer);
    const callback = timer._onTimeout;
    if (!callback) {
      if (!timer._destroyed) Timeout.#destroy(timer);
      return;
    }
    const start = timer._repeat ? loopNow() : 0;
    timerFires({ start: timer.#start, msecs: trunc(timer._idleTimeout) }, timer[refed]);
    enterTask(timer.#start, 1);
    try {
      runTask(timer.#task, () => {
        callAs(timer, () => {
          inContext(timer.#context, () => {
            callTimer(callback, timer, timer._timerArgs);
          });
        });
      });
    } finally {
      if (timer._repeat && timer._idleTimeout !== -1) {
        timer._idleTimeout = timer._repeat;
        timeoutInside.insert(timer, start, 0);
      } else if (!timer._idleNext && !timer._idlePrev && !timer._destroyed) Timeout.#destroy(timer);
    }
  }

  static #destroy(timer: Timeout): void {
    Timeout.#end(timer);
    if (timer[refed]) refCount--;
  }

  static #end(timer: Timeout): void {
    timer._destroyed = true;
    if (timer[hasPrimitive]) knownById.delete(timer[asyncIdSymbol]);
    retire(timer);
  }

  /** clearTimeout and clearInterval: `unenroll`. A list without references stays, as in Node. */
  static clear(timer: Timeout): void {
    timer._onTimeout = null;
    if (timer._destroyed) return;
    if (timer._idleNext) taskCancelled(timer.#task);
    Timeout.#end(timer);
    unlink(timer);
    if (timer[refed]) {
      const msecs = trunc(timer._idleTimeout);
      const list = lists.get(msecs);
      if (list !== undefined && peek(list) === undefined) lists.delete(msecs);
      refCount--;
    }
    timer._idleTimeout = -1;
  }

  refresh(): this {
    if (this._idleTimeout < 0) return this;
    if (this._idleNext) taskCancelled(this.#task);
    const moment = nextMoment();
    timeoutInside.insert(this, loopNow(), moment);
    if (this._destroyed) {
      this._destroyed = false;
      announce(Object.assign(this, newIds()), 'Timeout');
      if (this[refed]) refCount++;
    }
    return this;
  }

  ref(): this {
    if (!this[refed]) {
      this[refed] = true;
      if (!this._destroyed) refCount++;
    }
    return this;
  }

  unref(): this {
    if (this[refed]) {
      this[refed] = false;
      if (!this._destroyed) refCount--;
    }
    return this;
  }

  hasRef(): boolean {
    return this[refed];
  }

  close(): this {
    clearTimer(this);
    return this;
  }

  [Symbol.toPrimitive](): number {
    this[hasPrimitive] = true;
    knownById.set(this[asyncIdSymbol], this);
    return this[asyncIdSymbol];
  }
}
export const timeoutInside = withdrawn(Timeout, 'startOf', 'insert');

/** The list that is due first; ties go to the list that has been waiting longer in the queue. */
function firstList(): TimersList | undefined {
  let first: TimersList | undefined;
  for (const list of lists.values()) {
    if (first === undefined || list.expiry < first.expiry || (list.expiry === first.expiry && list.id < first.id))
      first = list;
  }
  return first;
}

/** The timers phase: runs what is due and arms the libuv timer for the rest. An error starts it over at once. */
export function runTimers(): void {
  const now = loopNow();
  armedFor = Infinity;
  for (let isDone = false; !isDone;) {
    try {
      processTimers(now);
      isDone = true;
    } catch (error) {
      processHooks.uncaught(error, 'exception');
    }
  }
  if (nextExpiry !== Infinity) armedFor = loopNow() + Math.max(nextExpiry - loopNow(), 1);
}

function processTimers(now: number): void {
  nextExpiry = Infinity;
  let ranOne = false;
  for (let list = firstList(); list !== undefined; list = firstList()) {
    if (list.expiry > now) {
      nextExpiry = list.expiry;
      return;
    }
    if (ranOne) ticksBetweenLists();
    ranOne = true;
    listOnTimeout(list, now);
  }
}

function listOnTimeout(list: TimersList, now: number): void {
  let ranOne = false;
  for (let timer = peek(list); timer !== undefined; timer = peek(list)) {
    const start = timer._idleStart ?? 0;
    if (now - start < list.msecs) {
      list.expiry = Math.max(start + list.msecs, now + 1);
      list.id = newListId();
      return;
    }
    if (ranOne) ticksBetweenTimers();
    ranOne = true;
    // A tick may have cleared it, or all of them: Node goes on with the timer it looked at.
    Timeout.fire(timer);
  }
  if (lists.get(list.msecs) === list) lists.delete(list.msecs);
}
standsFor(listOnTimeout, inProcessTimers);

export function setTimer(
  callback: unknown,
  after: unknown,
  args: readonly unknown[],
  repeats: boolean,
  isRefed = true,
): Timeout {
  checkFunction(callback, 'callback');
  const moment = nextMoment();
  const given = args.length === 0 ? undefined : args;
  const timer = new Timeout(callback as Callable, after, given, repeats, isRefed); // just checked
  timeoutInside.insert(timer, loopNow(), moment);
  return timer;
}

export function clearTimer(timer: unknown): void {
  if (timer instanceof Timeout) {
    if (isCallable(timer._onTimeout)) Timeout.clear(timer);
  } else if (typeof timer === 'number' || typeof timer === 'string') {
    const known = knownById.get(Number(timer));
    if (known !== undefined) Timeout.clear(known);
  }
}

/** The first timer of each duration: those that may race an immediate. */
export function* waitingTimers(): Iterable<{ readonly start: Start; readonly msecs: number }> {
  for (const list of lists.values()) {
    const timer = peek(list);
    if (timer !== undefined) yield { start: timeoutInside.startOf(timer), msecs: list.msecs };
  }
}
