/**
 * Why this file exists: a comparator may print, or be of no one mind, so that the order of its calls is seen; the
 * engine sorts in another order than V8. V8 11.3: third_party/v8/builtins/array-sort.tq, after CPython's listsort.
 */
import { bareList } from './primordials';

type Compare = (one: unknown, other: unknown) => number;

interface Sorting {
  readonly list: unknown[];
  readonly compare: Compare;
  readonly runs: Run[];
  minGallop: number;
}

interface Run {
  base: number;
  length: number;
}

/** Wins in a row from which a run is galloped through. */
const enoughWins = 7;

/** Sorts a list without a prototype, in place. */
export function timSort(list: unknown[], compare: Compare): void {
  const sorting: Sorting = { list, compare, runs: bareList(), minGallop: enoughWins };
  const least = leastRun(list.length);
  for (let low = 0; low < list.length; ) {
    let length = countRun(sorting, low, list.length);
    if (length < least) {
      const forced = smaller(least, list.length - low);
      insertBinary(sorting, low, low + length, low + forced);
      length = forced;
    }
    sorting.runs[sorting.runs.length] = { base: low, length };
    collapse(sorting);
    low += length;
  }
  while (sorting.runs.length > 1) {
    const n = sorting.runs.length - 2;
    mergeAt(sorting, n > 0 && lengthOf(sorting, n - 1) < lengthOf(sorting, n + 1) ? n - 1 : n);
  }
}

function smaller(one: number, other: number): number {
  return one < other ? one : other;
}

function leastRun(length: number): number {
  let [n, rest] = [length, 0];
  while (n >= 64) {
    rest |= n & 1;
    n >>= 1;
  }
  return n + rest;
}

/** The length of the run that begins at `from`; one that falls is turned round. */
function countRun({ list, compare }: Sorting, from: number, end: number): number {
  if (from + 1 === end) return 1;
  let length = 2;
  const falls = compare(list[from + 1], list[from]) < 0;
  for (let i = from + 2; i < end; i++, length++) if (compare(list[i], list[i - 1]) < 0 !== falls) break;
  if (falls) reverse(list, from, from + length - 1);
  return length;
}

function reverse(list: unknown[], first: number, last: number): void {
  for (let [i, j] = [first, last]; i < j; i++, j--) {
    const kept = list[i];
    list[i] = list[j];
    list[j] = kept;
  }
}

function insertBinary({ list, compare }: Sorting, low: number, from: number, end: number): void {
  for (let start = low === from ? from + 1 : from; start < end; start++) {
    const pivot = list[start];
    let [left, right] = [low, start];
    while (left < right) {
      const middle = left + ((right - left) >> 1);
      if (compare(pivot, list[middle]) < 0) right = middle;
      else left = middle + 1;
    }
    for (let at = start; at > left; at--) list[at] = list[at - 1];
    list[left] = pivot;
  }
}

function lengthOf({ runs }: Sorting, n: number): number {
  return runs[n]?.length ?? 0;
}

function isBalanced(sorting: Sorting, n: number): boolean {
  return n < 2 || lengthOf(sorting, n - 2) > lengthOf(sorting, n - 1) + lengthOf(sorting, n);
}

function collapse(sorting: Sorting): void {
  while (sorting.runs.length > 1) {
    const n = sorting.runs.length - 2;
    if (!isBalanced(sorting, n + 1) || !isBalanced(sorting, n))
      mergeAt(sorting, lengthOf(sorting, n - 1) < lengthOf(sorting, n + 1) ? n - 1 : n);
    else if (lengthOf(sorting, n) <= lengthOf(sorting, n + 1)) mergeAt(sorting, n);
    else break;
  }
}

/** Merges a run with the one behind it. */
function mergeAt(sorting: Sorting, i: number): void {
  const { list, runs } = sorting;
  const [a, b] = [runs[i], runs[i + 1]];
  if (a === undefined || b === undefined) return;
  let { base, length } = a;
  runs[i] = { base, length: length + b.length };
  for (let n = i + 1; n + 1 < runs.length; n++) runs[n] = runs[n + 1] as Run; // it is there
  runs.length--;
  const before = gallopRight(sorting, list, list[b.base], base, length, 0);
  base += before;
  length -= before;
  if (length === 0) return;
  const rest = gallopLeft(sorting, list, list[base + length - 1], b.base, b.length, b.length - 1);
  if (rest === 0) return;
  if (length <= rest) mergeLow(sorting, base, length, b.base, rest);
  else mergeHigh(sorting, base, length, b.base, rest);
}

/** The first place whose element is not smaller than the key. `from`: where the search begins. */
function gallopLeft(
  { compare }: Sorting, list: unknown[], key: unknown, base: number, length: number, from: number,
): number {
  const isBefore = (at: number): boolean => compare(list[base + at], key) < 0;
  const rises = isBefore(from);
  const range = gallop(from, rises ? length - from : from + 1, rises, (at) => isBefore(at) !== rises);
  return narrow(range, isBefore);
}

/** The first place whose element is greater than the key. */
function gallopRight(
  { compare }: Sorting, list: unknown[], key: unknown, base: number, length: number, from: number,
): number {
  const isBefore = (at: number): boolean => !(compare(key, list[base + at]) < 0);
  const rises = isBefore(from);
  const range = gallop(from, rises ? length - from : from + 1, rises, (at) => isBefore(at) !== rises);
  return narrow(range, isBefore);
}

/** Steps of 1, 3, 7, … until `ends`: the range between the last two. */
function gallop(from: number, most: number, rises: boolean, ends: (at: number) => boolean): [number, number] {
  let [last, offset] = [0, 1];
  while (offset < most && !ends(rises ? from + offset : from - offset)) {
    last = offset;
    offset = offset * 2 + 1;
  }
  offset = smaller(offset, most);
  return rises ? [last + from, offset + from] : [from - offset, from - last];
}

function narrow([last, offset]: [number, number], isBefore: (at: number) => boolean): number {
  let [low, high] = [last + 1, offset];
  while (low < high) {
    const middle = low + ((high - low) >> 1);
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return high;
}

function copy(from: unknown[], at: number, to: unknown[], target: number, count: number): void {
  if (from === to && at < target) for (let i = count - 1; i >= 0; i--) to[target + i] = from[at + i];
  else for (let i = 0; i < count; i++) to[target + i] = from[at + i];
}

function taken(list: unknown[], base: number, length: number): unknown[] {
  const part = bareList<unknown>();
  copy(list, base, part, 0, length);
  return part;
}

/** Merges forwards: run A lies aside. */
function mergeLow(sorting: Sorting, baseA: number, countA: number, baseB: number, countB: number): void {
  const { list, compare } = sorting;
  const aside = taken(list, baseA, countA);
  let [to, a, b, lengthA, lengthB] = [baseA, 0, baseB, countA, countB];
  const takeB = (): boolean => {
    list[to++] = list[b++];
    return --lengthB === 0;
  };
  const takeA = (): boolean => {
    list[to++] = aside[a++];
    return --lengthA === 1;
  };
  const merge = (): void => {
    if (takeB() || lengthA === 1) return;
    for (;;) {
      let [winsA, winsB] = [0, 0];
      while (winsA < sorting.minGallop && winsB < sorting.minGallop) {
        if (compare(list[b], aside[a]) < 0) {
          [winsA, winsB] = [0, winsB + 1];
          if (takeB()) return;
        } else {
          [winsA, winsB] = [winsA + 1, 0];
          if (takeA()) return;
        }
      }
      sorting.minGallop++;
      do {
        sorting.minGallop = sorting.minGallop > 2 ? sorting.minGallop - 1 : 1;
        winsA = gallopRight(sorting, aside, list[b], a, lengthA, 0);
        copy(aside, a, list, to, winsA);
        [to, a, lengthA] = [to + winsA, a + winsA, lengthA - winsA];
        if (winsA > 0 && lengthA <= 1) return;
        if (takeB()) return;
        winsB = gallopLeft(sorting, list, aside[a], b, lengthB, 0);
        copy(list, b, list, to, winsB);
        [to, b, lengthB] = [to + winsB, b + winsB, lengthB - winsB];
        if (winsB > 0 && lengthB === 0) return;
        if (takeA()) return;
      } while (winsA >= enoughWins || winsB >= enoughWins);
      sorting.minGallop++;
    }
  };
  merge();
  // The last of A belongs behind all that is left of B.
  if (lengthB > 0) copy(list, b, list, to, lengthB);
  copy(aside, a, list, to + lengthB, lengthA);
}

/** Merges backwards: run B lies aside. */
function mergeHigh(sorting: Sorting, baseA: number, countA: number, baseB: number, countB: number): void {
  const { list, compare } = sorting;
  const aside = taken(list, baseB, countB);
  let [to, a, b, lengthA, lengthB] = [baseB + countB - 1, baseA + countA - 1, countB - 1, countA, countB];
  const takeA = (): boolean => {
    list[to--] = list[a--];
    return --lengthA === 0;
  };
  const takeB = (): boolean => {
    list[to--] = aside[b--];
    return --lengthB === 1;
  };
  const merge = (): void => {
    if (takeA() || lengthB === 1) return;
    for (;;) {
      let [winsA, winsB] = [0, 0];
      while (winsA < sorting.minGallop && winsB < sorting.minGallop) {
        if (compare(aside[b], list[a]) < 0) {
          [winsA, winsB] = [winsA + 1, 0];
          if (takeA()) return;
        } else {
          [winsA, winsB] = [0, winsB + 1];
          if (takeB()) return;
        }
      }
      sorting.minGallop++;
      do {
        sorting.minGallop = sorting.minGallop > 2 ? sorting.minGallop - 1 : 1;
        winsA = lengthA - gallopRight(sorting, list, aside[b], baseA, lengthA, lengthA - 1);
        [to, a] = [to - winsA, a - winsA];
        copy(list, a + 1, list, to + 1, winsA);
        lengthA -= winsA;
        if (winsA > 0 && lengthA === 0) return;
        if (takeB()) return;
        winsB = lengthB - gallopLeft(sorting, aside, list[a], 0, lengthB, lengthB - 1);
        [to, b] = [to - winsB, b - winsB];
        copy(aside, b + 1, list, to + 1, winsB);
        lengthB -= winsB;
        if (winsB > 0 && lengthB <= 1) return;
        if (takeA()) return;
      } while (winsA >= enoughWins || winsB >= enoughWins);
      sorting.minGallop++;
    }
  };
  merge();
  // The first of B belongs before all that is left of A.
  if (lengthA > 0) copy(list, a + 1 - lengthA, list, to + 1 - lengthA, lengthA);
  copy(aside, b + 1 - lengthB, list, to - lengthA + 1 - lengthB, lengthB);
}
