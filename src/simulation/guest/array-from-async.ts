/**
 * Why this file exists: `Array.fromAsync`, by the steps of its proposal (stage 4, ECMA-262 2026 §23.1.2.1), which Node
 * has from version 22.
 */
import { CloseOnRejection, asyncFromSync, fromMethod, type IteratorRecord } from './async-iteration';
import { runAsync } from './await';
import {
  NativeTypeError,
  call,
  construct,
  defineProperty,
  get,
  hide,
  isCallable,
  isObject,
  named,
  symbolAsyncIterator,
  symbolIterator,
  type Callable,
} from './primordials';
import { isConstructor } from './promise';
import { describe, notCallable } from './words';

type Steps = Generator<unknown, unknown, unknown>;

function* fromAsync(C: unknown, items: unknown, mapper: unknown, self: unknown): Steps {
  if (mapper !== undefined && !isCallable(mapper)) throw new NativeTypeError(notCallable(mapper));
  const asyncMethod = methodOf(items, symbolAsyncIterator);
  const syncMethod = asyncMethod === undefined ? methodOf(items, symbolIterator) : undefined;
  if (asyncMethod !== undefined)
    return yield* fromIterator(C, fromMethod(items, asyncMethod, 'Symbol.asyncIterator'), mapper, self);
  if (syncMethod === undefined) return yield* fromArrayLike(C, Object(items) as object, mapper, self);
  const sync = fromMethod(items, syncMethod, 'Symbol.iterator');
  return yield* fromIterator(C, asyncFromSync(sync, CloseOnRejection.yes), mapper, self);
}

/** ECMA-262 §7.3.11 GetMethod. */
function methodOf(value: unknown, key: symbol): Callable | undefined {
  if (value === undefined || value === null)
    throw new NativeTypeError(`Cannot read properties of ${String(value)} (reading '${String(key)}')`);
  const method = Reflect.get(Object(value) as object, key, value) as unknown;
  if (method === undefined || method === null) return undefined;
  if (!isCallable(method)) throw new NativeTypeError(notCallable(method));
  return method;
}

function* fromIterator(C: unknown, record: IteratorRecord, mapper: Callable | undefined, self: unknown): Steps {
  const array = isConstructor(C) ? construct(C, []) : [];
  for (let k = 0; ; k++) {
    const result = yield call(record.next, record.iterator);
    if (!isObject(result)) throw new NativeTypeError(`Iterator result ${describe(result)} is not an object`);
    if (Boolean(get(result, 'done'))) return withLength(array, k);
    const value = get(result, 'value');
    try {
      put(array, k, mapper === undefined ? value : yield call(mapper, self, value, k));
    } catch (error) {
      yield* closeQuietly(record.iterator);
      throw error;
    }
  }
}

/** ECMA-262 §7.4.13 AsyncIteratorClose after an error, which counts more than what closing does. */
function* closeQuietly(iterator: object): Steps {
  try {
    const close = get(iterator, 'return');
    if (close !== undefined && close !== null) yield call(close as Callable, iterator);
  } catch {
    // The error that led here goes on.
  }
  return undefined;
}

function* fromArrayLike(C: unknown, items: object, mapper: Callable | undefined, self: unknown): Steps {
  const length = lengthOf(items);
  const array = isConstructor(C) ? construct(C, [length]) : new Array<unknown>(length);
  for (let k = 0; k < length; k++) {
    const value = yield get(items, k);
    put(array, k, mapper === undefined ? value : yield call(mapper, self, value, k));
  }
  return withLength(array, length);
}

/** ECMA-262 §7.3.19 LengthOfArrayLike. */
function lengthOf(items: object): number {
  const length = Math.trunc(Number(get(items, 'length'))) || 0;
  return Math.min(Math.max(length, 0), Number.MAX_SAFE_INTEGER);
}

function put(array: object, k: number, value: unknown): void {
  if (!defineProperty(array, k, { value, writable: true, enumerable: true, configurable: true }))
    throw new NativeTypeError(`Cannot add property ${k}, object is not extensible`);
}

function withLength(array: object, length: number): object {
  if (!Reflect.set(array, 'length', length, array))
    throw new NativeTypeError(`Cannot assign to read only property 'length' of object '${describe(array)}'`);
  return array;
}

export function installArrayFromAsync(): void {
  const method = {
    call(this: unknown, items: unknown, mapper: unknown, self: unknown): object {
      return runAsync(() => fromAsync(this, items, mapper, self));
    },
  }.call;
  hide(Array, 'fromAsync', named(method, 'fromAsync', 1));
}
