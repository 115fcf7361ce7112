/** Why this file exists: what RSA pads with chance, from a seed: RFC 8017, sections 7.1.1, 7.2.1 and 9.1.1. */
import crypto from 'node:crypto';
import { byteLength, numberOf, type Chance } from './seeded-numbers';

function modulusOf(key: crypto.KeyObject): bigint {
  const shown = key.type === 'private' ? crypto.createPublicKey(key) : key;
  return numberOf(Buffer.from(String(shown.export({ format: 'jwk' }).n), 'base64url'));
}

function hashed(algorithm: string, ...bytes: readonly Uint8Array[]): Buffer {
  const hash = crypto.createHash(algorithm);
  for (const each of bytes) hash.update(each);
  return hash.digest();
}

/** MGF1: as many bytes as wanted, from a seed. */
function mask(algorithm: string, seed: Uint8Array, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let counter = 0, have = 0; have < length; counter++) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    const part = hashed(algorithm, seed, number);
    parts.push(part);
    have += part.length;
  }
  return Buffer.concat(parts).subarray(0, length);
}

function mixed(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, i) => byte ^ (b[i] ?? 0)));
}

interface Padding {
  readonly padding?: number | undefined;
  readonly oaepHash?: string | undefined;
  readonly oaepLabel?: unknown;
}

/** What is to be raised to the exponent; undefined where nothing is padded with chance. */
export function paddedFor(key: crypto.KeyObject, data: Uint8Array, how: Padding, chance: Chance): Buffer | undefined {
  const { RSA_PKCS1_OAEP_PADDING, RSA_PKCS1_PADDING } = crypto.constants;
  const length = byteLength(modulusOf(key));
  const { padding = RSA_PKCS1_OAEP_PADDING, oaepHash = 'sha1', oaepLabel } = how;
  if (padding === RSA_PKCS1_PADDING) return withNonZeros(data, length, chance);
  if (padding !== RSA_PKCS1_OAEP_PADDING) return undefined;
  const label = hashed(oaepHash, oaepLabel instanceof Uint8Array ? oaepLabel : Buffer.alloc(0));
  const gap = Buffer.alloc(length - data.length - 2 * label.length - 2);
  const block = Buffer.concat([label, gap, Buffer.from([1]), data]);
  const seed = chance.bytes(label.length);
  const maskedBlock = mixed(block, mask(oaepHash, seed, block.length));
  const maskedSeed = mixed(seed, mask(oaepHash, maskedBlock, seed.length));
  return Buffer.concat([Buffer.from([0]), maskedSeed, maskedBlock]);
}

function withNonZeros(data: Uint8Array, length: number, chance: Chance): Buffer {
  const filling = Buffer.from(chance.bytes(length - data.length - 3).map((byte) => (byte === 0 ? 1 : byte)));
  return Buffer.concat([Buffer.from([0, 2]), filling, Buffer.from([0]), data]);
}

export function signedWithSalt(
  key: crypto.KeyObject, algorithm: string, data: Uint8Array, asked: number | undefined, chance: Chance,
): Buffer {
  const hash = hashed(algorithm, data);
  const modulus = modulusOf(key);
  const bits = modulus.toString(2).length - 1;
  const length = Math.ceil(bits / 8);
  const most = length - hash.length - 2;
  const { RSA_PSS_SALTLEN_DIGEST } = crypto.constants;
  const wanted = asked === undefined || asked < 0 ? most : asked;
  const salt = chance.bytes(asked === RSA_PSS_SALTLEN_DIGEST ? hash.length : wanted);
  const inner = hashed(algorithm, Buffer.alloc(8), hash, salt);
  const block = Buffer.concat([Buffer.alloc(length - salt.length - hash.length - 2), Buffer.from([1]), salt]);
  const masked = mixed(block, mask(algorithm, inner, block.length));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits));
  const padded = Buffer.concat([masked, inner, Buffer.from([0xbc])]);
  const whole = Buffer.concat([Buffer.alloc(byteLength(modulus) - length), padded]);
  return crypto.privateEncrypt({ key, padding: crypto.constants.RSA_NO_PADDING }, whole);
}
