/**
 * Why this file exists: `CryptoKey`: a key of `crypto.subtle`, what it may be used for, and how it comes in and goes
 * out. Node 20: lib/internal/crypto/keys.js, webcrypto.js. Web Cryptography API, sections 13 and 14.
 */
import { isNodeClass } from '../../function-text';
import { inspect } from '../../inspect';
import { domException } from '../../modules/events/dom-exception';
import { inspectCustom } from '../../modules/events/event';
import { codedError } from '../../node-errors';
import { NativeTypeError, defineProperty, isObject, named } from '../../primordials';
import { Buffer } from '../buffer/part';
import { bytesGiven } from './bytes';
import type { KeyObject} from './key-objects';
import { AsymmetricKeyObject, createSecretKey, keyFromDer, keyFromJwk, keyInside } from './key-objects';
import { withdrawn } from '../../withdrawn';

/** An algorithm as a key tells it. */
export interface KeyAlgorithm {
  readonly name: string;
  readonly length?: number;
  readonly hash?: { readonly name: string };
  readonly namedCurve?: string;
  readonly modulusLength?: number;
  readonly publicExponent?: Uint8Array;
}

interface About {
  readonly key: KeyObject;
  readonly algorithm: KeyAlgorithm;
  readonly usages: readonly string[];
  readonly extractable: boolean;
}

/** What only the runtime hands over. */
const own = Symbol('own');

export class CryptoKey {
  readonly #about: About;

  constructor(key?: unknown, about?: About) {
    if (key !== own || about === undefined)
      throw codedError(NativeTypeError, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    this.#about = about;
  }

  static make(about: About): CryptoKey {
    return new CryptoKey(own, about);
  }

  static aboutOf(key: CryptoKey): About {
    return key.#about;
  }

  get type(): string {
    return this.#about.key.type;
  }

  get extractable(): boolean {
    return this.#about.extractable;
  }

  get algorithm(): KeyAlgorithm {
    return this.#about.algorithm;
  }

  get usages(): string[] {
    return [...this.#about.usages];
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    if (depth < 0) return this;
    const inner = { ...options, depth: typeof options.depth === 'number' ? options.depth - 1 : null };
    const { type, extractable, algorithm, usages } = this;
    return `CryptoKey ${inspect({ type, extractable, algorithm, usages }, inner)}`;
  }
}
export const webKeyInside = withdrawn(CryptoKey, 'make', 'aboutOf');
isNodeClass(named(CryptoKey, 'CryptoKey', 0));
defineProperty(CryptoKey.prototype, Symbol.toStringTag, { value: 'CryptoKey', configurable: true });

/** What keys of each algorithm are for: secret ones, or the public and the private half. */
const uses: Readonly<Record<string, readonly [secretOrPublic: readonly string[], ofPrivate?: readonly string[]]>> = {
  HMAC: [['sign', 'verify']],
  'AES-GCM': [['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']], 'AES-CBC': [['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']],
  'AES-CTR': [['encrypt', 'decrypt', 'wrapKey', 'unwrapKey']],
  PBKDF2: [['deriveKey', 'deriveBits']], HKDF: [['deriveKey', 'deriveBits']],
  ECDSA: [['verify'], ['sign']], Ed25519: [['verify'], ['sign']], 'RSASSA-PKCS1-v1_5': [['verify'], ['sign']],
  'RSA-PSS': [['verify'], ['sign']], 'RSA-OAEP': [['encrypt', 'wrapKey'], ['decrypt', 'unwrapKey']],
  ECDH: [[], ['deriveKey', 'deriveBits']], X25519: [[], ['deriveKey', 'deriveBits']],
};

export function usagesFor(name: string, type: string): readonly string[] {
  const [first = [], ofPrivate = []] = uses[name] ?? [];
  return type === 'private' ? ofPrivate : first;
}

function isEverythingFor(name: string): readonly string[] {
  return [...usagesFor(name, 'public'), ...usagesFor(name, 'private')];
}

/** As Node's modules of each family word it, some of them not twice the same. */
function keyWords(name: string, isPair: boolean): string {
  if (name.startsWith('RSA')) return 'a RSA';
  if (name.startsWith('AES')) return 'an AES';
  if (/^(?:HKDF|PBKDF2)$/.test(name)) return `a ${name}`;
  return `${name === 'HMAC' || isPair ? 'an' : 'a'} ${name}`;
}

/** Those that fit; one that no key of the algorithm can be used for is refused. */
export function checkUsages(name: string, usages: readonly string[], types: readonly string[]): void {
  const known = types.length === 1 ? usagesFor(name, types[0] ?? '') : isEverythingFor(name);
  if (usages.some((each) => !known.includes(each)))
    throw domException(`Unsupported key usage for ${keyWords(name, types.length > 1)} key`, 'SyntaxError');
}

/** SPKI before the point, and how long the point is: RFC 5480. */
const points: Readonly<Record<string, readonly [before: string, length: number]>> = {
  'P-256': ['3059301306072a8648ce3d020106082a8648ce3d030107034200', 65],
  'P-384': ['3076301006072a8648ce3d020106052b81040022036200', 97],
  'P-521': ['30819b301006072a8648ce3d020106052b8104002303818600', 133],
};

/** A key out of what `importKey` is given. */
export function keyIn(format: unknown, data: unknown, { name, namedCurve = '' }: KeyAlgorithm): KeyObject {
  try {
    if (format === 'pkcs8') return keyFromDer('private', bytesGiven(data, 'keyData'));
    if (format === 'spki') return keyFromDer('public', bytesGiven(data, 'keyData'));
    if (format === 'jwk') return keyFromJwk(isObject(data) ? data : {});
    const bytes = bytesGiven(data, 'keyData');
    if (usagesFor(name, 'private').length === 0) return createSecretKey(bytes);
    const [before] = points[namedCurve] ?? [''];
    return keyFromDer('public', Buffer.concat([Buffer.from(before, 'hex'), bytes]));
  } catch {
    throw domException('Invalid keyData', 'DataError');
  }
}

/** What `exportKey` answers. */
export function keyOut(format: string, key: CryptoKey): unknown {
  const { key: object, algorithm, usages, extractable } = webKeyInside.aboutOf(key);
  const bytes = keyInside.bytesOf(object);
  const wanted = { pkcs8: 'private', spki: 'public' }[format];
  if (wanted === object.type) return bufferOf(bytes);
  if (format === 'raw' && object.type === 'secret') return bufferOf(bytes);
  const [, length] = points[algorithm.namedCurve ?? ''] ?? [];
  if (format === 'raw' && object.type === 'public' && length !== undefined) return bufferOf(bytes.subarray(-length));
  if (format !== 'jwk') throw domException(`Unable to export a raw ${algorithm.name} ${object.type} key`, 'InvalidAccessError');
  const exports = object as KeyObject & { export(options: object): object }; // secret and asymmetric ones have it
  const alg = algOf(algorithm);
  return { key_ops: usages, ext: extractable, ...exports.export({ format: 'jwk' }), ...(alg === undefined ? {} : { alg }) };
}

function algOf({ name, hash, length }: KeyAlgorithm): string | undefined {
  const bits = hash?.name.replace('SHA-', '') ?? '';
  if (name === 'HMAC') return `HS${bits}`;
  if (name.startsWith('AES-')) return `A${String(length)}${name.slice(4)}`;
  const prefixes: Readonly<Record<string, string>> = { 'RSASSA-PKCS1-v1_5': 'RS', 'RSA-PSS': 'PS', 'RSA-OAEP': 'RSA-OAEP-' };
  const prefix = prefixes[name];
  return prefix === undefined ? undefined : `${prefix}${bits}`;
}

export function bufferOf(bytes: Uint8Array): ArrayBufferLike {
  return new Uint8Array(bytes).buffer;
}

export function isAsymmetric(key: KeyObject): key is AsymmetricKeyObject {
  return key instanceof AsymmetricKeyObject;
}
