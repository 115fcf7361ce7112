/**
 * Why this file exists: async iterators: GetIterator(async), %AsyncFromSyncIteratorPrototype% (ECMA-262 §27.1.6) and
 * `for await`.
 */
import {
  NativeTypeError,
  apply,
  call,
  get,
  hide,
  isCallable,
  isObject,
  symbolAsyncIterator,
  setPrototypeOf,
  symbolIterator,
  type Callable,
} from './primordials';
import { PromiseConstructor, newCapability, promiseResolve } from './promise';
import { performThen } from './promise-reactions';
import { type PromiseCapability } from './promise-slot';
import { describe, notCallable } from './words';

export interface IteratorRecord {
  readonly iterator: object;
  readonly next: Callable;
}

/** ECMA-262 §7.4.4 GetIterator with kind async. `spelled` is the text of a loop's expression, for V8's words. */
export function getAsyncIterator(iterable: unknown, spelled?: string): IteratorRecord {
  if (iterable === undefined || iterable === null)
    throw new NativeTypeError(
      `Cannot read properties of ${String(iterable)} (reading 'Symbol(Symbol.asyncIterator)')`,
    );
  const object = Object(iterable) as object;
  const method = readFrom(object, symbolAsyncIterator, iterable);
  if (method !== undefined && method !== null) {
    if (!isCallable(method)) throw new NativeTypeError(notCallable(method));
    return fromMethod(iterable, method, 'Symbol.asyncIterator');
  }
  const sync = readFrom(object, symbolIterator, iterable);
  // V8 spells the expression where there is one, and else what it tried to call.
  if ((sync === undefined || sync === null) && spelled !== undefined && spelled !== '')
    throw new NativeTypeError(`${spelled} is not async iterable`);
  if (!isCallable(sync)) throw new NativeTypeError(notCallable(sync));
  return asyncFromSync(fromMethod(iterable, sync, 'Symbol.iterator'));
}

/** ECMA-262 §7.3.3 GetV: a getter sees the value itself, also when it is a primitive. */
function readFrom(object: object, key: symbol, value: unknown): unknown {
  return Reflect.get(object, key, value);
}

export function fromMethod(iterable: unknown, method: Callable, name: string): IteratorRecord {
  const iterator = call(method, iterable);
  if (!isObject(iterator)) throw new NativeTypeError(`Result of the ${name} method is not an object`);
  return { iterator, next: get(iterator, 'next') as Callable }; // called later; the engine says when it is no function
}

/** Whether a sync iterator is closed when a value that it gave rejects: later editions and V8 from 12 on do so. */
export const CloseOnRejection = { yes: true, no: false } as const;

/**
 * ECMA-262 §27.1.6.1 CreateAsyncFromSyncIterator, as the edition of 2024 has it and V8 up to 11.3 (Node 20) does it: a
 * sync iterator is
 * not closed when a value it gave rejects, and one without `throw` rejects with the thrown value itself.
 */
export function asyncFromSync(sync: IteratorRecord, closes: boolean = CloseOnRejection.no): IteratorRecord {
  return { iterator: new AsyncFromSync({ ...sync, closes }), next: asyncFromSyncMethods.next };
}

interface SyncRecord extends IteratorRecord {
  readonly closes: boolean;
}

class AsyncFromSync {
  readonly #sync: SyncRecord;

  constructor(sync: SyncRecord) {
    this.#sync = sync;
  }

  static of(iterator: object): SyncRecord {
    if (!(#sync in iterator)) throw new NativeTypeError('not an async-from-sync iterator');
    return iterator.#sync;
  }
}
setPrototypeOf(AsyncFromSync.prototype, null);

/** §27.1.6.2: methods of %AsyncFromSyncIteratorPrototype%; how many arguments there were is handed on. */
const asyncFromSyncMethods = {
  next(this: object, ...args: unknown[]): object {
    const sync = AsyncFromSync.of(this);
    return forward(sync, sync.next, args);
  },
  return(this: object, ...args: unknown[]): object {
    const sync = AsyncFromSync.of(this);
    const capability = newCapability(PromiseConstructor, { origin: 'internal' });
    return attempt(capability, () => {
      const method = get(sync.iterator, 'return');
      if (method === undefined || method === null) {
        capability.resolve({ value: args[0], done: true });
        return;
      }
      if (!isCallable(method)) throw new NativeTypeError(notCallable(method));
      take({ ...sync, closes: false }, method, args, capability);
    });
  },
  throw(this: object, ...args: unknown[]): object {
    const sync = AsyncFromSync.of(this);
    const capability = newCapability(PromiseConstructor, { origin: 'internal' });
    return attempt(capability, () => {
      const method = get(sync.iterator, 'throw');
      if (method === undefined || method === null) throw args[0];
      if (!isCallable(method)) throw new NativeTypeError(notCallable(method));
      take(sync, method, args, capability);
    });
  },
};
for (const name of ['next', 'return', 'throw'] as const) hide(AsyncFromSync.prototype, name, asyncFromSyncMethods[name]);

function forward(sync: SyncRecord, method: Callable, args: readonly unknown[]): object {
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
function take(sync: SyncRecord, method: Callable, args: readonly unknown[], capability: PromiseCapability): void {
  const result: unknown = apply(method, sync.iterator, args as never[]);
  if (!isObject(result)) throw new NativeTypeError(`Iterator result ${describe(result)} is not an object`);
  const done = Boolean(get(result, 'done'));
  const value = get(result, 'value');
  const closes = sync.closes && !done;
  performThen(resolved(sync, value, closes), {
    capability,
    onFulfilled: (settled: unknown) => ({ value: settled, done }),
    onRejected: closes ? closing(sync) : undefined,
    settle: undefined,
    frame: 0,
    derived: 0,
    next: undefined,
  });
}

function resolved(sync: SyncRecord, value: unknown, closes: boolean): object {
  try {
    return promiseResolve(PromiseConstructor, value, { origin: 'internal' });
  } catch (error) {
    if (closes) closeQuietly(sync);
    throw error;
  }
}

function closing(sync: SyncRecord): (error: unknown) => never {
  return (error) => {
    closeQuietly(sync);
    throw error;
  };
}

/** ECMA-262 §7.4.11 IteratorClose after an error, which counts more than what closing does. */
function closeQuietly(sync: SyncRecord): void {
  try {
    const close = get(sync.iterator, 'return');
    if (close !== undefined && close !== null) call(close as Callable, sync.iterator);
  } catch {
    // The error that led here goes on.
  }
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

  constructor(iterable: unknown, spelled: string) {
    this.#record = getAsyncIterator(iterable, spelled);
  }

  next(): unknown {
    this.live = false;
    if (!isCallable(this.#record.next)) throw new NativeTypeError(notCallable(this.#record.next));
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
    if (!isCallable(close)) throw new NativeTypeError(notCallable(close));
    return close;
  }

  close(method: Callable): unknown {
    return call(method, this.#record.iterator);
  }

  closed(result: unknown): void {
    if (!isObject(result)) throw new NativeTypeError(`Iterator result ${describe(result)} is not an object`);
  }
}
