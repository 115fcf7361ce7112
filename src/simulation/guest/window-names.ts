/**
 * Why this file exists: the names of a page that its window has: what a classic script declares at its top is given to
 * the window (parts/browser), and strict code that writes to a name that nothing declares asks whether it is there.
 */
import { NativeReferenceError, NativeTypeError, getOwnPropertyDescriptor } from './primordials';

type Ways = readonly [read: () => unknown, set: (value: unknown) => void];

export type DeclaredNames = Readonly<Record<string, Ways>>;

export const windowNames: { declare(names: DeclaredNames): void } = { declare: () => undefined };

/** $_wn: a page's script hands them out. */
export function onWindowNames(names: DeclaredNames): void {
  windowNames.declare(names);
}

/** Whose properties are the page's elements: parts/dom. */
export const namedElements: { owner: object | undefined } = { owner: undefined };

/** The object that has a property, by way of its prototypes. */
function ownerOf(key: string): object | undefined {
  let at: object | null = globalThis;
  while (at !== null && getOwnPropertyDescriptor(at, key) === undefined) at = Reflect.getPrototypeOf(at);
  return at ?? undefined;
}

function undeclared(key: string): never {
  throw new NativeReferenceError(`${key} is not defined`);
}

/** $_pn: what strict code writes to by names that nothing declares (ECMA-262 §6.2.5.6 PutValue). */
export const writtenNames: object = new Proxy({}, {
  get(_target, key: string) {
    return ownerOf(key) === undefined ? undeclared(key) : (Reflect.get(globalThis, key) as unknown);
  },
  set(_target, key: string, value) {
    const owner = ownerOf(key);
    if (owner === undefined || owner === namedElements.owner) undeclared(key);
    if (!Reflect.set(globalThis, key, value)) refuse(owner, key);
    return true;
  },
});

function refuse(owner: object, key: string): never {
  throw new NativeTypeError(
    getOwnPropertyDescriptor(owner, key)?.writable === false
      ? `Cannot assign to read only property '${key}' of object '#<Window>'`
      : `Cannot set property ${key} of #<Window> which has only a getter`,
  );
}
