/**
 * Why this file exists: looking for bytes in a Buffer. Node 20: lib/buffer.js (bidirectionalIndexOf),
 * src/node_buffer.cc.
 */
import { codedError, invalidType } from '../../node-errors';
import { NativeTypeError } from '../../primordials';
import { byteLength, encodingOf, writeText } from './encodings';

export function unknownEncoding(name: unknown): Error {
  return codedError(NativeTypeError, 'ERR_UNKNOWN_ENCODING', `Unknown encoding: ${String(name)}`);
}

function bytesOf(text: string, encoding: unknown): { readonly bytes: Uint8Array; readonly step: number } {
  const known = encodingOf(encoding);
  if (known === undefined) throw unknownEncoding(encoding);
  const room = new Uint8Array(byteLength(text, known));
  const size = writeText(text, known, room, 0, room.length);
  return { bytes: room.subarray(0, size), step: known === 'utf16le' ? 2 : 1 };
}

/** The place of a text, bytes or one byte at or after (or before) an offset; -1 where there is none. */
export function indexOf(
  bytes: Uint8Array,
  value: unknown,
  given: unknown,
  encodingName: unknown,
  isForwards: boolean,
): number {
  let offset: unknown = given;
  let encoding = encodingName;
  if (typeof offset === 'string') [encoding, offset] = [offset, undefined];
  let from = Number(offset === undefined ? Number.NaN : offset);
  if (from > 0x7fffffff) from = 0x7fffffff;
  else if (from < -0x80000000) from = -0x80000000;
  if (Number.isNaN(from)) from = isForwards ? 0 : bytes.length;
  const start = Math.trunc(from);
  if (typeof value === 'number') return findByte(bytes, value, start, isForwards);
  if (typeof value === 'string') {
    const sought = bytesOf(value, encoding);
    return find(bytes, sought.bytes, start, isForwards, sought.step);
  }
  if (value instanceof Uint8Array) return find(bytes, value, start, isForwards, encodingOf(encoding) === 'utf16le' ? 2 : 1);
  throw invalidType('value', 'one of type number or string or an instance of Buffer or Uint8Array', value);
}

/** As arrays look for a value. */
function findByte(bytes: Uint8Array, value: number, start: number, isForwards: boolean): number {
  const byte = value & 255;
  return isForwards ? bytes.indexOf(byte, start) : bytes.lastIndexOf(byte, start);
}

/** Node: IndexOfOffset, then the search; a text of UTF-16 is found where a unit may begin. */
function find(bytes: Uint8Array, sought: Uint8Array, offset: number, isForwards: boolean, step: number): number {
  const { length } = bytes;
  let at = offset < 0 ? offset + length : offset;
  if (at < 0) {
    if (!isForwards) return -1;
    at = 0;
  }
  if (sought.length === 0) return Math.min(at, length);
  if (length === 0 || sought.length > length) return -1;
  if (at + sought.length > length) {
    if (isForwards) return -1;
    at = length - sought.length;
  }
  if (step === 2 && (sought.length < 2 || length < 2)) return -1;
  if (step === 2) at -= at % 2;
  const [first = 0] = sought;
  for (; at >= 0 && at + sought.length <= length; at += isForwards ? step : -step) {
    if (bytes[at] !== first) {
      if (!isForwards || step === 2) continue;
      at = bytes.indexOf(first, at); // the engine's own search is faster
      if (at < 0) return -1;
    }
    if (at + sought.length <= length && isAt(bytes, sought, at)) return at;
  }
  return -1;
}

function isAt(bytes: Uint8Array, sought: Uint8Array, at: number): boolean {
  for (let i = 0; i < sought.length; i++) if (bytes[at + i] !== sought[i]) return false;
  return true;
}
