/**
 * Why this file exists: the methods of promises and of their constructor, ECMA-262 §27.2.4 and §27.2.5, each by its
 * numbered steps.
 */
import { resolves } from './async-stack';
import { nameBuiltin } from './builtin-names';
import type { PromiseOrigin } from '../../trace/trace';
import {
  NativeTypeError,
  apply,
  call,
  defineProperty,
  hide,
  isCallable,
  isObject,
  named,
  symbolSpecies,
  symbolToStringTag,
  type Callable,
} from './primordials';
import {
  PromiseConstructor,
  createResolvingFunctions,
  newCapability,
  promisePrototype,
  promiseResolve,
  speciesOf,
} from './promise';
import { performThen } from './promise-reactions';
import { all, allSettled, any, combine, race } from './promise-combinators';
import { invokeThen, takeMeant } from './promise-invoke';
import { slotOf } from './promise-slot';
import { describe } from './words';

/** ECMA-262 §27.2.5.4 Promise.prototype.then. */
export function promiseThen(
  promise: unknown,
  onFulfilled: unknown,
  onRejected: unknown,
  origin: PromiseOrigin = 'then',
): object {
  const slot = slotOf(promise);
  if (slot === undefined)
    throw new NativeTypeError(`Method Promise.prototype.then called on incompatible receiver ${describe(promise)}`);
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

/** ECMA-262 §27.2.5.3 Promise.prototype.finally. */
export function promiseFinally(promise: unknown, onFinally: unknown): unknown {
  if (!isObject(promise)) throw new NativeTypeError('Promise.prototype.finally called on non-object');
  const C = speciesOf(promise);
  if (!isCallable(onFinally)) return invokeThen(promise, onFinally, onFinally, 'finally');
  const thenFinally = [
    (value: unknown) => {
      const waited = promiseResolve(C, call(onFinally, undefined), { origin: 'internal' });
      return invokeThen(waited, () => value, undefined, 'internal');
    },
    (error: unknown) => {
      const waited = promiseResolve(C, call(onFinally, undefined), { origin: 'internal' });
      return invokeThen(
        waited,
        () => {
          throw error;
        },
        undefined,
        'internal',
      );
    },
  ] as const;
  nameBuiltin(thenFinally[0], ''); // stacks show them as `<anonymous>`
  nameBuiltin(thenFinally[1], '');
  return invokeThen(promise, thenFinally[0], thenFinally[1], 'finally');
}

type Methods = Readonly<Record<string, readonly [f: (this: unknown, ...args: unknown[]) => unknown, length: number]>>;

const statics: Methods = {
  all: [
    function (values) {
      return combine(this, values, all);
    },
    1,
  ],
  allSettled: [
    function (values) {
      return combine(this, values, allSettled);
    },
    1,
  ],
  any: [
    function (values) {
      return combine(this, values, any);
    },
    1,
  ],
  race: [
    function (values) {
      return combine(this, values, race);
    },
    1,
  ],
  resolve: [
    function (value) {
      if (!isObject(this)) throw new NativeTypeError('PromiseResolve called on non-object');
      return promiseResolve(this, value, { origin: 'resolve' });
    },
    1,
  ],
  reject: [
    function (reason) {
      if (!isObject(this)) throw new NativeTypeError('PromiseReject called on non-object');
      const capability = newCapability(this, { origin: 'reject' });
      capability.reject(reason);
      return capability.promise;
    },
    1,
  ],
  withResolvers: [
    function () {
      const { promise, onResolve, onReject } = newCapability(this, { origin: 'withResolvers' });
      resolves(onResolve, promise);
      return { promise, resolve: onResolve, reject: onReject };
    },
    0,
  ],
  try: [
    function (callback, ...args) {
      if (!isObject(this)) throw new NativeTypeError('Promise.try called on non-object');
      const capability = newCapability(this, { origin: 'try' });
      try {
        // Not callable: the engine's TypeError rejects.
        capability.resolve(apply(callback as Callable, undefined, args));
      } catch (error) {
        capability.reject(error);
      }
      return capability.promise;
    },
    1,
  ],
};

const methods: Methods = {
  then: [
    function (onFulfilled, onRejected) {
      return promiseThen(this, onFulfilled, onRejected, takeMeant());
    },
    2,
  ],
  catch: [
    function (onRejected) {
      return invokeThen(this, undefined, onRejected, 'catch');
    },
    1,
  ],
  finally: [
    function (onFinally) {
      return promiseFinally(this, onFinally);
    },
    1,
  ],
};

function method(object: object, name: string, [f, length]: Methods[string]): void {
  // A shorthand method is no constructor and has no prototype, as built-in methods are.
  const bare = {
    call(this: unknown, ...args: unknown[]): unknown {
      return apply(f, this, args);
    },
  }.call;
  hide(object, name, named(bare, name, length));
}

/** Puts our Promise where the engine's was. */
export function installPromise(): void {
  for (const name of Object.keys(statics)) method(PromiseConstructor, name, statics[name] ?? [() => undefined, 0]);
  for (const name of Object.keys(methods)) method(promisePrototype, name, methods[name] ?? [() => undefined, 0]);
  const species = {
    get [symbolSpecies](): unknown {
      return this;
    },
  };
  const own = Reflect.getOwnPropertyDescriptor(species, symbolSpecies);
  if (own?.get)
    defineProperty(PromiseConstructor, symbolSpecies, {
      get: named(own.get, 'get [Symbol.species]'),
      configurable: true,
    });
  defineProperty(promisePrototype, symbolToStringTag, { value: 'Promise', configurable: true });
  hide(globalThis, 'Promise', PromiseConstructor);
}

export { createResolvingFunctions };
