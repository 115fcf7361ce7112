/** Why this file exists: `tls.TLSSocket` and `tls.connect`. Node 20: lib/_tls_wrap.js. */
import { hideOwn } from '../../own-members';
import { lackMembers } from '../../stand-ins';
import { codedError } from '../../node-errors';
import { Immediate } from '../../loop/immediates';
import { warnings, warningNamed } from '../../modules/events/warnings';
import { NativeError, call, get, isCallable, isObject, named } from '../../primordials';
import { process } from '../../process';
import { nextTick } from '../../ticks';
import { Endpoint, Socket, ends, normalizedArguments, socketInside, type Done, type Handle } from '../net/part';
import { withdrawn } from '../../withdrawn';
import { checkServerIdentity, faultOf, readCertificate, type Certificate } from './certificates';
import { SecureContext, refuse, type ContextOptions } from './context';
import { SecureEnd, type Settings } from './secure-end';

export interface TlsOptions extends ContextOptions {
  readonly secureContext?: SecureContext | undefined;
  readonly isServer?: boolean;
  readonly requestCert?: boolean;
  readonly rejectUnauthorized?: boolean;
  readonly ALPNProtocols?: unknown;
  readonly contextFor?: Settings['contextFor'];
  readonly servername?: unknown;
  readonly host?: unknown;
  readonly socket?: Socket;
  readonly timeout?: number;
  readonly signal?: unknown;
  readonly highWaterMark?: unknown;
  readonly checkServerIdentity?: typeof checkServerIdentity;
}

export class TLSSocket extends Socket {
  readonly encrypted = true;
  authorized = false;
  authorizationError: unknown = null;
  alpnProtocol: string | false | null = null;
  servername: string | false | null = null;
  secureConnecting = true;
  readonly isServer: boolean;
  readonly options: TlsOptions;
  /** Errors are told to the server, as long as the program does not know this socket. */
  isReleased = false;
  #end: SecureEnd | undefined;
  #whenSecure: (() => void)[] = [];

  constructor(below?: Socket | null, options: TlsOptions = {}) {
    const isHalf = below?.allowHalfOpen ?? options['allowHalfOpen'] === true;
    const { signal, highWaterMark } = options;
    super({
      allowHalfOpen: isHalf, manualStart: true, ...(signal !== undefined && { signal }),
      ...(highWaterMark !== undefined && { highWaterMark }),
    });
    for (const name of ['pskCallback', 'ALPNCallback', 'session', 'requestOCSP', 'enableTrace'])
      if (options[name] !== undefined && options[name] !== false) refuse(`the option ${name} of tls`);
    this.options = options;
    this.isServer = options.isServer === true;
    hideOwn(this, 'isServer', 'options', 'isReleased');
    this.on('error', unheard);
    ends.set(this, (handle) => this.#secured(handle, below ?? undefined));
    if (below === undefined || below === null) this.connecting = true;
    else this.#over(below);
    nextTick(() => { if (socketInside.handleOf(this) !== undefined) this.read(0); }, []);
  }

  /** Secures a connection that is there. */
  #over(below: Socket): void {
    if (!(below instanceof Socket)) refuse('securing a stream that is no socket');
    const take = (): void => {
      const handle = socketInside.handleOf(below);
      if (handle === undefined) refuse('securing what is secured');
      socketInside.attach(this, handle);
      [this.local, this.remote] = [below.local, below.remote];
    };
    below.on('error', (error: Error) => { this.#failed(error); });
    below.on('close', () => { this.destroy(); });
    this.connecting = below.connecting || socketInside.handleOf(below) === undefined;
    if (!this.connecting) {
      take();
      return;
    }
    below.once('connect', () => {
      take();
      this.connecting = false;
      this.emit('connect');
    });
  }

  #secured(handle: Handle, below: Socket | undefined): SecureEnd {
    if (!(handle instanceof Endpoint)) refuse('securing what is secured');
    const { options } = this;
    const end = new SecureEnd(handle, {
      isServer: this.isServer,
      protocols: protocolsOf(options.ALPNProtocols),
      asks: options.requestCert === true,
      servername: typeof this.servername === 'string' ? this.servername : undefined,
      context: options.secureContext ?? new SecureContext(options),
      contextFor: options.contextFor,
      done: () => { this.#finishInit(end); },
      failed: (error) => { this.#failed(error); },
      close: below && ((told) => {
        below.once('close', told);
        below.destroy();
      }),
    });
    this.#end = end;
    return end;
  }

  /** Begins the handshake, once there is a connection. */
  static start(socket: TLSSocket): void {
    if (socket.connecting) socket.once('connect', () => { tlsInside.start(socket); });
    else socket.#end?.start();
  }

  #finishInit(end: SecureEnd): void {
    this.alpnProtocol = end.protocol;
    this.servername ??= end.settings.servername ?? false;
    this.emit('secure');
    if (this.destroyed) return;
    for (const write of this.#whenSecure.splice(0)) write();
  }

  #failed(error: Error): void {
    if (this.secureConnecting) this.destroy(error);
    else this.emit('error', error);
  }

  /** The program has it now. */
  static release(socket: TLSSocket): void {
    socket.isReleased = true;
    socket.removeListener('error', unheard);
  }

  /** What is not trusted in what the other side showed. */
  static verifyError(socket: TLSSocket): Error | undefined {
    const chain = socket.#shown;
    if (chain.length === 0 && socket.isServer) return codedError(NativeError, 'UNABLE_TO_GET_ISSUER_CERT', 'unable to get issuer certificate');
    return faultOf(chain, (socket.#end?.settings.context ?? new SecureContext({})).authorities);
  }

  get #shown(): readonly Certificate[] {
    return (this.#end?.peerCerts ?? []).map(readCertificate);
  }

  override _write(data: string | Uint8Array, encoding: string, done: Done): void {
    this.#whenReady(() => { super._write(data, encoding, later(done)); });
  }

  override _writev(chunks: Parameters<Socket['_writev']>[0], done: Done): void {
    this.#whenReady(() => { super._writev(chunks, later(done)); });
  }

  #whenReady(run: () => void): void {
    if (this.#end?.isSecure === true || this.destroyed) run();
    else this.#whenSecure.push(run);
  }

  setServername(name: string): void {
    this.servername = name;
  }

  getPeerCertificate(): object {
    const [first] = this.#shown;
    return first ?? {};
  }

  getCertificate(): object {
    return this.#end?.settings.context.chain[0] ?? {};
  }

  getProtocol(): string | null {
    return this.#end?.version ?? null;
  }

  getCipher(): object {
    if (this.#end?.version !== 'TLSv1.3') refuse('getCipher of TLSv1.2');
    const name = 'TLS_AES_256_GCM_SHA384';
    return { name, standardName: name, version: 'TLSv1.3' };
  }

  isSessionReused(): boolean {
    return false;
  }

  getSession(): undefined {
    return refuse('getSession');
  }

  renegotiate(): void {
    refuse('renegotiate');
  }

  exportKeyingMaterial(): void {
    refuse('exportKeyingMaterial');
  }

  setMaxSendFragment(): boolean {
    return true;
  }

  disableRenegotiation(): void {
    // There is none.
  }
}
export const tlsInside = withdrawn(TLSSocket, 'start', 'release', 'verifyError');
named(TLSSocket, 'TLSSocket', 2);

function unheard(): void {
  // The server hears of it, or the program when it has the socket.
}

/** What is secured is written in one look of the loop, and said to be in the check phase. */
function later(done: Done): Done {
  return (error) => {
    if (error !== undefined) done(error);
    else new Immediate(() => { done(); }, [], true);
  };
}

export function protocolsOf(given: unknown): string[] {
  if (given === undefined || given === null) return [];
  if (ArrayBuffer.isView(given)) refuse('ALPNProtocols as bytes');
  return [...(given as Iterable<string>)]; // a list
}

/** As the environment says it. */
let isWarned = false;
function allowsUnauthorized(): boolean {
  if (get(get(process, 'env') as object, 'NODE_TLS_REJECT_UNAUTHORIZED') !== '0') return false;
  if (!isWarned) {
    const words = "Setting the NODE_TLS_REJECT_UNAUTHORIZED environment variable to '0' makes TLS connections and HTTPS requests insecure by disabling certificate verification.";
    warnings.emit(warningNamed('Warning', words));
  }
  isWarned = true;
  return true;
}

interface ConnectOptions extends TlsOptions {
  readonly rejectUnauthorized: boolean;
  readonly checkServerIdentity: typeof checkServerIdentity;
}

export function connect(...given: unknown[]): TLSSocket {
  const { options: first, listener } = normalizedArguments(given);
  const second = given.slice(1).find((each) => isObject(each) && !isCallable(each));
  const more: TlsOptions = { ...(second as TlsOptions | undefined) }; // looked at by who uses them
  const all = { checkServerIdentity, ...(first as TlsOptions), ...more };
  const options: ConnectOptions = { ...all, rejectUnauthorized: true };
  const wanted = all.rejectUnauthorized;
  const rejects = wanted ?? !allowsUnauthorized();
  const context = options.secureContext ?? new SecureContext(options);
  const about = { isServer: false, secureContext: context, requestCert: false };
  const socket = new TLSSocket(options.socket, { ...options, ...about });
  if (listener !== null) socket.once('secureConnect', listener);
  if (typeof options.servername === 'string' && options.servername !== '') socket.setServername(options.servername);
  if (options.socket === undefined) {
    if (options.timeout) socket.setTimeout(options.timeout);
    socket.connect(options, () => { tlsInside.start(socket); });
  }
  tlsInside.release(socket);
  if (options.socket !== undefined) tlsInside.start(socket);
  const onEnd = (): void => { socket.destroy(endedEarly(options)); };
  socket.on('secure', () => { connectSecure(socket, options, rejects, onEnd); });
  socket.prependListener('end', onEnd);
  return socket;
}
named(connect, 'connect', 0);

function endedEarly({ path, host, port, localAddress }: Readonly<Record<string, unknown>>): Error {
  const words = 'Client network socket disconnected before secure TLS connection was established';
  return Object.assign(codedError(NativeError, 'ECONNRESET', words), { path, host, port, localAddress });
}

function connectSecure(socket: TLSSocket, options: ConnectOptions, rejects: boolean, onEnd: () => void): void {
  let fault = tlsInside.verifyError(socket);
  if (fault === undefined) {
    const name = [options.servername, options.host].find((each) => typeof each === 'string' && each !== '') ?? 'localhost';
    const check = options.checkServerIdentity;
    fault = call(check, undefined, name, socket.getPeerCertificate()) as Error | undefined; // the program's or ours
  }
  socket.authorized = fault === undefined;
  if (fault !== undefined) {
    socket.authorizationError = (fault as { code?: unknown }).code ?? fault.message;
    if (rejects) {
      socket.destroy(fault);
      return;
    }
  }
  socket.secureConnecting = false;
  socket.emit('secureConnect');
  socket.removeListener('end', onEnd);
}
lackMembers(TLSSocket.prototype, 'TLSSocket.prototype', [
  'setSession', 'getPeerX509Certificate', 'getX509Certificate', 'setKeyCert', 'getSharedSigalgs', 'getEphemeralKeyInfo',
  'getFinished', 'getPeerFinished', 'getTLSTicket', 'enableTrace',
]);
