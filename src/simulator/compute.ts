/**
 * Why this file exists: the computations of simulation/computing.ts, by Node's own functions, so that their bytes are
 * the true ones. Each is bounded before it begins: none takes longer than a few seconds or more than some megabytes.
 */
import crypto from 'node:crypto';
import tls from 'node:tls';
import zlib from 'node:zlib';
import type { Computation, NotComputed, ZlibMark, ZlibMethod } from '../simulation/computing';
import { isKeyTooMuch, NotModelled, workWithKeys } from './compute-keys';

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
    if (error instanceof NotModelled) return { message: error.message, isTooMuch: true };
    const { message, code, errno, library, reason, name } = error as NotComputed; // an error of Node's
    return code === 'ERR_BUFFER_TOO_LARGE' ? tooMuch : { message, code, errno, library, reason, name };
  }
}

function isTooMuch(what: Computation, bytes: readonly Uint8Array[]): boolean {
  if (bytes.reduce((sum, each) => sum + each.length, 0) > mostBytes) return true;
  switch (what.kind) {
    case 'hash': return (what.length ?? 0) > mostBytes;
    case 'pbkdf2': return what.iterations * Math.max(what.length / 16, 1) > mostIterations || what.length > mostBytes;
    case 'scrypt': return what.N * what.r * what.p > mostScrypt || what.length > mostBytes;
    case 'key': return isKeyTooMuch(what.work);
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
    case 'certificate': return Buffer.from(JSON.stringify({ ...new crypto.X509Certificate(first).toLegacyObject(), ca: new crypto.X509Certificate(first).ca }));
    case 'key-pair': {
      tls.createSecureContext({ key: Buffer.from(first), cert: Buffer.from(second) });
      return none;
    }
    case 'issued': return Uint8Array.of(isIssuedBy(first, second) ? 1 : 0);
    case 'cipher': return ciphered(what, first, second, third);
    case 'key': return workWithKeys(what.work, [first, second, third]);
    case 'zlib': {
      const { dictionary, marks, ...options } = what.options;
      const given = { ...options, ...(dictionary === true ? { dictionary: second } : {}), maxOutputLength: mostBytes };
      if (marks !== undefined) return zippedWith(marks as readonly ZlibMark[], what.method, first, given);
      return zlib[`${what.method}Sync`](first, given);
    }
  }
}

function isIssuedBy(bytes: Uint8Array, byWhom: Uint8Array): boolean {
  const [cert, issuer] = [new crypto.X509Certificate(bytes), new crypto.X509Certificate(byWhom)];
  return cert.checkIssued(issuer) && cert.verify(issuer.publicKey);
}

/** All that went in, in one go: what of it is new the sandbox knows. */
function ciphered(what: Computation & { readonly kind: 'cipher' }, key: Uint8Array, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const { algorithm, isDecipher, isFinal, pads, tag, aad, tagLength } = what;
  const make = isDecipher ? crypto.createDecipheriv : crypto.createCipheriv;
  // The modes differ in what they need; the types ask for one at a time.
  const options: object = { authTagLength: tagLength };
  const cipher = make(algorithm, key, iv, options) as crypto.CipherGCM & crypto.DecipherGCM;
  cipher.setAutoPadding(pads);
  if (aad !== undefined) cipher.setAAD(Buffer.from(aad, 'hex'), { plaintextLength: data.length });
  if (isDecipher && tag !== undefined && tag !== '') cipher.setAuthTag(Buffer.from(tag, 'hex'));
  const parts = [cipher.update(data)];
  if (isFinal) parts.push(cipher.final());
  if (isFinal && !isDecipher && tag !== undefined) parts.push(cipher.getAuthTag());
  return Buffer.concat(parts);
}

/** What Node's synchronous functions use of a stream. */
interface Chunks {
  readonly _handle: {
    writeSync(
      flush: number, from: Uint8Array, at: number, length: number, into: Uint8Array, offset: number, room: number,
    ): void;
    params(level: number, strategy: number): void;
    onerror: (message: string, errno: number, code: string) => void;
  };
  /** The room, and what was not taken. */
  readonly _writeState: Uint32Array;
  close(): void;
}

const roomForAll = 65_536;

/** Piece by piece, up to each mark. */
function zippedWith(
  marks: readonly ZlibMark[], method: ZlibMethod, bytes: Uint8Array, options: zlib.ZlibOptions,
): Uint8Array {
  const make = {
    deflate: zlib.createDeflate, inflate: zlib.createInflate, gzip: zlib.createGzip, gunzip: zlib.createGunzip,
    deflateRaw: zlib.createDeflateRaw, inflateRaw: zlib.createInflateRaw, unzip: zlib.createUnzip,
    brotliCompress: zlib.createBrotliCompress, brotliDecompress: zlib.createBrotliDecompress,
  }[method] as (options: zlib.ZlibOptions) => unknown; // options fit the method
  const stream = make(options) as Chunks;
  const parts: Uint8Array[] = [];
  let failure: Error | undefined;
  stream._handle.onerror = (message, errno, code) => { failure = Object.assign(new Error(message), { errno, code }); };
  const take = (from: number, to: number, flush: number): void => {
    for (let at = from, room = 0; room === 0 && failure === undefined;) {
      const into = Buffer.alloc(roomForAll);
      stream._handle.writeSync(flush, bytes, at, to - at, into, 0, into.length);
      const [left = 0, notTaken = 0] = stream._writeState;
      parts.push(into.subarray(0, into.length - left));
      [at, room] = [to - notTaken, left];
    }
  };
  let at = 0;
  for (const mark of marks) {
    take(at, mark.at, mark.flush);
    at = mark.at;
    if (mark.level !== undefined && mark.strategy !== undefined) stream._handle.params(mark.level, mark.strategy);
  }
  take(at, bytes.length, options.finishFlush ?? zlib.constants.Z_FINISH);
  stream.close();
  if (failure !== undefined) throw failure;
  return Buffer.concat(parts);
}
