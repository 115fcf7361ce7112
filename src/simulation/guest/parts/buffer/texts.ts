/** Why this file exists: bytes to text, in each of Node's encodings. Node 20: src/string_bytes.cc. */
import { apply } from '../../primordials';
import { isAscii, type Bytes, type Encoding } from './encodings';

const unitsAtOnce = 4096;

/** Puts UTF-16 units together to a text, some thousand at a time. */
class TextOfUnits {
  #text = '';
  #units: number[] = [];

  add(unit: number): void {
    this.#units.push(unit);
    if (this.#units.length >= unitsAtOnce) this.#flush();
  }

  addPoint(point: number): void {
    if (point < 0x10000) this.add(point);
    else {
      this.add(0xd800 + ((point - 0x10000) >> 10));
      this.add(0xdc00 + ((point - 0x10000) & 0x3ff));
    }
  }

  #flush(): void {
    this.#text += String.fromCharCode(...this.#units);
    this.#units = [];
  }

  get text(): string {
    this.#flush();
    return this.#text;
  }
}

/**
 * The length of the UTF-8 sequence at a place, negative where it is broken: then as many bytes are one sign for what
 * cannot be read. The Unicode Standard, table 3-7.
 */
export function sequenceAt(bytes: Bytes, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return -1;
  const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (let i = 1; i < size; i++) {
    const next = at + i < end ? (bytes[at + i] ?? 0) : 0;
    if ((next & 0xc0) !== 0x80 || (i === 1 && isOutside(first, next))) return -i;
  }
  return size;
}

/** Overlong forms, surrogates and what lies beyond Unicode show in the second byte. */
function isOutside(first: number, second: number): boolean {
  if (first === 0xe0) return second < 0xa0;
  if (first === 0xed) return second > 0x9f;
  if (first === 0xf0) return second < 0x90;
  return first === 0xf4 && second > 0x8f;
}

const units = String.fromCharCode;

/** Each byte as the sign of its number, some thousand at a time: for the engine they are a list of arguments. */
function latin1Text(bytes: Bytes, start: number, end: number): string {
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  let text = '';
  for (let at = start; at < end; at += unitsAtOnce)
    text += apply(units, undefined, plain.subarray(at, Math.min(at + unitsAtOnce, end)) as unknown as number[]);
  return text;
}

type Coder = (text: string) => string;
const { escape: percentOf, decodeURIComponent: readPercent } = globalThis as unknown as Record<string, Coder>;

/** The engine reads what is well-formed much faster than we; it refuses the rest. */
function utf8Text(bytes: Bytes, start: number, end: number): string {
  const text = latin1Text(bytes, start, end);
  if (isAscii.test(text)) return text;
  try {
    return readPercent?.(percentOf?.(text) ?? '') ?? '';
  } catch {
    return brokenText(bytes, start, end);
  }
}

function brokenText(bytes: Bytes, start: number, end: number): string {
  const result = new TextOfUnits();
  for (let at = start; at < end;) {
    const size = sequenceAt(bytes, at, end);
    if (size < 0) result.add(0xfffd);
    else {
      let point = size === 1 ? (bytes[at] ?? 0) : (bytes[at] ?? 0) & (0xff >> (size + 1));
      for (let i = 1; i < size; i++) point = (point << 6) | ((bytes[at + i] ?? 0) & 63);
      result.addPoint(point);
    }
    at += Math.abs(size);
  }
  return result.text;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function base64Text(bytes: Bytes, start: number, end: number, isUrl: boolean): string {
  const signs = alphabet + (isUrl ? '-_' : '+/');
  let text = '';
  for (let at = start; at < end; at += 3) {
    const left = Math.min(end - at, 3);
    const [second, third] = [left > 1 ? (bytes[at + 1] ?? 0) : 0, left > 2 ? (bytes[at + 2] ?? 0) : 0];
    const group = ((bytes[at] ?? 0) << 16) | (second << 8) | third;
    for (let i = 0; i <= left; i++) text += signs.charAt((group >> (18 - 6 * i)) & 63);
    if (!isUrl) text += '='.repeat(3 - left);
  }
  return text;
}

const hexOf = Array.from({ length: 256 }, (_, byte) => (byte + 256).toString(16).slice(1));

function hexText(bytes: Bytes, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += hexOf[bytes[at] ?? 0] ?? '';
  return text;
}

/** The text that bytes between two places stand for. */
export function textOf(bytes: Bytes, encoding: Encoding, start: number, end: number): string {
  if (encoding === 'utf8') return utf8Text(bytes, start, end);
  if (encoding === 'hex') return hexText(bytes, start, end);
  if (encoding === 'base64' || encoding === 'base64url') return base64Text(bytes, start, end, encoding === 'base64url');
  if (encoding === 'latin1') return latin1Text(bytes, start, end);
  const result = new TextOfUnits();
  if (encoding === 'utf16le')
    for (let at = start; at + 1 < end; at += 2) result.add((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  else for (let at = start; at < end; at++) result.add((bytes[at] ?? 0) & 127);
  return result.text;
}
