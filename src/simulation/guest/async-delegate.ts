/**
 * Why this file exists: `yield*` in an async generator, ECMA-262 §15.5.5, as a generator that the lowered body
 * delegates to.
 */
import { onAwait } from './async-function';
import { askFor, onAwaitInGenerator } from './async-generator';
import { getAsyncIterator } from './async-iteration';
import { NativeTypeError, call, get, isCallable, isObject } from './primordials';
import { describe, notCallable } from './words';

type Completion = 'next' | 'throw' | 'return';

/** $_d: `spelled` is V8's word for the operand, where it has one. */
export function* delegate(site: number, iterable: unknown, spelled?: string): Generator<unknown, unknown, unknown> {
  const { iterator, next } = getAsyncIterator(iterable, spelled);
  let received: { readonly how: Completion; readonly value: unknown } = { how: 'next', value: undefined };
  for (;;) {
    let inner: unknown;
    if (received.how === 'next') inner = yield onAwaitInGenerator(site, call(next, iterator, received.value));
    else {
      const method = get(iterator, received.how);
      if (method === undefined || method === null) {
        if (received.how === 'return') {
          const value: unknown = yield onAwaitInGenerator(site, received.value);
          askFor('return');
          yield value;
        }
        yield* closeForThrow(site, iterator);
      }
      if (!isCallable(method)) throw new NativeTypeError(notCallable(method));
      inner = yield onAwaitInGenerator(site, call(method, iterator, received.value));
    }
    if (!isObject(inner)) throw new NativeTypeError(`Iterator result ${describe(inner)} is not an object`);
    if (Boolean(get(inner, 'done'))) {
      const value = get(inner, 'value');
      if (received.how !== 'return') return value;
      askFor('return');
      yield value;
    }
    const value = get(inner, 'value');
    onAwait(site, undefined);
    askFor('delegate');
    received = (yield value) as typeof received; // the driver answers a delegating yield with a completion record
  }
}

function* closeForThrow(site: number, iterator: object): Generator<unknown, never, unknown> {
  const close = get(iterator, 'return');
  if (close !== undefined && close !== null) {
    if (!isCallable(close)) throw new NativeTypeError(notCallable(close));
    const result: unknown = yield onAwaitInGenerator(site, call(close, iterator));
    if (!isObject(result)) throw new NativeTypeError(`Iterator result ${describe(result)} is not an object`);
  }
  throw new NativeTypeError("The iterator does not provide a 'throw' method.");
}
