/**
 * Why this file exists: what a value is inside, whatever its prototype and its tag say. The engine tells only by
 * throwing; all kinds are tried at once.
 */
import { apply, bareList, isObject, type Callable } from './primordials';
import { proxyDetails } from './proxy-guards';
import { unheard } from './unheard';

export type Test = (value: unknown) => boolean;

/** A method or getter that throws for what is not of its kind. */
interface Brand {
  readonly method: unknown;
  readonly args: readonly unknown[];
}

const brands = bareList<Brand>();
let last: { readonly value: object; readonly brand: Brand | undefined } | undefined;

/** The brand of an object, which never changes: the console asks for one after the other of the same value. */
function brandOf(value: object): Brand | undefined {
  if (last?.value !== value) last = { value, brand: unheard(() => firstAccepting(value)) };
  return last.brand;
}

function firstAccepting(value: object): Brand | undefined {
  for (let i = 0; i < brands.length; i++) {
    const brand = brands[i];
    try {
      if (brand !== undefined) apply(brand.method as Callable, value, brand.args); // one of the engine's own
      return brand;
    } catch {
      // not this one
    }
  }
  return undefined;
}

/** Whether a method or getter takes the value for one of its kind, where it throws for all others. */
export function accepts(method: unknown, ...args: readonly unknown[]): Test {
  const brand: Brand = { method, args };
  brands[brands.length] = brand;
  return (value) => isObject(value) && !proxyDetails(value) && brandOf(value) === brand;
}
