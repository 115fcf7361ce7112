/**
 * Why this file exists: async functions, ECMA-262 §27.7.5. Their bodies are lowered to generators in which every
 * `yield` is an await;
 * this drives them with the specification's jobs and nothing more.
 */
import { asyncBase, type Awaiter } from './async-stack';
import { awaitValue, unrecorded } from './await';
import { takeCalledOn, type CalledOn } from './called-on';
import { popFrame, pushFrame, resumeFrame, suspendFrame, type Locals } from './frames';
import { nativeNext, resumeNative } from './generators';
import { apply, type Callable } from './primordials';
import { newPromise, rejectPromise, resolvePromise } from './promise';
import { knownSlot } from './promise-slot';
import { callsOnWhatItBeganOn } from './receivers';
import { type Frame } from './recorder';

const ofProgram = { origin: 'async-function', isPrograms: true } as const;

/** Where the await that is about to be carried out stands; set by `$_w` just before the `yield`. */
let awaitSite = 0;
/** What the function's variables are there: see frames.ts. */
let awaitLocals: Locals;

/** $_w: names the place of an await and answers its operand. */
export function onAwait(site: number, value: unknown, locals?: Locals): unknown {
  awaitSite = site;
  awaitLocals = locals;
  return value;
}

export function takeAwaitSite(): number {
  return awaitSite;
}

export function takeAwaitLocals(): Locals {
  return awaitLocals;
}

/** $_a: §27.7.5.1 AsyncFunctionStart: the body begins at once, in the caller's turn; its result is always a promise. */
export function callAsyncFunction(site: number, body: Callable, self: unknown, args: ArrayLike<unknown>): object {
  const on = takeCalledOn(site);
  const promise = newPromise(ofProgram);
  // Only its length and elements are read.
  const frame = pushFrame(site, args as readonly unknown[], knownSlot(promise).id);
  let generator: object;
  let first: IteratorResult<unknown>;
  // No function of ours lies between the call and the body that could: nested calls may be as deep as the stack allows.
  try {
    generator = apply(body, self, args) as object; // a lowered body is a generator function
    first = apply(nativeNext, generator, nothing) as IteratorResult<unknown>; // the engine's own method answers so
  } catch (error) {
    popFrame(frame, 'threw', error);
    rejectPromise(promise, error);
    return promise;
  }
  proceed(activationOf(promise, site, frame, generator, on), first);
  return promise;
}

const nothing: never[] = [];

interface Activation extends Awaiter {
  readonly promise: object;
  readonly frame: Frame | undefined;
  readonly generator: object;
  /** Goes on in a job, with what was awaited. */
  readonly settle: (ok: boolean, value: unknown) => void;
}

function activationOf(
  promise: object, site: number, frame: Frame | undefined, generator: object, on: CalledOn | undefined,
): Activation {
  const activation: Activation = {
    promise,
    on,
    site,
    frame,
    generator,
    settle: (ok, value) => {
      const how = ok ? 'next' : 'throw';
      resumeFrame(frame, how, value);
      asyncBase.current = activation;
      advance(activation, how, value);
      asyncBase.current = undefined;
    },
  };
  return activation;
}

function advance(activation: Activation, how: 'next' | 'throw', value: unknown): void {
  const { promise, frame, generator } = activation;
  let result: IteratorResult<unknown>;
  try {
    result = resumeNative(generator, how, value);
  } catch (error) {
    popFrame(frame, 'threw', error);
    rejectPromise(promise, error);
    return;
  }
  proceed(activation, result);
}

callsOnWhatItBeganOn(advance);

/** The body has returned, or has come to an await. */
function proceed(activation: Activation, result: IteratorResult<unknown>): void {
  const { promise, frame } = activation;
  if (result.done === true) {
    popFrame(frame, 'returned', result.value);
    resolvePromise(promise, result.value);
    return;
  }
  activation.site = awaitSite;
  const locals = awaitLocals;
  try {
    const awaited = awaitValue(result.value, frame?.id ?? 0, activation.settle, activation);
    if (awaited !== unrecorded) suspendFrame(frame, activation.site, 'await', awaited, result.value, locals);
  } catch (error) {
    // step 2 of Await: an abrupt PromiseResolve is thrown into the function
    advance(activation, 'throw', error);
  }
}
