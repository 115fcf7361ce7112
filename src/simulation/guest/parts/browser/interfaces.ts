/** Why this file exists: classes of the runtime look like interfaces of the web: members can be enumerated. */
import { defineProperty, getOwnPropertyDescriptor, hide, ownKeys } from '../../primordials';

export function asInterface(klass: { readonly prototype: object }, name: string, length = 0): void {
  for (const key of ownKeys(klass.prototype)) {
    if (key === 'constructor' || typeof key !== 'string') continue;
    defineProperty(klass.prototype, key, { enumerable: true });
  }
  defineProperty(klass, 'name', { value: name, configurable: true });
  defineProperty(klass, 'length', { value: length, configurable: true });
  defineProperty(klass.prototype, Symbol.toStringTag, { value: name, configurable: true });
}

/** Names that a page finds on its window. */
export function expose(values: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(values)) hide(globalThis, name, values[name]);
}

/** A getter of the window, and what writing does, if anything. */
export function exposeGetter(name: string, get: () => unknown, set?: (value: unknown) => void): void {
  defineProperty(globalThis, name, { get, ...(set && { set }), enumerable: true, configurable: true });
}

export function isOwn(object: object, key: PropertyKey): boolean {
  return getOwnPropertyDescriptor(object, key) !== undefined;
}
