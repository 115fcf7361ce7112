/**
 * Why this file exists: the part of `node:util` that has to do with asynchronous code and printing. Node 20–24:
 * lib/internal/util.js, lib/util.js.
 */
import { formatWithOptions, inspect } from '../inspect';
import { apply, isCallable, named } from '../primordials';
import { invalidCallback } from '../node-errors';
import { nextTick } from '../ticks';

const custom = Symbol.for('nodejs.util.promisify.custom');

function promisify(original: unknown): unknown {
  if (!isCallable(original)) throw invalidCallback(original, 'original');
  const given = (original as unknown as Record<symbol, unknown>)[custom];
  if (isCallable(given)) return given;
  function promisified(this: unknown, ...args: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      apply(original as (...args: never[]) => unknown, this, [
        ...args,
        (error: unknown, value: unknown) => {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- anything, as in Node
          if (error) reject(error);
          else resolve(value);
        },
      ]);
    });
  }
  return Object.defineProperties(promisified, Object.getOwnPropertyDescriptors(original));
}
Object.assign(promisify, { custom });

function callbackify(original: unknown): unknown {
  if (!isCallable(original)) throw invalidCallback(original, 'original');
  return function callbackified(this: unknown, ...args: unknown[]): void {
    const callback = args.pop();
    if (!isCallable(callback)) throw invalidCallback(callback, 'last argument');
    (apply(original, this, args) as Promise<unknown>).then(
      (value) => {
        nextTick(callback, [null, value]);
      },
      (error: unknown) => {
        nextTick(callback, [error ?? new Error('Promise was rejected with a falsy value')]);
      },
    );
  };
}

export const utilModule: Record<string, unknown> = {
  promisify: named(promisify, 'promisify', 1),
  callbackify: named(callbackify, 'callbackify', 1),
  inspect,
  format: named((...args: unknown[]) => formatWithOptions({}, ...args), 'format', 0),
  formatWithOptions,
};
