/** Why this file exists: keys and certificates of one side of a connection: `tls.createSecureContext`. */
import { clock } from '../../clock';
import { endNow } from '../../ending';
import { NativeError, isArray } from '../../primordials';
import { here } from '../../recorder';
import { checkPair, pemsOf, readCertificate, type Certificate } from './certificates';

export interface ContextOptions {
  readonly key?: unknown;
  readonly cert?: unknown;
  readonly ca?: unknown;
  readonly maxVersion?: unknown;
  readonly [option: string]: unknown;
}

/** What has no model: keys in other wrappings, keys that are shared beforehand, lists of what was revoked. */
const unmodelled = ['pfx', 'passphrase', 'crl', 'dhparam', 'privateKeyEngine', 'clientCertEngine', 'ciphers', 'sigalgs', 'secureProtocol', 'ticketKeys'];

/** What making one takes, and reading a key besides. Modelled, as measured. */
const [contextMs, keyMs] = [0.3, 0.6];

export class SecureContext {
  /** PEM. */
  readonly certs: readonly Uint8Array[];
  readonly chain: readonly Certificate[];
  readonly authorities: readonly Certificate[];
  readonly version: 'TLSv1.2' | 'TLSv1.3';

  constructor(options: ContextOptions) {
    for (const name of unmodelled) if (options[name] !== undefined && options[name] !== null) refuse(`the option ${name} of tls`);
    clock.spend(options.key === undefined ? contextMs : contextMs + keyMs);
    // A certificate without its key is nothing that can be shown.
    this.certs = options.key === undefined ? [] : pemsOf(options.cert);
    this.chain = this.certs.map(readCertificate);
    this.authorities = pemsOf(options.ca).map(readCertificate);
    this.version = options.maxVersion === 'TLSv1.2' ? 'TLSv1.2' : 'TLSv1.3';
    const [key] = pemsOf(isArray(options.key) ? options.key[0] : options.key);
    const [cert] = this.certs;
    if (key !== undefined && cert !== undefined) checkPair(key, cert);
  }
}

export function refuse(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

/** OpenSSL's own errors; their numbers of threads and lines say nothing. */
export function sslError(code: string, words: string, more: object = {}): Error {
  const reason = words.replace(/^.*:/, '');
  return Object.assign(new NativeError(`error:${words}`), { library: 'SSL routines', reason, code, ...more });
}
