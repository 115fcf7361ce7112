/** Why this file exists: `tls.Server`. Node 20: lib/_tls_wrap.js. */
import { lackMembers } from '../../stand-ins';
import { codedError, invalidType } from '../../node-errors';
import { NativeError, isCallable, isObject, named } from '../../primordials';
import { Server, type Socket } from '../net/part';
import { SecureContext, type ContextOptions } from './context';
import { TLSSocket, tlsInside, type TlsOptions } from './tls-socket';

type UseContext = (error: unknown, context?: unknown) => void;

interface ServerOptions extends TlsOptions {
  readonly SNICallback?: (servername: string, use: UseContext) => void;
  readonly handshakeTimeout?: number;
}

const handshakeMs = 120_000;

export class TlsServer extends Server {
  readonly requestCert: boolean;
  readonly rejectUnauthorized: boolean;
  readonly #options: ServerOptions;
  #context: SecureContext;
  readonly #contexts: { readonly names: RegExp; readonly context: SecureContext }[] = [];

  constructor(...given: [options?: unknown, listener?: unknown]) {
    const [first, second] = given;
    if (first !== undefined && first !== null && typeof first !== 'object' && !isCallable(first)) throw invalidType('options', 'of type object', first);
    const options: ServerOptions = isObject(first) && !isCallable(first) ? { ...first } : {};
    super(options);
    this.#options = options;
    this.#context = new SecureContext(options);
    this.requestCert = options.requestCert === true;
    this.rejectUnauthorized = options.rejectUnauthorized !== false;
    const listener = isCallable(first) ? first : second;
    this.on('connection', (socket: Socket) => { this.#secure(socket); });
    if (isCallable(listener)) this.on('secureConnection', listener);
  }

  #secure(below: Socket): void {
    const { SNICallback, ALPNProtocols, handshakeTimeout = handshakeMs } = this.#options;
    const contextFor: TlsOptions['contextFor'] = (name, use) => { this.#contextFor(socket, name, use); };
    const socket: TLSSocket = new TLSSocket(below, {
      isServer: true, secureContext: this.#context, requestCert: this.requestCert, ALPNProtocols,
      ...((SNICallback !== undefined || this.#contexts.length > 0) && { contextFor }),
    });
    let isTold = false;
    const tell = (error: Error): void => {
      if (socket.isReleased || isTold) return;
      isTold = true;
      this.emit('tlsClientError', error, socket);
    };
    // Who hears of it closes the socket.
    const onTimeout = (): void => { tell(codedError(NativeError, 'ERR_TLS_HANDSHAKE_TIMEOUT', 'TLS handshake timeout')); };
    if (handshakeTimeout > 0) socket.setTimeout(handshakeTimeout, onTimeout);
    socket.on('secure', () => {
      socket.setTimeout(0, onTimeout);
      this.#secured(socket);
    });
    socket.on('close', (hadError: boolean) => { if (!hadError) tell(codedError(NativeError, 'ECONNRESET', 'socket hang up')); });
    socket.on('error', tell);
  }

  #secured(socket: TLSSocket): void {
    if (this.requestCert) {
      const fault = tlsInside.verifyError(socket);
      if (fault === undefined) socket.authorized = true;
      else {
        socket.authorizationError = (fault as { code?: unknown }).code;
        if (this.rejectUnauthorized) socket.destroy();
      }
    }
    if (socket.destroyed) return;
    tlsInside.release(socket);
    socket.secureConnecting = false;
    this.emit('secureConnection', socket);
  }

  #contextFor(socket: TLSSocket, name: string, use: (context: SecureContext | undefined) => void): void {
    const { SNICallback } = this.#options;
    if (SNICallback === undefined) {
      use(this.#contexts.findLast(({ names }) => names.test(name))?.context);
      return;
    }
    SNICallback(name, (error, context) => {
      if (error !== undefined && error !== null) socket.destroy(error);
      else use(context instanceof SecureContext ? context : undefined);
    });
  }

  setSecureContext(options: ContextOptions): void {
    this.#context = new SecureContext(options);
  }

  addContext(name: string, context: unknown): void {
    const names = new RegExp(`^${name.replace(/([.^$+?\-\\[\]{}])/g, '\\$1').replaceAll('*', '[^.]*')}$`);
    const own = context instanceof SecureContext ? context : new SecureContext(context as ContextOptions); // looked at
    this.#contexts.push({ names, context: own });
  }
}
named(TlsServer, 'Server', 2);
lackMembers(TlsServer.prototype, 'Server.prototype', ['getTicketKeys', 'setTicketKeys', 'setOptions']);
