/**
 * Why this file exists: the program may replace any built-in. The runtime keeps the ones it needs, taken before the
 * program runs,
 * and calls methods only through `apply`, never through a property the program can reach.
 */
export const { apply, construct, ownKeys, getOwnPropertyDescriptor, defineProperty, setPrototypeOf, getPrototypeOf } =
  Reflect;
export const { create: createObject, freeze } = Object;
export const isArray = Array.isArray;
export const NativeMap = Map;
export const NativeSet = Set;
export const NativeWeakMap = WeakMap;
export const NativeWeakSet = WeakSet;
export const NativeProxy = Proxy;
export const NativeRegExp = RegExp;
export const NativeError = Error;
export const NativeTypeError = TypeError;
export const NativeRangeError = RangeError;
export const NativeSyntaxError = SyntaxError;
export const NativeURIError = URIError;
export const NativeReferenceError = ReferenceError;
export const NativeAggregateError = AggregateError;
export const functionToString = uncurry(Function.prototype.toString);
export const objectToString = uncurry(Object.prototype.toString);
export const regExpExec = uncurry(RegExp.prototype.exec);
export const slice = uncurry(String.prototype.slice);
export const trunc = Math.trunc;
export const symbolIterator: typeof Symbol.iterator = Symbol.iterator;
export const symbolAsyncIterator: typeof Symbol.asyncIterator = Symbol.asyncIterator;
export const symbolSpecies: typeof Symbol.species = Symbol.species;
export const symbolToStringTag: typeof Symbol.toStringTag = Symbol.toStringTag;

/** An array without a prototype: what is written to it meets no setter that the program put on `Array.prototype`. */
export function bareList<T>(): T[] {
  const list: T[] = [];
  setPrototypeOf(list, null);
  return list;
}

/** A Map whose methods are its own: the program may replace those of all others. Node: makeSafe. */
export class SafeMap<K, V> extends NativeMap<K, V> {}
/** A Set whose methods are its own. */
export class SafeSet<T> extends NativeSet<T> {}
/** A WeakMap whose methods are its own. */
export class SafeWeakMap<K extends object, V> extends NativeWeakMap<K, V> {}
/** A WeakSet whose methods are its own. */
export class SafeWeakSet<T extends object> extends NativeWeakSet<T> {}
makeSafe(SafeWeakSet, NativeWeakSet);
makeSafe(SafeMap, NativeMap);
makeSafe(SafeWeakMap, NativeWeakMap);
makeSafe(SafeSet, NativeSet);

function makeSafe(safe: { readonly prototype: object }, native: { readonly prototype: object }): void {
  for (const key of ownKeys(native.prototype)) {
    const own = getOwnPropertyDescriptor(native.prototype, key);
    if (own !== undefined && key !== 'constructor') defineProperty(safe.prototype, key, own);
  }
  setPrototypeOf(safe.prototype, null);
  freeze(safe.prototype);
}

/** A function of the program, or any other value that can be called: nothing is known of it but that. */
export type Callable = (...args: never[]) => unknown;

function uncurry<T, A extends unknown[], R>(method: (this: T, ...args: A) => R): (self: T, ...args: A) => R {
  return (self, ...args) => apply(method, self, args);
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

export function isCallable(value: unknown): value is Callable {
  return typeof value === 'function';
}

/** Calls a value of the program with any arguments: the language checks them, not our types. */
export function call(f: Callable, self: unknown, ...args: unknown[]): unknown {
  return apply(f, self, args);
}

/** Reads a property of a value of the program. */
export function get(object: object, key: PropertyKey): unknown {
  return Reflect.get(object, key);
}

/** Defines a property that is writable, configurable and not enumerable, as built-ins are. */
export function hide(object: object, key: PropertyKey, value: unknown): void {
  defineProperty(object, key, { value, writable: true, enumerable: false, configurable: true });
}

/** Sets a function's `name` and `length` as built-ins have them. */
export function named<F extends object>(f: F, name: string, length?: number): F {
  defineProperty(f, 'name', { value: name, configurable: true });
  if (length !== undefined) defineProperty(f, 'length', { value: length, configurable: true });
  return f;
}

/** Puts keys of an object behind its other keys, in this order, as far as they can be moved. */
export function inOrder(object: object, keys: readonly PropertyKey[]): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const own = key === undefined ? undefined : getOwnPropertyDescriptor(object, key);
    if (key !== undefined && own !== undefined && Reflect.deleteProperty(object, key)) defineProperty(object, key, own);
  }
}

/** ECMA-262 §7.1.17 ToString, which refuses symbols. */
export function toText(value: unknown): string {
  if (typeof value === 'symbol') throw new NativeTypeError('Cannot convert a Symbol value to a string');
  return String(value);
}
