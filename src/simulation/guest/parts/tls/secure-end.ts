/**
 * Why this file exists: an end of a connection that is secured: first a handshake, which takes its time, then bytes, in
 * records. RFC 8446, with one message for each flight; sessions are not kept. Node 20: src/crypto/crypto_tls.cc.
 */
import { refuseUnheard } from '../../async-unheard';
import { clock } from '../../clock';
import { callBack } from '../../loop/watched';
import { Buffer } from '../buffer/part';
import type { Endpoint, FaultCode, Handle, Peer, Read } from '../net/part';
import { sslError, type SecureContext } from './context';
import { Records, recordsOf, type RecordKind } from './records';

type Version = SecureContext['version'];

/** What one side says: hello, the server's answer, that all is well. */
type Message =
  | { readonly kind: 'hello'; readonly servername: string | undefined; readonly protocols: readonly string[]; readonly version: Version }
  | { readonly kind: 'server'; readonly certs: readonly string[]; readonly protocol: string | false; readonly version: Version; readonly asks: boolean }
  | { readonly kind: 'finished'; readonly certs: readonly string[] };

export interface Settings {
  readonly isServer: boolean;
  readonly protocols: readonly string[];
  /** The server wants to see the client's certificate. */
  readonly asks: boolean;
  servername: string | undefined;
  context: SecureContext;
  /** Another context for a name; undefined: none is asked for. */
  readonly contextFor: ((servername: string, use: (context: SecureContext | undefined) => void) => void) | undefined;
  done(): void;
  failed(error: Error): void;
  /** How the connection below is closed, where a socket holds it. */
  readonly close: ((told: () => void) => void) | undefined;
}

/** What keys and signatures take each side. Modelled, as measured with keys on curves: 0.9 ms for both. */
const serverMs = 0.5;
const clientMs = 0.4;
const closeNotify = Uint8Array.of(1, 0);

export class SecureEnd implements Handle {
  onRead: (read: Read) => void = () => undefined;
  isReading = false;
  isSecure = false;
  /** What the other side showed. */
  peerCerts: readonly Uint8Array[] = [];
  protocol: string | false = false;
  version: Version;
  #records = new Records();
  #hasEnded = false;
  #hasFailed = false;
  #held: Uint8Array[] | undefined;
  /** The task that waited for the poll phase: what is told first has it. */
  #task = 0;
  /** On an empty stack, in the poll phase. */
  #isAtTop = false;

  constructor(readonly raw: Endpoint, readonly settings: Settings) {
    refuseUnheard('TLS');
    this.version = settings.context.version;
    raw.onRaw = (read, task) => { this.#received(read, task); };
  }

  get peer(): Peer | undefined {
    return this.raw.peer;
  }

  start(): void {
    const { protocols, servername, context } = this.settings;
    clock.spend(clientMs / 2);
    this.#say({ kind: 'hello', servername, protocols, version: context.version });
  }

  readStart(): void {
    this.isReading = true;
    this.raw.readStart();
  }

  readStop(): void {
    this.isReading = false;
    this.raw.readStop();
  }

  setRef(isRefed: boolean): void {
    this.raw.setRef(isRefed);
  }

  write(bytes: Uint8Array): FaultCode | undefined {
    return this.#send('data', bytes);
  }

  shutdown(done: () => void): boolean {
    if (this.isSecure) this.#send('alert', closeNotify);
    return this.raw.shutdown(done);
  }

  leave(isBrokenOff?: boolean): void {
    this.raw.leave(isBrokenOff);
  }

  close(told: () => void): void {
    const { close } = this.settings;
    if (close === undefined) this.raw.close(told);
    else close(told);
  }

  #send(kind: RecordKind, bytes: Uint8Array): FaultCode | undefined {
    const records = recordsOf(kind, bytes);
    if (this.#held === undefined) return faultOf(this.raw.write(records));
    this.#held.push(records);
    return undefined;
  }

  /** What is said meanwhile goes out afterwards: nothing of it, where the program breaks the connection off. */
  #holding(run: () => void): void {
    const held: Uint8Array[] = (this.#held = []);
    run();
    this.#held = undefined;
    if (!this.raw.isClosed && held.length > 0) this.raw.write(Buffer.concat(held));
  }

  #say(message: Message): void {
    this.#send('handshake', Buffer.from(JSON.stringify(message)));
  }

  /** Node calls back for each thing that it tells, and not for what is between the two sides. */
  #tell(run: () => void): void {
    if (!this.#isAtTop) {
      run();
      return;
    }
    const task = this.#task;
    this.#task = 0;
    this.#isAtTop = false;
    callBack(this.raw.caller, this.raw.label, run, task);
    this.#isAtTop = true;
  }

  #received(read: Read, task: number): void {
    this.#task = task;
    this.#isAtTop = true;
    if (read instanceof Uint8Array) this.#take(read);
    else if (read === null) this.#end();
    else this.#tell(() => { this.onRead(read); });
    if (this.#task !== 0) this.#tell(() => undefined);
    this.#isAtTop = false;
  }

  #take(bytes: Uint8Array): void {
    this.#records.add(bytes);
    for (;;) {
      if (this.raw.isClosed || this.#hasFailed) return;
      const { alien } = this.#records;
      if (alien !== undefined) {
        this.#fail(alienError(alien, this.settings.isServer));
        return;
      }
      const said = this.#records.next();
      if (said === undefined) return;
      if (said.kind === 'data') this.#tell(() => { this.onRead(said.bytes.slice()); });
      else if (said.kind === 'handshake') this.#hear(JSON.parse(Buffer.from(said.bytes).toString()) as Message); // ours
      else if (said.bytes[1] === closeNotify[1]) this.#end();
      else this.#fail(alertError(said.bytes[1] ?? 0));
    }
  }

  #end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#tell(() => { this.onRead(null); });
  }

  #fail(error: Error): void {
    this.#hasFailed = true;
    this.#tell(() => { this.settings.failed(error); });
  }

  #alert(number: number, error: Error): void {
    this.#send('alert', Uint8Array.of(2, number));
    this.#fail(error);
  }

  #hear(message: Message): void {
    if (message.kind === 'hello') this.#helloed(message);
    else if (message.kind === 'server') this.#answered(message);
    else this.#finished(message.certs);
  }

  /** The server, and who it is to be. */
  #helloed(hello: Message & { readonly kind: 'hello' }): void {
    const { settings } = this;
    const { servername } = hello;
    settings.servername = servername;
    const go = (context?: SecureContext): void => {
      settings.context = context ?? settings.context;
      this.#answer(hello);
    };
    const { contextFor } = settings;
    if (contextFor === undefined || servername === undefined) go();
    else this.#tell(() => { contextFor(servername, go); });
  }

  #answer({ protocols, version }: Message & { readonly kind: 'hello' }): void {
    const { context, protocols: own, asks } = this.settings;
    const protocol = own.find((each) => protocols.includes(each)) ?? false;
    if (context.certs.length === 0) {
      this.#alert(40, noCertificate(version));
    } else if (protocol === false && own.length > 0 && protocols.length > 0) {
      this.#alert(120, sslError('ERR_SSL_NO_APPLICATION_PROTOCOL', '0A0000EB:SSL routines:tls_handle_alpn:no application protocol'));
    } else {
      clock.spend(serverMs);
      this.protocol = protocol;
      this.version = version === 'TLSv1.2' ? version : context.version;
      const certs = context.certs.map((each) => Buffer.from(each).toString('latin1'));
      this.#say({ kind: 'server', certs, protocol, version: this.version, asks });
    }
  }

  #answered({ certs, protocol, version, asks }: Message & { readonly kind: 'server' }): void {
    clock.spend(clientMs / 2);
    [this.protocol, this.version] = [protocol, version];
    this.peerCerts = certs.map((each) => Buffer.from(each));
    const own = asks ? this.settings.context.certs.map((each) => Buffer.from(each).toString('latin1')) : [];
    this.#holding(() => {
      this.#say({ kind: 'finished', certs: own });
      if (version === 'TLSv1.3') this.#secured();
    });
  }

  #finished(certs: readonly string[]): void {
    if (this.settings.isServer) {
      this.peerCerts = certs.map((each) => Buffer.from(each));
    }
    this.#holding(() => {
      if (this.settings.isServer && this.version === 'TLSv1.2') this.#say({ kind: 'finished', certs: [] });
      this.#secured();
    });
  }

  #secured(): void {
    this.isSecure = true;
    this.#tell(() => { this.settings.done(); });
  }
}

function noCertificate(version: Version): Error {
  return version === 'TLSv1.3'
    ? sslError('ERR_SSL_NO_SUITABLE_SIGNATURE_ALGORITHM', '0A000076:SSL routines:tls_choose_sigalg:no suitable signature algorithm')
    : sslError('ERR_SSL_NO_SHARED_CIPHER', '0A0000C1:SSL routines:tls_post_process_client_hello:no shared cipher');
}

function alienError(bytes: Uint8Array, isServer: boolean): Error {
  const isHttp = /^(?:GET|POST|HEAD|PUT |PATC|DELE|OPTI) ?/.test(Buffer.from(bytes.subarray(0, 5)).toString('latin1'));
  if (isServer && isHttp) return sslError('ERR_SSL_HTTP_REQUEST', '0A00009C:SSL routines:ssl3_get_record:http request');
  return sslError('ERR_SSL_WRONG_VERSION_NUMBER', '0A00010B:SSL routines:ssl3_get_record:wrong version number');
}

function alertError(number: number): Error {
  const [code, words] = number === 120 ? ['NO_APPLICATION_PROTOCOL', 'no application protocol'] : ['HANDSHAKE_FAILURE', 'handshake failure'];
  const version = number === 120 ? 'TLSV1' : 'SSLV3';
  return sslError(
    `ERR_SSL_${version}_ALERT_${code}`,
    `0A000${number === 120 ? '460' : '410'}:SSL routines:ssl3_read_bytes:${version.toLowerCase()} alert ${words}`,
  );
}

/** Who does not ask to be told is not. */
function faultOf(answer: FaultCode | 'later' | undefined): FaultCode | undefined {
  return answer === 'later' ? undefined : answer;
}
