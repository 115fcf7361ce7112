/** Why this file exists: `Buffer`: how one is made. Node 20: lib/buffer.js. */
import { checkInteger, checkNumber, codedError, invalidType, outOfRange, received } from '../../node-errors';
import { types } from '../../modules/util/types';
import {
  NativeTypeError,
  defineProperty,
  get,
  hide,
  isCallable,
  isObject,
  named,
  setPrototypeOf,
  type Callable,
} from '../../primordials';
import { byteLength, encodingOf, writeText, type Encoding } from './encodings';
import { unknownEncoding } from './search';
import { warnings } from '../../modules/events/warnings';

export const maxLength = 2 ** 32;
export const maxStringLength = 2 ** 29 - 24;

/** What a Buffer is: bytes with methods of its own. */
export class FastBuffer extends Uint8Array {}

export type NodeBuffer = FastBuffer;

/** Small buffers share one piece of memory, as in Node: their `buffer` is larger than they are. */
const pool = { size: 8 * 1024, memory: new ArrayBuffer(8 * 1024), used: 0 };

function fromPool(size: number): NodeBuffer {
  if (size === 0) return new FastBuffer();
  const { poolSize } = Buffer as unknown as { poolSize: number };
  if (size >= poolSize >>> 1) return new FastBuffer(size);
  if (size > pool.size - pool.used) {
    pool.size = poolSize;
    pool.memory = new ArrayBuffer(poolSize);
    pool.used = 0;
  }
  const made = new FastBuffer(pool.memory, pool.used, size);
  pool.used = (pool.used + size + 7) & ~7;
  return made;
}

function checkSize(size: unknown): number {
  checkNumber(size, 'size');
  const given = size as number; // just checked
  if (!(given >= 0 && given <= maxLength)) throw outOfRange('size', `>= 0 && <= ${maxLength}`, size);
  return given;
}

/** Node's view of an encoding that is given as an argument. */
export function wantedEncoding(name: unknown): Encoding {
  const known = typeof name === 'string' || name === undefined || name === null ? encodingOf(name) : undefined;
  if (known === undefined) throw unknownEncoding(name);
  return known;
}

/** A text as bytes. */
export function bytesOfText(text: string, encoding: Encoding): NodeBuffer {
  const made = fromPool(byteLength(text, encoding));
  const size = writeText(text, encoding, made, 0, made.length);
  return size === made.length ? made : new FastBuffer(made.buffer, made.byteOffset, size);
}

/** A string that names no encoding counts as one that says nothing. */
function fromText(text: string, encoding: unknown): NodeBuffer {
  if (typeof encoding !== 'string' || encoding.length === 0) return text === '' ? new FastBuffer() : bytesOfText(text, 'utf8');
  return bytesOfText(text, wantedEncoding(encoding));
}

function fromMemory(memory: ArrayBuffer, given: unknown, length: unknown): NodeBuffer {
  let offset = 0;
  if (given !== undefined) {
    offset = Number(given);
    if (Number.isNaN(offset)) offset = 0;
  }
  const most = memory.byteLength - offset;
  if (most < 0) throw outOfBounds('offset');
  if (length === undefined) return new FastBuffer(memory, offset, most);
  const wanted = Number(length);
  if (!(wanted > 0)) return new FastBuffer(memory, offset, 0);
  if (wanted > most) throw outOfBounds('length');
  return new FastBuffer(memory, offset, wanted);
}

function outOfBounds(name: string): Error {
  return codedError(RangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', `"${name}" is outside of buffer bounds`);
}

/** A copy of anything that has a length and elements. */
function fromList(list: ArrayLike<unknown>): NodeBuffer {
  if (!(list.length > 0)) return new FastBuffer();
  const made = fromPool(Math.trunc(list.length));
  made.set(list as ArrayLike<number>, 0); // the engine makes numbers of them
  return made;
}

function fromObject(value: object): NodeBuffer | undefined {
  const length: unknown = get(value, 'length');
  if (length !== undefined || types['isAnyArrayBuffer']?.(get(value, 'buffer'))) {
    if (typeof length !== 'number') return new FastBuffer();
    return fromList(value as ArrayLike<unknown>); // so it is
  }
  if (get(value, 'type') !== 'Buffer' || !Array.isArray(get(value, 'data'))) return undefined;
  return fromList(get(value, 'data') as unknown[]); // just checked
}

const expected =
  'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object.';

function wrongSource(value: unknown): Error {
  const what = `The first argument must be ${expected} Received ${received(value)}`;
  return codedError(NativeTypeError, 'ERR_INVALID_ARG_TYPE', what);
}

function from(value: unknown, encodingOrOffset?: unknown, length?: unknown): NodeBuffer {
  if (typeof value === 'string') return fromText(value, encodingOrOffset);
  if (typeof value !== 'object' || value === null) throw wrongSource(value);
  if (types['isAnyArrayBuffer']?.(value) === true) return fromMemory(value as ArrayBuffer, encodingOrOffset, length);
  const valueOf: unknown = get(value, 'valueOf');
  const inner: unknown = isCallable(valueOf) ? (valueOf).call(value) : undefined;
  if (inner !== null && inner !== undefined && inner !== value && (typeof inner === 'string' || typeof inner === 'object'))
    return from(inner, encodingOrOffset, length);
  const made = fromObject(value);
  if (made !== undefined) return made;
  const toPrimitive: unknown = get(value, Symbol.toPrimitive);
  if (isCallable(toPrimitive)) {
    const primitive: unknown = (toPrimitive as (hint: string) => unknown).call(value, 'string');
    if (typeof primitive === 'string') return fromText(primitive, encodingOrOffset);
  }
  throw wrongSource(value);
}

function alloc(size: unknown, fill?: unknown, encoding?: unknown): NodeBuffer {
  const length = checkSize(size);
  const made = new FastBuffer(length);
  if (fill === undefined || fill === 0 || length === 0) return made;
  return (made as unknown as Filled).fill(fill, typeof encoding === 'string' ? encoding : undefined);
}

interface Filled {
  fill(value: unknown, encoding?: unknown): NodeBuffer;
}

function checkBytes(value: unknown, name: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalidType(name, 'an instance of Buffer or Uint8Array', value);
  return value;
}

/** Which comes first, byte by byte. */
export function compared(a: Uint8Array, b: Uint8Array): -1 | 0 | 1 {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const [one, other] = [a[i] ?? 0, b[i] ?? 0];
    if (one !== other) return one < other ? -1 : 1;
  }
  return a.length === b.length ? 0 : a.length < b.length ? -1 : 1;
}

function concat(list: unknown, length?: unknown): NodeBuffer {
  if (!Array.isArray(list)) throw invalidType('list', 'an instance of Array', list);
  if (list.length === 0) return new FastBuffer();
  const pieces: readonly unknown[] = list;
  let total = 0;
  if (length === undefined) for (const each of pieces) total += Number((each as { length?: unknown }).length) || 0;
  else {
    checkInteger(length, 'length', 0, maxLength);
    total = length as number; // just checked
  }
  const made = fromPool(total);
  let at = 0;
  for (const [i, each] of pieces.entries()) {
    const bytes = checkBytes(each, `list[${i}]`);
    made.set(bytes.subarray(0, Math.max(total - at, 0)), Math.min(at, total));
    at += bytes.length;
  }
  if (at < total) made.fill(0, at, total);
  return made;
}

function lengthOf(value: unknown, encoding?: unknown): number {
  if (typeof value === 'string') return byteLength(value, encodingOf(encoding) ?? 'utf8');
  if (ArrayBuffer.isView(value) || types['isAnyArrayBuffer']?.(value) === true)
    return (value as ArrayBuffer).byteLength;
  throw invalidType('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
}

function copyBytesFrom(view: unknown, offset?: unknown, length?: unknown): NodeBuffer {
  if (types['isTypedArray']?.(view) !== true) throw invalidType('view', 'an instance of TypedArray', view);
  const source = view as Uint8Array; // or another kind, which has the same methods
  if (source.length === 0) return new FastBuffer();
  let [start, end] = [0, source.length];
  if (offset !== undefined) {
    checkInteger(offset, 'offset', 0);
    start = offset as number; // just checked
    if (start >= source.length) return new FastBuffer();
  }
  if (length !== undefined) {
    checkInteger(length, 'length', 0);
    end = start + (length as number); // just checked
  }
  const part = source.slice(start, end);
  return fromList(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
}

let hasWarned = false;

/** Calling `Buffer` itself is an old way to make one; Node warns of it, but for code in a node_modules folder. */
function warnOnce(): void {
  if (hasWarned) return;
  hasWarned = true;
  const text =
    'Buffer() is deprecated due to security and usability issues. Please use the Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.';
  warnings.emit(Object.assign(new Error(text), { name: 'DeprecationWarning', code: 'DEP0005' }));
}

export const Buffer = function Buffer(value: unknown, encodingOrOffset?: unknown, length?: unknown): NodeBuffer {
  warnOnce();
  if (typeof value !== 'number') return from(value, encodingOrOffset, length);
  if (typeof encodingOrOffset === 'string') throw invalidType('string', 'of type string', value);
  return alloc(value);
} as unknown as BufferConstructor; // its members follow

defineProperty(Buffer, 'prototype', { value: FastBuffer.prototype });
hide(FastBuffer.prototype, 'constructor', Buffer);
setPrototypeOf(Buffer, Uint8Array);
named(Buffer, 'Buffer', 3);

function own(key: string, value: unknown, length: number): void {
  const method = named({ call: value as Callable }.call, key, length);
  defineProperty(Buffer, key, { value: method, writable: true, enumerable: true, configurable: true });
}

defineProperty(Buffer, 'poolSize', { value: 8 * 1024, writable: true, enumerable: true, configurable: true });
own('from', from, 3);
own('copyBytesFrom', copyBytesFrom, 3);
own('of', (...items: number[]) => {
  const made = fromPool(items.length);
  for (const [i, item] of items.entries()) made[i] = item;
  return made;
}, 0);
own('alloc', alloc, 3);
own('allocUnsafe', (size: unknown) => fromPool(checkSize(size)), 1);
own('allocUnsafeSlow', (size: unknown) => new FastBuffer(checkSize(size)), 1);
own('isBuffer', isBuffer, 1);
own('compare', (a: unknown, b: unknown) => compared(checkBytes(a, 'buf1'), checkBytes(b, 'buf2')), 2);
own('isEncoding', (name: unknown) => typeof name === 'string' && name.length > 0 && encodingOf(name) !== undefined, 1);
own('concat', concat, 2);
own('byteLength', lengthOf, 2);
defineProperty(Buffer, Symbol.species, { get: () => FastBuffer, enumerable: false, configurable: true });

defineProperty(Buffer, Symbol('kIsEncodingSymbol'), {
  value: Buffer.isEncoding,
  writable: true,
  enumerable: true,
  configurable: true,
});

export function isBuffer(value: unknown): value is NodeBuffer {
  return isObject(value) && value instanceof FastBuffer;
}
