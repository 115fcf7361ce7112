/**
 * Why this file exists: text to bytes, in each of Node's encodings. Node 20: src/string_bytes.cc, src/base64-inl.h.
 */
export type Encoding = 'utf8' | 'utf16le' | 'latin1' | 'ascii' | 'base64' | 'base64url' | 'hex';

/** Bytes that can be read and written by number: what is behind a Buffer. */
export type Bytes = Uint8Array;

/** By its lower-case name; undefined for one that nobody knows. */
export function encodingOf(name: unknown): Encoding | undefined {
  switch (typeof name === 'string' ? name.toLowerCase() : name) {
    case undefined:
    case null:
    case '':
    case 'utf8':
    case 'utf-8':
      return 'utf8';
    case 'ucs2':
    case 'ucs-2':
    case 'utf16le':
    case 'utf-16le':
      return 'utf16le';
    case 'latin1':
    case 'binary':
      return 'latin1';
    case 'ascii':
    case 'base64':
    case 'base64url':
    case 'hex':
      return (name as string).toLowerCase() as Encoding; // one of the four
    default:
      return undefined;
  }
}

/** The code point at a place of a text; a lone half of a pair is the sign for what cannot be written. */
function pointAt(text: string, at: number): number {
  const point = text.codePointAt(at) ?? 0;
  return point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
}

function utf8Size(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

export const isAscii = /^[\0-\x7F]*$/;  

/** Writes whole characters as long as there is room; answers how many bytes were written. */
function writeUtf8(text: string, to: Bytes, start: number, end: number): number {
  if (isAscii.test(text)) return writeLatin1(text, to, start, end);
  let at = start;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      if (at >= end) break;
      to[at++] = unit;
      continue;
    }
    const point = pointAt(text, i);
    const size = utf8Size(point);
    if (at + size > end) break;
    if (size === 2) to[at] = 0xc0 | (point >> 6);
    else if (size === 3) to[at] = 0xe0 | (point >> 12);
    else to[at] = 0xf0 | (point >> 18);
    for (let left = size - 1; left > 0; left--) to[at + size - left] = 0x80 | ((point >> (6 * (left - 1))) & 63);
    at += size;
    if (size === 4) i++;
  }
  return at - start;
}

function utf8Length(text: string): number {
  if (isAscii.test(text)) return text.length;
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    const size = text.charCodeAt(i) < 0x80 ? 1 : utf8Size(pointAt(text, i));
    length += size;
    if (size === 4) i++;
  }
  return length;
}

/** The value of a sign of base64, of either alphabet; 64 for any other, which is passed over. */
function sextet(unit: number): number {
  if (unit >= 65 && unit <= 90) return unit - 65;
  if (unit >= 97 && unit <= 122) return unit - 71;
  if (unit >= 48 && unit <= 57) return unit + 4;
  if (unit === 43 || unit === 45) return 62;
  return unit === 47 || unit === 95 ? 63 : 64;
}

const padding = 61;

function writeBase64(text: string, to: Bytes, start: number, end: number): number {
  let [at, bits, held] = [start, 0, 0];
  for (let i = 0; i < text.length && at < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit === padding) break;
    const value = sextet(unit);
    if (value === 64) continue;
    held = ((held << 6) | value) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    to[at++] = (held >> bits) & 255;
  }
  return at - start;
}

/** What the text may need at most: the same guess that Node makes. */
function base64Length(text: string): number {
  let { length } = text;
  if (length > 0 && text.charCodeAt(length - 1) === padding) length--;
  if (length > 1 && text.charCodeAt(length - 1) === padding) length--;
  return Math.floor((length * 3) / 4);
}

function hexDigit(unit: number): number {
  if (unit >= 48 && unit <= 57) return unit - 48;
  const lower = unit | 32;
  return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}

function writeHex(text: string, to: Bytes, start: number, end: number): number {
  const most = Math.min(text.length >> 1, end - start);
  for (let i = 0; i < most; i++) {
    const [high, low] = [hexDigit(text.charCodeAt(2 * i)), hexDigit(text.charCodeAt(2 * i + 1))];
    if (high < 0 || low < 0) return i;
    to[start + i] = high * 16 + low;
  }
  return most;
}

function writeUtf16(text: string, to: Bytes, start: number, end: number): number {
  const most = Math.min(text.length, (end - start) >> 1);
  for (let i = 0; i < most; i++) {
    const unit = text.charCodeAt(i);
    to[start + 2 * i] = unit & 255;
    to[start + 2 * i + 1] = unit >> 8;
  }
  return most * 2;
}

function writeLatin1(text: string, to: Bytes, start: number, end: number): number {
  const most = Math.min(text.length, end - start);
  for (let i = 0; i < most; i++) to[start + i] = text.charCodeAt(i) & 255;
  return most;
}

/** Writes what fits between two places of `to`; answers how many bytes that was. */
export function writeText(text: string, encoding: Encoding, to: Bytes, start: number, end: number): number {
  switch (encoding) {
    case 'utf8':
      return writeUtf8(text, to, start, end);
    case 'utf16le':
      return writeUtf16(text, to, start, end);
    case 'latin1':
    case 'ascii':
      return writeLatin1(text, to, start, end);
    case 'hex':
      return writeHex(text, to, start, end);
    default:
      return writeBase64(text, to, start, end);
  }
}

/** How many bytes a text has; of base64 and hexadecimal what it would have if all of it were right. */
export function byteLength(text: string, encoding: Encoding): number {
  switch (encoding) {
    case 'utf8':
      return utf8Length(text);
    case 'utf16le':
      return text.length * 2;
    case 'latin1':
    case 'ascii':
      return text.length;
    case 'hex':
      return text.length >>> 1;
    default:
      return base64Length(text);
  }
}
