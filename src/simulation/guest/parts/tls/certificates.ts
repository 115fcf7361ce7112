/**
 * Why this file exists: certificates as Node reads them, and whether one is to be trusted. Dates are not looked at: the
 * clock of the program is made up. Node 20: lib/tls.js (checkServerIdentity), src/crypto/crypto_common.cc.
 */
import { computeOutside } from '../../native';
import { codedError } from '../../node-errors';
import { NativeError, isArray } from '../../primordials';
import { Buffer } from '../buffer/part';
import { isIP } from '../net/part';

/** As `getPeerCertificate` shows it. */
export interface Certificate {
  readonly subject: Readonly<Record<string, string>>;
  readonly issuer: Readonly<Record<string, string>>;
  readonly subjectaltname?: string;
  readonly ca: boolean;
  readonly raw: Uint8Array;
  readonly fingerprint256: string;
  issuerCertificate?: Certificate;
}

type Pem = string | Uint8Array;

function bytesOf(pem: Pem): Uint8Array {
  return typeof pem === 'string' ? Buffer.from(pem) : pem;
}

/** Texts that are given one by one or together. */
export function pemsOf(given: unknown): Uint8Array[] {
  const list: readonly unknown[] = given === undefined || given === null ? [] : isArray(given) ? given : [given];
  return list.flatMap((each) => {
    const text = Buffer.from(bytesOf(each as Pem)).toString('latin1'); // host functions refuse what is neither
    const parts = text.match(/-----BEGIN [A-Z ]*CERTIFICATE-----[^-]*-----END [A-Z ]*CERTIFICATE-----/g);
    return parts === null ? [bytesOf(each as Pem)] : parts.map((part) => Buffer.from(part));
  });
}

/** Throws what OpenSSL says. */
function asked(kind: 'certificate' | 'key-pair' | 'issued', ...bytes: readonly Uint8Array[]): Uint8Array {
  const answer = computeOutside({ kind }, ...bytes);
  if (answer instanceof Uint8Array) return answer;
  throw Object.assign(new NativeError(answer.message), answer.code === undefined ? {} : { code: answer.code });
}

export function readCertificate(pem: Uint8Array): Certificate {
  const text = Buffer.from(asked('certificate', pem)).toString();
  const revived = (_: string, value: unknown): unknown => {
    const bytes = value as { readonly type?: unknown; readonly data?: readonly number[] } | null;
    return bytes?.type === 'Buffer' && bytes.data !== undefined ? Buffer.from(bytes.data) : value;
  };
  return JSON.parse(text, revived) as Certificate; // written by the host
}

/** Refuses a key that does not fit, as `createSecureContext` does. */
export function checkPair(key: Uint8Array, cert: Uint8Array): void {
  asked('key-pair', key, cert);
}

function isSame(one: Certificate, other: Certificate): boolean {
  return one.fingerprint256 === other.fingerprint256;
}

function isIssuedBy(one: Certificate, other: Certificate): boolean {
  return asked('issued', one.raw, other.raw)[0] === 1;
}

/** Why the first of them is not trusted; `known` are those who are. */
export function faultOf(chain: readonly Certificate[], known: readonly Certificate[]): Error | undefined {
  const [first] = chain;
  if (first === undefined) return undefined;
  let at = first;
  for (let depth = 0; depth < 10; depth++) {
    const here = at;
    if (known.some((each) => isSame(each, here))) return undefined;
    if (isIssuedBy(here, here))
      return depth === 0
        ? codedError(NativeError, 'DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate')
        : codedError(NativeError, 'SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain');
    const next = [...known, ...chain].find((each) => isIssuedBy(here, each));
    if (next === undefined)
      return chain.length === 1
        ? codedError(NativeError, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate')
        : codedError(NativeError, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate');
    at = next;
  }
  return undefined;
}

function fits(pattern: string, host: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('.');
  const [ofHost = '', ...restOfHost] = host.toLowerCase().replace(/\.$/, '').split('.');
  if (rest.join('.') !== restOfHost.join('.')) return false;
  return first === '*' ? rest.length > 1 && ofHost !== '' : first === ofHost;
}

/** The certificate is another host's. */
export function checkServerIdentity(hostname: string, cert: Certificate): Error | undefined {
  const names = (cert.subjectaltname ?? '').split(', ').filter((each) => each !== '');
  const of = (kind: string): string[] =>
    names.filter((each) => each.startsWith(kind)).map((each) => each.slice(kind.length));
  const [dns, ips] = [of('DNS:'), of('IP Address:')];
  let reason: string;
  if (isIP(hostname) !== 0) {
    if (ips.includes(hostname)) return undefined;
    reason = `IP: ${hostname} is not in the cert's list: ${ips.join(', ')}`;
  } else if (dns.length > 0) {
    if (dns.some((each) => fits(each, hostname))) return undefined;
    reason = `Host: ${hostname}. is not in the cert's altnames: ${cert.subjectaltname ?? ''}`;
  } else {
    const common = cert.subject['CN'];
    if (common !== undefined && fits(common, hostname)) return undefined;
    reason = common === undefined ? 'Cert does not contain a DNS name' : `Host: ${hostname}. is not cert's CN: ${common}`;
  }
  const words = `Hostname/IP does not match certificate's altnames: ${reason}`;
  return Object.assign(codedError(NativeError, 'ERR_TLS_CERT_ALTNAME_INVALID', words), { reason, host: hostname, cert });
}
