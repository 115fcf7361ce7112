/**
 * Why this file exists: `Promise.all`, `allSettled`, `any` and `race`. ECMA-262 §27.2.4.1–3, §27.2.4.5, step by step.
 */
import type { PromiseOrigin } from '../../trace/trace';
import { resolves, waitsFor } from './async-stack';
import { invokeThen } from './promise-invoke';
import {
  NativeAggregateError,
  hide,
  NativeTypeError,
  call,
  defineProperty,
  get,
  inOrder,
  isCallable,
  isObject,
  symbolIterator,
  type Callable,
} from './primordials';
import { newCapability } from './promise';
import type { PromiseCapability } from './promise-slot';
import { callSite, describe, notCallable } from './words';

interface Combinator {
  readonly origin: PromiseOrigin;
  /** The handlers for one element; `finish` is to be called when the last is in. */
  readonly element: (
    capability: PromiseCapability,
    values: unknown[],
    index: number,
    finish: () => void,
  ) => readonly [unknown, unknown];
  readonly finish: (capability: PromiseCapability, values: unknown[]) => void;
}

function once(f: (value: unknown) => void): (value: unknown) => void {
  let called = false;
  return (value) => {
    if (called) return;
    called = true;
    f(value);
  };
}

function put(values: unknown[], index: number, value: unknown): void {
  defineProperty(values, index, { value, writable: true, enumerable: true, configurable: true });
}

export const all: Combinator = {
  origin: 'all',
  element: (capability, values, index, finish) => {
    const onFulfilled = once((value) => {
      put(values, index, value);
      finish();
    });
    waitsFor(onFulfilled, capability.promise, 'Promise.all', index);
    return [onFulfilled, capability.onReject];
  },
  finish: (capability, values) => capability.resolve(values),
};

export const allSettled: Combinator = {
  origin: 'allSettled',
  element: (capability, values, index, finish) => {
    let called = false;
    const settle = (entry: object): void => {
      if (called) return;
      called = true;
      put(values, index, entry);
      finish();
    };
    // Elements of an array literal get no name: the specification's functions are anonymous.
    const pair = [
      (value: unknown): void => {
        settle({ status: 'fulfilled', value });
      },
      (reason: unknown): void => {
        settle({ status: 'rejected', reason });
      },
    ] as const;
    waitsFor(pair[0], capability.promise, 'Promise.allSettled', index);
    return pair;
  },
  finish: (capability, values) => capability.resolve(values),
};

export const any: Combinator = {
  origin: 'any',
  element: (capability, errors, index, finish) => [
    capability.onResolve,
    once((error) => {
      put(errors, index, error);
      finish();
    }),
  ],
  finish: (capability, errors) => capability.reject(aggregate(errors)),
};

/** V8 makes it below all frames: its stack is its headline alone. */
function aggregate(errors: unknown[]): unknown {
  const error = new NativeAggregateError(errors, 'All promises were rejected');
  hide(error, 'stack', 'AggregateError: All promises were rejected');
  inOrder(error, ['stack', 'message', 'errors']);
  return error;
}

export const race: Combinator = {
  origin: 'race',
  element: (capability) => {
    resolves(capability.onResolve, capability.promise);
    return [capability.onResolve, capability.onReject];
  },
  finish: () => undefined,
};

/** ECMA-262 §27.2.4.1–5: GetPromiseResolve, GetIterator, PerformPromise…, IfAbruptRejectPromise. */
export function combine(C: unknown, iterable: unknown, combinator: Combinator): object {
  if (!isObject(C)) throw new NativeTypeError(`Promise.${combinator.origin} called on non-object`);
  const capability = newCapability(C, { origin: combinator.origin });
  try {
    const resolve = get(C, 'resolve');
    if (!isCallable(resolve)) throw new NativeTypeError('resolve is not a function');
    performCombinator(C, resolve, iteratorOf(iterable), capability, combinator);
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

function performCombinator(
  C: object,
  resolve: Callable,
  iterator: SyncIterator,
  capability: PromiseCapability,
  combinator: Combinator,
): void {
  const values: unknown[] = [];
  let remaining = 1;
  const finish = (): void => {
    if (--remaining === 0) combinator.finish(capability, values);
  };
  for (let index = 0; ; index++) {
    const step = stepOf(iterator);
    if (step === undefined) break;
    put(values, index, undefined);
    try {
      const next = call(resolve, C, step.value);
      const handlers = combinator.element(capability, values, index, finish);
      remaining++;
      invokeThen(next, handlers[0], handlers[1], 'internal');
    } catch (error) {
      closeAfter(iterator);
      throw error;
    }
  }
  finish();
}

interface SyncIterator {
  readonly iterator: object;
  readonly next: unknown;
}

/** ECMA-262 §7.4.4 GetIterator, with V8's words when it is none. */
function iteratorOf(iterable: unknown): SyncIterator {
  const method =
    iterable === undefined || iterable === null
      ? undefined
      : (Reflect.get(Object(iterable) as object, symbolIterator, iterable) as unknown);
  if (!isCallable(method))
    throw new NativeTypeError(
      `${callSite(iterable)} is not iterable (cannot read property Symbol(Symbol.iterator))`,
    );
  const iterator = call(method, iterable);
  if (!isObject(iterator)) throw new NativeTypeError('Result of the Symbol.iterator method is not an object');
  return { iterator, next: get(iterator, 'next') };
}

/** ECMA-262 §7.4.10 IteratorStepValue: undefined at the end. */
function stepOf({ iterator, next }: SyncIterator): { readonly value: unknown } | undefined {
  if (!isCallable(next)) throw new NativeTypeError(notCallable(next));
  const result = call(next, iterator);
  if (!isObject(result)) throw new NativeTypeError(`Iterator result ${describe(result)} is not an object`);
  return Boolean(get(result, 'done')) ? undefined : { value: get(result, 'value') };
}

/** ECMA-262 §7.4.11 IteratorClose after an error, which counts more than what closing does. */
function closeAfter({ iterator }: SyncIterator): void {
  try {
    const close = get(iterator, 'return');
    if (close !== undefined && close !== null) call(close as Callable, iterator);
  } catch {
    // The error that led here goes on.
  }
}
