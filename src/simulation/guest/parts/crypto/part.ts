/** Why this file exists: the part of the guest that brings `crypto`, as a module and as a global. */
import { offerModule } from '../../modules/builtin';
import { domException } from '../../modules/events/dom-exception';
import { illegalConstructor } from '../../modules/events/event-target';
import { accessorGlobal } from '../../part-globals';
import { createObject, defineProperty, named } from '../../primordials';
import { rejectedWith, settledLike } from '../../own-promises';
import { standIn } from '../../stand-ins';
import { bytesGiven } from './bytes';
import { CipherBase, Cipheriv, Decipheriv, createCipheriv, createDecipheriv } from './cipher';
import { Hash, Hmac, createHash, createHmac, hash, hashed } from './hash';
import { asPromise } from './jobs';
import { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } from './keys';
import {
  getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual,
} from './random';

/** What Node has and the simulation has not: using one ends the run. */
const missing = [
  'checkPrime', 'checkPrimeSync', 'createDiffieHellman',
  'createDiffieHellmanGroup', 'createECDH', 'createPrivateKey', 'createPublicKey', 'createSecretKey', 'createSign',
  'createVerify', 'diffieHellman', 'generatePrime', 'generatePrimeSync', 'getCiphers', 'getCipherInfo', 'getCurves',
  'getDiffieHellman', 'generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync', 'privateDecrypt',
  'privateEncrypt', 'publicDecrypt', 'publicEncrypt', 'sign', 'setEngine', 'getFips', 'setFips', 'verify', 'Certificate',
  'Cipher', 'Decipher', 'DiffieHellman', 'DiffieHellmanGroup', 'ECDH', 'KeyObject', 'Sign',
  'Verify', 'X509Certificate', 'secureHeapUsed', 'constants', 'getHashes',
];

const digestNames: Readonly<Record<string, string>> = {
  'sha-1': 'sha1', 'sha-256': 'sha256', 'sha-384': 'sha384', 'sha-512': 'sha512',
};
/** 500 MB in a second. Modelled. */
const bytesInMs = 500_000;

/** `crypto.subtle.digest`: in the thread pool, whatever the size. */
function digest(algorithm: unknown, data: unknown): object {
  return settledLike(() => {
    const given = typeof algorithm === 'string' ? { name: algorithm } : (algorithm as { name?: unknown }); // read so
    const { name } = given;
    const known = digestNames[String(name).toLowerCase()];
    if (known === undefined) return rejectedWith(domException('Unrecognized algorithm name', 'NotSupportedError'));
    const bytes = new Uint8Array(bytesGiven(data, 'data'));
    return asPromise({
      name: 'digest', args: [name], ms: 0.02 + bytes.length / bytesInMs, run: () => hashed(known, bytes).buffer,
    });
  });
}

const notModelled = [
  'encrypt', 'decrypt', 'sign', 'verify', 'generateKey', 'deriveKey', 'deriveBits', 'importKey', 'exportKey', 'wrapKey',
  'unwrapKey',
];

function SubtleCrypto(): never {
  throw illegalConstructor();
}

function Crypto(): never {
  throw illegalConstructor();
}

function addMember(Interface: { readonly prototype: unknown }, name: string, value: unknown): void {
  const shown = { value, writable: true, enumerable: true, configurable: true };
  defineProperty(Interface.prototype as object, name, shown); // of a function
}

function makeWebCrypto(): object {
  const subtle = createObject(SubtleCrypto.prototype as object) as object;
  const methods = Object.fromEntries(notModelled.map((name) => [name, standIn(`crypto.subtle.${name}`)]));
  for (const [name, value] of Object.entries({ digest: named(digest, 'digest'), ...methods }))
    addMember(SubtleCrypto, name, value);
  for (const [name, value] of Object.entries({ getRandomValues, randomUUID }))
    addMember(Crypto, name, value);
  defineProperty(Crypto.prototype as object, 'subtle', { get: () => subtle, enumerable: true, configurable: true });
  return createObject(Crypto.prototype as object) as object;
}

const webcrypto = makeWebCrypto();


const functions = {
  createHash, createHmac, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, randomBytes, randomFill, randomFillSync, randomInt,
  randomUUID, scrypt, scryptSync, timingSafeEqual, hash, Hash, Hmac, getRandomValues,
  createCipheriv, createDecipheriv, Cipheriv, Decipheriv,
};
for (const [name, member] of Object.entries(functions)) named(member, name); // bundling renames

const { subtle } = webcrypto as { subtle?: object }; // defined above
offerModule('crypto', () => ({ ...functions, webcrypto, subtle }), missing);
export { Hash, Hmac, CipherBase };
accessorGlobal('crypto', webcrypto, { isShown: true });
