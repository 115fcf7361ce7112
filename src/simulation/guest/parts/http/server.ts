/** Why this file exists: `http.Server`. Node 20: lib/_http_server.js. */
import { hideOwn } from '../../own-members';
import { native, under } from '../../stood-for';
import { refuseUnheard } from '../../async-unheard';
import { clock } from '../../clock';
import { NativeError, SafeSet, isCallable, isObject, named } from '../../primordials';
import { nextTick } from '../../ticks';
import { Server as NetServer, socketInside, type Socket } from '../net/part';
import type { IncomingMessage} from './incoming';
import { resetError, incomingInside } from './incoming';
import { outgoingInside } from './outgoing';
import { Parser, type Head } from './parser';
import { ServerResponse, responseInside } from './response';

interface Emitting {
  emit(name: string, ...args: readonly unknown[]): boolean;
}

/** The parser takes what comes from the socket without the socket's stream. */
const tellRequest = under(
  ['parserOnIncoming (node:_http_server:1139:12)', 'HTTPParser.parserOnHeadersComplete (node:_http_common:118:17)', native],
  (server: Emitting, req: unknown, res: unknown) => { server.emit('request', req, res); },
);

interface ServerOptions {
  readonly keepAliveTimeout?: number;
  readonly requestTimeout?: number;
  readonly headersTimeout?: number;
  readonly requireHostHeader?: boolean;
  readonly IncomingMessage?: unknown;
  readonly ServerResponse?: new (req: IncomingMessage) => ServerResponse;
}

/** What connections ask of their server. */
export interface HttpServer extends NetServer {
  readonly keepAliveTimeout: number;
  readonly timeout: number;
  readonly requireHostHeader: boolean;
  readonly Response: new (req: IncomingMessage) => ServerResponse;
}

type AnyServer = new (...given: [options?: unknown, listener?: unknown]) => NetServer;

/** A server of HTTP over the connections that another server tells by this event. */
export function httpServerOn(Below: AnyServer, connection: string, usual: object = {}): AnyServer {
  return named(class Server extends Below implements HttpServer {
    keepAliveTimeout: number;
    requestTimeout: number;
    headersTimeout: number;
    timeout = 0;
    maxHeadersCount: number | null = null;
    maxRequestsPerSocket = 0;
    readonly requireHostHeader: boolean;
    readonly httpAllowHalfOpen = false;
    readonly Response: new (req: IncomingMessage) => ServerResponse;
    readonly #connections = new SafeSet<Connection>();

    constructor(...given: [options?: unknown, listener?: unknown]) {
      const [first, second] = given;
      const options: ServerOptions = isObject(first) && !isCallable(first) ? first : {};
      super({ ...usual, ...options });
      refuseUnheard('HTTP');
      this.keepAliveTimeout = options.keepAliveTimeout ?? 5000;
      this.requestTimeout = options.requestTimeout ?? 300_000;
      this.headersTimeout = options.headersTimeout ?? 60_000;
      this.requireHostHeader = options.requireHostHeader ?? true;
      this.Response = options.ServerResponse ?? ServerResponse;
      hideOwn(this, 'Response');
      const listener = isCallable(first) ? first : second;
      if (isCallable(listener)) this.on('request', listener);
      this.on(connection, (socket: Socket) => {
        this.#connections.add(new Connection(this, socket, (ended) => { this.#connections.delete(ended); }));
      });
    }

    setTimeout(ms: number, callback?: unknown): this {
      this.timeout = ms;
      if (callback !== undefined) this.on('timeout', callback);
      return this;
    }

    override close(callback?: unknown): this {
      this.closeIdleConnections();
      return super.close(callback);
    }

    closeIdleConnections(): void {
      for (const each of [...this.#connections]) if (each.isIdle) each.socket.destroy();
    }

    closeAllConnections(): void {
      for (const each of [...this.#connections]) each.socket.destroy();
    }
  }, 'Server', 2);
}

export const Server = httpServerOn(NetServer, 'connection', { allowHalfOpen: true });

/** What a request takes on its way to the program. Modelled, as measured. */
const requestMs = 0.2;

/** One connection: requests come in on it, responses go out in the same order. */
class Connection {
  readonly #parser: Parser;
  readonly #incoming: IncomingMessage[] = [];
  readonly #outgoing: ServerResponse[] = [];
  #current: IncomingMessage | null = null;
  #isCounting = false;

  constructor(readonly server: HttpServer, readonly socket: Socket, ended: (self: Connection) => void) {
    this.#parser = new Parser('request', {
      head: (head) => this.#head(head),
      body: (bytes) => {
        const stream = this.#current;
        if (stream !== null && !stream._dumped && !stream.push(bytes)) socketInside.handleOf(socket)?.readStop();
      },
      complete: (trailers) => { this.#complete(trailers); },
    });
    if (server.timeout > 0) socket.setTimeout(server.timeout);
    socket.on('timeout', () => { this.#timedOut(); });
    socket.on('data', (bytes: Uint8Array) => { this.#data(bytes); });
    socket.on('end', () => {
      const error = this.#parser.finish();
      if (error === undefined) socket.end();
      else this.#failed(error);
    });
    socket.on('close', () => {
      ended(this);
      for (const req of this.#incoming.splice(0)) req.destroy(resetError('aborted'));
    });
    socket.on('error', (error: Error) => { this.#failed(error); });
    socket.on('drain', () => {
      const response = socket._httpMessage as ServerResponse | null;
      if (response !== null) outgoingInside.drained(response);
    }); // a server's are responses
  }

  get isIdle(): boolean {
    return this.#incoming.length === 0 && this.socket._httpMessage === null && this.#outgoing.length === 0;
  }

  #data(bytes: Uint8Array): void {
    const error = this.#parser.execute(bytes);
    if (error !== undefined) this.#failed(error);
  }

  #head(head: Head): boolean {
    const { server, socket } = this;
    if (this.#isCounting) {
      socket.setTimeout(server.timeout);
      this.#isCounting = false;
    }
    clock.spend(requestMs);
    const req = incomingInside.of(socket, head);
    this.#current = req;
    if (head.upgrades && server.listenerCount('upgrade') > 0) {
      this.#upgrade(req);
      return true;
    }
    req.upgrade = false;
    this.#incoming.push(req);
    const res = new server.Response(req);
    res._keepAliveTimeout = server.keepAliveTimeout;
    res.shouldKeepAlive = head.keepsAlive;
    if (socket._httpMessage !== null) this.#outgoing.push(res);
    else res.assignSocket(socket);
    res.on('finish', () => { this.#responded(req, res); });
    this.#request(req, res);
    return false;
  }

  #request(req: IncomingMessage, res: ServerResponse): void {
    const { server } = this;
    if (req.httpVersionMinor === 1 && server.requireHostHeader && req.headers['host'] === undefined) {
      res.writeHead(400, ['Connection', 'close']);
      res.end();
      return;
    }
    const { expect } = req.headers as { readonly expect?: string };
    if (expect === undefined) tellRequest(server, req, res);
    else if (/(?:^|\W)100-continue(?:$|\W)/i.test(expect)) {
      if (server.listenerCount('checkContinue') > 0) server.emit('checkContinue', req, res);
      else {
        res.writeContinue();
        server.emit('request', req, res);
      }
    } else if (server.listenerCount('checkExpectation') > 0) server.emit('checkExpectation', req, res);
    else {
      res.writeHead(417);
      res.end();
    }
  }

  #upgrade(req: IncomingMessage): void {
    const { socket } = this;
    this.#parser.isStopped = true;
    for (const type of ['data', 'end', 'close', 'error', 'drain', 'timeout']) socket.removeAllListeners(type);
    socket._readableState.flowing = null;
    this.server.emit('upgrade', req, socket, new Uint8Array(0));
  }

  #complete(trailers: readonly string[]): void {
    const stream = this.#current;
    if (stream === null) return;
    stream.complete = true;
    stream.rawTrailers = trailers;
    stream.push(null);
    const handle = socketInside.handleOf(this.socket);
    if (handle?.isReading === false) handle.readStart();
  }

  #responded(req: IncomingMessage, res: ServerResponse): void {
    const { server, socket } = this;
    this.#incoming.shift();
    if (!req._consumed) req._dump();
    res.detachSocket(socket);
    if (this.#current === req) {
      if (req.readableEnded) this.#current = null;
      else req.on('end', () => { if (this.#current === req) this.#current = null; });
    }
    nextTick(responseInside.tellClose, [res]);
    const next = this.#outgoing.shift();
    if (res._last) socket.destroySoon();
    else if (next !== undefined) next.assignSocket(socket);
    else if (server.keepAliveTimeout > 0) {
      socket.setTimeout(server.keepAliveTimeout);
      this.#isCounting = true;
    }
  }

  #timedOut(): void {
    const { server, socket } = this;
    const req = this.#current;
    const reqHears = req !== null && !req.complete && req.emit('timeout', socket);
    const res = socket._httpMessage as ServerResponse | null; // a server's are responses
    const resHears = res?.emit('timeout', socket) ?? false;
    if (!reqHears && !resHears && !server.emit('timeout', socket)) socket.destroy();
  }

  #failed(error: Error): void {
    const { server, socket } = this;
    if (server.emit('clientError', error, socket)) return;
    const res = socket._httpMessage as ServerResponse | null; // a server's are responses
    if (socket.writable && res?._headerSent !== true)
      socket.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    socket.destroy(error instanceof NativeError && 'reason' in error ? error : undefined);
  }
}

