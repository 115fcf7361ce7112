/** Why this file exists: setTimeout and setInterval, as HTML §8.6 has them and Chromium sets them. */
import { clock } from '../../clock';
import { SafeMap, call, isCallable, named, toText } from '../../primordials';
import { nameOf, siteOf } from '../../recorder';
import { indirectEval } from '../../text-code';
import { later } from './events/abort';
import { cancel, post, postAt, runCallback } from './loop';
import type { LoopTask } from './ready';
import { checkCount } from './web-errors';

/** From the sixth timer that one sets from the other, a timer waits 4 ms at least. */
const freeLevels = 5;
const clampMs = 4;

interface Timer {
  readonly id: number;
  readonly handler: unknown;
  readonly args: readonly unknown[];
  readonly every: boolean;
  level: number;
  delay: number;
  task: LoopTask | undefined;
}

const active = new SafeMap<number, Timer>();
let lastId = 0;
/** HTML's timer nesting level of the callback that runs now. */
let level = 0;

function clamped(delay: number, at: number): number {
  return at > freeLevels && delay < clampMs ? clampMs : delay;
}

function label(handler: unknown): string {
  return isCallable(handler) ? nameOf(handler) : 'text';
}

function start(timer: Timer, from: number): void {
  const origin = timer.every ? 'setInterval' : 'setTimeout';
  const about = { queue: 'timers', origin, label: label(timer.handler), site: siteOf(timer.handler) } as const;
  const run = (task: LoopTask): void => {
    fire(timer, task);
  };
  timer.task = timer.delay === 0 ? post(about, run) : postAt(from + timer.delay, about, run);
}

function fire(timer: Timer, task: LoopTask): void {
  const { handler, args } = timer;
  if (timer.every) {
    timer.level++;
    timer.delay = clamped(timer.delay, timer.level);
    start(timer, clock.now());
  } else active.delete(timer.id);
  level = timer.level + (timer.every ? 0 : 1);
  runCallback(task.token, () => {
    if (isCallable(handler)) call(handler, globalThis, ...args);
    else indirectEval(toText(handler));
  });
  level = 0;
}

function set(given: readonly unknown[], every: boolean): number {
  checkCount(given, 1, every ? 'setInterval' : 'setTimeout', 'Window');
  const [handler, timeout, ...args] = given;
  // WebIDL's `long`; below 0 is 0. An interval of 0 would never let anything else run.
  const wanted = Math.max(Number(timeout) | 0, every ? 1 : 0);
  const timer: Timer = { id: ++lastId, handler, args, every, level, delay: clamped(wanted, level), task: undefined };
  active.set(timer.id, timer);
  start(timer, clock.now());
  return timer.id;
}

function clear(id: unknown): void {
  const timer = active.get(Number(id) | 0);
  if (timer?.task === undefined) return;
  active.delete(timer.id);
  cancel(timer.task);
}

later.after = (ms, run) => {
  postAt(clock.now() + Math.max(ms, 0), { queue: 'timers', origin: 'setTimeout', label: 'AbortSignal.timeout', site: 0 }, (task) => {
    runCallback(task.token, run);
  });
};

export const timers = {
  setTimeout: named((...given: unknown[]) => set(given, false), 'setTimeout', 1),
  setInterval: named((...given: unknown[]) => set(given, true), 'setInterval', 1),
  clearTimeout: named((id?: unknown) => {
    clear(id);
  }, 'clearTimeout', 0),
  clearInterval: named((id?: unknown) => {
    clear(id);
  }, 'clearInterval', 0),
};
