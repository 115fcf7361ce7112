/**
 * Why this file exists: `Atomics`, ECMA-262 §25.4, which the engine lacks. One agent runs, so every operation is atomic
 * as it is. To wait needs another agent that wakes: that ends the run.
 */
import { endNow } from './ending';
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
import { here } from './recorder';

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
  wait(): never {
    return endNow({ kind: 'unsupported', message: 'Atomics.wait is not modelled yet', site: here() });
  },
  /** Nobody waits. */
  notify(array: unknown, index: unknown): number {
    const kind = kindOfCells(array);
    if (kind !== 'Int32Array' && kind !== 'BigInt64Array')
      throw new NativeTypeError('[object Array] is not an int32 or BigInt64 typed array.');
    checkedIndex(array, index);
    return 0;
  },
};

const lengths: Readonly<Record<string, number>> = { load: 2, compareExchange: 4, isLockFree: 1, wait: 4 };

export function installAtomics(): void {
  const atomics = {};
  for (const name of Object.keys(methods) as (keyof typeof methods)[])
    hide(atomics, name, named(methods[name], name, lengths[name] ?? 3));
  defineProperty(atomics, symbolToStringTag, { value: 'Atomics', configurable: true });
  hide(globalThis, 'Atomics', atomics);
}
