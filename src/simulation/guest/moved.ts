/**
 * Why this file exists: what a body that was moved into a generator still says to the function it came from: `super`,
 * its own name, and keys that are needed twice.
 */
import { NativeTypeError, apply, createObject, defineProperty, isCallable, ownKeys } from './primordials';

/** $_sc: `super.m(…)`, which V8 spells in `words`. */
export function callMoved(method: unknown, self: unknown, args: readonly unknown[], words: string): unknown {
  if (!isCallable(method)) throw new NativeTypeError(`${words} is not a function`);
  return apply(method, self, args);
}

/** $_pl: `super.x` as a place that can be read and written: its property `v`. */
export function placeOf(read: () => unknown, write: (value: unknown) => void): object {
  return {
    get v(): unknown {
      return read();
    },
    set v(value: unknown) {
      write(value);
    },
  };
}

/** $_tk: ECMA-262 §7.1.19 ToPropertyKey, by the engine's own. */
export function toKey(value: unknown): PropertyKey | undefined {
  return ownKeys({ [value as PropertyKey]: 0 })[0]; // the language converts it
}

/** $_on: an object in which the name of a function can be read but not written. */
export function ownName(box: { readonly f: unknown }, name: string): object {
  const names = createObject(null) as object;
  defineProperty(names, name, { get: () => box.f });
  return names;
}
