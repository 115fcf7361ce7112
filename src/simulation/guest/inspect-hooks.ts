/**
 * Why this file exists: what Node's inspect asks of V8 about a value, answered from what this runtime knows. The build
 * puts these in place of
 * the package's own guesses (scripts/inspect-patch.mjs); none of them runs the program's code.
 */
import { accepts } from './brands';
import {
  NativeError,
  NativeMap,
  NativeSet,
  SafeWeakSet,
  apply,
  defineProperty,
  functionToString,
  get,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  isCallable,
  isObject,
  type Callable,
  objectToString,
  slice,
  symbolToStringTag,
} from './primordials';
import { remainingEntries } from './collection-iterators';
import { slotOf } from './promise-slot';
import { proxyDetails } from './proxy-guards';
export { ownNames } from './sloppy-functions';

const asyncMarker = /\$_a\(\d/;
const asyncGeneratorMarker = /\$_b\(\d/;
const generatorText = /^(?:static\s+)?(?:function\s*\*|\*)/;

export const states = { pending: 0, fulfilled: 1, rejected: 2 };

export function getPromiseDetails(promise: unknown): readonly [number, unknown] {
  const slot = slotOf(promise);
  return slot === undefined ? [states.pending, undefined] : [states[slot.state], slot.result];
}

/** The target, or target and handler; undefined for what is no Proxy. */
export function getProxyDetails(value: unknown, both = true): unknown {
  const details = (typeof value === 'object' && value !== null) || isCallable(value) ? proxyDetails(value) : undefined;
  if (details === undefined) return undefined;
  if (details.isRevoked) return both ? [null, null] : null;
  return both ? [details.target, details.handler] : details.target;
}

/** The entries of a Map, a Set, or an iterator of one; for iterators also whether they are keys and values in turn. */
export function previewEntries(value: unknown, isIterator?: boolean): unknown {
  const left = typeof value === 'object' && value !== null ? remainingEntries(value) : undefined;
  const entries: unknown[] = left?.entries ?? [];
  const add = (each: unknown): void => {
    defineProperty(entries, entries.length, { value: each, writable: true, enumerable: true, configurable: true });
  };
  if (isMap(value)) {
    apply(mapForEach, value, [
      (each, key) => {
        add(key);
        add(each);
      },
    ]);
  } else if (isSet(value)) apply(setForEach, value, [add]);
  return isIterator === true ? [entries, left?.isPairs ?? false] : entries;
}

const { forEach: mapForEach } = NativeMap.prototype;
const { forEach: setForEach } = NativeSet.prototype;

/** What colours of a stack in the working folder need. */
export function pathToFileURL(path: string): { readonly href: string } {
  return { href: `file://${path}` };
}

const { has: mapHas } = NativeMap.prototype;
const { has: setHas } = NativeSet.prototype;

const hasMap = accepts(mapHas);
const hasSet = accepts(setHas);

export function isMap(value: unknown): value is Map<unknown, unknown> {
  return hasMap(value);
}

export function isSet(value: unknown): value is Set<unknown> {
  return hasSet(value);
}

export function isPromise(value: unknown): boolean {
  return slotOf(value) !== undefined;
}

function markerText(f: object): string {
  const text = functionToString(f); // callers have checked that it is a function
  return text.length > 2000 ? text.slice(0, 2000) : text;
}

const nodeAsync = new SafeWeakSet<object>();

/** Says of one of ours that it is an async function in Node's own JavaScript. */
export function isNodeAsync<F extends object>(f: F): F {
  nodeAsync.add(f);
  return f;
}

export function isAsyncFunction(value: unknown): boolean {
  if (!isCallable(value) || proxyDetails(value)) return false;
  if (nodeAsync.has(value)) return true;
  const text = markerText(value);
  const at = text.search(/\$_[eayb]\(\d/);
  return at >= 0 && (asyncMarker.exec(text)?.index === at || asyncGeneratorMarker.exec(text)?.index === at);
}

export function isGeneratorFunction(value: unknown): boolean {
  if (!isCallable(value) || proxyDetails(value)) return false;
  const text = markerText(value);
  const at = text.search(/\$_[eayb]\(\d/);
  return generatorText.test(text) || (at >= 0 && asyncGeneratorMarker.exec(text)?.index === at);
}

/** The engine's own check, which only what was made as an error passes. */
const { isError: isMadeAsError } = NativeError as unknown as { isError(value: unknown): boolean };

export function isNativeError(value: unknown): boolean {
  return isMadeAsError(value) && !(isObject(value) && proxyDetails(value));
}

/** Node 20: lib/internal/util.js, isError. */
export function isError(value: unknown): boolean {
  return isNativeError(value) || value instanceof NativeError;
}

export function isArgumentsObject(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !isArray(value) &&
    !proxyDetails(value) &&
    tagOf(value) === undefined &&
    getOwnPropertyDescriptor(value, 'callee') !== undefined && // every other object is told apart before it is asked
    objectToString(value) === '[object Arguments]'
  );
}

/**
 * The property that says what `Object.prototype.toString` answers, and nothing runs: a getter is found, not called;
 * behind a Proxy nothing is looked for.
 */
export function tagOf(value: object): PropertyDescriptor | undefined {
  return lookedUp(value, symbolToStringTag);
}

function lookedUp(value: object, key: PropertyKey): PropertyDescriptor | undefined {
  for (let at: object | null = value; at !== null && !proxyDetails(at); at = getPrototypeOf(at)) {
    const own = getOwnPropertyDescriptor(at, key);
    if (own !== undefined) return own;
  }
  return undefined;
}

/**
 * V8 11.3: src/objects/js-objects.cc, JSReceiver::GetConstructorName, for what has no constructor to be found: a tag,
 * or the constructor of a prototype, or what made it. NOT MODELLED: the class of the program that did.
 */
export function getConstructorName(value: object): string {
  for (let at: object | null = value; at !== null && !proxyDetails(at); at = getPrototypeOf(at)) {
    const tag: unknown = getOwnPropertyDescriptor(at, symbolToStringTag)?.value;
    if (typeof tag === 'string') return tag;
    const maker: unknown = at === value ? undefined : getOwnPropertyDescriptor(at, 'constructor')?.value;
    const name: unknown = isCallable(maker) ? getOwnPropertyDescriptor(maker, 'name')?.value : undefined;
    if (typeof name === 'string' && name !== '') return name;
  }
  if (proxyDetails(value)) return isCallable(value) ? 'Function' : 'Object'; // a trap would be asked for the tag
  return slice(objectToString(value), 8, -1);
}

/** Node 20: lib/internal/util/inspect.js, hasBuiltInToString. */
export function hasBuiltInToString(value: object, builtIns: { has(name: unknown): boolean }): boolean {
  const object = proxyDetails(value)?.target ?? value;
  const hasText = isCallable(get(object, 'toString'));
  if (hasText && hasOwn(object, 'toString')) return false;
  const hasPrimitive = isCallable(get(object, symbolToPrimitive));
  if (!hasText && !hasPrimitive) return true;
  if (hasPrimitive && hasOwn(object, symbolToPrimitive)) return false;
  const isOwn = (of: object): boolean =>
    (hasText && hasOwn(of, 'toString')) || (hasPrimitive && hasOwn(of, symbolToPrimitive));
  let pointer: object | null = getPrototypeOf(object);
  while (pointer !== null && !isOwn(pointer)) pointer = getPrototypeOf(pointer);
  const maker: unknown = pointer === null ? undefined : getOwnPropertyDescriptor(pointer, 'constructor')?.value;
  return isCallable(maker) && builtIns.has(get(maker, 'name'));
}

const { hasOwn } = Object;
const symbolToPrimitive: typeof Symbol.toPrimitive = Symbol.toPrimitive;

const typedArrays = getPrototypeOf(Uint8Array.prototype) as object;
const nameOf = getOwnPropertyDescriptor(typedArrays, symbolToStringTag)?.get as Callable;

/** `Uint8Array`, whatever the prototype. */
export function typedArrayName(value: object): string {
  return apply(nameOf, value, []) as string;
}

const lengthOf = getOwnPropertyDescriptor(typedArrays, 'length')?.get as Callable;

export function typedArrayLength(value: object): number {
  return apply(lengthOf, value, []) as number;
}

/** A module's namespace: an object without a prototype whose tag is its own and says so. */
export function isModuleNamespaceObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || proxyDetails(value) || getPrototypeOf(value) !== null)
    return false;
  return getOwnPropertyDescriptor(value, symbolToStringTag)?.value === 'Module';
}

/** Node 20: lib/internal/util/inspect.js, isURL. NOT MODELLED: URL, so that nothing comes of it. */
export function lookForUrl(value: object): void {
  get(value, 'href');
}

/** The inside of an object is about to be shown: parts/stream refuses that of its streams. */
export const inside: { look: (value: object) => void } = { look: () => undefined };

const arraySlice = Array.prototype.slice as Callable;

/** What follows the first argument. */
export function afterFirst(given: ArrayLike<unknown>): unknown[] {
  return apply(arraySlice, given, [1] as never[]) as unknown[];
}
