/**
 * Why this file exists: globals that Node makes when they are first read: a getter, and a setter that puts a plain
 * property in its place.
 */
import { defineProperty, named } from './primordials';

interface Ways {
  /** The accessors are called `get Blob`, not `get`. */
  readonly isNamed?: boolean;
  /** It can be enumerated. */
  readonly isShown?: boolean;
}

export function accessorGlobal(name: string, value: object, { isNamed = true, isShown = false }: Ways = {}): void {
  let current: unknown = value;
  const accessors = {
    read: (): unknown => current,
    write(given: unknown): void {
      if (!isNamed) current = given;
      else defineProperty(globalThis, name, { value: given, writable: true, enumerable: isShown, configurable: true });
    },
  };
  defineProperty(globalThis, name, {
    get: named(accessors.read, isNamed ? `get ${name}` : 'get'),
    set: named(accessors.write, isNamed ? `set ${name}` : 'set'),
    enumerable: isShown,
    configurable: true,
  });
}
