/** Why this file exists: keys that are made. Node 20: lib/internal/crypto/keygen.js. Their chance is the run's own. */
import { checkFunction, checkInteger, checkNumber, checkObject, checkString, codedError } from '../../node-errors';
import { NativeTypeError, call, isObject, type Callable } from '../../primordials';
import { inspect } from '../../inspect';
import { seedBytes } from './random';
import { atOnce, inPool, type Job } from './jobs';
import {
  createSecretKey, keyFromDer, plainOptions, publicOf, workWithKeys, type AsymmetricKeyObject, type SecretKeyObject,
} from './key-objects';

const types = ['rsa', 'rsa-pss', 'dsa', 'dh', 'ec', 'ed25519', 'ed448', 'x25519', 'x448'];

function unknownType(type: unknown): Error {
  return codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'type' must be a supported key type. Received ${inspect(type)}`);
}

/** What making one takes. Modelled, as measured: primes are looked for, and the time grows with the fourth power. */
function msFor(type: string, bits: number): number {
  return type.startsWith('rsa') ? 80 * (bits / 2048) ** 4 : 0.1;
}

interface Pair {
  readonly publicKey: unknown;
  readonly privateKey: unknown;
}

interface PairOptions {
  readonly modulusLength?: unknown;
  readonly publicExponent?: unknown;
  readonly namedCurve?: unknown;
  readonly publicKeyEncoding?: unknown;
  readonly privateKeyEncoding?: unknown;
}

/** Options as the native code takes them. */
function pairJob(type: unknown, given: unknown): Job<Pair> {
  checkString(type, 'type');
  const kind = type as string; // just checked
  if (!types.includes(kind)) throw unknownType(kind);
  const isCurve = /^(?:ed|x)\d/.test(kind);
  if (!isCurve || given !== undefined) checkObject(given, 'options');
  const options: PairOptions = isObject(given) ? given : {};
  const { modulusLength, publicExponent, namedCurve, publicKeyEncoding, privateKeyEncoding } = options;
  if (kind.startsWith('rsa')) checkInteger(modulusLength, 'options.modulusLength', 0, 4_294_967_295);
  if (publicExponent !== undefined) checkInteger(publicExponent, 'options.publicExponent', 0, 4_294_967_295);
  if (kind === 'ec') checkString(namedCurve, 'options.namedCurve');
  checkEncoding(publicKeyEncoding, 'options.publicKeyEncoding');
  checkEncoding(privateKeyEncoding, 'options.privateKeyEncoding');
  const wanted = plainOptions({ modulusLength, publicExponent, namedCurve });
  // What is refused is refused before anything begins.
  const made = kind === 'ec' ? madeKey(kind, wanted) : undefined;
  return {
    name: 'generateKeyPair',
    args: [kind],
    ms: msFor(kind, Number(modulusLength ?? 0)),
    run: () => {
      const privateKey = made ?? madeKey(kind, wanted);
      const publicKey = encoded(publicOf(privateKey), publicKeyEncoding);
      return { publicKey, privateKey: encoded(privateKey, privateKeyEncoding) };
    },
  };
}

function madeKey(type: string, options: Readonly<Record<string, unknown>>): AsymmetricKeyObject {
  return keyFromDer('private', workWithKeys({ op: 'generate', type, options }, seedBytes()));
}

function checkEncoding(encoding: unknown, name: string): void {
  if (encoding === undefined) return;
  checkObject(encoding, name);
  const { format, type } = encoding as { readonly format?: unknown; readonly type?: unknown }; // just checked
  const invalid = (key: string, value: unknown): Error =>
    codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The property '${name}.${key}' is invalid. Received ${inspect(value)}`);
  if (format !== 'pem' && format !== 'der' && format !== 'jwk') throw invalid('format', format);
  if (format !== 'jwk' && typeof type !== 'string') throw invalid('type', type);
}

function encoded(key: AsymmetricKeyObject, encoding: unknown): unknown {
  return encoding === undefined ? key : key.export(encoding as object); // just checked
}

export function generateKeyPair(...given: unknown[]): void {
  const [type, second, third] = given;
  const [options, callback] = typeof second === 'function' ? [undefined, second] : [second, third];
  checkFunction(callback, 'callback');
  const told = (error: unknown, pair?: Pair): void => {
    if (pair === undefined) call(callback as Callable, undefined, error); // just checked
    else call(callback as Callable, undefined, null, pair.publicKey, pair.privateKey); // the same
  };
  inPool(pairJob(type, options), told as Callable);
}

export function generateKeyPairSync(type: unknown, options?: unknown): Pair {
  return atOnce(pairJob(type, options));
}

function keyJob(type: unknown, options: unknown): Job<SecretKeyObject> {
  checkString(type, 'type');
  checkObject(options, 'options');
  const { length } = options as { readonly length?: unknown }; // just checked
  if (type === 'hmac') checkInteger(length, 'options.length', 8, 2_147_483_647);
  else if (type === 'aes') {
    checkNumber(length, 'options.length');
    if (length !== 128 && length !== 192 && length !== 256)
      throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The property 'options.length' must be one of: 128, 192, 256. Received ${inspect(length)}`);
  } else throw unknownType(type);
  const bytes = Math.floor(Number(length) / 8);
  return { name: 'generateKey', args: [type], ms: 0.02, run: () => createSecretKey(seedBytes(bytes)) };
}

export function generateKey(type: unknown, options: unknown, callback: unknown): void {
  checkFunction(callback, 'callback');
  inPool(keyJob(type, options), callback as Callable); // just checked
}

export function generateKeySync(type: unknown, options: unknown): SecretKeyObject {
  return atOnce(keyJob(type, options));
}

