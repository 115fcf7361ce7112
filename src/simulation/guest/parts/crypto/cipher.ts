/**
 * Why this file exists: `createCipheriv` and `createDecipheriv`. What has come so far is computed anew with each piece,
 * so that the host keeps nothing. Node 20: lib/internal/crypto/cipher.js, src/crypto/crypto_cipher.cc.
 */
import { clock } from '../../clock';
import { endNow } from '../../ending';
import { computeOutside } from '../../native';
import { checkString, codedError, invalidType } from '../../node-errors';
import { NativeError, NativeRangeError, NativeTypeError, named } from '../../primordials';
import { here } from '../../recorder';
import { Buffer, StringDecoder } from '../buffer/part';
import { bytesGiven } from './bytes';
import { secretOf } from './key-objects';
import { withdrawn } from '../../withdrawn';

/** 500 MB in a second. Modelled. */
const bytesInMs = 500_000;
const usualTagLength = 16;
const libraryError = /^error:[\dA-F]+:([^:]*):[^:]*:(.*)$/;

interface CipherOptions {
  readonly authTagLength?: number;
  readonly encoding?: string;
}

interface Decoding {
  readonly encoding: string;
  write(bytes: Uint8Array): string;
  end(bytes: Uint8Array): string;
}

/** What the native code throws has a code that is plainly there. */
function nativeError(message: string, code: string | undefined): Error {
  const kinds: Readonly<Record<string, typeof NativeError>> = {
    ERR_CRYPTO_INVALID_KEYLEN: NativeRangeError, ERR_CRYPTO_INVALID_IV: NativeTypeError,
    ERR_CRYPTO_INVALID_AUTH_TAG: NativeTypeError,
  };
  const error = new (kinds[code ?? ''] ?? NativeError)(message);
  const [, library, reason] = libraryError.exec(message) ?? [];
  return Object.assign(error, library === undefined ? {} : { library, reason }, code === undefined ? {} : { code });
}

function invalidState(operation?: string): Error {
  return codedError(NativeError, 'ERR_CRYPTO_INVALID_STATE', `Invalid state${operation === undefined ? '' : ` for operation ${operation}`}`);
}

/** What the program gives. */
interface About {
  readonly algorithm: unknown;
  readonly key: unknown;
  readonly iv: unknown;
  readonly options: CipherOptions | undefined;
  readonly isDecipher: boolean;
}

/** One way, either way. */
class Ciphering {
  readonly #algorithm: string;
  readonly #key: Uint8Array;
  readonly #iv: Uint8Array;
  readonly #isDecipher: boolean;
  readonly #tagLength: number;
  #taken = new Uint8Array(0);
  #given = 0;
  #pads = true;
  #aad: Uint8Array | undefined;
  isDone = false;
  tag: Uint8Array | undefined;

  constructor({ algorithm, key, iv, options, isDecipher }: About) {
    checkString(algorithm, 'cipher');
    this.#algorithm = algorithm as string; // just checked
    if (/ccm|ocb|wrap|xts/i.test(this.#algorithm))
      endNow({ kind: 'unsupported', message: `The cipher ${this.#algorithm} is not modelled yet`, site: here() });
    const secret = secretOf(key);
    const isKey = typeof secret === 'string' || ArrayBuffer.isView(secret) || secret instanceof ArrayBuffer;
    if (!isKey) throw invalidType('key', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey', key);
    this.#key = new Uint8Array(bytesGiven(secret, 'key', options?.encoding));
    this.#iv = iv === null ? new Uint8Array(0) : new Uint8Array(bytesGiven(iv, 'iv'));
    this.#isDecipher = isDecipher;
    this.#tagLength = options?.authTagLength ?? usualTagLength;
    this.#computed(false); // what nobody knows, or does not fit, is refused here
  }

  get authenticates(): boolean {
    return /gcm|poly1305/i.test(this.#algorithm);
  }

  #computed(isFinal: boolean): Uint8Array {
    const about = { algorithm: this.#algorithm, isDecipher: this.#isDecipher, isFinal, pads: this.#pads };
    const tag = this.authenticates ? { tag: hexOf(this.tag), tagLength: this.#tagLength } : {};
    const aad = this.#aad === undefined ? {} : { aad: hexOf(this.#aad) };
    const answer = computeOutside({ kind: 'cipher', ...about, ...tag, ...aad }, this.#key, this.#iv, this.#taken);
    if (answer instanceof Uint8Array) return answer;
    throw nativeError(answer.message, answer.code);
  }

  update(bytes: Uint8Array): Uint8Array {
    if (this.isDone) throw new NativeError('Trying to add data in unsupported state');
    clock.spend(bytes.length / bytesInMs);
    this.#taken = Buffer.concat([this.#taken, bytes]);
    return this.#next(this.#computed(false));
  }

  final(): Uint8Array {
    if (this.isDone) throw invalidState();
    this.isDone = true;
    if (this.#isDecipher && this.authenticates && this.tag === undefined)
      throw new NativeError('Unsupported state or unable to authenticate data');
    const whole = this.#computed(true);
    if (!this.authenticates || this.#isDecipher) return this.#next(whole);
    const end = whole.length - this.#tagLength;
    this.tag = whole.subarray(end);
    return this.#next(whole.subarray(0, end));
  }

  #next(whole: Uint8Array): Uint8Array {
    const part = whole.subarray(this.#given);
    this.#given = whole.length;
    return part;
  }

  setAutoPadding(pads: boolean): void {
    if (this.isDone) throw invalidState('setAutoPadding');
    this.#pads = pads;
  }

  setAAD(bytes: Uint8Array): void {
    if (this.isDone || !this.authenticates) throw invalidState('setAAD');
    this.#aad = Buffer.concat([this.#aad ?? new Uint8Array(0), bytes]);
  }

  setTag(bytes: Uint8Array): void {
    if (this.isDone || !this.authenticates || this.tag !== undefined) throw invalidState('setAuthTag');
    const isFit = [4, 8, 12, 13, 14, 15, 16].includes(bytes.length);
    if (!isFit) throw nativeError(`Invalid authentication tag length: ${bytes.length}`, 'ERR_CRYPTO_INVALID_AUTH_TAG');
    this.tag = bytes.slice();
  }
}

function hexOf(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : Buffer.from(bytes).toString('hex');
}

const Decoder = StringDecoder as unknown as new (encoding: string) => Decoding; // a plain function

/** What both have; the class of streams comes with another part. */
export class CipherBase {
  readonly #work: Ciphering;
  #decoding: Decoding | undefined;

  constructor(work: Ciphering) {
    this.#work = work;
  }

  static workOf(self: CipherBase): Ciphering {
    return self.#work;
  }

  #shown(bytes: Uint8Array, encoding: unknown, isLast: boolean): unknown {
    const buffer = Buffer.from(bytes);
    if (typeof encoding !== 'string' || encoding === '' || encoding === 'buffer') return buffer;
    this.#decoding ??= new Decoder(encoding);
    return isLast ? this.#decoding.end(buffer) : this.#decoding.write(buffer);
  }

  update(data: unknown, inputEncoding?: unknown, outputEncoding?: unknown): unknown {
    if (typeof data !== 'string' && !ArrayBuffer.isView(data))
      throw invalidType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    return this.#shown(this.#work.update(bytesGiven(data, 'data', inputEncoding)), outputEncoding, false);
  }

  final(outputEncoding?: unknown): unknown {
    return this.#shown(this.#work.final(), outputEncoding, true);
  }

  setAutoPadding(pads: unknown = true): this {
    this.#work.setAutoPadding(Boolean(pads));
    return this;
  }

  setAAD(bytes: unknown, options?: { readonly encoding?: unknown }): this {
    this.#work.setAAD(bytesGiven(bytes, 'aadbuf', options?.encoding));
    return this;
  }
}
export const cipherInside = withdrawn(CipherBase, 'workOf');

export class Cipheriv extends CipherBase {
  constructor(algorithm: unknown, key: unknown, iv: unknown, options?: CipherOptions) {
    super(new Ciphering({ algorithm, key, iv, options, isDecipher: false }));
  }

  getAuthTag(): Uint8Array {
    const { isDone, tag } = cipherInside.workOf(this);
    if (!isDone || tag === undefined) throw invalidState('getAuthTag');
    return Buffer.from(tag);
  }
}
named(Cipheriv, 'Cipheriv', 4);

export class Decipheriv extends CipherBase {
  constructor(algorithm: unknown, key: unknown, iv: unknown, options?: CipherOptions) {
    super(new Ciphering({ algorithm, key, iv, options, isDecipher: true }));
  }

  setAuthTag(tag: unknown, encoding?: unknown): this {
    cipherInside.workOf(this).setTag(bytesGiven(tag, 'buffer', encoding));
    return this;
  }
}
named(Decipheriv, 'Decipheriv', 4);

export function createCipheriv(algorithm: unknown, key: unknown, iv: unknown, options?: CipherOptions): Cipheriv {
  return new Cipheriv(algorithm, key, iv, options);
}

export function createDecipheriv(algorithm: unknown, key: unknown, iv: unknown, options?: CipherOptions): Decipheriv {
  return new Decipheriv(algorithm, key, iv, options);
}
