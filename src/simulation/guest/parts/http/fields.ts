/**
 * Why this file exists: the fields of a message that is written, and its head as it is sent. Node 20:
 * lib/_http_outgoing.js.
 */
import { checkString, codedError } from '../../node-errors';
import { NativeError, NativeTypeError, SafeMap, SafeSet, createObject, isArray, isObject, type Callable } from '../../primordials';
import { streams } from '../stream/part';
import type { DuplexStream } from '../net/part';
import { utcDate } from './date';

/** Node's old streams: an emitter with `pipe`. */
const Stream = streams['Stream'] as new () => DuplexStream;
const token = /^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/;
/** A letter that the value of a field must not have. */
const wrongInValue = /[^\t\x20-\x7e\x80-\xff]/;

export type HeaderValue = string | number | readonly string[];
type Entries = Iterable<readonly [name: string, value: HeaderValue]>;

export abstract class MessageWithFields extends Stream {
  _last = false;
  chunkedEncoding = false;
  shouldKeepAlive = true;
  maxRequestsOnConnectionReached = false;
  useChunkedEncodingByDefault = true;
  sendDate = false;
  statusCode?: number;
  agent?: unknown;
  _hasBody = true;
  _header: string | null = null;
  _headerSent = false;
  _contentLength: number | undefined;
  _keepAliveTimeout = 0;
  readonly fields = new SafeMap<string, readonly [name: string, value: HeaderValue]>();
  readonly #removed = new SafeSet<string>();

  get headersSent(): boolean {
    return this._header !== null;
  }

  abstract _send(data: string | Uint8Array, encoding: string | null, callback: Callable | null): boolean;

  setHeader(name: string, value: HeaderValue): this {
    if (this._header !== null) throw headersSent('set');
    checkName(name);
    checkValue(name, value);
    this.fields.set(name.toLowerCase(), [name, value]);
    return this;
  }

  setHeaders(headers: Iterable<readonly [string, HeaderValue]>): this {
    if (this._header !== null) throw headersSent('set');
    for (const [name, value] of headers) this.setHeader(name, value);
    return this;
  }

  appendHeader(name: string, value: string | readonly string[]): this {
    const before = this.fields.get(name.toLowerCase());
    const earlier = before === undefined ? [] : listOf(before[1]);
    const all = [...earlier, ...listOf(value)];
    return this.setHeader(before?.[0] ?? name, all.length === 1 ? (all[0] ?? '') : all);
  }

  getHeader(name: string): HeaderValue | undefined {
    checkString(name, 'name');
    return this.fields.get(name.toLowerCase())?.[1];
  }

  getHeaderNames(): string[] {
    return [...this.fields.keys()];
  }

  getRawHeaderNames(): string[] {
    return [...this.fields.values()].map(([name]) => name);
  }

  getHeaders(): object {
    const shown = createObject(null) as Record<string, HeaderValue>;
    for (const [key, [, value]] of this.fields) shown[key] = value;
    return shown;
  }

  hasHeader(name: string): boolean {
    checkString(name, 'name');
    return this.fields.has(name.toLowerCase());
  }

  removeHeader(name: string): void {
    checkString(name, 'name');
    if (this._header !== null) throw headersSent('remove');
    this.#removed.add(name.toLowerCase());
    this.fields.delete(name.toLowerCase());
  }

  /** The head as it is sent: the first line, what the program said, what Node adds. */
  _storeHeader(firstLine: string, entries: Entries): void {
    let header = firstLine;
    const seen = new SafeSet<string>();
    for (const [name, value] of entries) {
      const key = name.toLowerCase();
      seen.add(key);
      const values = listOf(value);
      for (const each of key === 'cookie' ? [values.join('; ')] : values) header += `${name}: ${each}\r\n`;
      if (key === 'connection') this.#connectionSaid(String(value));
      else if (key === 'transfer-encoding' && /\bchunked\b/i.test(String(value))) this.chunkedEncoding = true;
    }
    if (this.sendDate && !seen.has('date')) header += `Date: ${utcDate()}\r\n`;
    if (this.chunkedEncoding && (this.statusCode === 204 || this.statusCode === 304)) {
      this.chunkedEncoding = false;
      this.shouldKeepAlive = false;
    }
    this._header = `${header}${this.#connectionFields(seen)}${this.#lengthFields(seen)}\r\n`;
    this._headerSent = false;
    if (seen.has('expect')) this._send('', null, null);
  }

  #connectionSaid(value: string): void {
    if (/(?:^|\W)close(?:$|\W)/i.test(value)) this._last = true;
    else this.shouldKeepAlive = true;
  }

  #connectionFields(seen: ReadonlySet<string>): string {
    if (this.#removed.has('connection')) {
      this._last = !this.shouldKeepAlive;
      return '';
    }
    if (seen.has('connection')) return '';
    const isBounded = seen.has('content-length') || this.useChunkedEncodingByDefault || Boolean(this.agent);
    const lasts = this.shouldKeepAlive && isBounded;
    if (!lasts || this.maxRequestsOnConnectionReached) {
      if (!lasts) this._last = true;
      return 'Connection: close\r\n';
    }
    const isSaid = this._keepAliveTimeout > 0 && !seen.has('keep-alive');
    return `Connection: keep-alive\r\n${isSaid ? `Keep-Alive: timeout=${Math.floor(this._keepAliveTimeout / 1000)}\r\n` : ''}`;
  }

  #lengthFields(seen: ReadonlySet<string>): string {
    if (seen.has('content-length') || seen.has('transfer-encoding')) return '';
    if (!this._hasBody) this.chunkedEncoding = false;
    else if (!this.useChunkedEncodingByDefault) this._last = true;
    else if (!seen.has('trailer') && !this.#removed.has('content-length') && this._contentLength !== undefined)
      return `Content-Length: ${this._contentLength}\r\n`;
    else if (!this.#removed.has('transfer-encoding')) {
      this.chunkedEncoding = true;
      return 'Transfer-Encoding: chunked\r\n';
    } else this._last = true;
    return '';
  }
}

function listOf(value: HeaderValue): readonly string[] {
  // Array.isArray does not narrow readonly lists.
  return isArray(value) ? (value as readonly string[]) : [String(value)];
}

export function headersSent(deed: string): Error {
  return codedError(NativeError, 'ERR_HTTP_HEADERS_SENT', `Cannot ${deed} headers after they are sent to the client`);
}

export function checkName(name: unknown, label: unknown = 'Header name'): void {
  if (typeof name === 'string' && token.test(name)) return;
  const words = `${String(label)} must be a valid HTTP token ["${String(name)}"]`;
  throw codedError(NativeTypeError, 'ERR_INVALID_HTTP_TOKEN', words);
}

export function checkValue(name: string, value: unknown): void {
  if (value === undefined)
    throw codedError(NativeTypeError, 'ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`);
  for (const each of isArray(value) ? (value as unknown[]) : [value])
    if (wrongInValue.test(String(each)))
      throw codedError(NativeTypeError, 'ERR_INVALID_CHAR', `Invalid character in header content ["${name}"]`);
}

/** Names and values of whatever form they were given in. */
export function entriesOf(given: unknown): readonly (readonly [string, HeaderValue])[] {
  if (!isObject(given)) return [];
  if (!isArray(given)) return Object.entries(given as Record<string, HeaderValue>);
  const list = given as unknown[];
  if (isArray(list[0])) return list as [string, HeaderValue][];
  return list.flatMap((name, i): [string, HeaderValue][] => (i % 2 === 0 ? [[String(name), String(list[i + 1])]] : []));
}
