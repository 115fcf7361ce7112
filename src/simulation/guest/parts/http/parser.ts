/**
 * Why this file exists: bytes as messages of HTTP/1.1 (RFC 9112), one after the other, as they come. Node 20 has
 * llhttp for it.
 */
import { asyncContext, inContext } from '../../async-context';
import { newIds, runAs, type Numbered } from '../../async-ids';
import { refuseUnheard } from '../../async-unheard';
import { NativeError } from '../../primordials';
import { Buffer } from '../buffer/part';

export interface Head {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly reason: string;
  readonly minor: number;
  /** Names and values in turn, as they were written. */
  readonly raw: readonly string[];
  readonly keepsAlive: boolean;
  /** It asks for another protocol on this connection. */
  readonly upgrades: boolean;
}

export interface Hears {
  /** Answers whether the body is to be left out. */
  head(head: Head): boolean;
  body(bytes: Uint8Array): void;
  complete(trailers: readonly string[]): void;
}

type Body =
  | { readonly kind: 'head' }
  | { readonly kind: 'length'; left: number }
  | { readonly kind: 'chunk-size' }
  | { readonly kind: 'chunk'; left: number }
  | { readonly kind: 'trailers' }
  | { readonly kind: 'until-end' };

const mostHead = 16_384;

export function parseError(code: string, reason: string): Error {
  return Object.assign(new NativeError(`Parse Error: ${reason}`), { code, reason });
}

export class Parser {
  #state: Body = { kind: 'head' };
  #text = '';
  isStopped = false;
  readonly #context = asyncContext.current;
  /** What it calls runs with numbers of its own; none: it is somebody's outside. */
  readonly #ids: Numbered | undefined;

  constructor(readonly what: 'request' | 'response', readonly hears: Hears, isOutside = false) {
    if (isOutside) return;
    refuseUnheard('HTTP');
    this.#ids = newIds();
  }

  #call(tell: () => void): void {
    const ids = this.#ids;
    if (ids === undefined) tell();
    else inContext(this.#context, () => { runAs(ids, tell); });
  }

  #body(part: Uint8Array): void {
    this.#call(() => { this.hears.body(Buffer.from(part.buffer, part.byteOffset, part.byteLength)); });
  }

  /** Takes what came; answers an error where it is no HTTP. */
  execute(bytes: Uint8Array): Error | undefined {
    let at = 0;
    try {
      while (at < bytes.length && !this.isStopped) at = this.#take(bytes, at);
      return undefined;
    } catch (error) {
      if (error instanceof NativeError && 'reason' in error) return error;
      throw error;
    }
  }

  /** The connection has ended: a body without a length ends with it. Answers an error where a message is cut off. */
  finish(): Error | undefined {
    if (this.isStopped) return undefined;
    if (this.#state.kind === 'until-end') {
      this.#complete([]);
      return undefined;
    }
    const isBetween = this.#state.kind === 'head' && this.#text === '';
    return isBetween ? undefined : parseError('HPE_INVALID_EOF_STATE', 'Invalid EOF state');
  }

  #take(bytes: Uint8Array, at: number): number {
    const state = this.#state;
    switch (state.kind) {
      case 'head':
        return this.#takeText(bytes, at, '\r\n\r\n', (text) => { this.#head(text); });
      case 'chunk-size':
        return this.#takeText(bytes, at, '\r\n', (text) => {
          const size = Number.parseInt(text, 16);
          if (!/^[\da-f]+/i.test(text)) throw parseError('HPE_INVALID_CHUNK_SIZE', 'Invalid character in chunk size');
          this.#state = size === 0 ? { kind: 'trailers' } : { kind: 'chunk', left: size };
        });
      case 'trailers':
        return this.#takeText(bytes, at, '\r\n', (text) => {
          if (text === '') this.#complete(this.#trailers.splice(0));
          else this.#trailers.push(...line(text));
        });
      case 'length':
      case 'chunk': {
        const part = bytes.subarray(at, at + state.left);
        state.left -= part.length;
        if (part.length > 0) this.#body(part);
        if (state.left > 0) return at + part.length;
        if (state.kind === 'length') {
          this.#complete([]);
          return at + part.length;
        }
        this.#state = { kind: 'chunk', left: 0 };
        return this.#takeText(bytes, at + part.length, '\r\n', () => { this.#state = { kind: 'chunk-size' }; });
      }
      case 'until-end':
        this.#body(bytes.subarray(at));
        return bytes.length;
    }
  }

  readonly #trailers: string[] = [];

  /** Collects letters up to a sign. */
  #takeText(bytes: Uint8Array, from: number, sign: string, then: (text: string) => void): number {
    let at = from;
    while (at < bytes.length) {
      if (this.#text === '' && this.#state.kind === 'head' && (bytes[at] === 13 || bytes[at] === 10)) {
        at++; // empty lines between messages
        continue;
      }
      this.#text += String.fromCharCode(bytes[at] ?? 0);
      at++;
      if (this.#text.length === 1 && this.#state.kind === 'head' && !/[A-Z]/.test(this.#text)) this.#refuse();
      if (this.#text.endsWith(sign)) {
        const text = this.#text.slice(0, -sign.length);
        this.#text = '';
        then(text);
        return at;
      }
      if (this.#text.length > mostHead) throw parseError('HPE_HEADER_OVERFLOW', 'Header overflow');
    }
    return at;
  }

  #head(text: string): void {
    const [first = '', ...lines] = text.split('\r\n');
    const raw = lines.flatMap(line);
    const fields = new Fields(raw);
    const request = /^([A-Z-]+) (\S+) HTTP\/1\.([01])$/.exec(first);
    const response = /^HTTP\/1\.([01]) (\d{3})(?: (.*))?$/.exec(first);
    const match = this.what === 'request' ? request : response;
    if (match === null) return this.#refuse();
    const minor = Number(request?.[3] ?? response?.[1]);
    const status = Number(response?.[2] ?? 0);
    const body = this.#bodyOf(fields, status);
    const connection = fields.get('connection').toLowerCase();
    const lasts = minor === 1 ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection);
    const head: Head = {
      method: request?.[1] ?? '', url: request?.[2] ?? '', status, reason: response?.[3] ?? '', minor, raw,
      keepsAlive: lasts && body.kind !== 'until-end',
      upgrades: /\bupgrade\b/.test(connection) && fields.get('upgrade') !== '' && (this.what === 'request' || status === 101),
    };
    let isLeftOut = false;
    this.#call(() => { isLeftOut = this.hears.head(head); });
    if (isLeftOut || (body.kind === 'length' && body.left === 0)) this.#complete([]);
    else this.#state = body;
  }

  /** It begins as no message does. */
  #refuse(): never {
    if (this.what === 'response') throw parseError('HPE_INVALID_CONSTANT', 'Expected HTTP/, RTSP/ or ICE/');
    throw parseError('HPE_INVALID_METHOD', 'Invalid method encountered');
  }

  #bodyOf(fields: Fields, status: number): Body {
    const hasNone = (status >= 100 && status < 200) || status === 204 || status === 304;
    if (hasNone) return { kind: 'length', left: 0 };
    if (/\bchunked\b/i.test(fields.get('transfer-encoding'))) return { kind: 'chunk-size' };
    const length = fields.get('content-length');
    if (length !== '') {
      if (!/^\d+$/.test(length)) throw parseError('HPE_INVALID_CONTENT_LENGTH', 'Invalid character in Content-Length');
      return { kind: 'length', left: Number(length) };
    }
    return this.what === 'request' ? { kind: 'length', left: 0 } : { kind: 'until-end' };
  }

  #complete(trailers: readonly string[]): void {
    this.#state = { kind: 'head' };
    this.#call(() => { this.hears.complete(trailers); });
  }
}

/** One field: its name and its value. */
function line(text: string): readonly [string, string] {
  const at = text.indexOf(':');
  if (at <= 0 || /[\s()<>@,;\\"/[\]?={}]/.test(text.slice(0, at))) throw parseError('HPE_INVALID_HEADER_TOKEN', 'Invalid header token');
  return [text.slice(0, at), text.slice(at + 1).trim()];
}

class Fields {
  constructor(readonly raw: readonly string[]) {}

  get(name: string): string {
    for (let i = 0; i < this.raw.length; i += 2) if (this.raw[i]?.toLowerCase() === name) return this.raw[i + 1] ?? '';
    return '';
  }
}
