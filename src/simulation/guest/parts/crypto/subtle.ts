/**
 * Why this file exists: `crypto.subtle`: what is done with keys, each in the thread pool. Node 20:
 * lib/internal/crypto/webcrypto.js. NOT MODELLED: `wrapKey` and `unwrapKey`.
 */
import { domException } from '../../modules/events/dom-exception';
import { computeOutside } from '../../native';
import { codedError } from '../../node-errors';
import { settledLike } from '../../own-promises';
import { NativeTypeError, apply, named, type Callable } from '../../primordials';
import { Buffer } from '../buffer/part';
import { bytesGiven } from './bytes';
import { hashed } from './hash';
import { asPromise } from './jobs';
import { workWithKeys } from './key-objects';
import { seedBytes } from './random';
import { bufferOf, type CryptoKey } from './web-key';
import { checkLength, exportKey, generateKey, hmacOf, importKey } from './web-key-making';
import {
  bytesIn, bytesInMs, checkKey, digestOf, failed, hashNamed, inPool, keyFor, needed, paramsOf, unrecognized, workMs,
  type Params,
} from './web-params';

function digest(given: unknown, data: unknown): object {
  const { name } = paramsOf(given);
  if (!name.startsWith('SHA-')) throw unrecognized();
  const bytes = new Uint8Array(bytesGiven(data, 'data'));
  return asPromise({
    name: 'digest', args: [name], ms: 0.02 + bytes.length / bytesInMs, run: () => hashed(digestOf(name), bytes).buffer,
  });
}

interface Signature {
  readonly algorithm: string | null;
  readonly options: Readonly<Record<string, unknown>>;
}

/** How Node's own `sign` is told. */
function signatureOf(params: Params, key: CryptoKey): Signature {
  const hash = digestOf(key.algorithm.hash?.name ?? '');
  switch (params.name) {
    case 'ECDSA': return { algorithm: digestOf(hashNamed(params, 'EcdsaParams')), options: { dsaEncoding: 'ieee-p1363' } };
    case 'RSA-PSS': return { algorithm: hash, options: { padding: 6, saltLength: Number(needed(params, 'saltLength', 'RsaPssParams')) } };
    case 'RSASSA-PKCS1-v1_5': return { algorithm: hash, options: {} };
    case 'Ed25519': return { algorithm: null, options: {} };
    default: throw unrecognized();
  }
}

function macOf(key: CryptoKey, data: Uint8Array): Uint8Array {
  const bytes = computeOutside({ kind: 'hmac', algorithm: digestOf(key.algorithm.hash?.name ?? '') }, bytesIn(key), data);
  if (bytes instanceof Uint8Array) return bytes;
  throw failed();
}

function sign(given: unknown, asked: unknown, data: unknown): object {
  const params = paramsOf(given);
  if (params.name === 'ECDSA') hashNamed(params, 'EcdsaParams');
  const key = keyFor(asked, params, 'sign');
  const bytes = new Uint8Array(bytesGiven(data, 'data'));
  if (params.name === 'HMAC') return inPool('sign', bytes.length, () => bufferOf(macOf(key, bytes)));
  const way = signatureOf(params, key);
  return inPool('sign', bytes.length, () => bufferOf(workWithKeys({ op: 'sign', isOneShot: true, ...way }, bytesIn(key), bytes, seedBytes())), 0.5);
}

function verify(given: unknown, asked: unknown, signature: unknown, data: unknown): object {
  const params = paramsOf(given);
  if (params.name === 'ECDSA') hashNamed(params, 'EcdsaParams');
  const key = keyFor(asked, params, 'verify');
  const [signed, bytes] = [new Uint8Array(bytesGiven(signature, 'signature')), new Uint8Array(bytesGiven(data, 'data'))];
  if (params.name === 'HMAC') return inPool('verify', bytes.length, () => Buffer.from(macOf(key, bytes)).equals(signed));
  const way = signatureOf(params, key);
  return inPool('verify', bytes.length, () => workWithKeys({ op: 'verify', isOneShot: true, ...way }, bytesIn(key), bytes, signed)[0] === 1);
}

/** Bits of the tag of AES-GCM. */
function tagLengthOf({ tagLength = 128 }: Params): number {
  return Number(tagLength) / 8;
}

interface Crossing {
  readonly params: Params;
  readonly key: CryptoKey;
  readonly isDecipher: boolean;
}

/** AES: what is encrypted by GCM has its tag at its end. */
function crossed({ params, key, isDecipher }: Crossing, data: Uint8Array): ArrayBufferLike {
  const mode = params.name.slice(4).toLowerCase();
  const dictionary = { gcm: 'AesGcmParams', cbc: 'AesCbcParams', ctr: 'AesCtrParams' }[mode] ?? '';
  const iv = bytesGiven(needed(params, mode === 'ctr' ? 'counter' : 'iv', dictionary), 'iv');
  const { additionalData } = params;
  const tagLength = tagLengthOf(params);
  const isTagged = mode === 'gcm';
  const body = isTagged && isDecipher ? data.subarray(0, -tagLength) : data;
  const tag = isTagged && isDecipher ? Buffer.from(data.subarray(-tagLength)).toString('hex') : '';
  const about = {
    kind: 'cipher', algorithm: `aes-${String(bytesIn(key).length * 8)}-${mode}`, isDecipher, isFinal: true, pads: true,
    ...(isTagged ? { tag, tagLength } : {}),
    ...(additionalData === undefined ? {} : { aad: Buffer.from(bytesGiven(additionalData, 'additionalData')).toString('hex') }),
  } as const;
  const bytes = computeOutside(about, bytesIn(key), new Uint8Array(iv), new Uint8Array(body));
  if (bytes instanceof Uint8Array) return bufferOf(bytes);
  throw failed();
}

function withRsa({ params, key, isDecipher }: Crossing, data: Uint8Array): ArrayBufferLike {
  const { label } = params;
  const oaepHash = digestOf(key.algorithm.hash?.name ?? '');
  const options = { padding: 4, oaepHash, ...(label === undefined ? {} : { oaepLabel: Buffer.from(bytesGiven(label, 'label')).toString('base64') }) };
  const method = isDecipher ? 'privateDecrypt' : 'publicEncrypt';
  try {
    return bufferOf(workWithKeys({ op: 'rsa', method, isPrivate: isDecipher, options }, bytesIn(key), data, seedBytes()));
  } catch {
    throw failed();
  }
}

function crossing(usage: 'encrypt' | 'decrypt'): Callable {
  return (given: unknown, asked: unknown, data: unknown) => {
    const params = paramsOf(given);
    if (params.name === 'AES-GCM' || params.name === 'AES-CBC') needed(params, 'iv', params.name === 'AES-GCM' ? 'AesGcmParams' : 'AesCbcParams');
    const about = { params, key: keyFor(asked, params, usage), isDecipher: usage === 'decrypt' };
    const bytes = new Uint8Array(bytesGiven(data, 'data'));
    return inPool(usage, bytes.length, () => (params.name === 'RSA-OAEP' ? withRsa(about, bytes) : crossed(about, bytes)));
  };
}

/** As many bytes as asked for. */
function derived(params: Params, key: CryptoKey, bytes: number): Uint8Array {
  if (params.name === 'ECDH' || params.name === 'X25519') {
    const other = needed(params, 'public', 'EcdhKeyDeriveParams');
    checkKey(other, '1st', 'deriveBits');
    return workWithKeys({ op: 'agree' }, bytesIn(key), bytesIn(other)).subarray(0, bytes);
  }
  const dictionary = params.name === 'HKDF' ? 'HkdfParams' : 'Pbkdf2Params';
  const hash = digestOf(hashNamed(params, dictionary));
  const salt = bytesGiven(needed(params, 'salt', dictionary), 'salt');
  const info = params.name === 'HKDF' ? bytesGiven(needed(params, 'info', dictionary), 'info') : new Uint8Array(0);
  const kind = params.name === 'HKDF' ? 'hkdf' : 'pbkdf2';
  const iterations = kind === 'hkdf' ? 1 : Number(needed(params, 'iterations', dictionary));
  const done = computeOutside({ kind, digest: hash, iterations, length: bytes }, bytesIn(key), salt, info);
  if (done instanceof Uint8Array) return done;
  throw failed();
}

/** Half a microsecond an iteration: keys.ts. */
function derivingMs(params: Params): number {
  return workMs + (Number(params['iterations'] ?? 0) * 0.5) / 1000;
}

function deriveBits(given: unknown, asked: unknown, length: unknown): object {
  const params = paramsOf(given);
  const key = keyFor(asked, params, 'deriveBits');
  if (params.name !== 'ECDH' && params.name !== 'X25519' && (typeof length !== 'number' || length % 8 !== 0))
    throw domException('length must be a multiple of 8', 'OperationError');
  const bytes = typeof length === 'number' ? length / 8 : Infinity;
  return inPool('deriveBits', 0, () => bufferOf(derived(params, key, bytes)), derivingMs(params));
}

function deriveKey(given: unknown, asked: unknown, wanted: unknown, extractable: unknown, usages: unknown): object {
  const params = paramsOf(given);
  const key = keyFor(asked, params, 'deriveKey');
  const of = paramsOf(wanted);
  const length = of.name === 'HMAC' ? hmacOf(of).length : checkLength(of['length']);
  const made = (): CryptoKey => importKey('raw', derived(params, key, (length ?? 0) / 8), of, extractable, usages);
  return inPool('deriveKey', 0, made, derivingMs(params));
}

/** Each answers by a promise, whatever goes wrong; what is missing is told first. */
function method(name: string, count: number, body: (...given: never[]) => unknown): Callable {
  const answer = (...given: unknown[]): object =>
    settledLike(() => {
      if (given.length >= count) return apply(body, undefined, given as never[]);
      const words = `Failed to execute '${name}' on 'SubtleCrypto': ${String(count)} arguments required, but only ${String(given.length)} present.`;
      throw codedError(NativeTypeError, 'ERR_MISSING_ARGS', words);
    });
  return named(answer, name, count);
}

export const subtleMethods: Readonly<Record<string, Callable>> = {
  encrypt: method('encrypt', 3, crossing('encrypt')),
  decrypt: method('decrypt', 3, crossing('decrypt')),
  sign: method('sign', 3, sign),
  verify: method('verify', 4, verify),
  digest: method('digest', 2, digest),
  generateKey: method('generateKey', 3, generateKey),
  deriveKey: method('deriveKey', 5, deriveKey),
  deriveBits: method('deriveBits', 2, deriveBits),
  importKey: named(method('importKey', 4, importKey), 'importKey', 5),
  exportKey: method('exportKey', 2, exportKey),
};
