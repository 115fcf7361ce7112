/** Why this file exists: the methods of promises and of their constructor, ECMA-262 §27.2.4 and §27.2.5, each by its numbered steps. */
import type { PromiseOrigin } from '../../trace/trace';
import {
  NativeAggregateError, NativeTypeError, apply, call, defineProperty, get, hide, isCallable, isObject, named, symbolIterator, symbolSpecies,
  symbolToStringTag, type Callable,
} from './primordials';
import {
  PromiseConstructor, createResolvingFunctions, describe, newCapability, performThen, promisePrototype, promiseResolve, speciesOf,
} from './promise';
import { slotOf, type PromiseCapability } from './promise-slot';

/** ECMA-262 §27.2.5.4 Promise.prototype.then. */
export function promiseThen(promise: unknown, onFulfilled: unknown, onRejected: unknown, origin: PromiseOrigin = 'then'): object {
  const slot = slotOf(promise);
  if (slot === undefined) throw new NativeTypeError(`Method Promise.prototype.then called on incompatible receiver ${describe(promise)}`);
  const self = promise as object; // slotOf proved it
  const capability = newCapability(speciesOf(self), { origin, parent: slot.id });
  performThen(self, {
    capability,
    onFulfilled: isCallable(onFulfilled) ? onFulfilled : undefined,
    onRejected: isCallable(onRejected) ? onRejected : undefined,
    settle: undefined,
    frame: 0,
    derived: slotOf(capability.promise)?.id ?? 0,
    next: undefined,
  });
  return capability.promise;
}

/** For the record: which method the next `then` stands for. */
let meant: PromiseOrigin = 'then';

function invokeThen(promise: unknown, onFulfilled: unknown, onRejected: unknown, origin: PromiseOrigin): unknown {
  if (promise === undefined || promise === null) throw new NativeTypeError(`Cannot read properties of ${String(promise)} (reading 'then')`);
  const then = get(Object(promise) as object, 'then');
  if (!isCallable(then)) throw new NativeTypeError('promise.then is not a function');
  meant = origin;
  try {
    return call(then, promise, onFulfilled, onRejected);
  } finally {
    meant = 'then';
  }
}

/** ECMA-262 §27.2.5.3 Promise.prototype.finally. */
function promiseFinally(promise: unknown, onFinally: unknown): unknown {
  if (!isObject(promise)) throw new NativeTypeError('Promise.prototype.finally called on a non-object');
  const C = speciesOf(promise);
  if (!isCallable(onFinally)) return invokeThen(promise, onFinally, onFinally, 'finally');
  return invokeThen(promise, (value: unknown) => {
    const waited = promiseResolve(C, call(onFinally, undefined), { origin: 'internal' });
    return invokeThen(waited, () => value, undefined, 'internal');
  }, (error: unknown) => {
    const waited = promiseResolve(C, call(onFinally, undefined), { origin: 'internal' });
    return invokeThen(waited, () => { throw error; }, undefined, 'internal');
  }, 'finally');
}

interface Combinator {
  readonly origin: PromiseOrigin;
  /** The handlers for one element; `finish` is to be called when the last is in. */
  readonly element: (capability: PromiseCapability, values: unknown[], index: number, finish: () => void) => readonly [unknown, unknown];
  readonly finish: (capability: PromiseCapability, values: unknown[]) => void;
}

function once(f: (value: unknown) => void): (value: unknown) => void {
  let called = false;
  return (value) => {
    if (called) return;
    called = true;
    f(value);
  };
}

function put(values: unknown[], index: number, value: unknown): void {
  defineProperty(values, index, { value, writable: true, enumerable: true, configurable: true });
}

const all: Combinator = {
  origin: 'all',
  element: (capability, values, index, finish) => [once((value) => { put(values, index, value); finish(); }), capability.reject],
  finish: (capability, values) => capability.resolve(values),
};

const allSettled: Combinator = {
  origin: 'allSettled',
  element: (_capability, values, index, finish) => {
    let called = false;
    const settle = (entry: object): void => {
      if (called) return;
      called = true;
      put(values, index, entry);
      finish();
    };
    return [
      (value: unknown) => { settle({ status: 'fulfilled', value }); },
      (reason: unknown) => { settle({ status: 'rejected', reason }); },
    ];
  },
  finish: (capability, values) => capability.resolve(values),
};

const any: Combinator = {
  origin: 'any',
  element: (capability, errors, index, finish) => [capability.resolve, once((error) => { put(errors, index, error); finish(); })],
  finish: (capability, errors) => capability.reject(aggregate(errors)),
};

function aggregate(errors: unknown[]): unknown {
  return new NativeAggregateError(errors, 'All promises were rejected');
}

const race: Combinator = {
  origin: 'race',
  element: (capability) => [capability.resolve, capability.reject],
  finish: () => undefined,
};

/** ECMA-262 §27.2.4.1–5: GetPromiseResolve, GetIterator, PerformPromise…, IfAbruptRejectPromise. */
function combine(C: unknown, iterable: unknown, combinator: Combinator): object {
  if (!isObject(C)) throw new NativeTypeError(`Promise.${combinator.origin} called on non-object`);
  const capability = newCapability(C, { origin: combinator.origin });
  try {
    const resolve = get(C, 'resolve');
    if (!isCallable(resolve)) throw new NativeTypeError('Promise resolve or reject function is not callable');
    performCombinator(C, resolve, iterable, capability, combinator);
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

function performCombinator(C: object, resolve: Callable, iterable: unknown, capability: PromiseCapability, combinator: Combinator): void {
  const values: unknown[] = [];
  let remaining = 1;
  const finish = (): void => {
    if (--remaining === 0) combinator.finish(capability, values);
  };
  let index = 0;
  for (const element of iterate(iterable)) {
    put(values, index, undefined);
    const next = call(resolve, C, element);
    const [onFulfilled, onRejected] = combinator.element(capability, values, index, finish);
    remaining++;
    invokeThen(next, onFulfilled, onRejected, 'internal');
    index++;
  }
  finish();
}

/** The iterable as the language's own loop takes it, with V8's words when it is none. */
function iterate(iterable: unknown): Iterable<unknown> {
  const method = iterable === undefined || iterable === null ? undefined : get(Object(iterable) as object, symbolIterator);
  if (method === undefined || method === null || !isCallable(method)) {
    const what = isObject(iterable) ? 'object' : typeof iterable;
    throw new NativeTypeError(`${iterable === undefined || iterable === null ? String(iterable) : `${what} ${describe(iterable)}`} is not iterable${
      iterable === undefined || iterable === null ? ' (cannot read property Symbol(Symbol.iterator))' : ''}`);
  }
  return { [symbolIterator]: () => call(method, iterable) as Iterator<unknown> }; // checked by the loop that uses it
}

interface Methods {
  readonly [name: string]: readonly [f: (this: unknown, ...args: unknown[]) => unknown, length: number];
}

const statics: Methods = {
  all: [function (values) { return combine(this, values, all); }, 1],
  allSettled: [function (values) { return combine(this, values, allSettled); }, 1],
  any: [function (values) { return combine(this, values, any); }, 1],
  race: [function (values) { return combine(this, values, race); }, 1],
  resolve: [function (value) {
    if (!isObject(this)) throw new NativeTypeError('PromiseResolve called on non-object');
    return promiseResolve(this, value, { origin: 'resolve' });
  }, 1],
  reject: [function (reason) {
    if (!isObject(this)) throw new NativeTypeError('PromiseReject called on non-object');
    const capability = newCapability(this, { origin: 'reject' });
    capability.reject(reason);
    return capability.promise;
  }, 1],
  withResolvers: [function () {
    const { promise, resolve, reject } = newCapability(this, { origin: 'withResolvers' });
    return { promise, resolve, reject };
  }, 0],
  try: [function (callback, ...args) {
    if (!isObject(this)) throw new NativeTypeError('Promise.try called on non-object');
    const capability = newCapability(this, { origin: 'try' });
    try {
      capability.resolve(apply(callback as Callable, undefined, args)); // not callable: the engine's TypeError rejects
    } catch (error) {
      capability.reject(error);
    }
    return capability.promise;
  }, 1],
};

const methods: Methods = {
  then: [function (onFulfilled, onRejected) {
    const origin = meant;
    meant = 'then';
    return promiseThen(this, onFulfilled, onRejected, origin);
  }, 2],
  catch: [function (onRejected) { return invokeThen(this, undefined, onRejected, 'catch'); }, 1],
  finally: [function (onFinally) { return promiseFinally(this, onFinally); }, 1],
};

function method(object: object, name: string, [f, length]: Methods[string]): void {
  // A shorthand method is no constructor and has no prototype, as built-in methods are.
  const bare = { call(this: unknown, ...args: unknown[]): unknown { return apply(f, this, args); } }.call;
  hide(object, name, named(bare, name, length));
}

/** Puts our Promise where the engine's was. */
export function installPromise(): void {
  for (const name of Object.keys(statics)) method(PromiseConstructor, name, statics[name] ?? [() => undefined, 0]);
  for (const name of Object.keys(methods)) method(promisePrototype, name, methods[name] ?? [() => undefined, 0]);
  const species = { get [symbolSpecies](): unknown { return this; } };
  const own = Reflect.getOwnPropertyDescriptor(species, symbolSpecies);
  if (own?.get) defineProperty(PromiseConstructor, symbolSpecies, { get: named(own.get, 'get [Symbol.species]'), configurable: true });
  defineProperty(promisePrototype, symbolToStringTag, { value: 'Promise', configurable: true });
  hide(globalThis, 'Promise', PromiseConstructor);
}

export { createResolvingFunctions };
