/**
 * Why this file exists: `OutgoingMessage`: what requests and responses have in common. Node 20: lib/_http_outgoing.js.
 */
import { codedError, invalidType } from '../../node-errors';
import { NativeError, NativeTypeError, call, hide, isArray, isCallable, named, type Callable } from '../../primordials';
import { nextTick } from '../../ticks';
import { Buffer } from '../buffer/part';
import type { Socket } from '../net/part';
import { MessageWithFields } from './fields';
import { withdrawn } from '../../withdrawn';

interface Output {
  readonly data: string | Uint8Array;
  readonly encoding: string | null;
  readonly callback: Callable | null;
}

const mostWaiting = 16_384;

export class OutgoingMessage extends MessageWithFields {
  outputData: Output[] = [];
  outputSize = 0;
  override readonly writable = true;
  override destroyed = false as boolean; // it changes
  finished = false;
  socket: Socket | null = null;
  _closed = false;
  _trailer = '';
  #needsDrain = false;
  #corked = 0;
  #error: unknown;

  get errored(): unknown {
    return this.#error ?? null;
  }

  get closed(): boolean {
    return this._closed;
  }

  get connection(): Socket | null {
    return this.socket;
  }

  override get writableEnded(): boolean {
    return this.finished;
  }

  override get writableFinished(): boolean {
    return this.finished && this.outputSize === 0 && (this.socket === null || this.socket.writableLength === 0);
  }

  readonly writableObjectMode = false;
  override get writableLength(): number {
    return this.outputSize + (this.socket?.writableLength ?? 0);
  }

  override get writableHighWaterMark(): number {
    return this.socket?.writableHighWaterMark ?? mostWaiting;
  }

  override get writableCorked(): number {
    return this.#corked;
  }

  get writableNeedDrain(): boolean {
    return !this.destroyed && !this.finished && this.#needsDrain;
  }

  override cork(): void {
    this.#corked++;
    this.socket?.cork();
  }

  override uncork(): void {
    if (this.#corked > 0) this.#corked--;
    this.socket?.uncork();
  }

  setTimeout(ms: unknown, callback?: unknown): this {
    if (callback !== undefined) this.on('timeout', callback);
    if (this.socket === null) this.once('socket', (socket: Socket) => { socket.setTimeout(ms); });
    else this.socket.setTimeout(ms);
    return this;
  }

  override destroy(error?: unknown): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.#error = error;
    if (this.socket === null) this.once('socket', (socket: Socket) => { socket.destroy(error); });
    else this.socket.destroy(error);
    return this;
  }

  flushHeaders(): void {
    if (this._header === null) this._implicitHeader();
    this._send('', null, null);
  }

  addTrailers(headers: object): void {
    // Pairs, as Node takes them.
    const entries = isArray(headers) ? (headers as [string, string][]) : Object.entries(headers);
    for (const [name, value] of entries) this._trailer += `${name}: ${value}\r\n`;
  }

  _implicitHeader(): void {
    throw codedError(NativeError, 'ERR_METHOD_NOT_IMPLEMENTED', 'The _implicitHeader() method is not implemented');
  }

  override write(chunk: unknown, encoding?: unknown, last?: unknown): boolean {
    const callback = isCallable(encoding) ? encoding : isCallable(last) ? last : null;
    const done = this.#write(chunk, typeof encoding === 'string' ? encoding : null, callback, false);
    if (!done) this.#needsDrain = true;
    return done;
  }

  #write(chunk: unknown, encoding: string | null, callback: Callable | null, fromEnd: boolean): boolean {
    if (chunk === null) throw codedError(NativeTypeError, 'ERR_STREAM_NULL_VALUES', 'May not write null values to stream');
    if (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))
      throw invalidType('chunk', 'of type string or an instance of Buffer or Uint8Array', chunk);
    if (this.finished || this.destroyed) {
      this.#refuse(this.finished ? afterEnd() : afterDestroy(), callback);
      return false;
    }
    const length = typeof chunk === 'string' ? Buffer.byteLength(chunk, textEncoding(encoding)) : chunk.length;
    if (this._header === null) {
      if (fromEnd) this._contentLength = length;
      this._implicitHeader();
    }
    if (!this._hasBody) {
      if (callback !== null) nextTick(callback, []);
      return true;
    }
    const { socket } = this;
    if (!fromEnd && socket !== null && socket.writableCorked === 0) {
      socket.cork();
      nextTick(connectionCorkNT, [socket]);
    }
    if (!this.chunkedEncoding || length === 0) return this._send(chunk, encoding, callback);
    this._send(length.toString(16), 'latin1', null);
    this._send('\r\n', 'latin1', null);
    this._send(chunk, encoding, null);
    return this._send('\r\n', 'latin1', callback);
  }

  #refuse(error: Error, callback: Callable | null): void {
    if (!this.destroyed) {
      nextTick(() => {
        if (callback !== null) call(callback, undefined, error);
        if (this.listenerCount('error') > 0 || !this._closed) this.emit('error', error);
      }, []);
    } else if (callback !== null) nextTick(callback, [error]);
  }

  override end(...given: unknown[]): this {
    const callback = given.find(isCallable);
    const [chunk, encoding] = given.filter((each) => !isCallable(each));
    const { socket } = this;
    if (chunk !== undefined && chunk !== null && chunk !== '') {
      if (this.finished) {
        this.#refuse(afterEnd(), callback ?? null);
        return this;
      }
      socket?.cork();
      this.#write(chunk, typeof encoding === 'string' ? encoding : null, null, true);
    } else if (this.finished) {
      if (callback !== undefined) this.#endAgain(callback);
      return this;
    } else if (this._header === null) {
      socket?.cork();
      this._contentLength = 0;
      this._implicitHeader();
    }
    if (callback !== undefined) this.once('finish', callback);
    const finish = (): void => { this.#finished(); };
    if (this._hasBody && this.chunkedEncoding) this._send(`0\r\n${this._trailer}\r\n`, 'latin1', finish);
    else if (!this._headerSent || this.writableLength > 0 || Boolean(chunk)) this._send('', 'latin1', finish);
    else nextTick(finish, []);
    if (socket !== null) {
      socket._writableState.corked = 1;
      socket.uncork();
    }
    this.#corked = 0;
    this.finished = true;
    if (this.outputData.length === 0 && this.socket?._httpMessage === this) this._finish();
    return this;
  }

  #endAgain(callback: Callable): void {
    if (!this.writableFinished) this.on('finish', callback);
    else call(callback, undefined, alreadyFinished());
  }

  #finished(): void {
    if (this.socket?._hadError === true) return;
    this.emit('finish');
  }

  _finish(): void {
    this.emit('prefinish');
  }

  override _send(data: string | Uint8Array, encoding: string | null, callback: Callable | null): boolean {
    let whole = data;
    if (!this._headerSent && this._header !== null) {
      const isPlain = encoding === null || encoding === 'utf8' || encoding === 'latin1';
      if (typeof data === 'string' && isPlain) whole = this._header + data;
      else {
        this.outputData.unshift({ data: this._header, encoding: 'latin1', callback: null });
        this.outputSize += this._header.length;
      }
      this._headerSent = true;
    }
    return this.#writeRaw(whole, encoding, callback);
  }

  #writeRaw(data: string | Uint8Array, encoding: string | null, callback: Callable | null): boolean {
    const { socket } = this;
    if (socket?._httpMessage === this && socket.writable) {
      if (this.outputData.length > 0) this._flushOutput(socket);
      return socket.write(data, encoding, callback ?? undefined);
    }
    this.outputData.push({ data, encoding, callback });
    this.outputSize += data.length;
    return this.outputSize < mostWaiting;
  }

  _flush(): void {
    const { socket } = this;
    if (socket?.writable !== true) return;
    const isFlowing = this._flushOutput(socket);
    if (this.finished) this._finish();
    else if (isFlowing === true) this.#drained();
  }

  /** There is room again. */
  static drained(message: OutgoingMessage): void {
    message.#drained();
  }

  #drained(): void {
    if (!this.#needsDrain) return;
    this.#needsDrain = false;
    this.emit('drain');
  }

  _flushOutput(socket: Socket): boolean | undefined {
    if (this.outputData.length === 0) return undefined;
    const output = this.outputData;
    let isFlowing = true;
    socket.cork();
    for (const { data, encoding, callback } of output) isFlowing = socket.write(data, encoding, callback ?? undefined);
    socket.uncork();
    this.outputData = [];
    this.outputSize = 0;
    return isFlowing;
  }

  override pipe(): never {
    const error = codedError(NativeError, 'ERR_STREAM_CANNOT_PIPE', 'Cannot pipe, not readable');
    this.emit('error', error);
    return undefined as never; // nobody goes on with it
  }
}
export const outgoingInside = withdrawn(OutgoingMessage, 'drained');
named(OutgoingMessage, 'OutgoingMessage', 1);
hide(OutgoingMessage.prototype, Symbol.for('nodejs.rejection'), function rejected(this: OutgoingMessage, error: unknown) {
  this.destroy(error);
});

function connectionCorkNT(socket: Socket): void {
  socket.uncork();
}

function textEncoding(encoding: string | null): BufferEncoding {
  return (encoding ?? 'utf8') as BufferEncoding; // Buffer says when it is none
}

function afterDestroy(): Error {
  return codedError(NativeError, 'ERR_STREAM_DESTROYED', 'Cannot call write after a stream was destroyed');
}

function alreadyFinished(): Error {
  return codedError(NativeError, 'ERR_STREAM_ALREADY_FINISHED', 'Cannot call end after a stream was finished');
}

function afterEnd(): Error {
  return codedError(NativeError, 'ERR_STREAM_WRITE_AFTER_END', 'write after end');
}

