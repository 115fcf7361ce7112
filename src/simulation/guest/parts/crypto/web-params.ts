/** Why this file exists: what `crypto.subtle` is given: algorithms with their options, keys. Node 20: webcrypto.js. */
import { domException } from '../../modules/events/dom-exception';
import { endNow } from '../../ending';
import { codedError } from '../../node-errors';
import { NativeTypeError, SafeMap, SafeSet, isObject } from '../../primordials';
import { here } from '../../recorder';
import { asPromise } from './jobs';
import { keyInside } from './key-objects';
import { CryptoKey, webKeyInside } from './web-key';

/** What a thread takes, and 500 MB in a second. Modelled. */
export const [workMs, bytesInMs] = [0.1, 500_000];

export type Params = Readonly<Record<string, unknown>> & { readonly name: string };

/** By their names in small letters: any spelling is taken. */
const names = new SafeMap([
  'HMAC', 'AES-GCM', 'AES-CBC', 'AES-CTR', 'PBKDF2', 'HKDF', 'ECDSA', 'ECDH', 'Ed25519', 'X25519', 'RSASSA-PKCS1-v1_5',
  'RSA-PSS', 'RSA-OAEP', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512',
].map((name) => [name.toLowerCase(), name]));

/** Node has these, too. */
const unmodelled = new SafeSet(['aes-kw', 'ed448', 'x448']);

export function unrecognized(): Error {
  return domException('Unrecognized algorithm name', 'NotSupportedError');
}

export function paramsOf(given: unknown): Params {
  const params = isObject(given) ? given : { name: given };
  const asked = String((params as { readonly name?: unknown }).name);
  const name = names.get(asked.toLowerCase());
  if (unmodelled.has(asked.toLowerCase()))
    endNow({ kind: 'unsupported', message: `${asked} of crypto.subtle is not modelled yet`, site: here() });
  if (name === undefined) throw unrecognized();
  return { ...params, name };
}

function missingOption(option: string, dictionary: string): Error {
  const words = `Failed to normalize algorithm: passed algorithm can not be converted to '${dictionary}' because '${option}' is required in '${dictionary}'.`;
  return codedError(NativeTypeError, 'ERR_MISSING_OPTION', words);
}

export function needed(params: Params, option: string, dictionary: string): unknown {
  if (params[option] === undefined) throw missingOption(option, dictionary);
  return params[option];
}

export function hashNamed(params: Params, dictionary: string): string {
  return paramsOf(needed(params, 'hash', dictionary)).name;
}

/** As OpenSSL calls it. */
export function digestOf(name: string): string {
  return name.toLowerCase().replace('-', '');
}

export function failed(): Error {
  return domException('The operation failed for an operation-specific reason', 'OperationError');
}

export function checkKey(key: unknown, place: string, method: string): asserts key is CryptoKey {
  if (key instanceof CryptoKey) return;
  const words = `Failed to execute '${method}' on 'SubtleCrypto': ${place} argument is not of type CryptoKey.`;
  throw codedError(NativeTypeError, 'ERR_INVALID_ARG_TYPE', words);
}

/** The key, if it is of this algorithm and may be used so. */
export function keyFor(key: unknown, { name }: Params, usage: string): CryptoKey {
  checkKey(key, '2nd', usage);
  if (key.algorithm.name !== name) throw domException('Key algorithm mismatch', 'InvalidAccessError');
  if (!key.usages.includes(usage)) throw domException(`Unable to use this key to ${usage}`, 'InvalidAccessError');
  return key;
}

export function bytesIn(key: CryptoKey): Uint8Array {
  return keyInside.bytesOf(webKeyInside.aboutOf(key).key);
}

/** In the pool, whatever it is. */
export function inPool(name: string, bytes: number, run: () => unknown, ms = workMs): object {
  return asPromise({ name, args: [], ms: ms + bytes / bytesInMs, run });
}
