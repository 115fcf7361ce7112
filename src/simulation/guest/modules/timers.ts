/** Why this file exists: `node:timers`. Node 20: lib/timers.js. */
import { clearImmediateTask, setImmediateTask } from '../loop/immediates';
import { clearTimer, setTimer } from '../loop/timers';
import { defineProperty, named, type Callable } from '../primordials';
import { standsAt } from '../stood-for';
import { timersPromises } from './timers-promises';

const promisifyCustom = Symbol.for('nodejs.util.promisify.custom');

function setTimeout(callback: unknown, after?: unknown, ...args: unknown[]): unknown {
  return setTimer(callback, after, args, false);
}

function setInterval(callback: unknown, after?: unknown, ...args: unknown[]): unknown {
  return setTimer(callback, after, args, true);
}

function setImmediate(callback: unknown, ...args: unknown[]): unknown {
  return setImmediateTask(callback, args);
}

standsAt(setTimeout, 'setTimeout', 'node:timers', { checkFunction: '140:3' });
standsAt(setInterval, 'setInterval', 'node:timers', { checkFunction: '210:3' });
standsAt(setImmediate, 'setImmediate', 'node:timers', { checkFunction: '283:3' });

export const timers: Readonly<Record<string, Callable>> = {
  setTimeout: named(setTimeout, 'setTimeout', 5),
  clearTimeout: named(
    (timer: unknown) => {
      clearTimer(timer);
    },
    'clearTimeout',
    1,
  ),
  setImmediate: named(setImmediate, 'setImmediate', 4),
  clearImmediate: named(
    (immediate: unknown) => {
      clearImmediateTask(immediate);
    },
    'clearImmediate',
    1,
  ),
  setInterval: named(setInterval, 'setInterval', 5),
  clearInterval: named(
    (timer: unknown) => {
      clearTimer(timer);
    },
    'clearInterval',
    1,
  ),
};

/** `util.promisify(setTimeout)` and `setImmediate` are those of `timers/promises`. */
for (const [f, name] of [
  [setTimeout, 'setTimeout'],
  [setImmediate, 'setImmediate'],
] as const) {
  const get = named(() => timersPromises()[name], 'get');
  defineProperty(f, promisifyCustom, { get, enumerable: true });
}

let made: object | undefined;

/** The module, with `promises` made when it is first read. */
export function timersModule(): object {
  if (made !== undefined) return made;
  made = { ...timers };
  defineProperty(made, 'promises', { get: timersPromises, enumerable: true, configurable: true });
  return made;
}
