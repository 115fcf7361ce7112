/** Why this file exists: `createHash` and `createHmac`. Node 20: lib/internal/crypto/hash.js. */
import { clock } from '../../clock';
import { computeOutside } from '../../native';
import { checkInteger, checkString, codedError, invalidType, nativeCoded } from '../../node-errors';
import { NativeError, NativeTypeError, named } from '../../primordials';
import { Buffer } from '../buffer/part';
import { bytesGiven, shownAs } from './bytes';
import { secretOf } from './key-objects';

/** 500 MB in a second. Modelled, as measured. */
const bytesInMs = 500_000;

export function unknownDigest(name: string): Error {
  return nativeCoded(NativeTypeError, 'ERR_CRYPTO_INVALID_DIGEST', `Invalid digest: ${name}`);
}

export function knowsDigest(algorithm: string): boolean {
  return computeOutside({ kind: 'hash', algorithm }, new Uint8Array(0)) instanceof Uint8Array;
}

/** The time that it takes passes at once: hashes are computed where they are asked for. */
function hashed(algorithm: string, data: Uint8Array, length?: number): Uint8Array {
  clock.spend(data.length / bytesInMs);
  const bytes = computeOutside({ kind: 'hash', algorithm, length }, data);
  if (bytes instanceof Uint8Array) return bytes;
  throw new NativeError(bytes.message);
}

const finalized = 'ERR_CRYPTO_HASH_FINALIZED';

function alreadyDone(): Error {
  return codedError(NativeError, finalized, 'Digest already called');
}

/** What is added until it is all computed at once. */
class Pieces {
  readonly #pieces: Uint8Array[] = [];
  isDone = false;

  add(data: unknown, encoding: unknown): void {
    if (this.isDone) throw alreadyDone();
    if (typeof data !== 'string' && !ArrayBuffer.isView(data))
      throw invalidType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    this.#pieces.push(new Uint8Array(bytesGiven(data, 'data', encoding))); // it may change until then
  }

  get all(): Uint8Array {
    return Buffer.concat(this.#pieces);
  }
}

interface HashOptions {
  readonly outputLength?: unknown;
}

export class Hash {
  readonly #algorithm: string;
  readonly #length: number | undefined;
  readonly #pieces = new Pieces();

  constructor(algorithm: unknown, options?: HashOptions | null) {
    checkString(algorithm, 'algorithm');
    const length = options?.outputLength;
    if (length !== undefined) checkInteger(length, 'options.outputLength', 0, 4_294_967_295);
    this.#algorithm = algorithm as string; // just checked
    this.#length = length as number | undefined;
    hashed(this.#algorithm, new Uint8Array(0), this.#length); // an algorithm that nobody knows is refused here
  }

  update(data: unknown, encoding?: unknown): this {
    this.#pieces.add(data, encoding);
    return this;
  }

  digest(encoding?: unknown): unknown {
    if (this.#pieces.isDone) throw alreadyDone();
    this.#pieces.isDone = true;
    return shownAs(hashed(this.#algorithm, this.#pieces.all, this.#length), encoding);
  }

  copy(options?: HashOptions): Hash {
    if (this.#pieces.isDone) throw alreadyDone();
    const made = new Hash(this.#algorithm, options ?? { outputLength: this.#length });
    made.update(this.#pieces.all);
    return made;
  }
}
named(Hash, 'Hash', 2);

export class Hmac {
  readonly #algorithm: string;
  readonly #key: Uint8Array;
  readonly #pieces = new Pieces();

  constructor(algorithm: unknown, key: unknown, options?: { readonly encoding?: unknown } | null) {
    checkString(algorithm, 'hmac');
    const views = 'ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey';
    const secret = secretOf(key);
    const isKey = typeof secret === 'string' || ArrayBuffer.isView(secret) || secret instanceof ArrayBuffer;
    if (!isKey) throw invalidType('key', `of type string or an instance of ${views}`, key);
    this.#algorithm = algorithm as string; // just checked
    this.#key = new Uint8Array(bytesGiven(secret, 'key', options?.encoding));
    this.#computed(new Uint8Array(0));
  }

  #computed(data: Uint8Array): Uint8Array {
    clock.spend(data.length / bytesInMs);
    const bytes = computeOutside({ kind: 'hmac', algorithm: this.#algorithm }, this.#key, data);
    if (bytes instanceof Uint8Array) return bytes;
    throw unknownDigest(this.#algorithm);
  }

  update(data: unknown, encoding?: unknown): this {
    this.#pieces.add(data, encoding);
    return this;
  }

  /** The second time it is empty. */
  digest(encoding?: unknown): unknown {
    if (this.#pieces.isDone) return shownAs(new Uint8Array(0), encoding);
    this.#pieces.isDone = true;
    return shownAs(this.#computed(this.#pieces.all), encoding);
  }
}
named(Hmac, 'Hmac', 3);

export function createHash(algorithm: unknown, options?: HashOptions): Hash {
  return new Hash(algorithm, options);
}

export function createHmac(algorithm: unknown, key: unknown, options?: { readonly encoding?: unknown }): Hmac {
  return new Hmac(algorithm, key, options);
}

export function hash(algorithm: unknown, data: unknown, encoding: unknown = 'hex'): unknown {
  checkString(algorithm, 'algorithm');
  if (typeof data !== 'string' && !ArrayBuffer.isView(data))
    throw invalidType('input', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  if (encoding !== 'hex') checkString(encoding, 'outputEncoding');
  return shownAs(hashed(algorithm as string, bytesGiven(data, 'input')), encoding); // just checked
}

export { hashed };
