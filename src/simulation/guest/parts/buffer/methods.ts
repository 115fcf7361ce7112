/** Why this file exists: the methods of a Buffer but for numbers. Node 20: lib/buffer.js. */
import { checkInteger, checkNumber, checkString, codedError, invalidType, outOfRange, nativeCoded } from '../../node-errors';
import { inspect } from '../../inspect';
import { NativeRangeError, NativeTypeError, defineProperty, get, hide, isObject, named, toText } from '../../primordials';
import { inspectCustom } from '../../modules/events/event';
import { Buffer, FastBuffer, bytesOfText, compared, isBuffer, wantedEncoding, type NodeBuffer } from './buffer';
import { encodingOf, writeText, type Encoding } from './encodings';
import { textOf } from './texts';
import { addNumbers } from './numbers';
import { indexOf, unknownEncoding } from './search';

const prototype: object = FastBuffer.prototype;
const inspectLimit = { bytes: 50 };

export const inspectMaxBytes: PropertyDescriptor = {
  get: () => inspectLimit.bytes,
  set: (value: unknown) => {
    checkNumber(value, 'INSPECT_MAX_BYTES', 0);
    inspectLimit.bytes = value as number; // just checked
  },
  enumerable: true,
  configurable: true,
};

function method(name: string, f: (this: NodeBuffer, ...args: never[]) => unknown, length: number, inner = name): void {
  const made = {
    call(this: NodeBuffer, ...args: never[]): unknown {
      return f.apply(this, args);
    },
  }.call;
  const value = named(made, inner, length);
  defineProperty(prototype, name, { value, writable: true, enumerable: true, configurable: true });
}

/** A place of a slice: whole, and inside the bytes. */
function clamped(value: unknown, length: number, otherwise: number): number {
  if (value === undefined) return otherwise;
  const whole = Math.trunc(Number(value)) || 0;
  return whole < 0 ? Math.max(whole + length, 0) : Math.min(whole, length);
}

function text(this: NodeBuffer, encoding?: unknown, start?: unknown, end?: unknown): string {
  const { length } = this;
  const from = start === undefined ? 0 : Math.trunc(Number(start)) || 0;
  if (start !== undefined && from >= length) return '';
  const to = end === undefined ? length : Math.min(Math.trunc(Number(end)) || 0, length);
  if (to <= from) return '';
  if (encoding === undefined) return textOf(this, 'utf8', Math.max(from, 0), to);
  const known = encoding === '' ? undefined : encodingOf(toText(encoding));
  if (known === undefined) throw unknownEncoding(encoding);
  return textOf(this, known, Math.max(from, 0), to);
}

function copy(this: NodeBuffer, target: unknown, ...places: unknown[]): number {
  const [targetStart, sourceStart, sourceEnd] = places;
  if (!(target instanceof Uint8Array)) throw invalidType('target', 'an instance of Buffer or Uint8Array', target);
  const at = place(targetStart, 0, 'targetStart');
  const from = place(sourceStart, 0, 'sourceStart');
  if (from > this.length) throw outOfRange('sourceStart', `>= 0 && <= ${this.length}`, sourceStart);
  const to = place(sourceEnd, this.length, 'sourceEnd');
  if (at >= target.length || from >= to) return 0;
  const part = plain(this).subarray(from, Math.min(to, from + target.length - at));
  target.set(part, at);
  return part.length;
}

function place(value: unknown, otherwise: number, name: string): number {
  if (value === undefined) return otherwise;
  const whole = Math.trunc(Number(value)) || 0;
  if (whole < 0) throw outOfRange(name, '>= 0', value);
  return whole;
}

function checkTarget(value: unknown, name: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw invalidType(name, 'an instance of Buffer or Uint8Array', value);
  return value;
}

/** Optional places of `compare`, each within its bytes. */
function within(value: unknown, name: string, otherwise: number, most = Number.MAX_SAFE_INTEGER): number {
  if (value === undefined) return otherwise;
  checkInteger(value, name, 0, most);
  return value as number; // just checked
}

function compare(this: NodeBuffer, target: unknown, ...places: unknown[]): number {
  const other = checkTarget(target, 'target');
  const targetStart = within(places[0], 'targetStart', 0);
  const targetEnd = within(places[1], 'targetEnd', other.length, other.length);
  const start = within(places[2], 'sourceStart', 0);
  const end = within(places[3], 'sourceEnd', this.length, this.length);
  if (start >= end) return targetStart >= targetEnd ? 0 : -1;
  if (targetStart >= targetEnd) return 1;
  return compared(plain(this).subarray(start, end), other.subarray(targetStart, targetEnd));
}

function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** Arguments of `fill` and `write` may be left out in the middle. */
function fill(this: NodeBuffer, value: unknown, ...given: unknown[]): NodeBuffer {
  let [offset, end, encoding] = given;
  if (typeof value === 'string') {
    if (offset === undefined || typeof offset === 'string') [encoding, offset, end] = [offset, undefined, undefined];
    else if (typeof end === 'string') [encoding, end] = [end, undefined];
    if (encoding !== undefined) checkString(encoding, 'encoding');
  }
  const known = typeof value === 'string' ? wantedEncoding(encoding) : 'utf8';
  if (offset !== undefined) checkNumber(offset, 'offset');
  const start = within(offset, 'offset', 0);
  const stop = within(end, 'end', this.length, this.length);
  if (start >= stop) return this;
  const bytes = fillBytes(value, known);
  if (bytes.length === 1) plain(this).fill(bytes[0] ?? 0, start, stop);
  else for (let i = start; i < stop; i++) this[i] = bytes[(i - start) % bytes.length] ?? 0;
  return this;
}

function fillBytes(value: unknown, encoding: Encoding): ArrayLike<number> {
  if (typeof value === 'number' || typeof value === 'boolean') return [Number(value) & 255];
  if (typeof value !== 'string' && !(value instanceof Uint8Array)) return [Number(value) & 255];
  if (value === '') return [0];
  const bytes = typeof value === 'string' ? bytesOfText(value, encoding) : value;
  if (bytes.length > 0) return bytes;
  const message = `The argument 'value' is invalid. Received ${inspect(value)}`;
  throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', message);
}

function write(this: NodeBuffer, value: unknown, ...given: unknown[]): number {
  const [first, second, third] = given;
  if (typeof value !== 'string') throw nativeCoded(NativeTypeError, 'ERR_INVALID_ARG_TYPE', 'argument must be a string');
  if (first === undefined) return writeText(value, wantedEncoding(undefined), this, 0, this.length);
  if (second === undefined && typeof first === 'string')
    return writeText(value, wantedEncoding(first), this, 0, this.length);
  checkInteger(first, 'offset', 0, this.length);
  const start = first as number; // just checked
  const left = this.length - start;
  if (second === undefined) return writeText(value, 'utf8', this, start, this.length);
  if (typeof second === 'string') return writeText(value, wantedEncoding(second), this, start, this.length);
  checkInteger(second, 'length', 0, this.length);
  return writeText(value, wantedEncoding(third), this, start, start + Math.min(second as number, left)); // just checked
}

function swap(name: string, size: number): void {
  method(name, function () {
    if (this.length % size !== 0)
      throw codedError(NativeRangeError, 'ERR_INVALID_BUFFER_SIZE', `Buffer size must be a multiple of ${size * 8}-bits`);
    for (let at = 0; at < this.length; at += size) plain(this).subarray(at, at + size).reverse();
    return this;
  }, 0);
}

/** What `console.log` shows: the bytes, at most fifty, and what else the program put there. */
function shown(this: NodeBuffer, _depth: unknown, options: { readonly compact?: unknown } | undefined): string {
  const most = Math.min(inspectLimit.bytes, this.length);
  let words = textOf(this, 'hex', 0, most).replace(/(.{2})/g, '$1 ').trim();
  const left = this.length - inspectLimit.bytes;
  if (left > 0) words += ` ... ${left} more byte${left > 1 ? 's' : ''}`;
  const extras = options === undefined ? [] : Object.keys(this).filter((key) => !/^\d+$/.test(key));
  if (extras.length > 0) {
    if (this.length !== 0) words += ', ';
    const more: Record<string, unknown> = {};
    for (const key of extras) more[key] = get(this, key);
    hide(more, Symbol.toStringTag, undefined);
    Object.setPrototypeOf(more, null);
    words += inspect(more, { ...options, breakLength: Infinity, compact: true }).slice(27, -2);
  }
  const maker: unknown = get(this, 'constructor');
  return `<${isObject(maker) ? String(get(maker, 'name')) : 'Buffer'} ${words}>`;
}

const sliced: readonly (readonly [string, Encoding])[] = [
  ['ascii', 'ascii'],
  ['base64', 'base64'],
  ['base64url', 'base64url'],
  ['latin1', 'latin1'],
  ['hex', 'hex'],
  ['ucs2', 'utf16le'],
  ['utf8', 'utf8'],
];

function addSlices(): void {
  for (const [name, encoding] of sliced) {
    method(`${name}Slice`, function (start?: unknown, end?: unknown) {
      const from = start === undefined ? 0 : Math.trunc(Number(start)) || 0;
      const to = end === undefined ? this.length : Math.trunc(Number(end)) || 0;
      if (from > this.length || from < 0) throw codedError(NativeRangeError, 'ERR_OUT_OF_RANGE', 'Index out of range');
      return textOf(this, encoding, from, Math.max(Math.min(to, this.length), from));
    }, 0);
  }
  for (const [name, encoding] of sliced) {
    method(`${name}Write`, function (value: unknown, offset: unknown = 0, length?: unknown) {
      if (typeof value !== 'string') throw new NativeTypeError('argument must be a string');
      const start = Number(offset);
      if (start > this.length)
        throw codedError(NativeRangeError, 'ERR_BUFFER_OUT_OF_BOUNDS', '"offset" is outside of buffer bounds');
      const most = length === undefined ? this.length - start : Math.min(Number(length), this.length - start);
      return writeText(value, encoding, this, start, start + most);
    }, 0);
  }
}

function slice(this: NodeBuffer, start?: unknown, end?: unknown): NodeBuffer {
  const from = clamped(start, this.length, 0);
  const to = clamped(end, this.length, this.length);
  return new FastBuffer(this.buffer, this.byteOffset + from, Math.max(to - from, 0));
}

function addGetter(name: string, read: (buffer: NodeBuffer) => unknown): void {
  const getter = {
    call(this: unknown): unknown {
      return isBuffer(this) ? read(this) : undefined;
    },
  }.call;
  defineProperty(prototype, name, { get: named(getter, 'get'), enumerable: true, configurable: false });
}

addNumbers(prototype);
for (const key of Reflect.ownKeys(prototype)) if (key !== 'constructor') defineProperty(prototype, key, { enumerable: true });
addSlices();
addGetter('parent', (buffer) => buffer.buffer);
addGetter('offset', (buffer) => buffer.byteOffset);
method('copy', copy, 4);
method('toString', text, 3);
method('equals', function (other: unknown) {
  const bytes = checkTarget(other, 'otherBuffer');
  return compared(plain(this), bytes) === 0;
}, 1);
method('inspect', shown, 2);
method('compare', compare, 5);
method('indexOf', function (value: unknown, offset?: unknown, encoding?: unknown) {
  return indexOf(plain(this), value, offset, encoding, true);
}, 3);
method('lastIndexOf', function (value: unknown, offset?: unknown, encoding?: unknown) {
  return indexOf(plain(this), value, offset, encoding, false);
}, 3);
method('includes', function (value: unknown, offset?: unknown, encoding?: unknown) {
  return indexOf(plain(this), value, offset, encoding, true) !== -1;
}, 3);
method('fill', fill, 4);
method('write', write, 4);
method('toJSON', function () {
  return { type: 'Buffer', data: [...plain(this)] };
}, 0);
method('subarray', slice, 2);
method('slice', slice, 2);
swap('swap16', 2);
swap('swap32', 4);
swap('swap64', 8);
hide(prototype, 'toLocaleString', get(prototype, 'toString'));
defineProperty(prototype, 'toLocaleString', { enumerable: true });
defineProperty(prototype, inspectCustom, {
  value: get(prototype, 'inspect'),
  writable: true,
  enumerable: true,
  configurable: true,
});
export { Buffer };
