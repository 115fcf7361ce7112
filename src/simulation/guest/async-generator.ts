/**
 * Why this file exists: async generators, ECMA-262 §27.6.3. Their bodies are lowered to generators that say before each
 * `yield` whether it
 * is an await, a yield or a step of `yield*`; requests queue as the specification says.
 */
import { onAwait, takeAwaitLocals, takeAwaitSite } from './async-function';
import { asyncBase, waitsAt, type Awaited } from './async-stack';
import { awaitValue } from './await';
import { popFrame, pushFrame, resumeFrame, suspendFrame, type Locals } from './frames';
import { isResumer, resumeNative } from './generators';
import {
  NativeTypeError,
  apply,
  createObject,
  get,
  hide,
  isObject,
  named,
  setPrototypeOf,
  type Callable,
} from './primordials';
import { PromiseConstructor, newCapability } from './promise';
import { type PromiseCapability } from './promise-slot';
import { type Frame } from './recorder';
import { TaskQueue } from './tasks';
import { describe } from './words';

type Completion = 'next' | 'throw' | 'return';

interface Request {
  readonly how: Completion;
  readonly value: unknown;
  readonly capability: PromiseCapability;
}

/** What the lowered body asks for with its next native `yield`. */
export type Ask = 'await' | 'yield' | 'delegate' | 'return';
let ask: Ask = 'await';

export function askFor(what: Ask): void {
  ask = what;
}

/** $_i: an await inside an async generator. */
export function onAwaitInGenerator(site: number, value: unknown, locals?: Locals): unknown {
  ask = 'await';
  return onAwait(site, value, locals);
}

/** $_o: a yield of an async generator. */
export function onYieldInAsyncGenerator(site: number, value: unknown, locals?: Locals): unknown {
  ask = 'yield';
  return onAwait(site, value, locals);
}

class State implements Awaited {
  /** §27.6.3.1: suspended-start, suspended-yield, executing, draining-queue, completed. */
  phase: 'suspended-start' | 'suspended-yield' | 'executing' | 'draining-queue' | 'completed' = 'suspended-start';
  delegating = false;
  readonly queue = new TaskQueue<Request>();
  current: Request | undefined;
  frame: Frame | undefined;

  constructor(
    readonly generator: object,
    readonly site: number,
    readonly args: ArrayLike<unknown>,
  ) {}

  /** That of the request that is answered. */
  get promise(): object | undefined {
    return peek(this)?.capability.promise;
  }
}

const Returned = function (object: object) {
  return object;
  // A base constructor that returns its argument, so that the field lands there.
} as unknown as new (object: object) => object;

class Stamp extends Returned {
  readonly #state: State;

  constructor(object: object, state: State) {
    super(object);
    this.#state = state;
  }

  static of(value: unknown): State | undefined {
    return typeof value === 'object' && value !== null && #state in value ? value.#state : undefined;
  }
}

export const asyncGeneratorPrototype = createObject(null) as object;

/**
 * A method cannot name itself, so it is found by its site: that is exact unless one text made several methods, as in a
 * function that makes classes; these fall back to the prototype of all async generators.
 */
const methods: (object | 'several' | undefined)[] = [];

export function rememberMethod(site: number, f: object): void {
  if (site >= 0) methods[site] = methods[site] === undefined ? f : 'several';
}

function methodAt(site: number): object | undefined {
  const f = methods[site];
  return f === 'several' ? undefined : f;
}

/** $_b: §27.6.3.2 AsyncGeneratorStart. `prototype` is the generator function's own. */
export function callAsyncGenerator(
  site: number,
  body: Callable,
  self: unknown,
  args: ArrayLike<unknown>,
  f: object | undefined,
): object {
  const maker = f ?? methodAt(site);
  const prototype = maker === undefined ? undefined : get(maker, 'prototype');
  const object = createObject(isObject(prototype) ? prototype : asyncGeneratorPrototype) as object;
  const generator = apply(body, self, args) as object; // parameters are bound now; the body waits for the first next
  new Stamp(object, new State(generator, site, args));
  return object;
}

function peek(state: State): Request | undefined {
  state.current ??= state.queue.shift();
  return state.current;
}

/** §27.6.3.4 AsyncGeneratorEnqueue, and the three methods' common part. */
function enqueue(receiver: unknown, how: Completion, value: unknown): object {
  const capability = newCapability(PromiseConstructor, { origin: 'async-generator', label: how });
  const state = Stamp.of(receiver);
  if (state === undefined) {
    capability.reject(new NativeTypeError(`Method [AsyncGenerator].prototype.${how} called on incompatible receiver ${describe(receiver)}`));
    return capability.promise;
  }
  state.queue.push({ how, value, capability });
  if (state.phase !== 'executing' && state.phase !== 'draining-queue') resumeNext(state);
  return capability.promise;
}

function resumeNext(state: State): void {
  const request = peek(state);
  if (request === undefined) return;
  if (state.phase === 'suspended-start' && request.how !== 'next') state.phase = 'completed';
  if (state.phase === 'completed') {
    if (request.how === 'next') {
      complete(state, true, undefined, true);
      resumeNext(state);
    } else if (request.how === 'throw') {
      complete(state, false, request.value, true);
      resumeNext(state);
    } else awaitReturn(state, request.value);
    return;
  }
  deliver(state, request);
}

/** Hands the request to the body; a return is awaited first (§27.6.3.7 AsyncGeneratorUnwrapYieldResumption). */
function deliver(state: State, request: Request): void {
  const begun = state.phase !== 'suspended-start';
  state.phase = 'executing';
  // Only its length and elements are read.
  if (!begun) state.frame = pushFrame(state.site, state.args as readonly unknown[]);
  else resumeFrame(state.frame, request.how, request.value);
  if (request.how === 'return' && begun) {
    unwrapReturn(state, request.value);
    return;
  }
  if (begun && state.delegating) advance(state, 'next', { how: request.how, value: request.value });
  else advance(state, request.how, request.value);
}

function unwrapReturn(state: State, value: unknown): void {
  wait(state, value, (ok, settled) => {
    if (state.delegating) advance(state, 'next', { how: ok ? 'return' : 'throw', value: settled });
    else advance(state, ok ? 'return' : 'throw', settled);
  });
}

/** Await on behalf of the body; an abrupt PromiseResolve counts as a rejection that is there at once. */
function wait(state: State, value: unknown, then: (ok: boolean, settled: unknown) => void): void {
  let promise: number;
  try {
    promise = awaitValue(value, state.frame?.id ?? 0, (ok, settled) => {
      resumeFrame(state.frame, ok ? 'next' : 'throw', settled);
      asyncBase.current = state;
      then(ok, settled);
      asyncBase.current = undefined;
    }, waitsAt(state, takeAwaitSite()));
  } catch (error) {
    then(false, error);
    return;
  }
  suspendFrame(state.frame, takeAwaitSite(), 'await', promise, value, takeAwaitLocals());
}

function advance(state: State, how: Completion, value: unknown): void {
  let result: IteratorResult<unknown>;
  try {
    result = resumeNative(state.generator, how, value);
  } catch (error) {
    finish(state, false, error);
    return;
  }
  if (result.done === true) finish(state, true, result.value);
  else obey(state, result.value);
}

function obey(state: State, value: unknown): void {
  const asked = ask;
  if (asked === 'await') {
    wait(state, value, (ok, settled) => {
      advance(state, ok ? 'next' : 'throw', settled);
    });
    return;
  }
  if (asked === 'return') {
    advance(state, 'return', value);
    return;
  }
  yieldValue(state, value, asked === 'delegate');
}

/** §27.6.3.8 AsyncGeneratorYield, from step 7. */
function yieldValue(state: State, value: unknown, delegating: boolean): void {
  state.delegating = delegating;
  suspendFrame(state.frame, takeAwaitSite(), 'yield', 0, value, takeAwaitLocals());
  complete(state, true, value, false);
  const next = peek(state);
  if (next === undefined) {
    state.phase = 'suspended-yield';
    return;
  }
  deliver(state, next);
}

function finish(state: State, ok: boolean, value: unknown): void {
  popFrame(state.frame, ok ? 'returned' : 'threw', value);
  state.phase = 'draining-queue';
  complete(state, ok, value, true);
  drain(state);
}

/** §27.6.3.5 AsyncGeneratorCompleteStep. */
function complete(state: State, ok: boolean, value: unknown, done: boolean): void {
  const request = peek(state);
  state.current = undefined;
  if (ok) request?.capability.resolve({ value, done });
  else request?.capability.reject(value);
}

/** §27.6.3.9 AsyncGeneratorAwaitReturn. */
function awaitReturn(state: State, value: unknown): void {
  state.phase = 'draining-queue';
  const settle = (ok: boolean, settled: unknown): void => {
    complete(state, ok, settled, true);
    drain(state);
  };
  try {
    awaitValue(value, 0, settle);
  } catch (error) {
    settle(false, error);
  }
}

/** §27.6.3.10 AsyncGeneratorDrainQueue. */
function drain(state: State): void {
  for (let request = peek(state); request !== undefined; request = peek(state)) {
    if (request.how === 'return') {
      awaitReturn(state, request.value);
      return;
    }
    complete(state, request.how !== 'throw', request.how === 'throw' ? request.value : undefined, true);
  }
  state.phase = 'completed';
}

/** Puts the prototype objects of §27.6.1 in place. */
export function installAsyncGenerators(asyncIteratorPrototype: object): void {
  setPrototypeOf(asyncGeneratorPrototype, asyncIteratorPrototype);
  for (const how of ['next', 'return', 'throw'] as const) {
    const method = {
      call(this: unknown, value?: unknown): object {
        return enqueue(this, how, value);
      },
    }.call;
    isResumer(method, how);
    hide(asyncGeneratorPrototype, how, named(method, how, 1));
  }
  Reflect.defineProperty(asyncGeneratorPrototype, Symbol.toStringTag, { value: 'AsyncGenerator', configurable: true });
}
