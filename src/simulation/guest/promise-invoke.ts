/**
 * Why this file exists: calling the program's own `then`, with a note for the record of what it stands for. ECMA-262
 * §7.3.20 Invoke.
 */
import type { PromiseOrigin } from '../../trace/trace';
import { NativeTypeError, call, isCallable } from './primordials';
import { notCallable } from './words';

/** For the record: which method the next `then` stands for. */
let meant: PromiseOrigin = 'then';

export function invokeThen(
  promise: unknown,
  onFulfilled: unknown,
  onRejected: unknown,
  origin: PromiseOrigin,
): unknown {
  if (promise === undefined || promise === null)
    throw new NativeTypeError(`Cannot read properties of ${String(promise)} (reading 'then')`);
  // ECMA-262 §7.3.3 GetV: a getter sees the value itself, not an object made of it.
  const then: unknown = Reflect.get(Object(promise) as object, 'then', promise);
  if (!isCallable(then)) throw new NativeTypeError(notCallable(then));
  meant = origin;
  try {
    return call(then, promise, onFulfilled, onRejected);
  } finally {
    meant = 'then';
  }
}

/** What the `then` that is being called stands for; asked once. */
export function takeMeant(): PromiseOrigin {
  const origin = meant;
  meant = 'then';
  return origin;
}
