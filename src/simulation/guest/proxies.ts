/**
 * Why this file exists: showing a value must not run a Proxy's traps, so proxies are remembered where they are made.
 */
import { NativeProxy, NativeTypeError, NativeWeakMap, apply, defineProperty, hide, named } from './primordials';

interface ProxyDetails {
  readonly target: object;
  readonly handler: object;
}

const known = new NativeWeakMap<object, ProxyDetails>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

/** The target and handler of a Proxy, or undefined for any other value. */
export function proxyDetails(value: object): ProxyDetails | undefined {
  return apply(lookUp, known, [value]) as ProxyDetails | undefined;
}

/** A Proxy that can be told from its target. */
export function makeProxy(target: object, handler: ProxyHandler<object>): object {
  const proxy = new NativeProxy(target, handler);
  apply(remember, known, [proxy, { target, handler }]);
  return proxy;
}

/** Puts a `Proxy` in place that behaves as the engine's own and is remembered. */
export function installProxy(): void {
  const revocable = NativeProxy.revocable;
  function Proxy(target: object, handler: ProxyHandler<object>): object {
    if (new.target === undefined) throw new NativeTypeError("Constructor Proxy requires 'new'");
    return makeProxy(target, handler);
  }
  defineProperty(Proxy, 'prototype', { value: undefined, writable: false });
  hide(
    Proxy,
    'revocable',
    named(
      (target: object, handler: ProxyHandler<object>) => {
        const made = revocable(target, handler);
        apply(remember, known, [made.proxy, { target, handler }]);
        return made;
      },
      'revocable',
      2,
    ),
  );
  hide(globalThis, 'Proxy', named(Proxy, 'Proxy', 2));
}
