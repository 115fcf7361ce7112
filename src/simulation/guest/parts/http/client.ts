/** Why this file exists: `ClientRequest`. Node 20: lib/_http_client.js. */
import { hideOwn } from '../../own-members';
import { refuseUnheard } from '../../async-unheard';
import { lackMembers } from '../../stand-ins';
import { clock } from '../../clock';
import { abortListener } from '../../modules/events/abort';
import { AbortError, checkNumber, checkSignal, codedError } from '../../node-errors';
import { NativeTypeError, isArray, isCallable, isObject, named } from '../../primordials';
import { nextTick } from '../../ticks';
import { Buffer } from '../buffer/part';
import { Endpoint, finished, isIP, socketInside, type Socket } from '../net/part';
import { secureOf, type Agent, type RequestPlace } from './agent';
import { methods } from './constants';
import { Exchange } from './exchange';
import { entriesOf } from './fields';
import { resetError, type IncomingMessage } from './incoming';
import { OutgoingMessage } from './outgoing';
import { expectOn, expectedOf, outsideFor } from './outside';
import { withdrawn } from '../../withdrawn';

export interface RequestOptions {
  readonly protocol?: string | null;
  readonly host?: string | null;
  readonly hostname?: string | null;
  readonly port?: number | string | null;
  readonly defaultPort?: number;
  readonly path?: string | null;
  readonly method?: string;
  readonly headers?: unknown;
  readonly auth?: string | null;
  readonly agent?: Agent | boolean | null;
  readonly timeout?: number;
  readonly signal?: unknown;
  readonly setHost?: boolean;
  readonly socketPath?: string;
  readonly createConnection?: (options: Readonly<Record<string, unknown>>) => Socket;
  readonly localAddress?: string;
  readonly family?: number;
  readonly insecureHTTPParser?: boolean;
}

/** What a request takes, the first, which compiles what asks, and others. Modelled, as measured. */
const [firstMs, laterMs] = [7, 0.25];
let isFirst = true;

const withoutBody: readonly string[] = ['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

export class ClientRequest extends OutgoingMessage {
  aborted = false;
  reusedSocket = false;
  timeout: number | undefined;
  readonly method: string;
  readonly path: string;
  readonly host: string;
  readonly protocol: string;
  res: IncomingMessage | null = null;
  override agent: Agent | undefined;
  readonly createConnection: RequestOptions['createConnection'];
  _ended = false;
  #error: unknown;
  exchange: Exchange | undefined;

  constructor(options: RequestOptions, callback: unknown, usual: Agent) {
    super();
    hideOwn(this, 'statusCode', 'fields', 'writableObjectMode', 'createConnection', 'exchange', 'timeout');
    refuseUnheard('HTTP');
    const askedAt = clock.now();
    clock.spend(isFirst ? firstMs : laterMs);
    isFirst = false;
    const agent = options.agent;
    this.agent = agent === false ? newLike(usual) : isObject(agent) ? agent : usual;
    this.protocol = options.protocol ?? usual.protocol;
    if (this.protocol !== usual.protocol)
      throw codedError(NativeTypeError, 'ERR_INVALID_PROTOCOL', `Protocol "${this.protocol}" not supported. Expected "${usual.protocol}"`);
    this.path = options.path ?? '/';
    if (/[^\u0021-\u00ff]/.test(this.path))
      throw codedError(NativeTypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters');
    const defaultPort = options.defaultPort ?? usual.defaultPort;
    const port = Number(options.port ?? defaultPort);
    this.host = options.hostname ?? options.host ?? 'localhost';
    this.method = (options.method ?? 'GET').toUpperCase();
    if (!/^[\^_`a-zA-Z\-0-9!#$%&'*+.|~]+$/.test(this.method))
      throw codedError(NativeTypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${this.method}"]`);
    if (!methods.includes(this.method)) {
      const words = `The argument 'method' is invalid. Received '${this.method}'`;
      throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', words);
    }
    this.timeout = options.timeout;
    if (this.timeout !== undefined) checkNumber(this.timeout, 'timeout', 0);
    if (isCallable(callback)) this.once('response', callback);
    this.useChunkedEncodingByDefault = !withoutBody.includes(this.method);
    this.createConnection = options.createConnection;
    const lasts = agent !== false && (this.agent.keepAlive || Number.isFinite(this.agent.maxSockets));
    this._last = !lasts;
    this.shouldKeepAlive = lasts;
    this.#fields(options, port, defaultPort);
    checkSignal(options.signal, 'options.signal');
    if (options.signal !== undefined) this.#watch(options.signal as AbortSignal); // just checked
    const url = `${this.protocol}//${this.host}${port === defaultPort ? '' : `:${port}`}${this.path}`;
    const { socketPath, localAddress, family } = options;
    const isOwn = socketPath !== undefined || options.createConnection !== undefined;
    const outside = isOwn ? undefined : outsideFor({ req: this, host: this.host, url, askedAt });
    const { host, timeout } = this;
    const secure = this.protocol === 'https:' ? this.#secure(options) : undefined;
    const where = { host, port, localAddress, family, timeout, socketPath, outside };
    const place: RequestPlace = { ...where, ...(secure && { secure }) };
    this.agent.addRequest(this, place);
  }

  /** The name that a server is asked for is that of the header. */
  #secure(options: RequestOptions): Readonly<Record<string, unknown>> {
    const secure = secureOf({ ...options });
    const [named] = String(this.getHeader('host') ?? this.host).split(':', 1);
    return 'servername' in secure ? secure : { ...secure, servername: isIP(named) === 0 ? named : '' };
  }

  #fields(options: RequestOptions, port: number, defaultPort: number): void {
    const { headers, auth, setHost = true } = options;
    if (isArray(headers)) {
      this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, entriesOf(headers));
      return;
    }
    for (const [name, value] of entriesOf(headers)) this.setHeader(name, value);
    if (setHost && !this.hasHeader('host')) {
      const name = this.host.includes(':') && !this.host.startsWith('[') ? `[${this.host}]` : this.host;
      this.setHeader('Host', port === defaultPort ? name : `${name}:${port}`);
    }
    if (typeof auth === 'string' && !this.hasHeader('authorization'))
      this.setHeader('Authorization', `Basic ${Buffer.from(auth).toString('base64')}`);
    if (this.hasHeader('expect')) this._implicitHeader();
  }

  #watch(signal: AbortSignal): void {
    const onAbort = (): void => { this.destroy(new AbortError(undefined, { cause: signal.reason as unknown })); };
    if (signal.aborted) onAbort();
    else {
      const listening = abortListener(signal, onAbort) as Disposable; // it can be ended
      this.once('close', () => { listening[Symbol.dispose](); });
    }
  }

  override _implicitHeader(): void {
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this.fields.values());
  }

  abort(): void {
    if (this.aborted) return;
    this.aborted = true;
    nextTick(() => { this.emit('abort'); }, []);
    this.destroy();
  }

  override destroy(error?: unknown): this {
    if (this.destroyed) return this;
    this.destroyed = true;
    this.res?._dump();
    this.#error = error;
    this.socket?.destroy(error);
    return this;
  }

  onSocket(socket: Socket): void {
    nextTick(onSocketNT, [this, socket]);
  }

  /** The socket is there, in a tick after it was given. */
  static take(req: ClientRequest, socket: Socket): void {
    if (req.destroyed) {
      req.#gone(socket);
      return;
    }
    req.exchange = new Exchange(req, socket);
    const answer = expectedOf(req);
    const peer = socketInside.handleOf(socket)?.peer;
    if (answer !== undefined && peer instanceof Endpoint) expectOn(peer, answer);
    req.emit('socket', socket);
    req._flush();
  }

  #gone(socket: Socket): void {
    const tell = (error: unknown): void => {
      const told = error ?? (this.aborted ? undefined : resetError('socket hang up'));
      if (told !== undefined) this.emit('error', told);
      this._closed = true;
      this.emit('close');
    };
    const error = this.#error;
    if ((error === undefined || error === null) && !socket.destroyed) {
      socket.emit('free');
      tell(undefined);
      return;
    }
    let isOver = false;
    finished(socket.destroy(error), {}, (failure) => {
      if (isOver) return;
      isOver = true;
      const isEarly = (failure as { code?: unknown } | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
      tell(isEarly ? error : (failure ?? error));
    });
  }

  override setTimeout(ms: unknown, callback?: unknown): this {
    if (this._ended) return this;
    if (callback !== undefined) this.once('timeout', callback);
    const begin = (socket: Socket): void => {
      this.exchange?.hearTimeout();
      if (socket.connecting) socket.once('connect', () => { socket.setTimeout(ms); });
      else socket.setTimeout(ms);
    };
    if (this.socket !== null) begin(this.socket);
    else this.once('socket', begin);
    return this;
  }

  setNoDelay(): void {
    // Nothing is held back in the simulation.
  }

  setSocketKeepAlive(): void {
    // Nobody looks whether the other side is still there.
  }
}
const { take } = withdrawn(ClientRequest, 'take');
named(ClientRequest, 'ClientRequest', 3);

/** `agent: false`: one of its own for this request. */
function newLike(usual: Agent): Agent {
  return new (usual.constructor as typeof Agent)();
}

function onSocketNT(req: ClientRequest, socket: Socket): void {
  take(req, socket);
}
lackMembers(ClientRequest.prototype, 'ClientRequest.prototype', ['clearTimeout']);
