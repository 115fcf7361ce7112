/** Why this file exists: `net.Server`. Node 20: lib/net.js. */
import { hideOwn } from '../../own-members';
import { standsFor, under } from '../../stood-for';
import { abortListener } from '../../modules/events/abort';
import { newEmitter } from '../../modules/events/emitter';
import { checkFunction, checkSignal, codedError, invalidType } from '../../node-errors';
import { NativeError, NativeTypeError, call, isCallable, isObject, named } from '../../primordials';
import { inspect } from '../../inspect';
import type { Caller } from '../../loop/watched';
import { nextTick } from '../../ticks';
import { isHere, portOf } from './addresses';
import { bindError, type FaultCode } from './faults';
import { Listener, freePort, portKey, type Accepted, type Listening } from './listening';
import { Socket, serving } from './socket';
import { withdrawn } from '../../withdrawn';

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
  readonly exclusive?: unknown;
}

/** What a worker of a cluster asks its primary for. */
export interface ServerQuery {
  readonly address: string | null;
  readonly port: number;
  readonly addressType: number;
}

type TakeUp = (fault: FaultCode | undefined, listening: Listening | undefined) => void;

/** In a worker of a cluster: its primary listens in its place (parts/cluster). */
export const sharedServers: {
  ask: ((server: Server, query: ServerQuery, accept: (accepted: Accepted) => void, told: TakeUp) => void) | undefined;
} = { ask: undefined };

interface Binding {
  readonly key: string;
  readonly address: string;
  readonly port: number;
  readonly query: ServerQuery;
  readonly isExclusive: boolean;
}

interface Emitting {
  emit(name: string, ...args: readonly unknown[]): boolean;
}

function emitListeningNT({ server, isOpen }: { readonly server: Emitting; readonly isOpen: () => boolean }): void {
  if (isOpen()) server.emit('listening');
}
standsFor(emitListeningNT, 'emitListeningNT (node:net:1951:10)');

function emitCloseNT(server: Emitting): void {
  server.emit('close');
}
standsFor(emitCloseNT, 'emitCloseNT (node:net:2344:8)');

const tellConnection = under('TCP.onconnection (node:net:2227:8)', (server: Emitting, socket: Socket) => {
  server.emit('connection', socket);
});

export class Server extends newEmitter {
  readonly allowHalfOpen: boolean;
  readonly pauseOnConnect: boolean;
  maxConnections: number | undefined;
  _connections = 0;
  #listener: Listening | undefined;
  /** The handle that listened last. */
  #caller: Caller | undefined;
  #isUnrefed = false;
  /** How often it was asked to listen or to close: what comes for an earlier time comes too late. */
  #round = 0;

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
    hideOwn(this, 'maxConnections');
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
    const isExclusive = options.exclusive === true;
    const round = ++this.#round;
    if (typeof options.path === 'string') {
      const address = options.path;
      this.#listen({ key: `path ${address}`, address, port: -1, query: { address, port: -1, addressType: -1 }, isExclusive });
      return this;
    }
    const port = portOf(options.port ?? 0, 'options.port');
    const key = portKey(port);
    if (typeof options.host !== 'string' || options.host === '')
      this.#listen({ key, address: '::', port, query: { address: null, port, addressType: 4 }, isExclusive });
    else {
      const address = options.host.toLowerCase() === 'localhost' ? '127.0.0.1' : options.host;
      const query = { address, port, addressType: address.includes(':') ? 6 : 4 };
      nextTick(() => { if (round === this.#round) this.#listen({ key, address, port, query, isExclusive }); }, []);
    }
    return this;
  }

  /** Node's listenInCluster. */
  #listen(binding: Binding): void {
    if (sharedServers.ask === undefined || binding.isExclusive) {
      this.#bind(binding);
      return;
    }
    const round = this.#round;
    sharedServers.ask(this, binding.query, (accepted) => { this.#accept(accepted); }, (fault, listening) => {
      if (round !== this.#round) listening?.close();
      else if (fault !== undefined || listening === undefined)
        this.emit('error', bindError(fault ?? 'EADDRINUSE', 'bind', binding.query.address ?? 'null', binding.port));
      else this.#takeUp(listening);
    });
  }

  #takeUp(listening: Listening): void {
    this.#listener = listening;
    this.#caller = listening.caller;
    if (this.#isUnrefed) this.unref();
    const isOpen = (): boolean => this.#listener !== undefined;
    nextTick(emitListeningNT, [{ server: this, isOpen }], listening.caller?.ids);
  }

  /** For Node's own code: who accepts its connections from now on. */
  static takeOver(server: Server, accept: (accepted: Accepted) => void): Listening | undefined {
    server.#accept = accept;
    return server.#listener;
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

  #bind({ key: wanted, address, port: asked }: Binding): void {
    const port = asked === 0 ? freePort() : asked;
    const key = asked === 0 ? portKey(port) : wanted;
    const isElsewhere = asked >= 0 && !isHere(address);
    const accept = (accepted: Accepted): void => { this.#accept(accepted); };
    const listener = isElsewhere ? undefined : Listener.open({ key, address, port }, accept);
    if (listener !== undefined) {
      this.#takeUp(listener);
      return;
    }
    const error = bindError(isElsewhere ? 'EADDRNOTAVAIL' : 'EADDRINUSE', 'listen', address, port);
    nextTick((): void => { this.emit('error', error); }, []);
  }

  #accept = ({ end, local, remote }: Accepted): void => {
    if (this.maxConnections !== undefined && this._connections >= this.maxConnections) {
      end.leave();
      const seen = { localAddress: local?.address, localPort: local?.port, localFamily: local?.family };
      this.emit('drop', { ...seen, remoteAddress: remote?.address, remotePort: remote?.port, remoteFamily: remote?.family });
      return;
    }
    const socket = new Socket({ handle: end, allowHalfOpen: this.allowHalfOpen, pauseOnCreate: this.pauseOnConnect });
    [socket.local, socket.remote, socket.server] = [local, remote, this];
    this._connections++;
    tellConnection(this, socket);
  };

  static connectionCloses(server: Server): void {
    server._connections--;
    server.#closeIfDrained();
  }

  #closeIfDrained(): void {
    if (this.#listener !== undefined || this._connections > 0) return;
    nextTick(emitCloseNT, [this], this.#caller?.ids);
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
    this.#round++;
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
export const serverInside = withdrawn(Server, 'takeOver', 'connectionCloses');
serving.connectionCloses = serverInside.connectionCloses;
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
