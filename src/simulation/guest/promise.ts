/**
 * Why this file exists: promises to the letter of ECMA-262 §27.2 (edition 2025), with every creation, reaction and
 * settlement recorded.
 * The engine's own promises are never used, so the order of jobs is ours to keep.
 */
import type { PromiseOrigin } from '../../trace/trace';
import { resolves } from './async-stack';
import { isNodes, takeLabel } from './node-code';
import {
  NativeProxy,
  NativeTypeError,
  call,
  construct,
  createObject,
  get,
  isCallable,
  isObject,
  named,
  setPrototypeOf,
  symbolSpecies,
  type Callable,
} from './primordials';
import { asJobOf, promiseHooks } from './promise-hooks';
import { knownSlot, slotOf, stampPromise, type PromiseCapability, type PromiseSlot } from './promise-slot';
import { rejectionTracker, trigger } from './promise-reactions';
import { describe } from './words';
import { code, emit, emitMore, here, recording, text, top, valueText, word } from './recorder';
import { enqueueMicrotask } from './tasks';

const created = code('promise-created');
const followed = code('promise-followed');
const settled = code('promise-settled');

interface About {
  readonly origin: PromiseOrigin;
  readonly parent?: number;
  readonly label?: string;
  /** Of a promise that an await makes of its value: the async function's own. */
  readonly outer?: number | undefined;
  /** A function of the program answers it, whoever calls it. */
  readonly isPrograms?: boolean;
}

export const ofAwait: About = { origin: 'await' };
const plain: About = { origin: 'constructor' };
/** What the next promise made through a constructor is for: set by the methods below, for the record only. */
let about: About = plain;

/**
 * ECMA-262 §27.2.3.1 Promise ( executor ). A class that makes its object itself: the constructor of any other function
 * would ask the new target for its prototype before the executor is looked at.
 */
export class PromiseConstructor extends null {
  constructor(executor: unknown) {
    const reason = about;
    about = plain;
    if (!isCallable(executor)) throw new NativeTypeError(`Promise resolver ${describe(executor)} is not a function`);
    const promise = createObject(prototypeFor(new.target)) as object;
    initialise(promise, reason, true);
    const { resolve, reject } = createResolvingFunctions(promise);
    resolves(resolve, promise);
    try {
      call(executor, undefined, resolve, reject);
    } catch (error) {
      reject(error);
    }
    return promise;
  }
}
named(PromiseConstructor, 'Promise', 1);
export const promisePrototype = PromiseConstructor.prototype;
setPrototypeOf(promisePrototype, Object.prototype);
promiseHooks.unseen = () => createObject(promisePrototype) as object;

/** ECMA-262 §10.1.14 GetPrototypeFromConstructor, with %Promise.prototype% as the default. */
function prototypeFor(newTarget: object): object {
  const prototype = get(newTarget, 'prototype');
  return isObject(prototype) ? prototype : promisePrototype;
}

/** V8 tells of no parent where a constructor is called, as for classes of the program's own. */
function initialise(promise: object, reason: About, isConstructed = false): PromiseSlot {
  const slot: PromiseSlot = {
    id: ++recording.lastPromise,
    state: 'pending',
    result: undefined,
    firstReaction: undefined,
    lastReaction: undefined,
    handled: false,
  };
  stampPromise(promise, slot);
  if (recording.on)
    record(slot.id, reason);
  promiseHooks.by?.init(slot.id, isConstructed ? 0 : (reason.parent ?? reason.outer ?? 0), promise);
  return slot;
}

function record(id: number, { origin, parent = 0, label = '', isPrograms = false }: About): void {
  const own = !isPrograms && isNodes() ? (takeLabel() ?? '') : undefined;
  emit(created, id, word(own === '' ? 'internal' : origin), here(), parent, top()?.id ?? 0);
  emitMore(text(own ?? label), 0, 0, 0, 0);
}

/** A promise of the intrinsic constructor itself, without running user code. */
export function newPromise(reason: About): object {
  const promise = createObject(promisePrototype) as object;
  initialise(promise, reason);
  return promise;
}

/** A promise that an await makes of a value and that nobody sees: only its number and its record are made. */
export function newUnseenPromise(value: unknown): number {
  const id = ++recording.lastPromise;
  if (recording.on) {
    record(id, ofAwait);
    emit(settled, id, word('fulfilled'), valueText(value));
  }
  return id;
}

/** ECMA-262 §27.2.1.3 CreateResolvingFunctions. */
export function createResolvingFunctions(promise: object): {
  resolve: (value?: unknown) => void;
  reject: (reason?: unknown) => void;
} {
  let alreadyResolved = false;
  // Elements of an array literal get no name of their own: the two are anonymous, as the specification has them.
  const pair = [
    (value?: unknown): void => {
      if (alreadyResolved) {
        rejectionTracker.again('resolve', promise, value);
        return;
      }
      alreadyResolved = true;
      resolvePromise(promise, value);
    },
    (reason?: unknown): void => {
      if (alreadyResolved) {
        rejectionTracker.again('reject', promise, reason);
        return;
      }
      alreadyResolved = true;
      rejectPromise(promise, reason);
    },
  ] as const;
  return { resolve: pair[0], reject: pair[1] }; // by place: the program may have taken the iterator of arrays away
}

/** ECMA-262 §27.2.1.3.2 Promise Resolve Functions, steps 7–16. */
export function resolvePromise(promise: object, value: unknown): void {
  if (value === promise) {
    rejectPromise(promise, new NativeTypeError('Chaining cycle detected for promise #<Promise>'));
    return;
  }
  if (!isObject(value)) {
    fulfillPromise(promise, value);
    return;
  }
  let then: unknown;
  try {
    then = get(value, 'then');
  } catch (error) {
    rejectPromise(promise, error);
    return;
  }
  if (!isCallable(then)) {
    fulfillPromise(promise, value);
    return;
  }
  followThenable(promise, value, then);
}

/** ECMA-262 §27.2.2.2 NewPromiseResolveThenableJob: `then` is called in a job of its own. */
function followThenable(promise: object, thenable: object, then: Callable): void {
  const id = knownSlot(promise).id;
  const target = slotOf(thenable);
  emit(followed, id, target?.id ?? 0);
  const origin = isNodes() ? 'internal' : 'thenable';
  enqueueMicrotask({ origin, label: 'then of the awaited value', site: 0, promise: id }, () => {
    const { resolve, reject } = createResolvingFunctions(promise);
    resolves(resolve, promise);
    asJobOf(id, () => {
      about = { origin: 'internal', parent: target?.id ?? 0 };
      try {
        call(then, thenable, resolve, reject);
      } catch (error) {
        reject(error);
      } finally {
        about = plain;
      }
    });
  });
}

/** ECMA-262 §27.2.1.4 FulfillPromise. */
export function fulfillPromise(promise: object, value: unknown): void {
  settle(knownSlot(promise), 'fulfilled', value);
}

/** ECMA-262 §27.2.1.7 RejectPromise. */
export function rejectPromise(promise: object, reason: unknown): void {
  const slot = knownSlot(promise);
  const first = slot.firstReaction;
  begin(slot, 'rejected', reason);
  if (!slot.handled) rejectionTracker.reject(promise, slot);
  trigger(first, false, reason, slot.id);
}

function settle(slot: PromiseSlot, state: 'fulfilled' | 'rejected', value: unknown): void {
  const first = slot.firstReaction;
  begin(slot, state, value);
  trigger(first, state === 'fulfilled', value, slot.id);
}

function begin(slot: PromiseSlot, state: 'fulfilled' | 'rejected', value: unknown): void {
  slot.state = state;
  slot.result = value;
  slot.firstReaction = slot.lastReaction = undefined;
  if (recording.on) emit(settled, slot.id, word(state), valueText(value));
  promiseHooks.by?.settled(slot.id);
}

const executorTwice = 'Promise executor has already been invoked with non-undefined arguments';

/** ECMA-262 §27.2.1.5 NewPromiseCapability. */
export function newCapability(C: unknown, reason: About): PromiseCapability {
  if (C === PromiseConstructor) {
    const promise = newPromise(reason);
    const { resolve, reject } = createResolvingFunctions(promise);
    return { promise, resolve, reject, onResolve: resolve, onReject: reject };
  }
  if (!isConstructor(C)) throw new NativeTypeError(`${describe(C)} is not a constructor`);
  let resolve: unknown;
  let reject: unknown;
  about = reason;
  let promise: object;
  try {
    promise = construct<unknown[], object>(C, [
      (givenResolve: unknown, givenReject: unknown) => {
        if (resolve !== undefined || reject !== undefined) throw new NativeTypeError(executorTwice);
        resolve = givenResolve;
        reject = givenReject;
      },
    ]);
  } finally {
    about = plain;
  }
  if (!isCallable(resolve) || !isCallable(reject))
    throw new NativeTypeError('Promise resolve or reject function is not callable');
  const onResolve: Callable = resolve;
  const onReject: Callable = reject;
  return {
    promise,
    onResolve,
    onReject,
    resolve: (value) => call(onResolve, undefined, value),
    reject: (error) => call(onReject, undefined, error),
  };
}

const constructAnything: ProxyHandler<Callable> = { construct: () => ({}) };

/**
 * ECMA-262 §7.2.4 IsConstructor: a Proxy has [[Construct]] only when its target has, and this trap runs no user code.
 */
export function isConstructor(value: unknown): value is new (...args: unknown[]) => object {
  if (!isCallable(value)) return false;
  try {
    construct(new NativeProxy(value, constructAnything), []);
    return true;
  } catch {
    return false;
  }
}

/** ECMA-262 §27.2.4.7.1 PromiseResolve. */
export function promiseResolve(C: unknown, value: unknown, reason: About): object {
  // SlotOf proved it is an object.
  if (slotOf(value) !== undefined && get(value as object, 'constructor') === C) return value as object;
  if (C === PromiseConstructor) {
    const promise = newPromise(reason); // nobody sees its resolving functions
    resolvePromise(promise, value);
    return promise;
  }
  const capability = newCapability(C, reason);
  capability.resolve(value);
  return capability.promise;
}

/** ECMA-262 §7.3.22 SpeciesConstructor, with %Promise% as the default. */
export function speciesOf(promise: object): unknown {
  const C = get(promise, 'constructor');
  if (C === undefined) return PromiseConstructor;
  if (!isObject(C)) throw new NativeTypeError('The .constructor property is not an object');
  const species = get(C, symbolSpecies);
  if (species === undefined || species === null) return PromiseConstructor;
  if (!isConstructor(species)) throw new NativeTypeError('object.constructor[Symbol.species] is not a constructor');
  return species;
}
