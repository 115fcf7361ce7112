/** Why this file exists: deep strict equality. Node 20: lib/internal/util/comparisons.js. */
import { SafeMap, SafeSet, getPrototypeOf, isObject, objectToString } from '../../primordials';
import { types } from './types';

type Pairs = Map<object, Set<object>>;

/** Object.is for what is no object, structure and prototypes for what is. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  return equal(a, b, new SafeMap());
}

function equal(a: unknown, b: unknown, under: Pairs): boolean {
  if (Object.is(a, b)) return true;
  if (!isObject(a) || !isObject(b) || typeof a === 'function' || typeof b === 'function') return false;
  if (getPrototypeOf(a) !== getPrototypeOf(b) || objectToString(a) !== objectToString(b)) return false;
  if (Array.isArray(a) !== Array.isArray(b) || !sameInside(a, b, under)) return false;
  const known = under.get(a);
  if (known?.has(b) === true) return true; // a cycle: they are being compared
  under.set(a, (known ?? new SafeSet()).add(b));
  const isSame = sameEntries(a, b, under) && sameProperties(a, b, under);
  under.get(a)?.delete(b);
  return isSame;
}

function is(name: string, value: unknown): boolean {
  return types[name]?.(value) ?? false;
}

/** What their kinds hold besides properties. */
function sameInside(a: object, b: object, under: Pairs): boolean {
  if (is('isDate', a)) return is('isDate', b) && Object.is((a as Date).getTime(), (b as Date).getTime());
  if (is('isRegExp', a)) {
    const [one, other] = [a as RegExp, b as RegExp]; // of the same tag
    return one.source === other.source && one.flags === other.flags && one.lastIndex === other.lastIndex;
  }
  if (is('isNativeError', a)) {
    const [one, other] = [a as Error, b as Error]; // of the same tag
    return one.message === other.message && one.name === other.name && equal(one.cause, other.cause, under);
  }
  if (is('isBoxedPrimitive', a)) return is('isBoxedPrimitive', b) && Object.is(a.valueOf(), b.valueOf());
  if (ArrayBuffer.isView(a)) return ArrayBuffer.isView(b) && sameBytes(a, b);
  if (is('isAnyArrayBuffer', a)) return sameBytes(new Uint8Array(a as ArrayBuffer), new Uint8Array(b as ArrayBuffer));
  return is('isMap', a) === is('isMap', b) && is('isSet', a) === is('isSet', b);
}

function sameBytes(a: ArrayBufferView, b: ArrayBufferView): boolean {
  const [one, other] = [a, b].map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
  return one !== undefined && one.length === other?.length && one.every((byte, i) => byte === other[i]);
}

function sameEntries(a: object, b: object, under: Pairs): boolean {
  if (is('isSet', a))
    return sameMembers([...(a as Set<unknown>)], [...(b as Set<unknown>)], (x, y) => equal(x, y, under));
  if (!is('isMap', a)) return true;
  const [one, other] = [a as Map<unknown, unknown>, b as Map<unknown, unknown>]; // just asked
  return sameMembers([...one], [...other], ([k1, v1], [k2, v2]) => equal(k1, k2, under) && equal(v1, v2, under));
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

function shownKeys(object: object): PropertyKey[] {
  return Reflect.ownKeys(object).filter((key) => Object.prototype.propertyIsEnumerable.call(object, key));
}

function sameProperties(a: object, b: object, under: Pairs): boolean {
  const [keys, others] = [shownKeys(a), shownKeys(b)];
  if (keys.length !== others.length) return false;
  if (Array.isArray(a) && a.length !== (b as unknown[]).length) return false;
  return keys.every((key) => others.includes(key) && equal(Reflect.get(a, key), Reflect.get(b, key), under));
}
