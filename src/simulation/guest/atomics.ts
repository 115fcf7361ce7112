/**
 * Why this file exists: `Atomics`, ECMA-262 §25.4, which the engine lacks. One agent runs at a time, so every operation
 * is atomic as it is, once those whose clocks are behind have caught up.
 */
import { catchUp } from './agents';
import { cellOf, notifyAt, waitHere, waitLater } from './modules/workers/shared-waiting';
import {
  NativeRangeError,
  NativeTypeError,
  apply,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hide,
  isObject,
  named,
  symbolToStringTag,
} from './primordials';
import { types } from './modules/util/types';

type Cells = Record<number, number | bigint>;
type Change = (old: bigint, value: bigint) => bigint;

const { trunc } = Math;
const anyTypedArray = getPrototypeOf(Int8Array.prototype) as object;
const kindOf = getOwnPropertyDescriptor(anyTypedArray, symbolToStringTag)?.get;
const lengthOf = getOwnPropertyDescriptor(anyTypedArray, 'length')?.get;
const isInteger = /^(?:Big)?(?:Int|Uint)\d+Array$/;
const { test } = RegExp.prototype;

/** §25.4.3.1 ValidateIntegerTypedArray: its kind. */
function kindOfCells(array: unknown): string {
  const kind: unknown = isObject(array) && kindOf ? apply(kindOf, array, []) : undefined;
  if (typeof kind !== 'string' || !apply(test, isInteger, [kind]))
    throw new NativeTypeError('[object Array] is not an integer typed array.');
  catchUp();
  return kind;
}

/** §25.4.3.2 ValidateAtomicAccess. */
function checkedIndex(array: unknown, index: unknown): number {
  const at = trunc(Number(index)) || 0;
  const length: unknown = lengthOf ? apply(lengthOf, array, []) : 0;
  if (at < 0 || at >= Number(length)) throw new NativeRangeError('Invalid atomic access index');
  return at;
}

function isBig(kind: string): boolean {
  return kind === 'BigInt64Array' || kind === 'BigUint64Array';
}

/** §7.1.5 ToIntegerOrInfinity or ToBigInt, by the kind of the array. */
function converted(kind: string, value: unknown): number | bigint {
  if (isBig(kind)) return BigInt.asIntN(64, value as bigint); // it refuses what is no BigInt
  return trunc(Number(value)) || 0;
}

/** The bits of a number as the array keeps them, whatever its size: writing cuts them. */
function bits(value: number | bigint): bigint {
  return typeof value === 'bigint' ? value : Number.isFinite(value) ? BigInt(value) : 0n;
}

function changing(change: Change): (array: unknown, index: unknown, value: unknown) => unknown {
  return (array, index, value) => {
    const kind = kindOfCells(array);
    const at = checkedIndex(array, index);
    const given = converted(kind, value);
    const cells = array as Cells; // kindOfCells looked
    const old = cells[at] ?? 0;
    write(cells, kind, at, change(bits(old), bits(given)));
    return old;
  };
}

function write(cells: Cells, kind: string, at: number, value: bigint): void {
  cells[at] = isBig(kind) ? BigInt.asIntN(64, value) : Number(BigInt.asIntN(32, value));
}

function compareExchange(array: unknown, index: unknown, expected: unknown, replacement: unknown): unknown {
  const kind = kindOfCells(array);
  const at = checkedIndex(array, index);
  const [wanted, next] = [converted(kind, expected), converted(kind, replacement)];
  const cells = array as Cells;
  const old = cells[at] ?? 0;
  write(cells, kind, at, bits(wanted));
  if (cells[at] === old) write(cells, kind, at, bits(next));
  else cells[at] = old;
  return old;
}

const methods = {
  load(array: unknown, index: unknown): unknown {
    kindOfCells(array);
    return (array as Cells)[checkedIndex(array, index)];
  },
  store(array: unknown, index: unknown, value: unknown): unknown {
    const kind = kindOfCells(array);
    const at = checkedIndex(array, index);
    const given = converted(kind, value);
    write(array as Cells, kind, at, bits(given));
    return given;
  },
  add: changing((old, value) => old + value),
  sub: changing((old, value) => old - value),
  and: changing((old, value) => old & value),
  or: changing((old, value) => old | value),
  xor: changing((old, value) => old ^ value),
  exchange: changing((_, value) => value),
  compareExchange,
  isLockFree(size: unknown): boolean {
    const bytes = trunc(Number(size));
    return bytes === 1 || bytes === 2 || bytes === 4 || bytes === 8;
  },
  wait(array: unknown, index: unknown, value: unknown, timeout?: unknown): 'ok' | 'not-equal' | 'timed-out' {
    const place = waitingPlace(array, index, value, timeout);
    if (!place.isEqual) return 'not-equal';
    return waitHere(place.cell, place.timeout);
  },
  waitAsync(array: unknown, index: unknown, value: unknown, timeout?: unknown): object {
    const place = waitingPlace(array, index, value, timeout);
    if (!place.isEqual) return { async: false, value: 'not-equal' };
    if (place.timeout === 0) return { async: false, value: 'timed-out' };
    return { async: true, value: waitLater(place.cell, place.timeout) };
  },
  notify(array: unknown, index: unknown, given?: unknown): number {
    const { buffer, byte } = cellIn(array, index);
    const count = given === undefined ? Infinity : Math.max(trunc(Number(given)) || 0, 0);
    return buffer === undefined ? 0 : notifyAt(cellOf(buffer, byte), count); // nobody waits for memory of one agent
  },
};

/** §25.4.3.3, steps that wait and notify share; undefined: the memory is not shared. */
function cellIn(
  array: unknown,
  index: unknown,
): { readonly buffer: SharedArrayBuffer | undefined; readonly byte: number; readonly at: number } {
  const kind: unknown = isObject(array) && kindOf ? apply(kindOf, array, []) : undefined;
  if (kind !== 'Int32Array' && kind !== 'BigInt64Array')
    throw new NativeTypeError(
      `[object ${typeof kind === 'string' ? kind : 'Array'}] is not an int32 or BigInt64 typed array.`,
    );
  catchUp();
  const view = array as Int32Array; // or its bigger sister: the kind says so
  const at = checkedIndex(array, index);
  const { buffer, byteOffset, BYTES_PER_ELEMENT: size } = view;
  const isShared = types['isSharedArrayBuffer']?.(buffer) === true;
  // The brand has just been asked for; the types do not follow it.
  return { buffer: isShared ? (buffer as unknown as SharedArrayBuffer) : undefined, byte: byteOffset + at * size, at };
}

function waitingPlace(
  array: unknown,
  index: unknown,
  value: unknown,
  timeout: unknown,
): { readonly isEqual: boolean; readonly cell: ReturnType<typeof cellOf>; readonly timeout: number } {
  const { buffer, byte, at } = cellIn(array, index);
  if (buffer === undefined) {
    const kind: unknown = kindOf ? apply(kindOf, array as object, []) : '';
    throw new NativeTypeError(`[object ${String(kind)}] is not a shared typed array.`);
  }
  const wanted = converted(kindOfCells(array), value);
  const given = timeout === undefined ? Infinity : Number(timeout);
  const ms = Number.isNaN(given) ? Infinity : Math.max(given, 0);
  const now = (array as Cells)[at];
  const isEqual = typeof wanted === 'bigint' ? now === wanted : now === Number(BigInt.asIntN(32, BigInt(wanted)));
  return { isEqual, cell: cellOf(buffer, byte), timeout: ms };
}

const lengths: Readonly<Record<string, number>> = { load: 2, compareExchange: 4, isLockFree: 1, wait: 4, waitAsync: 4 };

export function installAtomics(): void {
  const atomics = {};
  for (const name of Object.keys(methods) as (keyof typeof methods)[])
    hide(atomics, name, named(methods[name], name, lengths[name] ?? 3));
  defineProperty(atomics, symbolToStringTag, { value: 'Atomics', configurable: true });
  hide(globalThis, 'Atomics', atomics);
}
