/**
 * Why this file exists: promises that Node's own JavaScript makes: by the intrinsic constructor, whatever the program
 * did to the global name.
 */
import { PromiseConstructor, newCapability, newPromise, createResolvingFunctions, rejectPromise, resolvePromise } from './promise';
import { promiseFinally, promiseThen } from './promise-methods';

export interface Deferred {
  readonly promise: object;
  resolve(value?: unknown): void;
  reject(reason?: unknown): void;
}

export function deferred(): Deferred {
  const promise = newPromise({ origin: 'constructor' });
  return { promise, ...createResolvingFunctions(promise) };
}

export function resolvedWith(value: unknown): object {
  const promise = newPromise({ origin: 'resolve' });
  resolvePromise(promise, value);
  return promise;
}

export function rejectedWith(reason: unknown): object {
  const promise = newPromise({ origin: 'reject' });
  rejectPromise(promise, reason);
  return promise;
}

/** What an async function without an `await` answers: its promise is resolved with what the body returns. */
export function settledLike(body: () => unknown): object {
  const promise = newPromise({ origin: 'async-function' });
  try {
    resolvePromise(promise, body());
  } catch (error) {
    rejectPromise(promise, error);
  }
  return promise;
}

/** A class whose methods the program cannot change: what they make is of the class again. */
class SafePromise extends PromiseConstructor {
  then(onFulfilled: unknown, onRejected: unknown): object {
    return promiseThen(this, onFulfilled, onRejected);
  }
}

/**
 * Node's SafePromisePrototypeFinally: a plain promise around what `finally` of a safe one makes. Node 20:
 * lib/internal/per_context/primordials.js.
 */
export function finallyOf(promise: object, run: () => void): object {
  const outer = deferred();
  const inner = newCapability(SafePromise, { origin: 'constructor' });
  promiseThen(promise, inner.onResolve, inner.onReject);
  promiseThen(promiseFinally(inner.promise, run), outer.resolve, outer.reject);
  return outer.promise;
}
