/**
 * Why this file exists: `Promise.all`, `allSettled`, `any` and `race`. ECMA-262 §27.2.4.1–3, §27.2.4.5, step by step.
 */
import type { PromiseOrigin } from '../../trace/trace';
import { invokeThen } from './promise-invoke';
import {
  NativeAggregateError,
  NativeTypeError,
  call,
  defineProperty,
  get,
  isCallable,
  isObject,
  symbolIterator,
  type Callable,
} from './primordials';
import { describe, newCapability } from './promise';
import type { PromiseCapability } from './promise-slot';

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
  element: (capability, values, index, finish) => [
    once((value) => {
      put(values, index, value);
      finish();
    }),
    capability.reject,
  ],
  finish: (capability, values) => capability.resolve(values),
};

export const allSettled: Combinator = {
  origin: 'allSettled',
  element: (_capability, values, index, finish) => {
    let called = false;
    const settle = (entry: object): void => {
      if (called) return;
      called = true;
      put(values, index, entry);
      finish();
    };
    return [
      (value: unknown) => {
        settle({ status: 'fulfilled', value });
      },
      (reason: unknown) => {
        settle({ status: 'rejected', reason });
      },
    ];
  },
  finish: (capability, values) => capability.resolve(values),
};

export const any: Combinator = {
  origin: 'any',
  element: (capability, errors, index, finish) => [
    capability.resolve,
    once((error) => {
      put(errors, index, error);
      finish();
    }),
  ],
  finish: (capability, errors) => capability.reject(aggregate(errors)),
};

function aggregate(errors: unknown[]): unknown {
  return new NativeAggregateError(errors, 'All promises were rejected');
}

export const race: Combinator = {
  origin: 'race',
  element: (capability) => [capability.resolve, capability.reject],
  finish: () => undefined,
};

/** ECMA-262 §27.2.4.1–5: GetPromiseResolve, GetIterator, PerformPromise…, IfAbruptRejectPromise. */
export function combine(C: unknown, iterable: unknown, combinator: Combinator): object {
  if (!isObject(C)) throw new NativeTypeError(`Promise.${combinator.origin} called on non-object`);
  const capability = newCapability(C, { origin: combinator.origin });
  try {
    const resolve = get(C, 'resolve');
    if (!isCallable(resolve)) throw new NativeTypeError('Promise resolve or reject function is not callable');
    performCombinator(C, resolve, iterable, capability, combinator);
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

function performCombinator(
  C: object,
  resolve: Callable,
  iterable: unknown,
  capability: PromiseCapability,
  combinator: Combinator,
): void {
  const values: unknown[] = [];
  let remaining = 1;
  const finish = (): void => {
    if (--remaining === 0) combinator.finish(capability, values);
  };
  let index = 0;
  for (const element of iterate(iterable)) {
    put(values, index, undefined);
    const next = call(resolve, C, element);
    const [onFulfilled, onRejected] = combinator.element(capability, values, index, finish);
    remaining++;
    invokeThen(next, onFulfilled, onRejected, 'internal');
    index++;
  }
  finish();
}

/** The iterable as the language's own loop takes it, with V8's words when it is none. */
function iterate(iterable: unknown): Iterable<unknown> {
  const method =
    iterable === undefined || iterable === null ? undefined : get(Object(iterable) as object, symbolIterator);
  if (method === undefined || method === null || !isCallable(method)) {
    const what = isObject(iterable) ? 'object' : typeof iterable;
    throw new NativeTypeError(
      `${iterable === undefined || iterable === null ? String(iterable) : `${what} ${describe(iterable)}`} is not iterable${
        iterable === undefined || iterable === null ? ' (cannot read property Symbol(Symbol.iterator))' : ''
      }`,
    );
  }
  return { [symbolIterator]: () => call(method, iterable) as Iterator<unknown> }; // checked by the loop that uses it
}
