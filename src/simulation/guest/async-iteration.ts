/**
 * Why this file exists: async iterators: GetIterator(async), %AsyncFromSyncIteratorPrototype% (ECMA-262 §27.1.6) and
 * `for await`.
 */
import {
  NativeTypeError,
  call,
  createObject,
  get,
  isCallable,
  isObject,
  symbolAsyncIterator,
  symbolIterator,
  type Callable,
} from './primordials';
import { PromiseConstructor, describe, newCapability, promiseResolve } from './promise';
import { performThen } from './promise-reactions';
import { type PromiseCapability } from './promise-slot';

export interface IteratorRecord {
  readonly iterator: object;
  readonly next: Callable;
}

/** ECMA-262 §7.4.4 GetIterator with kind async. */
export function getAsyncIterator(iterable: unknown): IteratorRecord {
  const method =
    iterable === undefined || iterable === null ? undefined : get(Object(iterable) as object, symbolAsyncIterator);
  if (method !== undefined && method !== null) {
    if (!isCallable(method)) throw new NativeTypeError(`${describe(method)} is not a function`);
    return fromMethod(iterable, method, 'Symbol.asyncIterator');
  }
  const sync =
    iterable === undefined || iterable === null ? undefined : get(Object(iterable) as object, symbolIterator);
  if (!isCallable(sync)) throw new NativeTypeError(`${spell(iterable)} is not async iterable`);
  return asyncFromSync(fromMethod(iterable, sync, 'Symbol.iterator'));
}

function spell(value: unknown): string {
  return value === undefined || value === null ? String(value) : isObject(value) ? 'object' : describe(value);
}

function fromMethod(iterable: unknown, method: Callable, name: string): IteratorRecord {
  const iterator = call(method, iterable);
  if (!isObject(iterator)) throw new NativeTypeError(`Result of the ${name} method is not an object`);
  return { iterator, next: get(iterator, 'next') as Callable }; // called later; the engine says when it is no function
}

/**
 * ECMA-262 §27.1.6.1 CreateAsyncFromSyncIterator, as the edition of 2024 has it and V8 up to 11.3 (Node 20) does it: a
 * sync iterator is
 * not closed when a value it gave rejects, and one without `throw` rejects with the thrown value itself.
 */
function asyncFromSync(sync: IteratorRecord): IteratorRecord {
  const iterator = createObject(null) as Record<string, unknown>;
  const next = (...args: unknown[]): object => forward(sync, sync.next, args);
  iterator['next'] = next;
  iterator['return'] = (...args: unknown[]): object => {
    const capability = newCapability(PromiseConstructor, { origin: 'internal' });
    return attempt(capability, () => {
      const method = get(sync.iterator, 'return');
      if (method === undefined || method === null) {
        capability.resolve({ value: args[0], done: true });
        return;
      }
      take(sync, method as Callable, args, capability);
    });
  };
  iterator['throw'] = (...args: unknown[]): object => {
    const capability = newCapability(PromiseConstructor, { origin: 'internal' });
    return attempt(capability, () => {
      const method = get(sync.iterator, 'throw');
      if (method === undefined || method === null) throw args[0];
      take(sync, method as Callable, args, capability);
    });
  };
  return { iterator, next };
}

function forward(sync: IteratorRecord, method: Callable, args: readonly unknown[]): object {
  const capability = newCapability(PromiseConstructor, { origin: 'internal' });
  return attempt(capability, () => {
    take(sync, method, args, capability);
  });
}

function attempt(capability: PromiseCapability, body: () => void): object {
  try {
    body();
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

/** Calls the sync method, then ECMA-262 §27.1.6.4 AsyncFromSyncIteratorContinuation. */
function take(sync: IteratorRecord, method: Callable, args: readonly unknown[], capability: PromiseCapability): void {
  const result = call(method, sync.iterator, ...args);
  if (!isObject(result)) throw new NativeTypeError(`Iterator result ${describe(result)} is not an object`);
  const done = Boolean(get(result, 'done'));
  const value = get(result, 'value');
  performThen(promiseResolve(PromiseConstructor, value, { origin: 'internal' }), {
    capability,
    onFulfilled: (settled: unknown) => ({ value: settled, done }),
    onRejected: undefined,
    settle: undefined,
    frame: 0,
    derived: 0,
    next: undefined,
  });
}

/**
 * $_l: one `for await` loop. The lowered loop awaits what `next` and `close` answer; `live` tells whether leaving must
 * close.
 */
export class ForAwait {
  readonly #record: IteratorRecord;
  live = false;
  done = false;
  value: unknown;
  error: { readonly error: unknown } | undefined;

  constructor(iterable: unknown) {
    this.#record = getAsyncIterator(iterable);
  }

  next(): unknown {
    this.live = false;
    return call(this.#record.next, this.#record.iterator);
  }

  /** True while there is a value; errors here do not close the iterator (ECMA-262 §14.7.5.7 steps 6.a–f). */
  take(result: unknown): boolean {
    if (!isObject(result)) throw new NativeTypeError(`Iterator result ${describe(result)} is not an object`);
    if (Boolean(get(result, 'done'))) return false;
    this.value = get(result, 'value');
    this.live = true;
    return true;
  }

  fail(error: unknown): void {
    this.error = { error };
  }

  /** ECMA-262 §7.4.12 AsyncIteratorClose, up to its await: the method, or undefined when there is none. */
  closer(): Callable | undefined {
    const close = get(this.#record.iterator, 'return');
    if (close === undefined || close === null) return undefined;
    if (!isCallable(close)) throw new NativeTypeError(`${describe(close)} is not a function`);
    return close;
  }

  close(method: Callable): unknown {
    return call(method, this.#record.iterator);
  }

  closed(result: unknown): void {
    if (!isObject(result)) throw new NativeTypeError(`${describe(result)} is not an object`);
  }
}
