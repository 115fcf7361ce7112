/**
 * Why this file exists: keys, signatures and what is ciphered with keys, by Node's own functions. Whatever takes chance
 * is made from the seed that the run gave; Node is asked first, for what it refuses.
 */
import crypto from 'node:crypto';
import type { KeyRead, KeyWork } from '../simulation/computing';
import { paddedFor, signedWithSalt } from './rsa-padding';
import { bytesOf, byteLength, chanceFrom, inverse, numberOf, primeOf, type Chance } from './seeded-numbers';

/** A way that no seed can lead, or that nobody has asked for yet. */
export class NotModelled extends Error {}

/** A key of so many bits takes about a second. */
const mostBits = 4096;

export function isKeyTooMuch(work: KeyWork): boolean {
  return work.op === 'generate' && Number(work.options['modulusLength'] ?? 0) > mostBits;
}

type Three = readonly [Uint8Array, Uint8Array, Uint8Array];

export function workWithKeys(work: KeyWork, [first, second, third]: Three): Uint8Array {
  switch (work.op) {
    case 'read': return json(readKey(work, first));
    case 'export': return exported(work.of === 'private' ? privateKey(first) : publicKey(first), work.options);
    case 'generate': return der(generated(work.type, work.options, chanceFrom(first)));
    case 'sign': return signed(work, privateKey(first), second, chanceFrom(third));
    case 'verify': return Uint8Array.of(isVerified(work, publicKey(first), second, third) ? 1 : 0);
    case 'rsa': return withRsa(work, work.isPrivate ? privateKey(first) : publicKey(first), second, chanceFrom(third));
    case 'agree': return crypto.diffieHellman({ privateKey: privateKey(first), publicKey: publicKey(second) });
    case 'ecdh': return agreed(work, first, second);
  }
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}

function privateKey(bytes: Uint8Array): crypto.KeyObject {
  return crypto.createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' });
}

function publicKey(bytes: Uint8Array): crypto.KeyObject {
  return crypto.createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' });
}

function der(key: crypto.KeyObject): Buffer {
  return key.type === 'private' ? key.export({ format: 'der', type: 'pkcs8' }) : key.export({ format: 'der', type: 'spki' });
}

function readKey({ wants, options, isText }: KeyWork & { readonly op: 'read' }, bytes: Uint8Array): KeyRead {
  const given = { ...options, ...(options['format'] === 'jwk' ? {} : { key: isText ? Buffer.from(bytes).toString() : Buffer.from(bytes) }) };
  // What the program gave: Node looks at it.
  const key = wants === 'private' ? crypto.createPrivateKey(given as never) : crypto.createPublicKey(given as never);
  const { publicExponent, ...rest } = key.asymmetricKeyDetails ?? {};
  const details = rest as Record<string, number | string>; // what is left of them
  return {
    type: wants,
    der: der(key).toString('base64'),
    asymmetricKeyType: key.asymmetricKeyType ?? '',
    details: publicExponent === undefined ? details : { ...details, publicExponent: String(publicExponent) },
  };
}

function exported(key: crypto.KeyObject, options: Readonly<Record<string, unknown>>): Uint8Array {
  if (options['cipher'] !== undefined || options['passphrase'] !== undefined) throw new NotModelled('with a pass phrase is not modelled yet');
  const bytes: unknown = key.export(options as never); // what the program gave: Node looks at it
  return bytes instanceof Uint8Array ? bytes : typeof bytes === 'string' ? Buffer.from(bytes) : json(bytes);
}

/** Curves by their names, with the order of their base point: SEC 2. */
const orders: Readonly<Record<string, { readonly jwk: string; readonly n: bigint } | undefined>> = {
  prime256v1: { jwk: 'P-256', n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n },
  secp384r1: { jwk: 'P-384', n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n },
  secp521r1: {
    jwk: 'P-521',
    n: 2n ** 521n - 0x5ae79787c40d069948033feb708f65a2fc44a36477663b851449048e16ec79bf7n,
  },
  secp256k1: { jwk: 'secp256k1', n: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n },
};
const otherNames: Readonly<Record<string, string>> = { 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };

function curveNamed(name: string): { readonly name: string; readonly jwk: string; readonly n: bigint } {
  const known = otherNames[name] ?? name;
  crypto.createECDH(known); // throws what Node says to a name that nobody knows
  const curve = orders[known];
  if (curve === undefined) throw new NotModelled(`on the curve ${name} is not modelled yet`);
  return { name: known, ...curve };
}

/** The private numbers of these are their seeds, behind a fixed beginning: RFC 8410. */
const seeds: Readonly<Record<string, readonly [before: string, length: number] | undefined>> = {
  ed25519: ['302e020100300506032b657004220420', 32],
  x25519: ['302e020100300506032b656e04220420', 32],
  ed448: ['3047020100300506032b6571043b0439', 57],
  x448: ['3046020100300506032b656f043a0438', 56],
};

function generated(type: string, options: Readonly<Record<string, unknown>>, chance: Chance): crypto.KeyObject {
  const [before, length] = seeds[type] ?? [];
  if (before !== undefined) return privateKey(Buffer.concat([Buffer.from(before, 'hex'), chance.bytes(length ?? 0)]));
  if (type === 'rsa') return rsaKey(Number(options['modulusLength']), BigInt(Number(options['publicExponent'] ?? 65_537)), chance);
  if (type !== 'ec') throw new NotModelled(`pair of ${type} is not modelled yet`);
  const { name, jwk, n } = curveNamed(String(options['namedCurve']));
  const d = bytesOf(chance.below(n), byteLength(n));
  const point = pointOf(name, d);
  const half = (point.length - 1) / 2;
  const [x, y] = [point.subarray(1, 1 + half), point.subarray(1 + half)].map((each) => each.toString('base64url'));
  return fromJwk({ kty: 'EC', crv: jwk, x, y, d: d.toString('base64url') });
}

function fromJwk(key: Readonly<Record<string, string | undefined>>): crypto.KeyObject {
  return crypto.createPrivateKey({ key, format: 'jwk' });
}

function pointOf(curve: string, d: Uint8Array): Buffer {
  const ecdh = crypto.createECDH(curve);
  ecdh.setPrivateKey(d);
  return ecdh.getPublicKey();
}

/** FIPS 186-5, A.1.3, with primes from the seed. */
function rsaKey(bits: number, e: bigint, chance: Chance): crypto.KeyObject {
  if (bits < 512 || e < 3n || e % 2n === 0n) throw new NotModelled('pair of such a length or exponent is not modelled yet');
  const p = primeOf(Math.ceil(bits / 2), e, chance);
  let q = p;
  while (q === p) q = primeOf(Math.floor(bits / 2), e, chance);
  const [big, small] = p > q ? [p, q] : [q, p];
  const d = inverse(e, (big - 1n) * (small - 1n));
  const [dp, dq, qi] = [d % (big - 1n), d % (small - 1n), inverse(small, big)];
  const parts = { n: big * small, e, d, p: big, q: small, dp, dq, qi };
  const shown = Object.entries(parts).map(([name, value]) => [name, bytesOf(value).toString('base64url')] as const);
  return fromJwk({ kty: 'RSA', ...Object.fromEntries(shown) });
}

type Signing = KeyWork & { readonly op: 'sign' };

function signed(work: Signing, key: crypto.KeyObject, data: Uint8Array, chance: Chance): Uint8Array {
  const { algorithm, isOneShot, options } = work;
  const how = { key, ...options } as crypto.SignKeyObjectInput; // Node looks at the options
  const native = isOneShot ? crypto.sign(algorithm, data, how) : crypto.createSign(algorithm ?? '').update(data).sign(how);
  if (key.asymmetricKeyType === 'ec') return signedOnCurve(key, hashOf(algorithm, data), how.dsaEncoding === 'ieee-p1363', chance);
  if (key.asymmetricKeyType === 'dsa' || key.asymmetricKeyType === 'rsa-pss')
    throw new NotModelled(`with a key of ${key.asymmetricKeyType} is not modelled yet`);
  const isSalted = how.padding === crypto.constants.RSA_PKCS1_PSS_PADDING;
  return isSalted ? signedWithSalt(key, algorithm ?? 'sha256', data, how.saltLength, chance) : native;
}

function hashOf(algorithm: string | null, data: Uint8Array): Buffer {
  return crypto.createHash(algorithm ?? 'sha256').update(data).digest();
}

/** FIPS 186-5, 6.4.1, with a number for each message from the seed. */
function signedOnCurve(key: crypto.KeyObject, hash: Buffer, isPlain: boolean, chance: Chance): Uint8Array {
  const { name, n } = curveNamed(key.asymmetricKeyDetails?.namedCurve ?? '');
  const d = numberOf(Buffer.from(String(key.export({ format: 'jwk' }).d), 'base64url'));
  const length = byteLength(n);
  const extra = Math.max(hash.length * 8 - n.toString(2).length, 0);
  const e = numberOf(hash) >> BigInt(extra);
  for (;;) {
    const k = chance.below(n);
    const r = numberOf(pointOf(name, bytesOf(k, length)).subarray(1, 1 + pointWidth(n))) % n;
    const s = (inverse(k, n) * (e + r * d)) % n;
    if (r === 0n || s === 0n) continue;
    return isPlain ? Buffer.concat([bytesOf(r, length), bytesOf(s, length)]) : sequence([derInteger(r), derInteger(s)]);
  }
}

/** Of these curves the field is as wide as the order. */
function pointWidth(n: bigint): number {
  return byteLength(n);
}

function derInteger(value: bigint): Buffer {
  const bytes = bytesOf(value);
  return tagged(2, (bytes[0] ?? 0) > 127 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes);
}

function sequence(parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function tagged(tag: number, bytes: Buffer): Buffer {
  const length = bytes.length < 128 ? [bytes.length] : [0x81, bytes.length];
  return Buffer.concat([Buffer.from([tag, ...length]), bytes]);
}

type Verifying = KeyWork & { readonly op: 'verify' };

function isVerified(work: Verifying, key: crypto.KeyObject, data: Uint8Array, signature: Uint8Array): boolean {
  const { algorithm, isOneShot, options } = work;
  const how = { key, ...options } as crypto.VerifyKeyObjectInput; // Node looks at the options
  if (isOneShot) return crypto.verify(algorithm, data, how, signature);
  return crypto.createVerify(algorithm ?? '').update(data).verify(how, signature);
}

type WithRsa = KeyWork & { readonly op: 'rsa' };

function withRsa({ method, options }: WithRsa, key: crypto.KeyObject, data: Uint8Array, chance: Chance): Uint8Array {
  const { oaepLabel, ...rest } = options;
  const label = typeof oaepLabel === 'string' ? Buffer.from(oaepLabel, 'base64') : undefined;
  const how = { key, ...rest, ...(label === undefined ? {} : { oaepLabel: label }) } as crypto.RsaPublicKey;
  const native = crypto[method](how, data);
  if (method !== 'publicEncrypt') return native; // nothing else takes chance
  const padded = paddedFor(key, data, how, chance);
  if (padded === undefined) return native;
  return crypto.publicEncrypt({ key, padding: crypto.constants.RSA_NO_PADDING }, padded);
}

type Agreeing = KeyWork & { readonly op: 'ecdh' };

function agreed({ curve, step }: Agreeing, given: Uint8Array, others: Uint8Array): Uint8Array {
  if (step === 'make') {
    const { n } = curveNamed(curve);
    return bytesOf(chanceFrom(given).below(n), byteLength(n));
  }
  const ecdh = crypto.createECDH(curve);
  if (given.length > 0) ecdh.setPrivateKey(given);
  return step === 'public' ? ecdh.getPublicKey() : ecdh.computeSecret(others);
}
