/**
 * Why this file exists: promises that Node's own JavaScript makes: by the intrinsic constructor, whatever the program
 * did to the global name.
 */
import { newPromise, createResolvingFunctions, rejectPromise, resolvePromise } from './promise';

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
