/**
 * Why this file exists: a request on the connection that it was given: what comes back on it, and when the connection
 * can be used again. Node 20: lib/_http_client.js (tickOnSocket, parserOnIncomingClient, responseOnEnd and others).
 */
import { under } from '../../stood-for';
import { nextTick } from '../../ticks';
import { Buffer } from '../buffer/part';
import { socketInside, type Socket } from '../net/part';
import { outgoingInside } from './outgoing';
import type { ClientRequest } from './client';
import type { IncomingMessage} from './incoming';
import { resetError, incomingInside } from './incoming';
import { Parser, type Head } from './parser';

const tellResponse = under(
  [
    'HTTPParser.parserOnIncomingClient [as onIncoming] (node:_http_client:702:27)',
    'HTTPParser.parserOnHeadersComplete (node:_http_common:118:17)', 'Socket.socketOnData (node:_http_client:544:22)',
  ],
  (req: { emit(name: string, given: unknown): boolean }, res: unknown) => req.emit('response', res),
);

export class Exchange {
  #hearsTimeout = false;
  readonly #listening: (() => void)[] = [];

  constructor(readonly req: ClientRequest, readonly socket: Socket) {
    req.socket = socket;
    socket._httpMessage = req;
    socket._hadError = false;
    const parser = new Parser('response', {
      head: (head) => this.#head(head),
      body: (bytes) => {
        const { res } = req;
        if (res !== null && !res._dumped && !res.push(bytes)) socketInside.handleOf(socket)?.readStop();
      },
      complete: (trailers) => { this.#complete(trailers); },
    });
    this.#hear('error', (error: Error) => {
      this.#failed(error);
      parser.finish();
      socket.destroy();
    });
    this.#hear('data', (bytes: Uint8Array) => {
      const error = parser.execute(bytes);
      if (error === undefined) return;
      socket.destroy();
      this.#failed(error);
    });
    this.#hear('end', () => {
      if (req.res === null && !socket._hadError) this.#failed(resetError('socket hang up'));
      parser.finish();
      socket.end();
    });
    this.#hear('close', () => { this.#closed(parser); });
    this.#hear('drain', () => { outgoingInside.drained(req); });
    if (req.timeout !== undefined || req.agent?.options.timeout !== undefined) this.hearTimeout();
  }

  #hear(type: string, listener: (...given: never[]) => void): void {
    this.socket.on(type, listener);
    this.#listening.push(() => { this.socket.removeListener(type, listener); });
  }

  #failed(error: Error): void {
    this.socket._hadError = true;
    this.req.emit('error', error);
  }

  hearTimeout(): void {
    if (this.#hearsTimeout) return;
    this.#hearsTimeout = true;
    this.#hear('timeout', () => { this.req.emit('timeout'); });
  }

  /** Answers whether the body is to be left out. */
  #head(head: Head): boolean {
    const { req, socket } = this;
    if (req.res !== null) {
      socket.destroy();
      return true;
    }
    const res = incomingInside.of(socket, head);
    if (head.upgrades) {
      this.#upgraded(res);
      return true;
    }
    res.upgrade = false;
    if (head.status >= 100 && head.status < 200) {
      if (head.status === 100) req.emit('continue');
      const { statusCode, statusMessage, httpVersion, httpVersionMajor, httpVersionMinor, headers, rawHeaders } = res;
      const about = { statusCode, statusMessage, httpVersion, httpVersionMajor, httpVersionMinor, headers, rawHeaders };
      req.emit('information', about);
      return true;
    }
    req.res = res;
    if (!head.keepsAlive) req.shouldKeepAlive = false;
    res.req = req;
    res.on('end', () => { this.#responded(res); });
    req.on('finish', () => { if (req.shouldKeepAlive && req._ended) this.#release(); });
    if (req.aborted || !tellResponse(req, res)) res._dump();
    return req.method === 'HEAD';
  }

  #upgraded(res: IncomingMessage): void {
    const { req, socket } = this;
    req.res = res;
    res.complete = true;
    this.#unlisten();
    socket._readableState.flowing = null;
    if (req.listenerCount('upgrade') === 0) {
      socket.destroy();
      return;
    }
    socket._httpMessage = null;
    req.emit('upgrade', res, socket, Buffer.alloc(0));
    req.destroyed = true;
    this.#tellClose();
  }

  #tellClose(): void {
    this.req._closed = true;
    this.req.emit('close');
  }

  #complete(trailers: readonly string[]): void {
    const { res } = this.req;
    if (res === null) return;
    res.complete = true;
    res.rawTrailers = trailers;
    res.push(null);
    const handle = socketInside.handleOf(this.socket);
    if (handle?.isReading === false) handle.readStart();
  }

  #responded(res: IncomingMessage): void {
    const { req, socket } = this;
    req._ended = true;
    if (req.shouldKeepAlive) {
      if (req.writableFinished && !res.aborted) this.#release();
    } else if (socket.writable) socket.destroySoon();
  }

  /** The connection can be used again, once the program has seen the end. */
  #release(): void {
    const { req } = this;
    if (req.destroyed) return;
    this.#unlisten();
    req.destroyed = true;
    if (req.res !== null) req.res.socket = null;
    nextTick(emitFreeNT, [req]);
  }

  #unlisten(): void {
    for (const remove of this.#listening.splice(0)) remove();
  }

  #closed(parser: Parser): void {
    const { req, socket } = this;
    const { res } = req;
    req.destroyed = true;
    parser.finish();
    if (res === null) {
      if (!socket._hadError) this.#failed(resetError('socket hang up'));
      this.#tellClose();
    } else {
      if (!res.complete) res.destroy(resetError('aborted'));
      this.#tellClose();
      if (!res.aborted && res.readable) res.push(null);
    }
    req.outputData = [];
  }
}

function emitFreeNT(req: ClientRequest): void {
  req._closed = true;
  req.emit('close');
  req.socket?.emit('free');
}
