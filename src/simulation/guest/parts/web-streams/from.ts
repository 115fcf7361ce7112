/**
 * Why this file exists: `ReadableStream.from` takes the microtasks that it takes in Node, which asks in an async
 * function. Node 20: lib/internal/webstreams/readablestream.js (readableStreamFromIterable), util.js (getIterator).
 */
import { ReadableStream } from 'web-streams-polyfill';
import { inspect } from '../../inspect';
import { codedError } from '../../node-errors';
import { NativeTypeError, call, get, hide, isCallable, isObject, named, type Callable } from '../../primordials';

interface Iterating {
  readonly iterator: object;
  readonly next: Callable;
}

function invalidState(words: string): Error {
  return codedError(NativeTypeError, 'ERR_INVALID_STATE', `Invalid state: ${words}`);
}

function iterating(iterable: unknown): Iterating {
  const asked = Object(iterable) as object;
  const method = get(asked, Symbol.asyncIterator);
  if (method !== undefined && method !== null) return begun(method, iterable);
  const sync = get(asked, Symbol.iterator);
  if (sync === undefined) throw codedError(NativeTypeError, 'ERR_ARG_NOT_ITERABLE', `${inspect(iterable)} is not iterable`);
  const inner = begun(sync, iterable);
  const iterator = {
    next: () => delegated(call(inner.next, inner.iterator)),
    return: async (reason: unknown) => {
      const method = get(inner.iterator, 'return');
      return isCallable(method) ? delegated(call(method, inner.iterator, reason)) : { done: true, value: await reason };
    },
  };
  return { iterator, next: iterator.next };
}

/** Node has an async generator that delegates to the iterator: it awaits what that brings, and the end once more. */
async function delegated(step: unknown): Promise<object> {
  if (!isObject(step)) throw new NativeTypeError(`Iterator result ${String(step)} is not an object`);
  const done = Boolean(get(step, 'done'));
  const value: unknown = await Promise.resolve(get(step, 'value')).then((there) => there);
  if (done) await value;
  return { done, value };
}

function begun(method: unknown, iterable: unknown): Iterating {
  const iterator: unknown = call(method as Callable, iterable); // what is no function throws as the language says
  if (typeof iterator !== 'object' || iterator === null) throw invalidState('The iterator method must return an object');
  return { iterator, next: get(iterator, 'next') as Callable };
}

/** What the iterator's method answers, once it is there, is an object. */
function whenThere(answer: unknown, what: string, then: (step: object) => void): Promise<void> {
  return Promise.resolve(answer).then((step) => {
    if (!isObject(step)) throw invalidState(`The promise returned by the iterator.${what}() method must fulfill with an object`);
    then(step);
  });
}

function from(iterable: unknown): ReadableStream {
  const { iterator, next } = iterating(iterable);
  const source: UnderlyingDefaultSource = {
    // The package puts a promise around theirs, as Node's async functions do.
    pull: (controller) => {
      const result: unknown = call(next, iterator);
      if (!isObject(result)) throw invalidState('The iterator.next() method must return an object');
      return whenThere(result, 'next', (step) => {
        if (get(step, 'done')) controller.close();
        else controller.enqueue(get(step, 'value'));
      });
    },
    cancel: (reason) => {
      const method = get(iterator, 'return');
      return isCallable(method) ? whenThere(call(method, iterator, reason), 'return', () => undefined) : undefined;
    },
  };
  return new ReadableStream(source, { highWaterMark: 0 });
}

hide(ReadableStream, 'from', named(from, 'from', 1));
