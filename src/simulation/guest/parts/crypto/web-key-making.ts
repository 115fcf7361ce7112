/** Why this file exists: keys of `crypto.subtle` that are made, come in and go out. Node 20: webcrypto.js. */
import { inspect } from '../../inspect';
import { domException } from '../../modules/events/dom-exception';
import { codedError } from '../../node-errors';
import { NativeTypeError, isArray, toText } from '../../primordials';
import { bytesGiven } from './bytes';
import type { KeyObject} from './key-objects';
import { createSecretKey, keyFromDer, publicOf, workWithKeys, keyInside } from './key-objects';
import { seedBytes } from './random';
import type { CryptoKey} from './web-key';
import { checkUsages, isAsymmetric, keyIn, keyOut, usagesFor, type KeyAlgorithm, webKeyInside } from './web-key';
import { checkKey, hashNamed, inPool, needed, paramsOf, workMs, type Params } from './web-params';

export function checkLength(length: unknown): number {
  if (length === 128 || length === 192 || length === 256) return length;
  throw domException('AES key length must be 128, 192, or 256 bits', 'OperationError');
}

/** Of a block of the hash: what an HMAC key has where nobody says. */
function blockBits(hash: string): number {
  return /384|512/.test(hash) ? 1024 : 512;
}

export function generateKey(given: unknown, extractable: unknown, asked: unknown): object {
  const params = paramsOf(given);
  const usages = listOf(asked);
  const { name } = params;
  const isSecret = name === 'HMAC' || name.startsWith('AES-');
  checkUsages(name, usages, isSecret ? ['secret'] : ['public', 'private']);
  if (usages.length === 0) throw domException('Usages cannot be empty when creating a key.', 'SyntaxError');
  if (isSecret) {
    const algorithm = name === 'HMAC' ? hmacOf(params) : { name, length: checkLength(needed(params, 'length', 'AesKeyGenParams')) };
    const key = (): KeyObject => createSecretKey(seedBytes((algorithm.length ?? 0) / 8));
    return inPool('generateKey', 0, () => webKeyInside.make({ key: key(), algorithm, usages, extractable: Boolean(extractable) }));
  }
  const { type, options, algorithm } = pairOf(params);
  const bits = Number(options['modulusLength'] ?? 0);
  return inPool('generateKeyPair', 0, () => {
    const privateKey = keyFromDer('private', workWithKeys({ op: 'generate', type, options }, seedBytes()));
    const half = (key: KeyObject, isExtractable: boolean): CryptoKey => {
      const own = usages.filter((each) => usagesFor(name, key.type).includes(each));
      return webKeyInside.make({ key, algorithm, usages: own, extractable: isExtractable });
    };
    return { publicKey: half(publicOf(privateKey), true), privateKey: half(privateKey, Boolean(extractable)) };
  }, bits === 0 ? workMs : 80 * (bits / 2048) ** 4);
}

export function hmacOf(params: Params): KeyAlgorithm {
  const hash = { name: hashNamed(params, 'HmacKeyGenParams') };
  return { name: 'HMAC', length: Number(params['length'] ?? blockBits(hash.name)), hash };
}

interface Pair {
  readonly type: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly algorithm: KeyAlgorithm;
}

function pairOf(params: Params): Pair {
  const { name } = params;
  if (name === 'Ed25519' || name === 'X25519') return { type: name.toLowerCase(), options: {}, algorithm: { name } };
  if (name === 'ECDSA' || name === 'ECDH') {
    const namedCurve = String(needed(params, 'namedCurve', 'EcKeyGenParams'));
    if (!/^P-(?:256|384|521)$/.test(namedCurve)) throw domException('Unrecognized namedCurve', 'NotSupportedError');
    return { type: 'ec', options: { namedCurve }, algorithm: { name, namedCurve } };
  }
  const publicExponent = new Uint8Array(bytesGiven(needed(params, 'publicExponent', 'RsaHashedKeyGenParams'), 'publicExponent'));
  const modulusLength = Number(needed(params, 'modulusLength', 'RsaHashedKeyGenParams'));
  const exponent = publicExponent.reduce((sum, each) => sum * 256 + each, 0);
  const hash = { name: hashNamed(params, 'RsaHashedKeyGenParams') };
  return { type: 'rsa', options: { modulusLength, publicExponent: exponent }, algorithm: { name, modulusLength, publicExponent, hash } };
}

function listOf(usages: unknown): readonly string[] {
  return isArray(usages) ? usages.map(String) : [];
}

const formats = ['raw', 'pkcs8', 'spki', 'jwk'];

function checkFormat(format: unknown, method: string): void {
  if (formats.includes(String(format))) return;
  const words = `Failed to execute '${method}' on 'SubtleCrypto': 1st argument value ${inspect(format)} is not a valid enum value of type KeyFormat.`;
  throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', words);
}

export function importKey(...all: unknown[]): CryptoKey {
  const [format, data, given, extractable, asked] = all;
  checkFormat(format, 'importKey');
  const params = paramsOf(given);
  const usages = listOf(asked);
  const { name } = params;
  const key = keyIn(format, data, { name, namedCurve: toText(params['namedCurve'] ?? '') });
  checkUsages(name, usages, [key.type]);
  if (usages.length === 0 && key.type !== 'public')
    throw domException(`Usages cannot be empty when importing a ${key.type} key.`, 'SyntaxError');
  return webKeyInside.make({ key, algorithm: algorithmOf(params, key), usages, extractable: Boolean(extractable) });
}

function algorithmOf(params: Params, key: KeyObject): KeyAlgorithm {
  const { name } = params;
  const bits = keyInside.bytesOf(key).length * 8;
  if (name === 'HMAC') return { name, hash: { name: hashNamed(params, 'HmacImportParams') }, length: bits };
  if (name.startsWith('AES-')) {
    if (bits !== 128 && bits !== 192 && bits !== 256) throw domException('Invalid key length', 'DataError');
    return { name, length: bits };
  }
  if (name === 'ECDSA' || name === 'ECDH') return { name, namedCurve: String(needed(params, 'namedCurve', 'EcKeyImportParams')) };
  if (!name.startsWith('RSA') || !isAsymmetric(key)) return { name };
  const { modulusLength = 0 } = key.asymmetricKeyDetails as { readonly modulusLength?: number };
  const hash = { name: hashNamed(params, 'RsaHashedImportParams') };
  return { name, modulusLength, publicExponent: Uint8Array.of(1, 0, 1), hash };
}

export function exportKey(format: unknown, key: unknown): unknown {
  checkFormat(format, 'exportKey');
  checkKey(key, '2nd', 'exportKey');
  if (!key.extractable) throw domException('key is not extractable', 'InvalidAccessException');
  return keyOut(String(format), key);
}
