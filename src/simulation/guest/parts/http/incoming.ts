/** Why this file exists: `IncomingMessage`: a message of the other side as a stream. Node 20: lib/_http_incoming.js. */
import { hideOwn } from '../../own-members';
import { lackMembers } from '../../stand-ins';
import { NativeError, createObject, named } from '../../primordials';
import { nextTick } from '../../ticks';
import { Readable, finished, socketInside, type Done, type Socket } from '../net/part';
import type { ClientRequest } from './client';
import type { Head } from './parser';
import { withdrawn } from '../../withdrawn';

type Headers = Record<string, string | string[] | undefined>;

/** Of these only the first counts. */
const single = /^(?:age|authorization|content-length|content-type|etag|expires|from|host|if-modified-since|if-unmodified-since|last-modified|location|max-forwards|proxy-authorization|referer|retry-after|server|user-agent)$/;

export function resetError(message: string): Error {
  return Object.assign(new NativeError(message), { code: 'ECONNRESET' });
}

export class IncomingMessage extends Readable {
  socket: Socket | null;
  httpVersionMajor = 1;
  httpVersionMinor = 1;
  httpVersion = '1.1';
  complete = false;
  rawHeaders: readonly string[] = [];
  rawTrailers: readonly string[] = [];
  joinDuplicateHeaders = false;
  aborted = false;
  upgrade: boolean | null = null;
  url = '';
  method: string | null = null;
  statusCode: number | null = null;
  statusMessage: string | null = null;
  declare req: ClientRequest | undefined;
  _consumed = false;
  _dumped = false;
  #headers: Headers | undefined;
  #distinct: Record<string, string[]> | undefined;
  #trailers: Headers | undefined;

  constructor(socket: Socket | null) {
    super(socket === null ? {} : { highWaterMark: socket.readableHighWaterMark });
    this.socket = socket;
    hideOwn(this, '_consumed');
  }

  static of(socket: Socket, head: Head): IncomingMessage {
    const message = new IncomingMessage(socket);
    message.httpVersionMinor = head.minor;
    message.httpVersion = `1.${head.minor}`;
    message.rawHeaders = head.raw;
    message.url = head.url;
    message.upgrade = head.upgrades;
    if (head.method !== '') message.method = head.method;
    else [message.statusCode, message.statusMessage] = [head.status, head.reason];
    return message;
  }

  get connection(): Socket | null {
    return this.socket;
  }

  get headers(): Headers {
    return (this.#headers ??= fieldsOf(this.rawHeaders));
  }

  set headers(given: Headers) {
    this.#headers = given;
  }

  get headersDistinct(): Record<string, string[]> {
    return (this.#distinct ??= distinctOf(this.rawHeaders));
  }

  get trailers(): Headers {
    return (this.#trailers ??= fieldsOf(this.rawTrailers));
  }

  _read(): void {
    this._consumed = true;
    const handle = this.socket === null ? undefined : socketInside.handleOf(this.socket);
    if (this.socket?.readable === true && handle?.isReading === false) handle.readStart();
  }

  _destroy(error: unknown, done: Done): void {
    if (!this.readableEnded || !this.complete) {
      this.aborted = true;
      this.emit('aborted');
    }
    const { socket } = this;
    if (socket === null || socket.destroyed || !this.aborted) {
      nextTick(onError, [this, error, done]);
      return;
    }
    socket.destroy(error);
    let isOver = false;
    finished(socket, {}, (failure) => {
      if (isOver) return;
      isOver = true;
      const isEarly = (failure as { code?: unknown } | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
      nextTick(onError, [this, (isEarly ? undefined : failure) ?? error, done]);
    });
  }

  setTimeout(ms: unknown, callback?: unknown): this {
    if (callback !== undefined) this.on('timeout', callback);
    this.socket?.setTimeout(ms);
    return this;
  }

  /** What nobody reads is let go. */
  _dump(): void {
    if (this._dumped) return;
    this._dumped = true;
    this.removeAllListeners('data');
    this.resume();
  }
}
export const incomingInside = withdrawn(IncomingMessage, 'of');
named(IncomingMessage, 'IncomingMessage', 1);

/** Only who listens is told. */
function onError(message: IncomingMessage, error: unknown, done: Done): void {
  if (message.listenerCount('error') === 0) done();
  else done(error);
}

function fieldsOf(raw: readonly string[]): Headers {
  const headers: Headers = {};
  for (let i = 0; i < raw.length; i += 2) {
    const [name, value] = [(raw[i] ?? '').toLowerCase(), raw[i + 1] ?? ''];
    const before = headers[name];
    if (name === 'set-cookie') headers[name] = [...(Array.isArray(before) ? before : []), value];
    else if (before === undefined) headers[name] = value;
    else if (!single.test(name)) headers[name] = `${String(before)}${name === 'cookie' ? '; ' : ', '}${value}`;
  }
  return headers;
}

function distinctOf(raw: readonly string[]): Record<string, string[]> {
  const headers = createObject(null) as Record<string, string[]>;
  for (let i = 0; i < raw.length; i += 2) (headers[(raw[i] ?? '').toLowerCase()] ??= []).push(raw[i + 1] ?? '');
  return headers;
}
lackMembers(IncomingMessage.prototype, 'IncomingMessage.prototype', ['trailersDistinct']);
