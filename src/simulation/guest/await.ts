/** Why this file exists: ECMA-262 §27.7.5.3 Await, shared by async functions, async generators and modules. */
import { PromiseConstructor, promiseResolve } from './promise';
import { knownSlot } from './promise-slot';
import { performThen } from './promise-reactions';

/**
 * Waits for a value: `settle` is called in a job of its own. Answers the promise that is waited for.
 * Throws what PromiseResolve throws (a `constructor` getter may).
 */
export function awaitValue(value: unknown, frame: number, settle: (ok: boolean, value: unknown) => void): number {
  const promise = promiseResolve(PromiseConstructor, value, { origin: 'await' });
  performThen(promise, {
    capability: undefined,
    onFulfilled: undefined,
    onRejected: undefined,
    settle,
    frame,
    derived: 0,
    next: undefined,
  });
  return knownSlot(promise).id;
}
