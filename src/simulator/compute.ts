/**
 * Why this file exists: the computations of simulation/computing.ts, by Node's own functions, so that their bytes are
 * the true ones. Each is bounded before it begins: none takes longer than a few seconds or more than some megabytes.
 */
import crypto from 'node:crypto';
import zlib from 'node:zlib';
import type { Computation, NotComputed } from '../simulation/computing';

/** Iterations times blocks: about three seconds. */
const mostIterations = 5_000_000;
/** N × r × p: about three seconds. */
const mostScrypt = 2 ** 23;
const mostBytes = 64 * 1024 * 1024;
const tooMuch: NotComputed = { message: 'takes too long to be simulated', isTooMuch: true };

export function compute(what: Computation, bytes: readonly Uint8Array[]): Uint8Array | NotComputed {
  if (isTooMuch(what, bytes)) return tooMuch;
  try {
    return computed(what, bytes);
  } catch (error) {
    const { message, code, errno } = error as NotComputed; // an error of Node's
    return code === 'ERR_BUFFER_TOO_LARGE' ? tooMuch : { message, code, errno };
  }
}

function isTooMuch(what: Computation, bytes: readonly Uint8Array[]): boolean {
  if (bytes.reduce((sum, each) => sum + each.length, 0) > mostBytes) return true;
  switch (what.kind) {
    case 'hash': return (what.length ?? 0) > mostBytes;
    case 'pbkdf2': return what.iterations * Math.max(what.length / 16, 1) > mostIterations || what.length > mostBytes;
    case 'scrypt': return what.N * what.r * what.p > mostScrypt || what.length > mostBytes;
    default: return false;
  }
}

const none = new Uint8Array();

function computed(what: Computation, [first = none, second = none, third = none]: readonly Uint8Array[]): Uint8Array {
  switch (what.kind) {
    case 'hash': {
      const options = what.length === undefined ? {} : { outputLength: what.length };
      return crypto.createHash(what.algorithm, options).update(first).digest();
    }
    case 'hmac': return crypto.createHmac(what.algorithm, first).update(second).digest();
    case 'pbkdf2': return crypto.pbkdf2Sync(first, second, what.iterations, what.length, what.digest);
    case 'hkdf': return new Uint8Array(crypto.hkdfSync(what.digest, first, second, third, what.length));
    case 'scrypt': {
      const { N, r, p, maxmem, length } = what;
      return crypto.scryptSync(first, second, length, { N, r, p, maxmem });
    }
    case 'zlib': {
      const { dictionary, ...options } = what.options;
      const given = { ...options, ...(dictionary === true ? { dictionary: second } : {}), maxOutputLength: mostBytes };
      return zlib[`${what.method}Sync`](first, given);
    }
  }
}
