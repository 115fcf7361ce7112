/**
 * Why this file exists: TextEncoder and TextDecoder. Node 20: lib/internal/encoding.js. Modelled: UTF-8, UTF-16LE and
 * Latin-1, which is windows-1252 in all but a few signs.
 */
import { endNow } from '../ending';
import { here } from '../recorder';
import { codedError, invalidType, nativeCoded } from '../node-errors';
import { NativeTypeError, isObject } from '../primordials';
import { asInterface, inspectCustom, shown } from './events/event';

/** A lone half of a surrogate pair becomes the sign for what cannot be read. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}

function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    const point = code >= 0xd800 && code <= 0xdfff ? 0xfffd : code; // a lone surrogate has no bytes of its own
    if (point < 0x80) bytes.push(point);
    else if (point < 0x800) bytes.push(0xc0 | (point >> 6), 0x80 | (point & 63));
    else if (point < 0x10000) bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
    else bytes.push(0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63));
  }
  return bytes;
}

export class TextEncoder {
  readonly #encoding = 'utf-8';

  get encoding(): string {
    return this.#encoding;
  }

  encode(text: unknown = ''): Uint8Array {
    return new Uint8Array(bytesOf(String(text)));
  }

  encodeInto(text: unknown, target: unknown): { read: number; written: number } {
    if (typeof text !== 'string') throw invalidType('src', 'of type string', text);
    if (!(target instanceof Uint8Array)) throw invalidType('dest', 'an instance of Uint8Array', target);
    let [read, written] = [0, 0];
    for (const char of text) {
      const bytes = bytesOf(char);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += char.length;
    }
    return { read, written };
  }

  [inspectCustom](): unknown {
    return { encoding: this.encoding };
  }
}

const names: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
  latin1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  ascii: 'windows-1252',
  'windows-1252': 'windows-1252',
};

/** Labels of encodings that Node has. */
const unmodelled =
  /^(?:utf-16be|ibm866|iso-?8859-?\d+(?:-[ei])?|koi8-[ru]|macintosh|windows-\d+|x-mac-cyrillic|gbk|gb2312|gb18030|big5|euc-(?:jp|kr)|iso-2022-jp|shift[-_]jis|sjis)$/;

function view(input: unknown): Uint8Array {
  if (input === undefined) return new Uint8Array(0);
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  const words = 'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.';
  throw nativeCoded(NativeTypeError, 'ERR_INVALID_ARG_TYPE', words);
}

/** How many bytes a UTF-8 sequence has by its first, and the least code that needs as many; 0 for no first byte. */
function lengthOf(first: number): readonly [number, number] {
  if (first < 0x80) return [1, 0];
  if (first >= 0xc2 && first < 0xe0) return [2, 0x80];
  if (first >= 0xe0 && first < 0xf0) return [3, 0x800];
  return first >= 0xf0 && first < 0xf5 ? [4, 0x10000] : [0, 0];
}

export class TextDecoder {
  readonly #encoding: string;
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;
  #rest: number[] = [];
  #begun = false;

  constructor(label: unknown = 'utf-8', options: { fatal?: unknown; ignoreBOM?: unknown } = {}) {
    if (!isObject(options)) throw invalidType('options', 'of type object', options);
    const wanted = String(label).trim().toLowerCase();
    const encoding = names[wanted];
    if (encoding === undefined && unmodelled.test(wanted))
      endNow({ kind: 'unsupported', message: `The encoding ${wanted} is not modelled yet`, site: here() });
    if (encoding === undefined)
      throw codedError(RangeError, 'ERR_ENCODING_NOT_SUPPORTED', `The "${String(label)}" encoding is not supported`);
    this.#encoding = encoding;
    this.#fatal = Boolean(options.fatal);
    this.#ignoreBOM = Boolean(options.ignoreBOM);
  }

  get encoding(): string {
    return this.#encoding;
  }

  get fatal(): boolean {
    return this.#fatal;
  }

  get ignoreBOM(): boolean {
    return this.#ignoreBOM;
  }

  decode(input?: unknown, options: { stream?: unknown } = {}): string {
    const bytes = [...this.#rest, ...view(input)];
    this.#rest = [];
    const isLast = !options.stream;
    const text =
      this.#encoding === 'utf-8'
        ? this.#utf8(bytes, isLast)
        : this.#encoding === 'utf-16le'
          ? this.#utf16(bytes, isLast)
          : String.fromCharCode(...bytes);
    const result = !this.#begun && !this.#ignoreBOM && text.startsWith('\uFEFF') ? text.slice(1) : text;
    this.#begun = !isLast && (this.#begun || text !== '');
    return result;
  }

  #bad(): string {
    if (!this.#fatal) return '\uFFFD';
    const words = `The encoded data was not valid for encoding ${this.#encoding}`;
    const code = 'ERR_ENCODING_INVALID_ENCODED_DATA';
    throw this.#encoding === 'utf-8' ? nativeCoded(NativeTypeError, code, words) : codedError(NativeTypeError, code, words);
  }

  #utf8(bytes: readonly number[], isLast: boolean): string {
    let text = '';
    for (let i = 0; i < bytes.length;) {
      const first = bytes[i] ?? 0;
      const [length, least] = lengthOf(first);
      let code = length === 1 ? first : first & (0xff >> (length + 1));
      let used = 1;
      for (; used < length; used++) {
        const next = bytes[i + used];
        if (next === undefined || (next & 0xc0) !== 0x80 || isTooLow(first, used, next)) break;
        code = (code << 6) | (next & 63);
      }
      if (used < length && i + used >= bytes.length && !isLast) {
        this.#rest = bytes.slice(i);
        break;
      }
      text += length === 0 || used < length || code < least ? this.#bad() : String.fromCodePoint(code);
      i += used;
    }
    return text;
  }

  #utf16(bytes: readonly number[], isLast: boolean): string {
    let text = '';
    let i = 0;
    for (; i + 1 < bytes.length; i += 2) text += String.fromCharCode((bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8));
    if (i < bytes.length) {
      if (isLast) text += this.#bad();
      else this.#rest = bytes.slice(i);
    }
    return wellFormed(text);
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    return shown(this, { encoding: this.encoding, fatal: this.fatal, ignoreBOM: this.ignoreBOM }, depth, options);
  }
}

/** Overlong forms, surrogates and what lies beyond Unicode show in the second byte. */
function isTooLow(first: number, at: number, second: number): boolean {
  if (at !== 1) return false;
  if (first === 0xe0) return second < 0xa0;
  if (first === 0xed) return second > 0x9f;
  if (first === 0xf0) return second < 0x90;
  return first === 0xf4 && second > 0x8f;
}

asInterface(TextEncoder, 'TextEncoder');
asInterface(TextDecoder, 'TextDecoder');
