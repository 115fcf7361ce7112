/**
 * Why this file exists: what two sides compute with each other's public keys, and what is ciphered with them. Node 20:
 * lib/internal/crypto/diffiehellman.js, cipher.js.
 */
import { lackMembers } from '../../stand-ins';
import type { RsaMethod } from '../../../computing';
import { clock } from '../../clock';
import { checkObject, checkString, codedError, invalidType } from '../../node-errors';
import { NativeError, isObject } from '../../primordials';
import { Buffer } from '../buffer/part';
import { bytesGiven, given, shownAs } from './bytes';
import { AsymmetricKeyObject, asymmetricKey, publicDer, workWithKeys, keyInside } from './key-objects';
import { seedBytes } from './random';

const none = new Uint8Array(0);
/** What it takes. Modelled. */
const stepMs = 0.2;

export function diffieHellman(options: unknown): Buffer {
  checkObject(options, 'options');
  const { privateKey, publicKey } = options as Readonly<Record<string, unknown>>; // just checked
  for (const [name, key] of Object.entries({ privateKey, publicKey }))
    if (!(key instanceof AsymmetricKeyObject)) throw invalidType(`options.${name}`, 'an instance of KeyObject', key);
  const [own, others] = [privateKey, publicKey] as readonly [AsymmetricKeyObject, AsymmetricKeyObject]; // just checked
  if (own.asymmetricKeyType !== others.asymmetricKeyType) {
    const message = `Incompatible key types for Diffie-Hellman: ${own.asymmetricKeyType} and ${others.asymmetricKeyType}`;
    throw codedError(NativeError, 'ERR_CRYPTO_INCOMPATIBLE_KEY', message);
  }
  clock.spend(stepMs);
  return Buffer.from(workWithKeys({ op: 'agree' }, keyInside.bytesOf(own), publicDer(others)));
}

export class ECDH {
  readonly #curve: string;
  #private = none;

  constructor(curve: unknown) {
    checkString(curve, 'curve');
    this.#curve = curve as string; // just checked
    this.#step('make', seedBytes());
  }

  #step(step: 'make' | 'public' | 'secret', ...bytes: readonly Uint8Array[]): Uint8Array {
    clock.spend(stepMs);
    return workWithKeys({ op: 'ecdh', curve: this.#curve, step }, ...bytes);
  }

  generateKeys(encoding?: unknown, format?: unknown): unknown {
    this.#private = new Uint8Array(this.#step('make', seedBytes()));
    return this.getPublicKey(encoding, format);
  }

  getPublicKey(encoding?: unknown, format: unknown = 'uncompressed'): unknown {
    if (this.#private.length === 0)
      throw Object.assign(new NativeError('Failed to get ECDH public key'), { code: 'ERR_CRYPTO_OPERATION_FAILED' });
    const point = this.#step('public', this.#private);
    return shownAs(format === 'compressed' ? compressed(point) : point, encoding);
  }

  getPrivateKey(encoding?: unknown): unknown {
    return shownAs(this.#private, encoding);
  }

  setPrivateKey(key: unknown, encoding?: unknown): this {
    const given = new Uint8Array(bytesGiven(key, 'key', encoding));
    this.#step('public', given);
    this.#private = given;
    return this;
  }

  computeSecret(key: unknown, inEncoding?: unknown, outEncoding?: unknown): unknown {
    return shownAs(this.#step('secret', this.#private, bytesGiven(key, 'otherPublicKey', inEncoding)), outEncoding);
  }
}

/** The first coordinate, and which of the two points that have it. */
function compressed(point: Uint8Array): Uint8Array {
  const half = (point.length - 1) / 2;
  const sign = 2 + ((point[point.length - 1] ?? 0) & 1);
  return Buffer.concat([Uint8Array.of(sign), point.subarray(1, 1 + half)]);
}

export function createECDH(curve: unknown): ECDH {
  return new ECDH(curve);
}

/** Options of the key that say how to pad. */
function paddingOf(key: unknown): Readonly<Record<string, unknown>> {
  if (!isObject(key)) return {};
  const { padding, oaepHash, oaepLabel } = key as Readonly<Record<string, unknown>>; // read as Node reads it
  const label = oaepLabel === undefined ? undefined : Buffer.from(bytesGiven(oaepLabel, 'key.oaepLabel')).toString('base64');
  return given({ padding, oaepHash, oaepLabel: label });
}

export function withRsa(method: RsaMethod): (key: unknown, buffer: unknown) => Buffer {
  const isPrivate = method.startsWith('private');
  return (about, buffer) => {
    const key = asymmetricKey(about, isPrivate ? 'private' : 'public');
    const data = new Uint8Array(bytesGiven(buffer, 'buffer'));
    clock.spend(stepMs);
    const bytes = isPrivate ? keyInside.bytesOf(key) : publicDer(key);
    return Buffer.from(workWithKeys({ op: 'rsa', method, isPrivate, options: paddingOf(about) }, bytes, data, seedBytes()));
  };
}
lackMembers(ECDH, 'ECDH', ['convertKey']);
lackMembers(ECDH.prototype, 'ECDH.prototype', ['setPublicKey']);
