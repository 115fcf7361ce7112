/** Why this file exists: `ServerResponse`. Node 20: lib/_http_server.js. */
import { hideOwn } from '../../own-members';
import { codedError, invalidType } from '../../node-errors';
import { NativeRangeError, NativeTypeError, isObject, named } from '../../primordials';
import type { Socket } from '../net/part';
import { statusCodes } from './constants';
import type { IncomingMessage } from './incoming';
import { entriesOf, headersSent } from './fields';
import { OutgoingMessage } from './outgoing';
import { withdrawn } from '../../withdrawn';

export class ServerResponse extends OutgoingMessage {
  override statusCode = 200;
  statusMessage: string | undefined;
  readonly strictContentLength = false;
  readonly #closed: () => void;

  constructor(readonly req: IncomingMessage) {
    super();
    hideOwn(this, 'statusCode', 'statusMessage', 'strictContentLength', 'agent', 'fields', 'writableObjectMode');
    if (req.method === 'HEAD') this._hasBody = false;
    this.sendDate = true;
    if (req.httpVersionMinor < 1) {
      this.useChunkedEncodingByDefault = false;
      this.shouldKeepAlive = false;
    }
    this.#closed = () => { responseInside.tellClose(this); };
  }

  static tellClose(res: ServerResponse): void {
    if (res._closed) return;
    res.destroyed = true;
    res._closed = true;
    res.emit('close');
  }

  assignSocket(socket: Socket): void {
    socket._httpMessage = this;
    socket.on('close', this.#closed);
    this.socket = socket;
    this.emit('socket', socket);
    this._flush();
  }

  detachSocket(socket: Socket): void {
    socket.removeListener('close', this.#closed);
    socket._httpMessage = null;
    this.socket = null;
  }

  writeContinue(): void {
    this.#writeEarly('HTTP/1.1 100 Continue\r\n\r\n');
  }

  writeProcessing(): void {
    this.#writeEarly('HTTP/1.1 102 Processing\r\n\r\n');
  }

  writeEarlyHints(hints: unknown, callback?: () => void): void {
    let head = 'HTTP/1.1 103 Early Hints\r\n';
    if (!isObject(hints)) throw invalidType('hints', 'of type object', hints);
    for (const [name, value] of entriesOf(hints)) {
      const shown = Array.isArray(value) ? value.join(', ') : String(value);
      head += `${name.toLowerCase() === 'link' ? 'Link' : name}: ${shown}\r\n`;
    }
    this.#writeEarly(`${head}\r\n`);
    callback?.();
  }

  /** Before the head that counts. */
  #writeEarly(text: string): void {
    this.socket?.write(text, 'latin1');
  }

  override _implicitHeader(): void {
    this.writeHead(this.statusCode);
  }

  writeHead(statusCode: number, reason?: unknown, given?: unknown): this {
    if (this._header !== null) throw headersSent('write');
    const original = statusCode;
    const status = Math.trunc(statusCode) || 0;
    if (status < 100 || status > 999)
      throw codedError(NativeRangeError, 'ERR_HTTP_INVALID_STATUS_CODE', `Invalid status code: ${String(original)}`);
    const headers = typeof reason === 'string' ? given : (given ?? reason);
    if (typeof reason === 'string') this.statusMessage = reason;
    else this.statusMessage ??= statusCodes[status] ?? 'unknown';
    this.statusCode = status;
    if (/[^\t\x20-\x7e\x80-\xff]/.test(this.statusMessage))
      throw codedError(NativeTypeError, 'ERR_INVALID_CHAR', 'Invalid character in statusMessage');
    const own = entriesOf(headers);
    if (this.fields.size > 0) for (const [name, value] of own) this.setHeader(name, value);
    const isEmpty = status === 204 || status === 304 || (status >= 100 && status <= 199);
    if (isEmpty) this._hasBody = false;
    const entries = this.fields.size > 0 ? this.fields.values() : own;
    this._storeHeader(`HTTP/1.1 ${status} ${this.statusMessage}\r\n`, entries);
    return this;
  }

  writeHeader(...given: Parameters<ServerResponse['writeHead']>): this {
    return this.writeHead(...given);
  }
}
export const responseInside = withdrawn(ServerResponse, 'tellClose');
named(ServerResponse, 'ServerResponse', 2);

