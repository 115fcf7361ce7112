/** Why this file exists: signatures. Node 20: lib/internal/crypto/sig.js. */
import { clock } from '../../clock';
import { checkFunction, checkString, codedError, invalidType } from '../../node-errors';
import { NativeError, NativeTypeError, isObject, type Callable } from '../../primordials';
import { Buffer } from '../buffer/part';
import { bytesGiven, bytesIn, given, shownAs } from './bytes';
import { knowsDigest } from './hash';
import { atOnce, inPool, type Job } from './jobs';
import { KeyObject, asymmetricKey, publicDer, workWithKeys, keyInside } from './key-objects';
import { seedBytes } from './random';

/** What signing takes, and looking at a signature. Modelled. */
const [signMs, verifyMs] = [0.5, 0.05];

/** Options of the key that say how to sign. */
function optionsOf(key: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(key) || key instanceof KeyObject || bytesIn(key) !== undefined) return {};
  const { padding, saltLength, dsaEncoding } = key as Readonly<Record<string, unknown>>; // read as Node reads it
  return given({ padding, saltLength, dsaEncoding });
}

class Signing {
  readonly algorithm: string;
  #pieces: Uint8Array[] | undefined = [];

  constructor(algorithm: unknown) {
    checkString(algorithm, 'algorithm');
    this.algorithm = algorithm as string; // just checked
    if (!knowsDigest(this.algorithm)) throw Object.assign(new NativeTypeError('Invalid digest'), { code: 'ERR_CRYPTO_INVALID_DIGEST' });
  }

  add(data: unknown, encoding: unknown): void {
    if (typeof data !== 'string' && !ArrayBuffer.isView(data))
      throw invalidType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
    if (this.#pieces === undefined) throw notInitialised();
    this.#pieces.push(new Uint8Array(bytesGiven(data, 'data', encoding)));
  }

  /** Once only. */
  take(): Uint8Array {
    if (this.#pieces === undefined) throw notInitialised();
    const all = Buffer.concat(this.#pieces);
    this.#pieces = undefined;
    return all;
  }
}

function notInitialised(): Error {
  return Object.assign(new NativeError('Not initialised'), { code: 'ERR_CRYPTO_INVALID_STATE' });
}

export class Sign {
  readonly #signing: Signing;

  constructor(algorithm: unknown, _options?: unknown) {
    this.#signing = new Signing(algorithm);
  }

  update(data: unknown, encoding?: unknown): this {
    this.#signing.add(data, encoding);
    return this;
  }

  sign(key: unknown, encoding?: unknown): unknown {
    if (!key) throw codedError(NativeError, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
    const { algorithm } = this.#signing;
    const bytes = keyInside.bytesOf(asymmetricKey(key, 'private'));
    clock.spend(signMs);
    const way: Way = { algorithm, isOneShot: false, options: optionsOf(key) };
    return shownAs(signature(way, bytes, this.#signing.take()), encoding);
  }
}

interface Way {
  readonly algorithm: string | null;
  readonly isOneShot: boolean;
  readonly options: Readonly<Record<string, unknown>>;
}

function signature(way: Way, key: Uint8Array, data: Uint8Array): Uint8Array {
  return workWithKeys({ op: 'sign', ...way }, key, data, seedBytes());
}

function checkSignature(signed: unknown): void {
  if (typeof signed !== 'string' && bytesIn(signed) === undefined)
    throw invalidType('signature', 'of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView', signed);
}

export class Verify {
  readonly #signing: Signing;

  constructor(algorithm: unknown, _options?: unknown) {
    this.#signing = new Signing(algorithm);
  }

  update(data: unknown, encoding?: unknown): this {
    this.#signing.add(data, encoding);
    return this;
  }

  verify(about: unknown, signed: unknown, encoding?: unknown): boolean {
    const key = publicDer(asymmetricKey(about, 'public'));
    checkSignature(signed);
    clock.spend(verifyMs);
    const work = { op: 'verify', algorithm: this.#signing.algorithm, isOneShot: false, options: optionsOf(about) } as const;
    return workWithKeys(work, key, this.#signing.take(), bytesGiven(signed, 'signature', encoding))[0] === 1;
  }
}

export function createSign(algorithm: unknown, options?: unknown): Sign {
  return new Sign(algorithm, options);
}

export function createVerify(algorithm: unknown, options?: unknown): Verify {
  return new Verify(algorithm, options);
}

function checkOneShot(algorithm: unknown, data: unknown): string | null {
  if (algorithm !== null && algorithm !== undefined) checkString(algorithm, 'algorithm');
  if (bytesIn(data) === undefined && typeof data !== 'string')
    throw invalidType('data', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', data);
  return (algorithm ?? null) as string | null; // just checked
}

/** With a callback in the thread pool, else at once. */
function carryOut<T>(job: Job<T>, callback: unknown): T | undefined {
  if (callback === undefined) return atOnce(job);
  checkFunction(callback, 'callback');
  inPool(job, callback as Callable); // just checked
  return undefined;
}

export function sign(algorithm: unknown, data: unknown, key: unknown, callback?: unknown): unknown {
  const name = checkOneShot(algorithm, data);
  if (!key) throw codedError(NativeError, 'ERR_CRYPTO_SIGN_KEY_REQUIRED', 'No key provided to sign');
  const bytes = keyInside.bytesOf(asymmetricKey(key, 'private'));
  const whole = new Uint8Array(bytesGiven(data, 'data'));
  const way: Way = { algorithm: name, isOneShot: true, options: optionsOf(key) };
  const run = (): Buffer => Buffer.from(signature(way, bytes, whole));
  return carryOut({ name: 'sign', args: [algorithm], ms: signMs, run }, callback);
}

export function verify(...all: unknown[]): boolean | undefined {
  const [algorithm, data, key, signed, callback] = all;
  const name = checkOneShot(algorithm, data);
  const bytes = publicDer(asymmetricKey(key, 'public'));
  if (bytesIn(signed) === undefined)
    throw invalidType('signature', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', signed);
  const [whole, against] = [new Uint8Array(bytesGiven(data, 'data')), new Uint8Array(bytesGiven(signed, 'signature'))];
  const work = { op: 'verify', algorithm: name, isOneShot: true, options: optionsOf(key) } as const;
  const run = (): boolean => workWithKeys(work, bytes, whole, against)[0] === 1;
  return carryOut({ name: 'verify', args: [algorithm], ms: verifyMs, run }, callback);
}
