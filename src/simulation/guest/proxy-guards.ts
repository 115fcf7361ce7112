/** Why this file exists: which values are Proxies, and what is behind them: proxies.ts says it when one is made. */
import { NativeWeakMap, apply } from './primordials';

interface ProxyDetails {
  readonly target: object;
  readonly handler: object;
  readonly isRevoked: boolean;
}

/** The handler that the engine knows: where its traps come from. */
export interface Guard {
  readonly target: object;
  handler: object | undefined;
}

const guards = new NativeWeakMap<object, Guard>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

export function rememberProxy(proxy: object, guard: Guard): void {
  apply(remember, guards, [proxy, guard]);
}

/** The target and handler of a Proxy, or undefined for any other value. */
export function proxyDetails(value: object): ProxyDetails | undefined {
  const guard = apply(lookUp, guards, [value]) as Guard | undefined;
  return guard && { target: guard.target, handler: guard.handler ?? guard, isRevoked: guard.handler === undefined };
}
