/** Why this file exists: numbers in a Buffer: `readInt32LE`, `writeDoubleBE`, … Node 20: lib/internal/buffer.js. */
import { checkNumber, codedError, invalidType, outOfRange } from '../../node-errors';
import { NativeRangeError, get, hide, named } from '../../primordials';

type Place = 'LE' | 'BE';

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Node: boundsError. */
function outside(value: number, length: number, name = 'offset'): Error {
  if (Math.floor(value) !== value) return outOfRange(name, 'an integer', value);
  if (length < 0)
    return codedError(NativeRangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', 'Attempt to access memory outside buffer bounds');
  return outOfRange(name, `>= ${name === 'offset' ? 0 : 1} and <= ${length}`, value);
}

/** The offset, when all bytes are there. */
function checkedPlace(bytes: Uint8Array, offset: unknown, size: number): number {
  checkNumber(offset, 'offset');
  const at = offset as number; // just checked
  if (!(at >= 0 && at + size <= bytes.length) || Math.floor(at) !== at) throw outside(at, bytes.length - size);
  return at;
}

type Reader = (this: Uint8Array, offset?: unknown) => number | bigint;
type Writer = (this: Uint8Array, value?: unknown, offset?: unknown) => number;

/** What a DataView calls a kind of number, how many bytes it has, and its names in a Buffer. */
interface Kind {
  readonly view: 'Int8' | 'Int16' | 'Int32' | 'Uint8' | 'Uint16' | 'Uint32' | 'BigInt64' | 'BigUint64' | 'Float32' | 'Float64';
  readonly size: number;
}

function reader({ view, size }: Kind, place: Place): Reader {
  return function (offset = 0) {
    const at = checkedPlace(this, offset, size);
    return viewOf(this)[`get${view}`](at, place === 'LE');
  };
}

/** Node: checkInt; the words for numbers of more than three bytes are powers of two. */
function checkRange(value: number | bigint, min: number | bigint, max: number | bigint, size: number): void {
  if (value >= min && value <= max) return;
  if (typeof value === 'number' && Number.isNaN(value)) return; // it is written as nought
  const n = typeof min === 'bigint' ? 'n' : '';
  if (size <= 4) throw outOfRange('value', `>= ${min}${n} and <= ${max}${n}`, value);
  const bits = size * 8;
  const range =
    Number(min) === 0
      ? `>= 0${n} and < 2${n} ** ${bits}${n}`
      : `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`;
  throw outOfRange('value', range, value);
}

function limits(size: number, isSigned: boolean): readonly [number, number] {
  return isSigned ? [-(2 ** (8 * size - 1)), 2 ** (8 * size - 1) - 1] : [0, 2 ** (8 * size) - 1];
}

function integerWriter({ view, size }: Kind, place: Place): Writer {
  const [min, max] = limits(size, view.startsWith('Int'));
  const set = `set${view}` as 'setInt32'; // the others take the same
  return function (given, offset = 0) {
    const value = Number(given);
    checkNumber(offset, 'offset');
    checkRange(value, min, max, size);
    const at = checkedPlace(this, offset, size);
    viewOf(this)[set](at, value, place === 'LE');
    return at + size;
  };
}

function bigWriter({ view, size }: Kind, place: Place): Writer {
  const isSigned = view === 'BigInt64';
  const set = `set${view}` as 'setBigInt64'; // the other takes the same
  return function (value, offset = 0) {
    const [min, max] = isSigned ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
    const big = value as bigint; // the engine refuses to compare and to store others, as V8 does
    if (typeof value !== 'bigint') throw new TypeError('Cannot mix BigInt and other types, use explicit conversions');
    checkRange(big, min, max, size);
    const at = checkedPlace(this, offset, size);
    viewOf(this)[set](at, big, place === 'LE');
    return at + size;
  };
}

function floatWriter({ view, size }: Kind, place: Place): Writer {
  const set = `set${view}` as 'setFloat64'; // the other takes the same
  return function (value, offset = 0) {
    const number = Number(value);
    const at = checkedPlace(this, offset, size);
    viewOf(this)[set](at, number, place === 'LE');
    return at + size;
  };
}

function checkSize(size: unknown): number {
  if (size === undefined) throw invalidType('byteLength', 'of type number', size);
  checkNumber(size, 'byteLength');
  const bytes = size as number; // just checked
  if (!(bytes >= 1 && bytes <= 6 && Math.floor(bytes) === bytes)) throw outside(bytes, 6, 'byteLength');
  return bytes;
}

/** Numbers of one to six bytes. */
function sizedReader(isSigned: boolean, place: Place): (this: Uint8Array, offset: unknown, size: unknown) => number {
  return function (offset, size) {
    if (offset === undefined) throw invalidType('offset', 'of type number', offset);
    const count = checkSize(size);
    const at = checkedPlace(this, offset, count);
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 256 + (this[place === 'BE' ? at + i : at + count - 1 - i] ?? 0);
    return isSigned && value >= 2 ** (8 * count - 1) ? value - 2 ** (8 * count) : value;
  };
}

function sizedWriter(
  isSigned: boolean,
  place: Place,
): (this: Uint8Array, value: unknown, offset: unknown, size: unknown) => number {
  return function (given, offset, size) {
    const count = checkSize(size);
    const value = Number(given);
    if (offset === undefined) throw invalidType('offset', 'of type number', offset);
    checkNumber(offset, 'offset');
    checkRange(value, ...limits(count, isSigned), count);
    const at = checkedPlace(this, offset, count);
    let left = Math.trunc(value) || 0;
    if (left < 0) left += 2 ** (8 * count);
    for (let i = 0; i < count; i++) {
      this[place === 'LE' ? at + i : at + count - 1 - i] = left % 256;
      left = Math.floor(left / 256);
    }
    return at + count;
  };
}

const places = ['LE', 'BE'] as const;
const verbs = ['read', 'write'] as const;

/** In Node's order, which those see who list them. */
export function addNumbers(prototype: object): void {
  for (const verb of verbs) addBig(prototype, verb);
  for (const verb of verbs) {
    addWhole(prototype, verb, 'UInt');
    alias(prototype, verb, 'UInt', 'Uint');
    addWhole(prototype, verb, 'Int');
  }
  for (const verb of verbs) addFloats(prototype, verb);
}

/** The same functions under the other spelling. */
function alias(prototype: object, verb: string, word: string, spelled: string): void {
  for (const key of Reflect.ownKeys(prototype)) {
    const name = String(key);
    if (!name.startsWith(`${verb}${word}`)) continue;
    hide(prototype, `${verb}${spelled}${name.slice(verb.length + word.length)}`, get(prototype, key));
  }
}

function addBig(prototype: object, verb: 'read' | 'write'): void {
  for (const [word, view] of [['BigUInt64', 'BigUint64'], ['BigInt64', 'BigInt64']] as const) {
    for (const place of places) {
      const kind = { view, size: 8 };
      const method = verb === 'read' ? reader(kind, place) : bigWriter(kind, place);
      hide(prototype, `${verb}${word}${place}`, named(method, `${verb}${word}${place}`, verb === 'read' ? 0 : 1));
    }
    if (word === 'BigUInt64') alias(prototype, verb, word, 'BigUint64');
  }
}

/** `Int`, `Int32`, `Int16` and `Int8`, little end first, then the other. */
function addWhole(prototype: object, verb: 'read' | 'write', word: 'UInt' | 'Int'): void {
  const isSigned = word === 'Int';
  for (const place of places) {
    const sized = verb === 'read' ? sizedReader(isSigned, place) : sizedWriter(isSigned, place);
    hide(prototype, `${verb}${word}${place}`, named(sized, `${verb}${word}${place}`, verb === 'read' ? 2 : 3));
    for (const size of [4, 2, 1] as const) {
      if (size === 1 && place === 'BE') continue;
      const bits = (8 * size) as 8 | 16 | 32; // of these sizes
      const kind: Kind = { view: `${isSigned ? 'Int' : 'Uint'}${bits}`, size };
      const method = verb === 'read' ? reader(kind, place) : integerWriter(kind, place);
      const name = `${verb}${word}${size === 1 ? '8' : `${bits}${place}`}`;
      hide(prototype, name, named(method, name, verb === 'read' ? 0 : 1));
    }
  }
}

function addFloats(prototype: object, verb: 'read' | 'write'): void {
  for (const [word, view, size] of [['Float', 'Float32', 4], ['Double', 'Float64', 8]] as const) {
    for (const place of places) {
      const kind = { view, size };
      const method = verb === 'read' ? reader(kind, place) : floatWriter(kind, place);
      const inner = place === 'LE' ? 'Forwards' : 'Backwards'; // Node's names on a machine with the little end first
      hide(prototype, `${verb}${word}${place}`, named(method, `${verb}${word}${inner}`, verb === 'read' ? 0 : 1));
    }
  }
}
