/** Why this file exists: `once` and `on`: events as a promise and as an async iterator. Node 20: lib/events.js. */
import { asyncIteratorPrototype } from '../../functions';
import { AbortError, checkInteger, checkSignal, invalidType } from '../../node-errors';
import { NativeError, setPrototypeOf, type Callable } from '../../primordials';
import { deferred, resolvedWith, rejectedWith, settledLike, type Deferred } from '../../own-promises';
import { isEmitterLike, listen, unlisten } from './agnostic';
import type { Key } from './emitter';
import { madeAt, thrownAt } from '../../thrown-places';

export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
}

export interface WaitOptions {
  readonly signal?: Signal;
  readonly close?: readonly Key[];
  readonly highWaterMark?: number;
  readonly highWatermark?: number;
  readonly lowWaterMark?: number;
  readonly lowWatermark?: number;
}

const thrower = '    throw new AbortError(undefined, { cause: signal?.reason });';

/** `line`: where Node's function says so. */
function checkAborted(signal: Signal | undefined, line: number): void {
  checkSignal(signal, 'options.signal');
  if (signal?.aborted !== true) return;
  const error = madeAt(new AbortError(undefined, { cause: signal.reason }), `node:events:${line}`, thrower, 10);
  throw thrownAt(error, `node:events:${line}`, thrower, 4);
}

/** An async function that returns a promise: what it answers settles later than the promise inside. */
export function once(emitter: unknown, name: Key, options: WaitOptions = {}): object {
  return settledLike(() => {
    const { signal } = options;
    checkAborted(signal, 976);
    const { promise, resolve, reject } = deferred();
    const onError = (error: unknown): void => {
      unlisten(emitter, name, onEvent);
      if (signal) unlisten(signal, 'abort', onAbort);
      reject(error);
    };
    const onEvent = (...args: unknown[]): void => {
      if (isEmitterLike(emitter)) unlisten(emitter, 'error', onError);
      if (signal) unlisten(signal, 'abort', onAbort);
      resolve(args);
    };
    const onAbort = (): void => {
      unlisten(emitter, name, onEvent);
      unlisten(emitter, 'error', onError);
      reject(new AbortError(undefined, { cause: signal?.reason }));
    };
    listen(emitter, name, onEvent, true);
    if (name !== 'error' && isEmitterLike(emitter)) emitter.once('error', onError);
    if (signal) listen(signal, 'abort', onAbort, true);
    return promise;
  });
}

interface Flow {
  pause?(): void;
  resume?(): void;
}

/** An async iterator over the arguments of each event; it never ends by itself. */
export function on(emitter: unknown, event: Key, options: WaitOptions = {}): object {
  return iterate(emitter, event, options, (args) => args);
}

/** The same; what it brings of an event is `pick`ed from the arguments. */
export function iterate(
  emitter: unknown,
  event: Key,
  options: WaitOptions,
  pick: (args: readonly unknown[]) => unknown,
): object {
  const { signal } = options;
  checkAborted(signal, 1063);
  const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
  checkInteger(high, 'options.highWaterMark', 1);
  const low = options.lowWaterMark ?? options.lowWatermark ?? 1;
  checkInteger(low, 'options.lowWaterMark', 1);
  const flow = emitter as Flow; // has both when marks are given, else Node fails too
  const events: unknown[] = [];
  const waiting: Deferred[] = [];
  const listening: (readonly [unknown, Key, Callable])[] = [];
  let paused = false;
  let finished = false;
  let failure: { readonly error: unknown } | undefined;

  function add(source: unknown, type: Key, listener: Callable, justOnce = false): void {
    listen(source, type, listener, justOnce);
    listening.push([source, type, listener]);
  }

  function onEvent(...args: unknown[]): void {
    const first = waiting.shift();
    if (first !== undefined) {
      first.resolve({ value: pick(args), done: false });
      return;
    }
    events.push(pick(args));
    if (!paused && events.length > high) {
      paused = true;
      flow.pause?.();
    }
  }

  function onError(error: unknown): void {
    const first = waiting.shift();
    if (first === undefined) failure = { error };
    else first.reject(error);
    close();
  }

  function close(): object {
    for (let each = listening.pop(); each !== undefined; each = listening.pop()) unlisten(...each);
    finished = true;
    const done = { value: undefined, done: true };
    for (let each = waiting.shift(); each !== undefined; each = waiting.shift()) each.resolve(done);
    return resolvedWith(done);
  }

  const iterator = {
    next(): object {
      if (events.length > 0) {
        const value = events.shift();
        if (paused && events.length < low) {
          flow.resume?.();
          paused = false;
        }
        return resolvedWith({ value, done: false });
      }
      if (failure !== undefined) {
        const { error } = failure;
        failure = undefined;
        return rejectedWith(error);
      }
      if (finished) return close();
      const next = deferred();
      waiting.push(next);
      return next.promise;
    },
    return: close,
    throw(error: unknown): void {
      if (!(error instanceof NativeError))
        throw invalidType('EventEmitter.AsyncIterator', 'an instance of Error', error);
      onError(error);
    },
    [Symbol.asyncIterator](): object {
      return iterator;
    },
  };
  setPrototypeOf(iterator, asyncIteratorPrototype);
  add(emitter, event, onEvent);
  if (event !== 'error' && isEmitterLike(emitter)) add(emitter, 'error', onError);
  for (const each of options.close ?? []) add(emitter, each, close);
  if (signal) {
    add(
      signal,
      'abort',
      () => {
        onError(new AbortError(undefined, { cause: signal.reason }));
      },
      true,
    );
  }
  return iterator;
}
