/**
 * Why this file exists: Node's timers: one list for each duration, lists ordered by when their first timer is due, one
 * libuv timer for all.
 * Node 20–24: lib/internal/timers.js (processTimers, listOnTimeout), lib/timers.js, src/env.cc (RunTimers).
 */
import { clock } from '../clock';
import { apply, isCallable, trunc, type Callable } from '../primordials';
import { nameOf, siteOf } from '../recorder';
import { drainQueues, invalidCallback, processHooks } from '../ticks';
import { runTask, taskCancelled, taskQueued } from '../tasks';

/** TIMEOUT_MAX: 2^31 − 1 ms; what is longer, or below 1, or no number, becomes 1. */
const longestMs = 2147483647;

interface TimerList {
  readonly msecs: number;
  /** Timers in the order of their start. */
  readonly timers: Timeout[];
  expiry: number;
  /** Breaks ties of `expiry`: lists made or moved earlier come first. */
  order: number;
}

const lists: TimerList[] = [];
let listOrder = 0;
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

export class Timeout {
  _idleTimeout: number;
  _idleStart = 0;
  _onTimeout: Callable | null;
  readonly _timerArgs: readonly unknown[] | undefined;
  _repeat: number | null;
  _destroyed = false;
  #refed = true;
  #counted = false;
  #list: TimerList | undefined;
  #task = 0;
  #id = 0;
  static #lastId = 0;
  static readonly #byId: (Timeout | undefined)[] = [];

  constructor(callback: Callable, after: unknown, args: readonly unknown[] | undefined, repeats: boolean) {
    const ms = Number(after);
    this._idleTimeout = ms >= 1 && ms <= longestMs ? ms : 1;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = repeats ? this._idleTimeout : null;
    this.#id = ++Timeout.#lastId;
  }

  static start(timer: Timeout): Timeout {
    timer.#count(true);
    timer.#insert(loopNow());
    return timer;
  }

  static list(timer: Timeout): TimerList | undefined {
    return timer.#list;
  }

  static byId(id: unknown): Timeout | undefined {
    return Timeout.#byId[Number(id)];
  }

  #count(on: boolean): void {
    if (this.#counted === on) return;
    this.#counted = on;
    refCount += on ? 1 : -1;
  }

  #insert(start: number): void {
    const msecs = trunc(this._idleTimeout);
    this._idleStart = start;
    let list = lists.find((each) => each.msecs === msecs);
    if (list === undefined) {
      list = { msecs, timers: [], expiry: start + msecs, order: listOrder++ };
      lists.push(list);
      if (nextExpiry > list.expiry) {
        armedFor = loopNow() + msecs;
        nextExpiry = list.expiry;
      }
    }
    list.timers.push(this);
    this.#list = list;
    const callback = this._onTimeout;
    this.#task = taskQueued({
      queue: 'timers',
      origin: this._repeat === null ? 'setTimeout' : 'setInterval',
      label: callback ? nameOf(callback) : '',
      site: siteOf(callback),
      due: start + msecs,
    });
  }

  #unlink(): void {
    const timers = this.#list?.timers;
    if (timers === undefined) return;
    const at = timers.indexOf(this);
    if (at >= 0) timers.splice(at, 1);
    this.#list = undefined;
  }

  /** Fires: off its list, then its callback as a task, then back on a list if it repeats. */
  static fire(timer: Timeout): void {
    timer.#unlink();
    const callback = timer._onTimeout;
    if (callback === null) return;
    const start = timer._repeat === null ? 0 : loopNow();
    try {
      runTask(timer.#task, () => {
        apply(callback, timer, timer._timerArgs ?? []);
      });
    } finally {
      if (timer._repeat !== null && timer._idleTimeout !== -1) {
        timer._idleTimeout = timer._repeat;
        timer.#insert(start);
      } else if (timer.#list === undefined && !timer._destroyed) {
        timer.#count(false);
        timer._destroyed = true;
      }
    }
  }

  /** clearTimeout and clearInterval. */
  static clear(timer: Timeout): void {
    if (timer._destroyed) return;
    timer._destroyed = true;
    const list = timer.#list;
    if (list !== undefined) {
      timer.#unlink();
      taskCancelled(timer.#task);
      if (list.timers.length === 0) removeList(list);
    }
    timer._idleTimeout = -1;
    timer._onTimeout = null;
    timer.#count(false);
  }

  refresh(): this {
    const list = this.#list;
    if (list !== undefined) taskCancelled(this.#task);
    this.#unlink();
    if (this._onTimeout === null) return this;
    if (list?.timers.length === 0) removeList(list);
    this._destroyed = false;
    this.#count(this.#refed);
    this.#insert(loopNow());
    return this;
  }

  ref(): this {
    this.#refed = true;
    if (!this._destroyed) this.#count(true);
    return this;
  }

  unref(): this {
    this.#refed = false;
    this.#count(false);
    return this;
  }

  hasRef(): boolean {
    return this.#refed;
  }

  close(): this {
    Timeout.clear(this);
    return this;
  }

  [Symbol.toPrimitive](): number {
    Timeout.#byId[this.#id] = this;
    return this.#id;
  }
}

function removeList(list: TimerList): void {
  const at = lists.indexOf(list);
  if (at >= 0) lists.splice(at, 1);
}

/** The list that is due first; ties go to the list that has been waiting longer in the queue. */
function firstList(): TimerList | undefined {
  let first: TimerList | undefined;
  for (const list of lists) {
    if (first === undefined || list.expiry < first.expiry || (list.expiry === first.expiry && list.order < first.order))
      first = list;
  }
  return first;
}

/** The timers phase: runs what is due and arms the libuv timer for the rest. */
export function runTimers(): void {
  let now = loopNow();
  nextExpiry = Infinity;
  armedFor = Infinity;
  let ranOne = false;
  for (let list = firstList(); list !== undefined; list = firstList()) {
    if (list.expiry > now) {
      nextExpiry = list.expiry;
      now = loopNow();
      if (nextExpiry > now) {
        armedFor = now + Math.max(nextExpiry - now, 1);
        return;
      }
    }
    if (ranOne) drainQueues();
    ranOne = true;
    runList(list, now);
  }
}

/** listOnTimeout. */
function runList(list: TimerList, now: number): void {
  let ranOne = false;
  let time = now;
  for (let timer = list.timers[0]; timer !== undefined; timer = list.timers[0]) {
    if (time - timer._idleStart < list.msecs) {
      time = loopNow();
      if (time - timer._idleStart < list.msecs) {
        list.expiry = Math.max(timer._idleStart + list.msecs, now + 1);
        list.order = listOrder++;
        return;
      }
    }
    if (ranOne) drainQueues();
    ranOne = true;
    if (Timeout.list(timer) !== list) continue;
    try {
      Timeout.fire(timer);
    } catch (error) {
      processHooks.uncaught(error, 'exception');
    }
  }
  if (lists.includes(list) && list.timers.length === 0) removeList(list);
}

export function setTimer(callback: unknown, after: unknown, args: readonly unknown[], repeats: boolean): Timeout {
  if (!isCallable(callback)) throw invalidCallback(callback);
  return Timeout.start(new Timeout(callback, after, args.length === 0 ? undefined : args, repeats));
}

export function clearTimer(timer: unknown): void {
  if (timer instanceof Timeout) Timeout.clear(timer);
  else if (typeof timer === 'number' || typeof timer === 'string') {
    const known = Timeout.byId(timer);
    if (known !== undefined) Timeout.clear(known);
  }
}

/** The shortest timer that waits, for notes on races. */
export function shortestTimer(): number {
  let shortest = Infinity;
  for (const list of lists) if (list.msecs < shortest) shortest = list.msecs;
  return shortest;
}
