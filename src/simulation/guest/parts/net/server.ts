/** Why this file exists: `net.Server`. Node 20: lib/net.js. */
import { abortListener } from '../../modules/events/abort';
import { newEmitter } from '../../modules/events/emitter';
import { checkFunction, checkSignal, codedError, invalidType } from '../../node-errors';
import { NativeError, NativeTypeError, call, isCallable, isObject, named } from '../../primordials';
import { inspect } from '../../inspect';
import { nextTick } from '../../ticks';
import { isHere, portOf } from './addresses';
import { bindError } from './faults';
import { Listener, freePort, listenerFor, portKey, type Accepted } from './listening';
import { Socket } from './socket';

interface ServerOptions {
  readonly allowHalfOpen?: boolean;
  readonly pauseOnConnect?: boolean;
  readonly signal?: unknown;
}

interface ListenOptions {
  readonly port?: unknown;
  readonly host?: unknown;
  readonly path?: unknown;
  readonly signal?: unknown;
}

export class Server extends newEmitter {
  readonly allowHalfOpen: boolean;
  readonly pauseOnConnect: boolean;
  maxConnections: number | undefined;
  _connections = 0;
  #listener: Listener | undefined;
  #isUnrefed = false;

  constructor(...given: [options?: unknown, listener?: unknown]) {
    super();
    const [first, second] = given;
    const options: ServerOptions = isObject(first) && !isCallable(first) ? first : {};
    if (first !== undefined && first !== null && !isObject(first)) throw invalidType('options', 'of type object', first);
    if (isCallable(first)) this.on('connection', first);
    else if (second !== undefined && second !== null) {
      checkFunction(second, 'connectionListener');
      this.on('connection', second);
    }
    this.allowHalfOpen = options.allowHalfOpen === true;
    this.pauseOnConnect = options.pauseOnConnect === true;
  }

  get listening(): boolean {
    return this.#listener !== undefined;
  }

  listen(...given: unknown[]): this {
    if (this.#listener !== undefined)
      throw codedError(NativeError, 'ERR_SERVER_ALREADY_LISTEN', 'Listen method has been called more than once without closing.');
    const callback = given.find(isCallable);
    if (callback !== undefined) this.once('listening', callback);
    const options = listenOptions(given);
    this.#watch(options.signal);
    if (typeof options.path === 'string') {
      this.#bind(`path ${options.path}`, options.path, -1);
      return this;
    }
    const port = portOf(options.port ?? 0, 'options.port');
    if (typeof options.host !== 'string' || options.host === '') this.#bind(portKey(port), '::', port);
    else {
      const host = options.host;
      nextTick(() => { this.#bind(portKey(port), host.toLowerCase() === 'localhost' ? '127.0.0.1' : host, port); }, []);
    }
    return this;
  }

  #watch(signal: unknown): void {
    if (signal === undefined) return;
    checkSignal(signal, 'options.signal');
    const { aborted } = signal as AbortSignal; // just checked
    const onAborted = (): void => { this.close(); };
    if (aborted) nextTick(onAborted, []);
    else this.once('close', () => { (abortListener(signal, onAborted) as Disposable)[Symbol.dispose](); });
    if (!aborted) abortListener(signal, onAborted);
  }

  #bind(wanted: string, address: string, asked: number): void {
    const port = asked === 0 ? freePort() : asked;
    const key = asked === 0 ? portKey(port) : wanted;
    const fault = listenerFor(key) !== undefined ? 'EADDRINUSE' : asked >= 0 && !isHere(address) ? 'EADDRNOTAVAIL' : undefined;
    if (fault !== undefined) {
      const error = bindError(fault, 'listen', address, port);
      nextTick((): void => { this.emit('error', error); }, []);
      return;
    }
    this.#listener = new Listener(key, address, port, (accepted) => { this.#accept(accepted); });
    if (this.#isUnrefed) this.unref();
    nextTick((): void => { if (this.#listener !== undefined) this.emit('listening'); }, []);
  }

  #accept({ end, local, remote }: Accepted): void {
    if (this.maxConnections !== undefined && this._connections >= this.maxConnections) {
      end.leave();
      const seen = { localAddress: local?.address, localPort: local?.port, localFamily: local?.family };
      this.emit('drop', { ...seen, remoteAddress: remote?.address, remotePort: remote?.port, remoteFamily: remote?.family });
      return;
    }
    const socket = new Socket({ handle: end, allowHalfOpen: this.allowHalfOpen, pauseOnCreate: this.pauseOnConnect });
    [socket.local, socket.remote, socket.server] = [local, remote, this];
    this._connections++;
    this.emit('connection', socket);
  }

  connectionCloses(): void {
    this._connections--;
    this.#closeIfDrained();
  }

  #closeIfDrained(): void {
    if (this.#listener !== undefined || this._connections > 0) return;
    nextTick((): void => { this.emit('close'); }, []);
  }

  close(callback?: unknown): this {
    if (isCallable(callback)) {
      if (this.#listener !== undefined) this.once('close', callback);
      else {
        this.once('close', () => {
          call(callback, this, codedError(NativeError, 'ERR_SERVER_NOT_RUNNING', 'Server is not running.'));
        });
      }
    }
    this.#listener?.close();
    this.#listener = undefined;
    this.#closeIfDrained();
    return this;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return new Promise((resolve, reject) => {
      this.close((error: unknown) => {
        if (error instanceof Error) reject(error);
        else resolve();
      });
    });
  }

  address(): object | string | null {
    if (this.#listener === undefined) return null;
    const { address, port } = this.#listener;
    return port < 0 ? address : { address, family: address.includes(':') ? 'IPv6' : 'IPv4', port };
  }

  getConnections(callback: unknown): this {
    checkFunction(callback, 'callback');
    nextTick(callback, [null, this._connections]);
    return this;
  }

  ref(): this {
    this.#isUnrefed = false;
    this.#listener?.setRef(true);
    return this;
  }

  unref(): this {
    this.#isUnrefed = true;
    this.#listener?.setRef(false);
    return this;
  }
}
named(Server, 'Server', 2);

/** `(port, host)`, `(path)`, `(options)`. */
function listenOptions(given: readonly unknown[]): ListenOptions {
  const [first, second] = given;
  if (first === undefined || first === null || isCallable(first)) return { port: 0 };
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first)))
    return { port: first, ...(typeof second === 'string' ? { host: second } : {}) };
  if (typeof first === 'string') return { path: first };
  if (isObject(first)) {
    const options: ListenOptions = first;
    if ('port' in options || typeof options.path === 'string') return options;
  }
  throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'options' is invalid. Received ${inspect(first)}`);
}
