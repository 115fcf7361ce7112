/** Why this file exists: ECMA-262 §27.7.5.3 Await, shared by async functions, async generators and modules. */
import type { PromiseOrigin } from '../../trace/trace';
import type { Awaiter } from './async-stack';
import { resumeNative } from './generators';
import { asNode } from './node-code';
import { PromiseConstructor, newPromise, promiseResolve, rejectPromise, resolvePromise } from './promise';
import { knownSlot } from './promise-slot';
import { performThen } from './promise-reactions';

/**
 * Waits for a value: `settle` is called in a job of its own. Answers the promise that is waited for.
 * Throws what PromiseResolve throws (a `constructor` getter may).
 */
export function awaitValue(
  value: unknown,
  frame: number,
  settle: (ok: boolean, value: unknown) => void,
  awaiter?: Awaiter,
): number {
  const promise = promiseResolve(PromiseConstructor, value, { origin: 'await' });
  performThen(promise, {
    capability: undefined,
    onFulfilled: undefined,
    onRejected: undefined,
    settle,
    frame,
    derived: 0,
    awaiter,
    next: undefined,
  });
  return knownSlot(promise).id;
}

/** Carries out steps of the specification that await: each `yield` of the generator is an await. */
export function runAsync(
  start: () => Generator<unknown, unknown, unknown>,
  origin: PromiseOrigin = 'internal',
): object {
  const promise = newPromise({ origin });
  const steps = start();
  const go = (how: 'next' | 'throw', sent: unknown): void => {
    try {
      const step = resumeNative(steps, how, sent);
      if (step.done === true) resolvePromise(promise, step.value);
      else wait(step.value, advance);
    } catch (error) {
      rejectPromise(promise, error);
    }
  };
  // An async function of Node's, not steps of the language.
  const advance: typeof go = origin === 'async-function' ? (how, sent) => { asNode(() => { go(how, sent); }); } : go;
  advance('next', undefined);
  return promise;
}

/** An abrupt PromiseResolve is thrown into the steps. */
function wait(value: unknown, advance: (how: 'next' | 'throw', sent: unknown) => void): void {
  try {
    awaitValue(value, 0, (ok, settled) => {
      advance(ok ? 'next' : 'throw', settled);
    });
  } catch (error) {
    advance('throw', error);
  }
}
