/** Why this file exists: callbacks become promises and back. Node 20: lib/internal/util.js, lib/util.js. */
import { standsAt, under } from '../../stood-for';
import { inNodeFrames } from '../../node-frames';
import { checkFunction, codedError } from '../../node-errors';
import { deferred } from '../../own-promises';
import {
  SafeWeakMap,
  NativeError,
  apply,
  call,
  defineProperty,
  getPrototypeOf,
  named,
  setPrototypeOf,
  type Callable,
} from '../../primordials';
import { nextTick } from '../../ticks';

const custom = Symbol.for('nodejs.util.promisify.custom');

/** Node's customPromisifyArgs: the names of what a callback gets after the error, where that is more than one value. */
export const callbackNames = new SafeWeakMap<object, readonly string[]>();

function byName(names: readonly string[], values: readonly unknown[]): object {
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

function hideCustom(f: object): object {
  defineProperty(f, custom, { value: f, enumerable: false, writable: false, configurable: true });
  return f;
}

const withinPromise = under(
  ['node:internal/util:441:7', 'new Promise (<anonymous>)', 'node:internal/util:427:12'],
  (f: Callable, self: unknown, args: readonly unknown[]) => { call(f, self, ...args); },
);

export const promisify = named(
  function promisify(given: unknown): unknown {
    checkFunction(given, 'original');
    const original = given as Callable & Record<symbol, unknown>; // just checked
    const own = original[custom];
    if (own) {
      checkFunction(own, 'util.promisify.custom');
      return hideCustom(own);
    }
    function fn(this: unknown, ...args: unknown[]): object {
      const { promise, resolve, reject } = deferred();
      const names = callbackNames.get(original) ?? [];
      const callback = (error: unknown, ...values: unknown[]): void => {
        if (error) reject(error);
        else resolve(values.length > 1 && names.length > 0 ? byName(names, values) : values[0]);
      };
      try {
        withinPromise(original, this, [...args, callback]);
      } catch (error) {
        reject(error);
      }
      return promise;
    }
    setPrototypeOf(fn, getPrototypeOf(original));
    hideCustom(fn);
    return Object.defineProperties(fn, Object.getOwnPropertyDescriptors(original));
  },
  'promisify',
  1,
);
Object.assign(promisify, { custom });

function tellRejection(reason: unknown, callback: Callable): void {
  let error = reason;
  if (!reason) {
    error = codedError(NativeError, 'ERR_FALSY_VALUE_REJECTION', 'Promise was rejected with falsy value');
    Object.assign(error as object, { reason }); // an error, just made
    inNodeFrames(error, 'process.processTicksAndRejections (node:internal/process/task_queues:82:21)');
  }
  call(callback, undefined, error);
}

export const callbackify = named(
  function callbackify(given: unknown): unknown {
    checkFunction(given, 'original');
    const original = given as Callable; // just checked
    function callbackified(this: unknown, ...args: unknown[]): void {
      const last = args.pop();
      checkFunction(last, 'last argument');
      const callback = (last as (...args: unknown[]) => unknown).bind(this); // just checked
      const promise = apply(original, this, args as never) as { then(ok: Callable, no: Callable): unknown };
      promise.then(
        (value: unknown) => {
          nextTick(callback, [null, value]);
        },
        (reason: unknown) => {
          nextTick(tellRejection, [reason, callback]);
        },
      );
    }
    const descriptors = Object.getOwnPropertyDescriptors(original) as Record<string, PropertyDescriptor>;
    const { length, name } = descriptors;
    if (typeof length?.value === 'number') length.value++;
    if (typeof name?.value === 'string') name.value += 'Callbackified';
    return Object.defineProperties(callbackified, descriptors);
  },
  'callbackify',
  1,
);
standsAt(promisify, 'Object.promisify', 'node:internal/util', { checkFunction: '409:3' });
standsAt(callbackify, 'Object.callbackify', 'node:util', { checkFunction: '383:3' });
