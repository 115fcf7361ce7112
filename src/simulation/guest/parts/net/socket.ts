/**
 * Why this file exists: `net.Socket`: an end of a connection or of a pipe as a stream. Node 20: lib/net.js,
 * lib/internal/stream_base_commons.js.
 */
import { hideOwn } from '../../own-members';
import { closing, reading } from './frames';
import { checkFunction, checkNumber, codedError, invalidType } from '../../node-errors';
import { setTimer } from '../../loop/timers';
import { NativeError, SafeWeakMap, isCallable, named } from '../../primordials';
import { streamOpens } from '../../stream-numbers';
import { nextTick } from '../../ticks';
import { withdrawn } from '../../withdrawn';
import { Buffer } from '../buffer/part';
import { Duplex, type Done } from './base';
import { calledBackIn, systemError, type FaultCode } from './faults';
import type { Handle, Read } from './handle';
import type { Server } from './server';
import { onReadableStreamEnd } from './write-after-end';

export interface SocketOptions {
  readonly handle?: Handle;
  readonly allowHalfOpen?: boolean;
  readonly readable?: boolean;
  readonly writable?: boolean;
  readonly pauseOnCreate?: boolean;
  readonly manualStart?: boolean;
  readonly signal?: unknown;
  readonly timeout?: number;
  readonly [option: string]: unknown;
}

export interface Place {
  readonly address: string;
  readonly port: number;
  readonly family: 'IPv4' | 'IPv6';
}

/** `socket.connect`: connecting.ts says how. */
export const connecting: { begin(socket: Socket, given: readonly unknown[]): void } = { begin: () => undefined };

/** A server whose connection is over: server.ts says what it does. */
export const serving: { connectionCloses(server: Server): void } = { connectionCloses: () => undefined };

/** The end that a socket has over the one that it gets: parts/tls. */
export const ends = new SafeWeakMap<Socket, (below: Handle) => Handle>();

const closedEarly = 'Socket closed before the connection was established';

function closedSocket(): Error {
  return codedError(NativeError, 'ERR_SOCKET_CLOSED', 'Socket is closed');
}

export class Socket extends Duplex {
  connecting = false;
  allowHalfOpen: boolean;
  server: Server | null = null;
  /** Where a connection has its ends; set when it is made. */
  local: Place | undefined;
  remote: Place | undefined;
  timeout: number | undefined;
  /** What HTTP keeps on a socket: the message that is written to it, and whether its failure was told. */
  _httpMessage: object | null = null;
  _hadError = false;
  #handle: Handle | undefined;
  #timer: ReturnType<typeof setTimer> | undefined;
  #read = 0;
  #written = 0;

  constructor(given?: SocketOptions | number) {
    const options = typeof given === 'object' ? given : {};
    const { handle, pauseOnCreate, manualStart, signal, ...others } = options;
    const allowHalfOpen = options.allowHalfOpen === true;
    const fixed = { allowHalfOpen, emitClose: false, autoDestroy: true, decodeStrings: false };
    super({ ...others, ...fixed, ...(signal === undefined ? {} : { signal }) });
    this.allowHalfOpen = allowHalfOpen;
    hideOwn(this, 'local', 'remote', 'timeout', '_httpMessage');
    this.on('end', onReadableStreamEnd);
    if (handle !== undefined) this.#attach(handle);
    if (handle === undefined || options.readable === false || manualStart === true) return;
    if (pauseOnCreate === true) this.pause();
    else this.read(0);
  }

  static handleOf(socket: Socket): Handle | undefined {
    return socket.#handle;
  }

  static attach(socket: Socket, handle: Handle): void {
    socket.#attach(ends.get(socket)?.(handle) ?? handle);
  }

  #attach(handle: Handle): void {
    this.#handle = handle;
    handle.onRead = reading(handle, (read) => { this.#onRead(read); });
  }

  #onRead(read: Read): void {
    if (read instanceof Uint8Array) {
      this.#read += read.length;
      this.#timer?.refresh();
      if (!this.push(Buffer.from(read.buffer, read.byteOffset, read.byteLength))) this.#handle?.readStop();
    } else if (read !== null) this.destroy(calledBackIn('read', false, systemError(read, 'read')));
    else if (!this._readableState.endEmitted) {
      this.push(null);
      this.read(0);
    }
  }

  _read(size: number): void {
    if (this.connecting || this.#handle === undefined) this.once('connect', () => { this._read(size); });
    else if (!this.#handle.isReading) this.#handle.readStart();
  }

  _write(data: string | Uint8Array, encoding: string, done: Done): void {
    this.#writeAll([bytesOf(data, encoding)], done);
  }

  _writev(chunks: readonly { readonly chunk: string | Uint8Array; readonly encoding: string }[], done: Done): void {
    this.#writeAll(chunks.map(({ chunk, encoding }) => bytesOf(chunk, encoding)), done);
  }

  #writeAll(parts: readonly Uint8Array[], done: Done): void {
    if (this.connecting) {
      const onClose = (): void => {
        done(codedError(NativeError, 'ERR_SOCKET_CLOSED_BEFORE_CONNECTION', closedEarly));
      };
      this.once('connect', () => {
        this.off('close', onClose);
        this.#writeAll(parts, done);
      });
      this.once('close', onClose);
      return;
    }
    if (this.#handle === undefined) {
      done(closedSocket());
      return;
    }
    this.#timer?.refresh();
    const bytes = parts.length === 1 ? (parts[0] ?? new Uint8Array(0)) : Buffer.concat(parts);
    const fault = this.#handle.write(bytes, (late) => { this.#wrote(late, done); });
    this.#written += bytes.length;
    if (fault === undefined) done();
    else if (fault !== 'later') done(systemError(fault, 'write'));
  }

  /** Node: onWriteComplete. */
  #wrote(fault: FaultCode | undefined, done: Done): void {
    this.#timer?.refresh();
    done(fault === undefined || this.destroyed ? undefined : calledBackIn('write', false, systemError(fault, 'write')));
  }

  _final(done: Done): void {
    if (this.connecting) {
      this.once('connect', () => { this._final(done); });
      return;
    }
    if (this.#handle === undefined || this.#handle.shutdown(() => { done(); })) done();
  }

  _destroy(error: unknown, done: Done): void {
    this.connecting = false;
    this.#timer?.close();
    this.#timer = undefined;
    const handle = this.#handle;
    if (handle === undefined) {
      done(error);
      nextTick(() => { this.emit('close', Boolean(error)); }, []);
    } else {
      streamOpens('stderr'); // Node asks whether it is that one
      handle.close(closing(handle, () => { this.emit('close', Boolean(error)); }));
      this.#handle = undefined;
      done(error);
    }
    if (this.server !== null) serving.connectionCloses(this.server);
  }

  /** Another process has it now: nothing more happens here. */
  static handedOver(socket: Socket): void {
    socket.#handle = undefined;
    socket.setTimeout(0);
    if (socket.server !== null) serving.connectionCloses(socket.server);
    socket.server = null;
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => { this.destroy(); });
  }

  resetAndDestroy(): this {
    this.#handle?.leave(true);
    return this.destroy();
  }

  connect(...given: unknown[]): this {
    connecting.begin(this, given);
    return this;
  }

  setTimeout(ms: unknown, callback?: unknown): this {
    checkNumber(ms, 'msecs', 0);
    if (callback !== undefined) checkFunction(callback, 'callback');
    this.timeout = ms as number; // just checked
    this.#timer?.close();
    this.#timer = undefined;
    if (ms === 0) {
      if (isCallable(callback)) this.removeListener('timeout', callback);
      return this;
    }
    this.#timer = setTimer(() => { this.emit('timeout'); }, ms, [], false).unref();
    if (callback !== undefined) this.once('timeout', callback);
    return this;
  }

  /** Something happened: it counts anew. */
  static refreshTimer(socket: Socket): void {
    socket.#timer?.refresh();
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    if (this.#handle === undefined) this.once('connect', () => { this.ref(); });
    else this.#handle.setRef(true);
    return this;
  }

  unref(): this {
    if (this.#handle === undefined) this.once('connect', () => { this.unref(); });
    else this.#handle.setRef(false);
    return this;
  }

  address(): object {
    const { local } = this;
    return local === undefined ? {} : { address: local.address, family: local.family, port: local.port };
  }

  get pending(): boolean {
    return this.#handle === undefined || this.connecting;
  }

  get readyState(): string {
    if (this.connecting) return 'opening';
    if (this.readable) return this.writable ? 'open' : 'readOnly';
    return this.writable ? 'writeOnly' : 'closed';
  }

  get bytesRead(): number {
    return this.#read;
  }

  get bytesWritten(): number {
    return this.#written + this.writableLength;
  }

  get bufferSize(): number {
    return this.writableLength;
  }

  get remoteAddress(): string | undefined {
    return this.remote?.address;
  }

  get remotePort(): number | undefined {
    return this.remote?.port;
  }

  get remoteFamily(): string | undefined {
    return this.remote?.family;
  }

  get localAddress(): string | undefined {
    return this.local?.address;
  }

  get localPort(): number | undefined {
    return this.local?.port;
  }

  get localFamily(): string | undefined {
    return this.local?.family;
  }
}
export const socketInside = withdrawn(Socket, 'handleOf', 'attach', 'refreshTimer', 'handedOver');
named(Socket, 'Socket', 1);

function bytesOf(data: string | Uint8Array, encoding: string): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data, encoding as BufferEncoding);
  if (ArrayBuffer.isView(data)) return data;
  throw invalidType('chunk', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
}
