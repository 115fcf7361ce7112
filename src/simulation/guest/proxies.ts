/**
 * Why this file exists: the program's `Proxy` is the engine's with a handler of ours between. Showing a value must not
 * run a Proxy's traps, so proxies are remembered where they are made; and the engine does not say which answer it
 * refused, so the last of each trap is remembered. ECMA-262 §10.5 (Proxy Object Internal Methods).
 */
import {
  NativeProxy, NativeTypeError, NativeWeakMap, apply, construct, createObject, defineProperty, get, hide, isArray,
  isCallable, isObject, named, type Callable,
} from './primordials';
import { clock } from './clock';
import { proxyDetails, rememberProxy, type Guard } from './proxy-guards';
import { describe } from './words';

export type Trap = keyof ProxyHandler<object>;

/** What a trap answered; `order` grows with each answer. */
export interface Answer {
  readonly args: readonly unknown[];
  readonly result: unknown;
  readonly order: number;
  /** In virtual milliseconds. */
  readonly at: number;
}

const { get: lookUp } = NativeWeakMap.prototype;
const answers = createObject(null) as Partial<Record<Trap, Answer>>;
let order = 0;

/** The last answer of a trap of that name, of whatever Proxy. */
export function lastAnswer(trap: Trap): Answer | undefined {
  return answers[trap];
}

/** The trap that the engine is about to call: nothing of the program runs between its look-up and its call. */
const pending: { trap: Callable; handler: object } = { trap: () => undefined, handler: {} };

function answered(trap: Trap, args: readonly unknown[]): unknown {
  const result: unknown = apply(pending.trap, pending.handler, args as never[]);
  answers[trap] = { args, result, order: ++order, at: clock.now() };
  return result;
}

/** [[Construct]] step 9, [[GetOwnProperty]] step 8 and [[GetPrototypeOf]] step 6: the answer's type alone. */
const typeFaults: Partial<Record<Trap, (args: readonly unknown[], result: unknown) => string | undefined>> = {
  construct: (_args, result) =>
    isObject(result) ? undefined : `'construct' on proxy: trap returned non-object ('${describe(result)}')`,
  getOwnPropertyDescriptor: ({ 1: key }, result) =>
    isObject(result) || result === undefined
      ? undefined
      : `'getOwnPropertyDescriptor' on proxy: trap returned neither object nor undefined for property '${String(key)}'`,
  getPrototypeOf: (_args, result) =>
    isObject(result) || result === null ? undefined : "'getPrototypeOf' on proxy: trap returned neither object nor null",
};

/** GetMethod of the program's handler, once for each operation as in the language. */
function guardedTrap(guard: Guard, name: Trap, trapCall: Callable): Callable | undefined {
  const { handler } = guard;
  if (handler === undefined) throw new NativeTypeError(`Cannot perform '${name}' on a proxy that has been revoked`);
  const trap = get(handler, name);
  if (trap === undefined || trap === null) return undefined;
  // Of what is called or made the engine says itself that it is no function.
  if (!isCallable(trap) && (name === 'apply' || name === 'construct')) return trap as Callable; // it is none
  if (!isCallable(trap))
    throw new NativeTypeError(
      `'${describe(trap)}' returned for property '${name}' of object '${describe(handler)}' is not a function`,
    );
  pending.trap = trap;
  pending.handler = handler;
  return trapCall;
}

const traps: readonly Trap[] = [
  'getPrototypeOf', 'setPrototypeOf', 'isExtensible', 'preventExtensions', 'getOwnPropertyDescriptor', 'defineProperty',
  'has', 'get', 'set', 'deleteProperty', 'ownKeys', 'apply', 'construct',
];

/** What each guard inherits: for each trap a getter. */
const guardPrototype = createObject(null) as object; // as it says
const trapNames = new NativeWeakMap<object, Trap>();

/** Which trap of the program a function of ours calls. */
export function trapOf(f: unknown): Trap | undefined {
  return apply(lookUp, trapNames, [f]) as Trap | undefined;
}

for (const name of traps) {
  const fault = typeFaults[name];
  const trapCall = (...args: unknown[]): unknown => {
    const result = answered(name, args);
    const words = fault?.(args, result);
    if (words !== undefined) throw new NativeTypeError(words);
    return result;
  };
  trapNames.set(trapCall, name);
  defineProperty(guardPrototype, name, {
    get(this: Guard) {
      return guardedTrap(this, name, trapCall);
    },
  });
}

/** A Proxy that can be told from its target. */
export function makeProxy(target: object, handler: ProxyHandler<object>): object {
  return guarded(target, handler).proxy;
}

function guarded(target: unknown, handler: unknown): { readonly proxy: object; readonly guard: Guard } {
  if (!isObject(target) || !isObject(handler))
    throw new NativeTypeError('Cannot create proxy with a non-object as target or handler');
  const guard = createObject(guardPrototype) as Guard;
  defineProperty(guard, 'target', { value: target });
  defineProperty(guard, 'handler', { value: handler, writable: true });
  const proxy = construct(NativeProxy, [target, guard]) as object; // a Proxy
  rememberProxy(proxy, guard);
  return { proxy, guard };
}

function revocable(target: unknown, handler: unknown): { proxy: object; revoke: () => void } {
  const { proxy, guard } = guarded(target, handler);
  const revoke = named(() => {
    guard.handler = undefined;
  }, '');
  return { proxy, revoke };
}

/** ECMA-262 §7.2.2 IsArray, which a revoked Proxy refuses. */
function isArrayOrProxyOfOne(value: unknown): boolean {
  if (isArray(value) && proxyDetails(value)?.isRevoked === true)
    throw new NativeTypeError("Cannot perform 'IsArray' on a proxy that has been revoked");
  return isArray(value);
}

/** Puts a `Proxy` in place that behaves as the engine's own and is remembered. */
export function installProxy(): void {
  function Proxy(target: unknown, handler: unknown): object {
    if (new.target === undefined) throw new NativeTypeError("Constructor Proxy requires 'new'");
    return guarded(target, handler).proxy;
  }
  defineProperty(Proxy, 'prototype', { value: undefined, writable: false });
  hide(Proxy, 'revocable', named(revocable, 'revocable', 2));
  hide(globalThis, 'Proxy', named(Proxy, 'Proxy', 2));
  hide(globalThis.Array, 'isArray', named(isArrayOrProxyOfOne, 'isArray', 1));
}
