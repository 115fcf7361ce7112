/** Why this file exists: deep equality, strict and loose. Node 20: lib/internal/util/comparisons.js. */
import { SafeMap, SafeSet, get, getPrototypeOf, isObject, objectToString } from '../../primordials';
import { types } from './types';

type Pairs = Map<object, Set<object>>;
type Mode = 'strict' | 'loose';
type Test = (a: unknown, b: unknown) => boolean;

/** Object.is for what is no object, structure and prototypes for what is. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, 'strict', new SafeMap());
}

/** `==` for what is no object, structure for what is. */
export function isDeepLooseEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, 'loose', new SafeMap());
}

function equal(a: unknown, b: unknown, mode: Mode, under: Pairs): boolean {
  if (a === b) return a !== 0 || mode === 'loose' || Object.is(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return samePrimitives(a, b, mode);
  if (mode === 'strict' && getPrototypeOf(a) !== getPrototypeOf(b)) return false;
  if (objectToString(a) !== objectToString(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b) || !sameInside(a, b, mode, under)) return false;
  const known = under.get(a);
  if (known?.has(b) === true) return true; // a cycle: they are being compared
  under.set(a, (known ?? new SafeSet()).add(b));
  const test: Test = (x, y) => equal(x, y, mode, under);
  const isSame = sameEntries(a, b, test) && sameProperties(a, b, mode, test);
  under.get(a)?.delete(b);
  return isSame;
}

/** At least one of them is no object. */
function samePrimitives(a: unknown, b: unknown, mode: Mode): boolean {
  if (Number.isNaN(a) && Number.isNaN(b)) return true;
  const hasObject = (typeof a === 'object' && a !== null) || (typeof b === 'object' && b !== null);
  return mode === 'loose' && !hasObject && a == b; // eslint-disable-line eqeqeq -- loose equality is meant
}

function is(name: string, value: unknown): boolean {
  return types[name]?.(value) ?? false;
}

function isError(value: unknown): value is Error {
  return is('isNativeError', value) || value instanceof Error;
}

/** Node: isURL. */
function isUrl(value: object): boolean {
  const has = (key: string): boolean => Boolean(get(value, key));
  return has('href') && has('protocol') && get(value, 'auth') === undefined && get(value, 'path') === undefined;
}

/** What their kinds hold besides properties. */
function sameInside(a: object, b: object, mode: Mode, under: Pairs): boolean {
  if (Array.isArray(a)) return a.length === (b as unknown[]).length; // both are
  if (is('isDate', a)) return is('isDate', b) && (a as Date).getTime() === (b as Date).getTime();
  if (is('isRegExp', a)) {
    const [one, other] = [a as RegExp, b as RegExp]; // of the same tag
    return one.source === other.source && one.flags === other.flags && one.lastIndex === other.lastIndex;
  }
  if (isError(a)) return isError(b) && sameErrors(a, b, mode, under);
  if (is('isBoxedPrimitive', a)) return is('isBoxedPrimitive', b) && Object.is(a.valueOf(), b.valueOf());
  if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && sameElements(a, b, mode);
  if (is('isAnyArrayBuffer', a)) return sameBytes(new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer));
  if (is('isSet', a)) return is('isSet', b) && (a as Set<unknown>).size === (b as Set<unknown>).size;
  if (is('isMap', a)) return is('isMap', b) && (a as Map<unknown, unknown>).size === (b as Map<unknown, unknown>).size;
  if (ArrayBuffer.isView(b) || is('isSet', b) || is('isMap', b) || is('isDate', b) || isError(b)) return false;
  return !isUrl(a) || (isUrl(b) && get(a, 'href') === get(b, 'href'));
}

function sameErrors(a: Error, b: Error, mode: Mode, under: Pairs): boolean {
  if (a.message !== b.message || a.name !== b.name) return false;
  for (const key of ['cause', 'errors']) {
    if (Object.hasOwn(a, key) !== Object.hasOwn(b, key) || !equal(get(a, key), get(b, key), mode, under)) return false;
  }
  return true;
}

/** Loosely, numbers with a fraction are compared as numbers: -0 is 0. */
function sameElements(a: ArrayBufferView, b: ArrayBufferView, mode: Mode): boolean {
  if (a.byteLength !== b.byteLength) return false;
  if (mode === 'loose' && (is('isFloat32Array', a) || is('isFloat64Array', a)))
    return [...(a as Float64Array)].every((each, i) => each === (b as Float64Array)[i]); // of the same tag
  return sameBytes(...([a, b].map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)) as Two));
}

type Two = [Uint8Array, Uint8Array];

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function sameEntries(a: object, b: object, test: Test): boolean {
  if (is('isSet', a)) return sameMembers([...(a as Set<unknown>)], [...(b as Set<unknown>)], test);
  if (!is('isMap', a)) return true;
  const [one, other] = [a as Map<unknown, unknown>, b as Map<unknown, unknown>]; // just asked
  return sameMembers([...one], [...other], ([k1, v1], [k2, v2]) => test(k1, k2) && test(v1, v2));
}

/** The same members in any order. */
function sameMembers<T>(a: readonly T[], b: readonly T[], test: (x: T, y: T) => boolean): boolean {
  if (a.length !== b.length) return false;
  const rest = [...b];
  return a.every((each) => {
    const at = rest.findIndex((other) => test(each, other));
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
}

/** Symbols count when it is strict. */
function shownKeys(object: object, mode: Mode): PropertyKey[] {
  const isShown = (key: PropertyKey): boolean => Object.prototype.propertyIsEnumerable.call(object, key);
  const keys = Reflect.ownKeys(object).filter((key) => mode === 'strict' || typeof key === 'string').filter(isShown);
  // The elements of bytes were compared as such.
  return ArrayBuffer.isView(object) ? keys.filter((key) => typeof key === 'symbol' || !/^\d+$/.test(key)) : keys;
}

function sameProperties(a: object, b: object, mode: Mode, test: Test): boolean {
  const [keys, others] = [shownKeys(a, mode), shownKeys(b, mode)];
  if (keys.length !== others.length) return false;
  return keys.every((key) => isObject(b) && Object.hasOwn(b, key) && test(get(a, key), get(b, key)));
}
