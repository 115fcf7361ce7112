/** Why this file exists: requestIdleCallback: callbacks for when nothing else is to be done. */
import { clock } from '../../clock';
import { note } from '../../notes';
import { SafeMap, call, isObject, named, type Callable } from '../../primordials';
import { here, nameOf, siteOf } from '../../recorder';
import { taskCancelled, taskQueued } from '../../tasks';
import { frames } from './frames';
import { cancel, loop, nextDue, postAt, runCallback } from './loop';
import type { LoopTask } from './ready';
import { asInterface } from './interfaces';
import { callbackOf } from './web-errors';

/** Modelled, as measured: this long after the last task Chromium takes the page for idle. */
const calmMs = 4;
/** A timer so near to that moment may come first. */
const nearMs = 10;
/** The most that a callback is promised. */
const longestMs = 50;

interface IdleCallback {
  readonly callback: Callable;
  readonly token: number;
  readonly site: number;
  readonly askedAt: number;
  timeout: LoopTask | undefined;
}

const waiting = new SafeMap<number, IdleCallback>();
let lastId = 0;

class IdleDeadline {
  readonly #until: number;
  readonly didTimeout: boolean;

  constructor(until: number, didTimeout: boolean) {
    this.#until = until;
    this.didTimeout = didTimeout;
  }

  timeRemaining(): number {
    return Math.max(this.#until - clock.read(), 0);
  }
}
asInterface(IdleDeadline, 'IdleDeadline');
export { IdleDeadline };

function request(...given: unknown[]): number {
  const callback = callbackOf(given, 'requestIdleCallback', 'Window');
  const id = ++lastId;
  const options: { readonly timeout?: unknown } = isObject(given[1]) ? given[1] : {};
  const label = nameOf(callback);
  const token = taskQueued({ queue: 'idle', origin: 'requestIdleCallback', label, site: siteOf(callback) });
  const own: IdleCallback = { callback, token, site: here(), askedAt: clock.now(), timeout: undefined };
  waiting.set(id, own);
  const timeout = Number(options.timeout);
  if (timeout > 0) {
    const about = { queue: 'tasks', origin: 'requestIdleCallback', label: `${label} (timeout)`, site: siteOf(callback) } as const;
    own.timeout = postAt(clock.now() + timeout, about, (task) => {
      waiting.delete(id);
      taskCancelled(own.token);
      tell(own, task.token, new IdleDeadline(clock.now(), true));
    });
  }
  return id;
}

function tell(own: IdleCallback, token: number, deadline: IdleDeadline): void {
  runCallback(token, () => call(own.callback, globalThis, deadline));
}

function cancelIdle(id?: unknown): void {
  const found = waiting.get(Number(id));
  if (found === undefined) return;
  waiting.delete(Number(id));
  taskCancelled(found.token);
  if (found.timeout !== undefined) cancel(found.timeout);
}

function first(): [number, IdleCallback] | undefined {
  for (const each of waiting) return each;
  return undefined;
}

/** Before a frame that is due there is no idle time, but between two frames there is. */
loop.idleAt = () => {
  const next = first()?.[1];
  if (next === undefined) return Infinity;
  if (frames.pending() && !frames.isFollowed) return Infinity;
  return frames.isFollowed ? next.askedAt : next.askedAt + calmMs;
};

loop.runIdle = () => {
  const found = first();
  if (found === undefined) return;
  const [id, own] = found;
  waiting.delete(id);
  if (own.timeout !== undefined) cancel(own.timeout);
  const due = nextDue();
  if (due < own.askedAt + nearMs)
    note('order-unspecified', 'How soon the browser takes the page for idle is not fixed: a timer of a few milliseconds may run before or after it.', own.site);
  tell(own, own.token, new IdleDeadline(Math.min(clock.now() + longestMs, due, loop.frameAt()), false));
};

export const idle = {
  requestIdleCallback: named(request, 'requestIdleCallback', 1),
  cancelIdleCallback: named(cancelIdle, 'cancelIdleCallback', 1),
};
