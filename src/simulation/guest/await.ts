/** Why this file exists: ECMA-262 §27.7.5.3 Await, shared by async functions, async generators and modules. */
import type { PromiseOrigin } from '../../trace/trace';
import { asyncContext } from './async-context';
import { asyncBase, waitsInNode, type Awaiter } from './async-stack';
import { resumeNative } from './generators';
import { asNode } from './node-code';
import { isObject } from './primordials';
import { PromiseConstructor, newPromise, newUnseenPromise, ofAwait, promiseResolve, rejectPromise, resolvePromise } from './promise';
import { promiseHooks } from './promise-hooks';
import { knownSlot, type PromiseSlot } from './promise-slot';
import { awaitUnseen, performThen, rejectionTracker } from './promise-reactions';
import { microtasks, onlyJob } from './tasks';
import { isAwaitLeftOut } from './thinning';

/** What `awaitValue` answers when the wait is left out of the record: the frame does not leave the stack. */
export const unrecorded = -1;

type Settle = (ok: boolean, value: unknown) => void;

/**
 * Waits for a value: `settle` is called in a job of its own. Answers the promise that is waited for, or `unrecorded`.
 * Throws what PromiseResolve throws (a `constructor` getter may).
 */
export function awaitValue(
  value: unknown, frame: number, settle: Settle, awaiter?: Awaiter, outer: object | undefined = awaiter?.promise,
): number {
  const isHeard = promiseHooks.by !== undefined;
  if (!isObject(value) && !isHeard) {
    if (comesNext(awaiter)) return goOn(settle, true, value);
    const id = newUnseenPromise(value);
    awaitUnseen(id, value, { settle, frame });
    return id;
  }
  const about = isHeard ? { ...ofAwait, outer: outer && knownSlot(outer).id } : ofAwait;
  const promise = promiseResolve(PromiseConstructor, value, about);
  const slot = knownSlot(promise);
  if (!isHeard && slot.state !== 'pending' && comesNext(awaiter)) return goOnWith(promise, slot, settle);
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
  return slot.id;
}

/**
 * True when the job of an await would be the only one, queued at the end of a job that went on with the same function:
 * it comes next whatever else there is, and where it is not recorded it needs no queue.
 */
function comesNext(awaiter: Awaiter | undefined): boolean {
  return awaiter !== undefined && asyncBase.current === awaiter && microtasks.isEmpty && isAwaitLeftOut();
}

function goOn(settle: Settle, ok: boolean, value: unknown): number {
  onlyJob.settle = settle;
  onlyJob.ok = ok;
  onlyJob.value = value;
  onlyJob.context = asyncContext.current;
  return unrecorded;
}

function goOnWith(promise: object, slot: PromiseSlot, settle: Settle): number {
  const isFirst = !slot.handled;
  slot.handled = true;
  if (isFirst && slot.state === 'rejected') rejectionTracker.handle(promise, slot);
  return goOn(settle, slot.state === 'fulfilled', slot.result);
}

/** Carries out steps of the specification that await: each `yield` of the generator is an await. */
export function runAsync(
  start: () => Generator<unknown, unknown, unknown>,
  origin: PromiseOrigin = 'internal',
): object {
  const promise = newPromise({ origin });
  // An async function of Node's, not steps of the language.
  const own = origin === 'async-function' ? waitsInNode(promise, []) : undefined;
  const steps = start();
  const go = (how: 'next' | 'throw', sent: unknown): void => {
    try {
      const step = resumeNative(steps, how, sent);
      if (step.done === true) resolvePromise(promise, step.value);
      else wait(promise, step.value, advance, own);
    } catch (error) {
      rejectPromise(promise, error);
    }
  };
  const advance: typeof go = own ? (how, sent) => { asNode(() => { go(how, sent); }); } : go;
  advance('next', undefined);
  return promise;
}

/** An abrupt PromiseResolve is thrown into the steps. */
function wait(
  outer: object,
  value: unknown,
  advance: (how: 'next' | 'throw', sent: unknown) => void,
  own: Awaiter | undefined,
): void {
  try {
    awaitValue(value, 0, (ok, settled) => {
      asyncBase.current = own;
      advance(ok ? 'next' : 'throw', settled);
      asyncBase.current = undefined;
    }, own, outer);
  } catch (error) {
    advance('throw', error);
  }
}
