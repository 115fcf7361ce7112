/**
 * Why this file exists: `node:string_decoder`: bytes that come in pieces become text without a character cut in two.
 * Node 20: lib/string_decoder.js, src/string_decoder.cc.
 */
import { invalidType } from '../../node-errors';
import { NativeTypeError, defineProperty, hide, named } from '../../primordials';
import { Buffer, type NodeBuffer } from './buffer';
import { encodingOf, type Encoding } from './encodings';
import { textOf } from './texts';
import { unknownEncoding } from './search';

const state = Symbol('kNativeDecoder');

interface Decoder {
  encoding: Encoding;
  [state]: NodeBuffer;
}

/** What a decoder keeps between two writes, in a Buffer that programs can see: up to four bytes, and three counts. */
const [missingAt, keptAt, encodingAt] = [4, 5, 6];
const encodingNumbers: Readonly<Record<Encoding, number>> = {
  ascii: 0,
  utf8: 1,
  base64: 2,
  utf16le: 3,
  latin1: 4,
  hex: 5,
  base64url: 7,
};

/** How many bytes at the end are the beginning of a character, and how many it still wants. */
function unfinished(bytes: Uint8Array, encoding: Encoding): { readonly kept: number; readonly missing: number } {
  const { length } = bytes;
  if (encoding === 'utf16le') return unfinishedUnits(bytes);
  if (encoding === 'base64' || encoding === 'base64url')
    return { kept: length % 3, missing: length % 3 === 0 ? 0 : 3 - (length % 3) };
  if (encoding !== 'utf8') return { kept: 0, missing: 0 };
  for (let kept = 1; kept <= Math.min(length, 3); kept++) {
    const byte = bytes[length - kept] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const size = (byte & 0xe0) === 0xc0 ? 2 : (byte & 0xf0) === 0xe0 ? 3 : (byte & 0xf8) === 0xf0 ? 4 : 1;
    return size > kept ? { kept, missing: size - kept } : { kept: 0, missing: 0 };
  }
  return { kept: 0, missing: 0 };
}

function unfinishedUnits(bytes: Uint8Array): { readonly kept: number; readonly missing: number } {
  const { length } = bytes;
  const odd = length % 2;
  const high = bytes[length - odd - 1] ?? 0;
  if (length - odd >= 2 && high >= 0xd8 && high <= 0xdb) return { kept: 2 + odd, missing: 2 - odd };
  return { kept: odd, missing: odd === 0 ? 0 : 1 };
}

function checkBytes(value: unknown): Uint8Array {
  if (!ArrayBuffer.isView(value)) throw invalidType('buf', 'an instance of Buffer, TypedArray, or DataView', value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function keptBytes(decoder: Decoder): Uint8Array {
  const memory = decoder[state];
  return new Uint8Array(memory.buffer, memory.byteOffset, memory[keptAt] ?? 0);
}

function keep(decoder: Decoder, bytes: Uint8Array, missing: number): void {
  decoder[state].set(bytes, 0);
  decoder[state][keptAt] = bytes.length;
  decoder[state][missingAt] = missing;
}

function write(this: Decoder, value: unknown): string {
  if (typeof value === 'string') return value;
  const more = checkBytes(value);
  if (!(state in (this as object))) throw new NativeTypeError('Value of "this" must be of type StringDecoder');
  const before = keptBytes(this);
  const all = new Uint8Array(before.length + more.length);
  all.set(before, 0);
  all.set(more, before.length);
  const { kept, missing } = unfinished(all, this.encoding);
  keep(this, all.subarray(all.length - kept), missing);
  return textOf(all, this.encoding, 0, all.length - kept);
}

function end(this: Decoder, value?: unknown): string {
  const text = value === undefined ? '' : write.call(this, value);
  const rest = keptBytes(this);
  const last = textOf(rest, this.encoding, 0, this.encoding === 'utf16le' ? rest.length & ~1 : rest.length);
  keep(this, new Uint8Array(0), 0);
  return text + last;
}

export const StringDecoder = function StringDecoder(this: Decoder, encoding?: unknown): void {
  const known = encoding === undefined || encoding === null || typeof encoding === 'string' ? encodingOf(encoding) : undefined;
  if (known === undefined) throw unknownEncoding(encoding);
  this.encoding = known;
  this[state] = (Buffer as unknown as { alloc(size: number): NodeBuffer }).alloc(7);
  this[state][encodingAt] = encodingNumbers[known];
};
named(StringDecoder, 'StringDecoder', 1);

const { prototype } = StringDecoder as unknown as { prototype: object };
const methods = {
  write: named(write, 'write', 1),
  end: named(end, 'end', 1),
  text: named(function (this: Decoder, value: unknown, offset: number): string {
    keep(this, new Uint8Array(0), 0);
    return write.call(this, checkBytes(value).subarray(offset));
  }, 'text', 2),
};
for (const [key, value] of Object.entries(methods)) {
  hide(prototype, key, value);
  defineProperty(prototype, key, { enumerable: true });
}
const counts: Readonly<Record<string, (decoder: Decoder) => unknown>> = {
  lastChar: (decoder) => decoder[state].subarray(0, 4),
  lastNeed: (decoder) => decoder[state][missingAt],
  lastTotal: (decoder) => (decoder[state][keptAt] ?? 0) + (decoder[state][missingAt] ?? 0),
};
for (const [key, read] of Object.entries(counts)) {
  const getter = { call(this: Decoder): unknown { return read(this); } }.call;
  defineProperty(prototype, key, { get: named(getter, 'get'), enumerable: true, configurable: true });
}

export const stringDecoderModule = { StringDecoder };
