/**
 * Why this file exists: keys as objects. What a key is made of stays bytes, which Node's own functions read outside the
 * sandbox. Node 20: lib/internal/crypto/keys.js.
 */
import type { KeyRead, KeyWork } from '../../../computing';
import { endNow } from '../../ending';
import { isNodeClass } from '../../function-text';
import { computeOutside } from '../../native';
import { checkObject, codedError, invalidType } from '../../node-errors';
import { NativeTypeError, defineProperty, isObject, named } from '../../primordials';
import { here } from '../../recorder';
import { Buffer } from '../buffer/part';
import { bytesGiven, bytesIn } from './bytes';
import { nativeFault } from './native-errors';
import { inspect } from '../../inspect';
import { withdrawn } from '../../withdrawn';

type KeyType = 'secret' | 'public' | 'private';

/** Bytes, or the error that Node throws. */
export function workWithKeys(work: KeyWork, ...bytes: readonly Uint8Array[]): Uint8Array {
  const done = computeOutside({ kind: 'key', work }, ...bytes);
  if (done instanceof Uint8Array) return done;
  throw nativeFault(done);
}

/** What only the runtime hands over. */
const own = Symbol('own');
const shownType = Symbol('kKeyType');

export class KeyObject {
  readonly #type: KeyType;
  readonly #bytes: Uint8Array;

  constructor(key: unknown, type?: unknown, bytes?: Uint8Array) {
    if (key !== own || bytes === undefined) {
      const known = key === 'secret' || key === 'public' || key === 'private';
      if (!known) throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' is invalid. Received ${inspect(key)}`);
      throw invalidType('handle', 'of type object', type);
    }
    this.#type = type as KeyType; // the runtime's own
    this.#bytes = bytes;
    defineProperty(this, shownType, { value: type, enumerable: true });
  }

  static bytesOf(key: KeyObject): Uint8Array {
    return key.#bytes;
  }

  get type(): KeyType {
    return this.#type;
  }

  static from(key: unknown): KeyObject {
    throw invalidType('key', 'an instance of CryptoKey', key);
  }

  equals(other: unknown): boolean {
    if (!(other instanceof KeyObject)) throw invalidType('otherKeyObject', 'an instance of KeyObject', other);
    return this.type === other.type && Buffer.from(this.#bytes).equals(keyInside.bytesOf(other));
  }
}
export const keyInside = withdrawn(KeyObject, 'bytesOf');
defineProperty(KeyObject.prototype, Symbol.toStringTag, { value: 'KeyObject', configurable: true });

interface ExportOptions {
  readonly format?: unknown;
  readonly type?: unknown;
}

export class SecretKeyObject extends KeyObject {
  get symmetricKeySize(): number {
    return keyInside.bytesOf(this).length;
  }

  export(options?: ExportOptions): unknown {
    const bytes = Buffer.from(keyInside.bytesOf(this));
    if (options === undefined) return bytes;
    checkObject(options, 'options');
    const { format } = options;
    if (format === 'jwk') return { kty: 'oct', k: bytes.toString('base64url') };
    if (format === undefined || format === 'buffer') return bytes;
    const message = `The property 'options.format' must be one of: undefined, 'buffer', 'jwk'. Received ${inspect(format)}`;
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', message);
  }
}

export class AsymmetricKeyObject extends KeyObject {
  readonly #about: KeyRead;

  constructor(key: unknown, about?: KeyRead) {
    super(key, about?.type, about === undefined ? undefined : Buffer.from(about.der, 'base64'));
    this.#about = about as KeyRead; // the base has thrown otherwise
  }

  get asymmetricKeyType(): string {
    return this.#about.asymmetricKeyType;
  }

  get asymmetricKeyDetails(): object {
    const { publicExponent, ...details } = this.#about.details;
    return publicExponent === undefined ? details : { ...details, publicExponent: BigInt(publicExponent) };
  }

  export(options?: ExportOptions): unknown {
    checkObject(options, 'options');
    const { format } = options ?? {};
    const of = this.type === 'private' ? 'private' : 'public';
    const bytes = workWithKeys({ op: 'export', of, options: plainOptions(options) }, keyInside.bytesOf(this));
    if (format === 'jwk') return JSON.parse(Buffer.from(bytes).toString()) as unknown;
    return format === 'pem' ? Buffer.from(bytes).toString() : Buffer.from(bytes);
  }
}

export class PublicKeyObject extends AsymmetricKeyObject {}
export class PrivateKeyObject extends AsymmetricKeyObject {}
for (const [name, klass] of Object.entries({ KeyObject, SecretKeyObject, PublicKeyObject, PrivateKeyObject }))
  isNodeClass(named(klass, name, name === 'KeyObject' ? 2 : 1));

/** What can be sent as text; a pass phrase ends the run. */
export function plainOptions(given: unknown): Readonly<Record<string, unknown>> {
  const options: Readonly<Record<string, unknown>> = isObject(given) ? { ...given } : {};
  if (options['passphrase'] !== undefined || options['cipher'] !== undefined)
    endNow({ kind: 'unsupported', message: 'A key with a pass phrase is not modelled yet', site: here() });
  const plain = Object.entries(options).filter(([, value]) => typeof value !== 'function' && typeof value !== 'bigint');
  return Object.fromEntries(plain);
}

export function keyOf(about: KeyRead): AsymmetricKeyObject {
  return about.type === 'private' ? new PrivateKeyObject(own, about) : new PublicKeyObject(own, about);
}

/** A key that is written in DER: PKCS #8, or SPKI. */
export function keyFromDer(wants: 'public' | 'private', der: Uint8Array): AsymmetricKeyObject {
  return read(wants, der, { format: 'der', type: wants === 'private' ? 'pkcs8' : 'spki' }, false);
}

function read(wants: 'public' | 'private', bytes: Uint8Array, options: Readonly<Record<string, unknown>>, isText: boolean): AsymmetricKeyObject {
  const about = workWithKeys({ op: 'read', wants, options, isText }, bytes);
  return keyOf(JSON.parse(Buffer.from(about).toString()) as KeyRead); // the host wrote it
}

/** A key that is written as JSON; a secret one has its bytes in it. */
export function keyFromJwk(jwk: object): KeyObject {
  const { kty, k, d } = jwk as Readonly<Record<string, unknown>>; // read as Node reads it
  if (kty === 'oct') return createSecretKey(Buffer.from(String(k), 'base64url'));
  return read(d === undefined ? 'public' : 'private', new Uint8Array(0), { format: 'jwk', key: jwk }, false);
}

const kindsOfKey = 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView';

function invalidKind(type: string, expected: string): Error {
  return codedError(NativeTypeError, 'ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE', `Invalid key object type ${type}, expected ${expected}.`);
}

/** The key that a call is given: an object, its text or bytes, or options with one. Node's prepareAsymmetricKey. */
export function asymmetricKey(given: unknown, wants: 'public' | 'private'): AsymmetricKeyObject {
  const asIs = asKeyObject(given, wants);
  if (asIs !== undefined) return asIs;
  if (typeof given === 'string' || bytesIn(given) !== undefined)
    return read(wants, bytesGiven(given, 'key'), { format: 'pem' }, true);
  if (!isObject(given) || given instanceof KeyObject) throw invalidType('key', kindsOfKey, given);
  const { key, encoding, ...options } = given as Readonly<Record<string, unknown>>;
  const inner = asKeyObject(key, wants);
  if (inner !== undefined) return inner;
  if (options['format'] === 'jwk') return read(wants, new Uint8Array(0), { ...plainOptions(options), key }, false);
  if (typeof key !== 'string' && bytesIn(key) === undefined) throw invalidType('key.key', kindsOfKey, key);
  const isText = typeof key === 'string' && encoding === undefined;
  const { format, type } = plainOptions(options);
  return read(wants, bytesGiven(key, 'key.key', encoding), { ...(format === undefined ? {} : { format }), ...(type === undefined ? {} : { type }) }, isText);
}

/** A private key serves where a public one is wanted. */
function asKeyObject(given: unknown, wants: 'public' | 'private'): AsymmetricKeyObject | undefined {
  if (!(given instanceof KeyObject)) return undefined;
  if (!(given instanceof AsymmetricKeyObject)) throw invalidKind(given.type, wants === 'private' ? 'private' : 'private or public');
  if (wants === 'private' && given.type !== 'private') throw invalidKind(given.type, 'private');
  return given;
}

/** The public half, in bytes, of whichever is given. */
export function publicDer(key: AsymmetricKeyObject): Uint8Array {
  if (key.type === 'public') return keyInside.bytesOf(key);
  return keyInside.bytesOf(publicOf(key));
}

export function publicOf(key: AsymmetricKeyObject): AsymmetricKeyObject {
  return read('public', keyInside.bytesOf(key), { format: 'der', type: 'pkcs8' }, false);
}

export function createSecretKey(key: unknown, encoding?: unknown): SecretKeyObject {
  if (typeof key !== 'string' && bytesIn(key) === undefined)
    throw invalidType('key', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', key);
  return new SecretKeyObject(own, 'secret', new Uint8Array(bytesGiven(key, 'key', encoding)));
}

export function createPrivateKey(key: unknown): AsymmetricKeyObject {
  if (key instanceof KeyObject) throw invalidType('key', kindsOfKey, key);
  return asymmetricKey(key, 'private');
}

export function createPublicKey(given: unknown): AsymmetricKeyObject {
  if (given instanceof KeyObject && given.type !== 'private') throw invalidKind(given.type, 'private');
  const key = asymmetricKey(given, 'public');
  return key.type === 'private' ? publicOf(key) : key;
}

/** A secret where one may be given as an object. */
export function secretOf(key: unknown): unknown {
  if (!(key instanceof KeyObject)) return key;
  if (key.type !== 'secret') throw invalidKind(key.type, 'secret');
  return keyInside.bytesOf(key);
}
