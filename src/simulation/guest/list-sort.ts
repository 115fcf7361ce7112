/**
 * Why this file exists: `sort` and `toSorted` of lists. ECMA-262 §23.1.3.30, §23.1.3.34, with V8's algorithm where
 * anything of the program runs while comparing.
 */
import {
  NativeTypeError,
  apply,
  bareList,
  call,
  defineProperty,
  get,
  getOwnPropertyDescriptor,
  hide,
  isArray,
  isCallable,
  isObject,
  named,
  toText,
  type Callable,
} from './primordials';
import { timSort } from './tim-sort';

interface Collected {
  readonly values: unknown[];
  readonly undefineds: number;
}

/** ECMA-262 §23.1.3.30.1 SortIndexedProperties, before its sort. */
function collect(list: object, length: number, skipsHoles: boolean): Collected {
  const values = bareList<unknown>();
  let undefineds = 0;
  for (let i = 0; i < length; i++) {
    if (skipsHoles && !(i in list)) continue;
    const value = get(list, i);
    if (value === undefined) undefineds++;
    else values[values.length] = value;
  }
  return { values, undefineds };
}

/** ECMA-262 §23.1.3.30.2 CompareArrayElements, of what is not undefined. */
function comparing(compare: Callable | undefined): (one: unknown, other: unknown) => number {
  if (compare === undefined) return compareTexts;
  return (one, other) => {
    const order = Number(call(compare, undefined, one, other));
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  };
}

function compareTexts(one: unknown, other: unknown): number {
  const [first, second] = [toText(one), toText(other)];
  return first < second ? -1 : second < first ? 1 : 0;
}

/** Comparing primitives runs nothing of the program: the engine's own sort gives the same. */
function runsNothing(list: unknown): boolean {
  if (!isArray(list)) return false;
  for (let i = 0; i < list.length; i++) if (isObject(getOwnPropertyDescriptor(list, i)?.value)) return false;
  return true;
}

function lengthOf(list: object): number {
  const length = Math.trunc(Number(get(list, 'length')));
  return length > 0 ? Math.min(length, Number.MAX_SAFE_INTEGER) : 0;
}

function sortInPlace(given: object, compare: Callable | undefined): unknown {
  const list = given as Record<number, unknown>; // any object may be sorted
  const length = lengthOf(list);
  const { values, undefineds } = collect(list, length, true);
  timSort(values, comparing(compare));
  for (let i = 0; i < values.length; i++) list[i] = values[i];
  const end = values.length + undefineds;
  for (let i = values.length; i < end; i++) list[i] = undefined;
  for (let i = end; i < length; i++) if (i in list && !Reflect.deleteProperty(list, i)) throw notDeleted(i);
  return list;
}

function notDeleted(key: number): Error {
  return new NativeTypeError(`Cannot delete property '${key}' of [object Array]`);
}

function sortedCopy(list: object, compare: Callable | undefined): unknown {
  const { values, undefineds } = collect(list, lengthOf(list), false);
  timSort(values, comparing(compare));
  const made: unknown[] = [];
  for (let i = 0; i < values.length + undefineds; i++)
    defineProperty(made, i, { value: values[i], writable: true, enumerable: true, configurable: true });
  return made;
}

function replace(key: 'sort' | 'toSorted', sort: (list: object, compare: Callable | undefined) => unknown): void {
  const { prototype } = globalThis.Array;
  const native = get(prototype, key);
  if (!isCallable(native)) return;
  const method = {
    call(this: unknown, compare: unknown): unknown {
      const isWrong = this === undefined || this === null || !(compare === undefined || isCallable(compare));
      if (isWrong || (compare === undefined && runsNothing(this))) return apply(native, this, [compare] as never[]);
      return sort(Object(this) as object, isCallable(compare) ? compare : undefined);
    },
  }.call;
  hide(prototype, key, named(method, key, 1));
}

export function installListSort(): void {
  replace('sort', sortInPlace);
  replace('toSorted', sortedCopy);
}
