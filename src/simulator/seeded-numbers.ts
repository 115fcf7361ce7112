/**
 * Why this file exists: keys and signatures need chance, and the same run must give the same bytes: chance comes from a
 * seed, as a stream of a cipher.
 */
import crypto from 'node:crypto';

export interface Chance {
  bytes(count: number): Buffer;
  /** From 1 to below the bound. */
  below(bound: bigint): bigint;
}

export function chanceFrom(seed: Uint8Array): Chance {
  const key = crypto.createHash('sha256').update(seed).digest();
  const stream = crypto.createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const bytes = (count: number): Buffer => stream.update(Buffer.alloc(count));
  // Sixteen bytes more than the bound has: what the remainder favours is too little to matter.
  const below = (bound: bigint): bigint => (numberOf(bytes(byteLength(bound) + 16)) % (bound - 1n)) + 1n;
  return { bytes, below };
}

export function numberOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

export function byteLength(value: bigint): number {
  return Math.ceil(bitLength(value) / 8);
}

export function bytesOf(value: bigint, length = Math.max(byteLength(value), 1)): Buffer {
  return Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');
}

export function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b] = [((value % modulus) + modulus) % modulus, modulus];
  let [x, y] = [1n, 0n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

/** A prime of that many bits, its first two of them set, that leaves a remainder other than 1 by the exponent. */
export function primeOf(bits: number, exponent: bigint, chance: Chance): bigint {
  const top = 3n << BigInt(bits - 2);
  for (;;) {
    const drawn = numberOf(chance.bytes(Math.ceil(bits / 8))) & ((1n << BigInt(bits)) - 1n);
    const candidate = drawn | top | 1n;
    if (candidate % exponent !== 1n && crypto.checkPrimeSync(candidate)) return candidate;
  }
}
