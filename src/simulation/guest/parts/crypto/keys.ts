/** Why this file exists: keys derived from secrets. Node 20: lib/internal/crypto/{pbkdf2,scrypt,hkdf}.js. */
import { computeOutside } from '../../native';
import { checkFunction, checkInteger, checkString, codedError, outOfRange, nativeCoded } from '../../node-errors';
import { NativeError, NativeRangeError, type Callable } from '../../primordials';
import type { Computation, NotComputed } from '../../../computing';
import { Buffer } from '../buffer/part';
import { bytesGiven } from './bytes';
import { unknownDigest } from './hash';
import { atOnce, inPool, type Job } from './jobs';

const mostInt32 = 2_147_483_647;
const mostUint32 = 4_294_967_295;

/** Microseconds for one iteration of one block, and bytes of a block. Modelled, as measured on a common machine. */
const digests: Readonly<Record<string, readonly [micros: number, bytes: number]>> = {
  md5: [0.9, 16], sha1: [0.7, 20], sha224: [0.5, 28], sha256: [0.5, 32], sha384: [1, 48], sha512: [1, 64],
};
const anyDigest = [1, 32] as const;
/** Microseconds for one of N × r × p. Modelled, as measured. */
const scryptMicros = 0.5;

type Refuse = (failure: NotComputed) => Error;

function bytesOf(what: Computation, given: readonly Uint8Array[], refuse: Refuse): Uint8Array {
  const bytes = computeOutside(what, ...given);
  if (bytes instanceof Uint8Array) return bytes;
  throw refuse(bytes);
}

type Given = readonly unknown[];

function pbkdf2Job(given: Given): Job<Buffer> {
  const [password, salt, iterations, length, digest] = given;
  checkString(digest, 'digest');
  const secrets = [bytesGiven(password, 'password'), bytesGiven(salt, 'salt')];
  checkInteger(iterations, 'iterations', 1, mostInt32);
  checkInteger(length, 'keylen', 0, mostInt32);
  const [rounds, size] = [iterations as number, length as number]; // just checked
  const what = { kind: 'pbkdf2', digest: digest as string, iterations: rounds, length: size } as const; // just checked
  const [micros, block] = digests[what.digest.toLowerCase().replace('-', '')] ?? anyDigest;
  checkDigest(what);
  return {
    name: 'pbkdf2',
    args: given,
    ms: (what.iterations * Math.ceil(Math.max(what.length, 1) / block) * micros) / 1000,
    run: () => Buffer.from(bytesOf(what, secrets, () => unknownDigest(what.digest))),
  };
}

/** A digest that nobody knows is refused before anything begins. */
function checkDigest({ digest }: { readonly digest: string }): void {
  const known = computeOutside({ kind: 'hash', algorithm: digest }, new Uint8Array(0));
  if (!(known instanceof Uint8Array)) throw unknownDigest(digest);
}

export function pbkdf2(...given: unknown[]): void {
  const [password, salt, iterations, length, digest, last] = given;
  const [name, callback] = typeof digest === 'function' ? [undefined, digest] : [digest, last];
  const job = pbkdf2Job([password, salt, iterations, length, name]);
  checkFunction(callback, 'callback');
  inPool(job, callback as Callable); // just checked
}

export function pbkdf2Sync(...given: unknown[]): Buffer {
  return atOnce(pbkdf2Job(given));
}

interface Costs {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly maxmem: number;
}

const usual: Costs = { N: 16_384, r: 8, p: 1, maxmem: 32 * 1024 * 1024 };
const otherNames: Readonly<Record<string, 'N' | 'r' | 'p'>> = { cost: 'N', blockSize: 'r', parallelization: 'p' };

function costsOf(options: Readonly<Record<string, unknown>> | undefined): Costs {
  const costs: Record<keyof Costs, number> = { ...usual };
  for (const [other, name] of Object.entries(otherNames)) {
    for (const asked of [name, other]) {
      const value = options?.[asked];
      if (value === undefined) continue;
      if (asked === other && options?.[name] !== undefined)
        throw codedError(NativeError, 'ERR_CRYPTO_SCRYPT_INVALID_PARAMETER', 'Invalid scrypt parameter');
      checkInteger(value, asked, 0, mostUint32);
      costs[name] = (value as number) === 0 ? usual[name] : (value as number); // just checked
    }
  }
  if (options?.['maxmem'] !== undefined) {
    checkInteger(options['maxmem'], 'maxmem', 0);
    costs.maxmem = (options['maxmem'] as number) === 0 ? usual.maxmem : (options['maxmem'] as number); // just checked
  }
  return costs;
}

function wrongCosts({ message }: NotComputed): Error {
  return nativeCoded(NativeRangeError, 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS', message);
}

function scryptJob([password, salt, length, options]: Given): Job<Buffer> {
  const secrets = [bytesGiven(password, 'password'), bytesGiven(salt, 'salt')];
  checkInteger(length, 'keylen', 0, mostInt32);
  const costs = costsOf(options as Readonly<Record<string, unknown>> | undefined); // looked at there
  const what = { kind: 'scrypt', ...costs, length: length as number } as const; // just checked
  checkCosts(what);
  return {
    name: 'scrypt',
    args: [password, salt, length],
    ms: (costs.N * costs.r * costs.p * scryptMicros) / 1000,
    run: () => Buffer.from(bytesOf(what, secrets, wrongCosts)),
  };
}

/** OpenSSL looks at them before anything begins. */
function checkCosts({ N, r, p, maxmem }: Costs): void {
  const isPower = N > 1 && Number.isInteger(Math.log2(N));
  if (!isPower || p > (2 ** 30 - 1) / r) throw wrongCosts({ message: 'Invalid scrypt params' });
  if (128 * r * (N + p + 2) > maxmem) {
    const words = 'Invalid scrypt params: error:030000AC:digital envelope routines::memory limit exceeded';
    throw wrongCosts({ message: words });
  }
}

export function scrypt(...given: unknown[]): void {
  const [password, salt, length, options, last] = given;
  const callback = last ?? options;
  const job = scryptJob([password, salt, length, last === undefined ? undefined : options]);
  checkFunction(callback, 'callback');
  inPool(job, callback as Callable); // just checked
}

export function scryptSync(...given: unknown[]): Buffer {
  return atOnce(scryptJob(given));
}

function hkdfJob([digest, key, salt, info, length]: Given): Job<ArrayBufferLike> {
  checkString(digest, 'digest');
  const given = [bytesGiven(key, 'ikm'), bytesGiven(salt, 'salt'), bytesGiven(info, 'info')];
  checkInteger(length, 'length', 0, mostInt32);
  const long = given[2]?.length ?? 0;
  if (long > 1024) throw outOfRange('info', 'must not contain more than 1024 bytes', long);
  const [name, size] = [digest as string, length as number]; // just checked
  const what = { kind: 'hkdf', digest: name, iterations: 1, length: size } as const;
  checkDigest(what);
  return {
    name: 'hkdf',
    args: [digest, key, salt, info, length],
    ms: 0.02,
    run: () => bytesOf(what, given, wrongLength).buffer,
  };
}

function wrongLength({ message }: NotComputed): Error {
  return nativeCoded(NativeRangeError, 'ERR_CRYPTO_INVALID_KEYLEN', message);
}

export function hkdf(...given: unknown[]): void {
  const job = hkdfJob(given);
  checkFunction(given[5], 'callback');
  inPool(job, given[5] as Callable); // just checked
}

export function hkdfSync(...given: unknown[]): ArrayBufferLike {
  return atOnce(hkdfJob(given));
}
