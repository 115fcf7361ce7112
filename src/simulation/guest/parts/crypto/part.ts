/** Why this file exists: the part of the guest that brings `crypto`, as a module and as a global. */
import { offerModule } from '../../modules/builtin';
import { illegalConstructor } from '../../modules/events/event-target';
import { accessorGlobal } from '../../part-globals';
import { createObject, defineProperty, named } from '../../primordials';
import { standIn } from '../../stand-ins';
import { CipherBase, Cipheriv, Decipheriv, createCipheriv, createDecipheriv } from './cipher';
import { constants, getHashes } from './constants';
import { Hash, Hmac, createHash, createHmac, hash } from './hash';
import { ECDH, createECDH, diffieHellman, withRsa } from './key-agreement';
import { KeyObject, createPrivateKey, createPublicKey, createSecretKey } from './key-objects';
import { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync } from './key-pairs';
import { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } from './keys';
import {
  getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual,
} from './random';
import { Sign, Verify, createSign, createVerify, sign, verify } from './signing';
import { subtleMethods } from './subtle';
import { CryptoKey } from './web-key';

/** What Node has and the simulation has not: using one ends the run. */
const missing = [
  'checkPrime', 'checkPrimeSync', 'createDiffieHellman', 'createDiffieHellmanGroup', 'generatePrime',
  'generatePrimeSync', 'getCiphers', 'getCipherInfo', 'getCurves', 'getDiffieHellman', 'setEngine', 'getFips', 'setFips',
  'Certificate', 'Cipher', 'Decipher', 'createCipher', 'createDecipher', 'DiffieHellman', 'DiffieHellmanGroup',
  'X509Certificate', 'secureHeapUsed', 'prng', 'pseudoRandomBytes', 'rng', 'fips',
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
  const missingMethods = Object.fromEntries(['wrapKey', 'unwrapKey'].map((name) => [name, standIn(`crypto.subtle.${name}`)]));
  const all = { ...subtleMethods, ...missingMethods };
  for (const [name, value] of Object.entries(all)) addMember(SubtleCrypto, name, value);
  const plain = { randomUUID: () => randomUUID() };
  for (const [name, value] of Object.entries({ getRandomValues, ...plain }))
    addMember(Crypto, name, value);
  defineProperty(Crypto.prototype as object, 'subtle', { get: () => subtle, enumerable: true, configurable: true });
  return createObject(Crypto.prototype as object) as object;
}

const webcrypto = makeWebCrypto();


const functions = {
  createHash, createHmac, hkdf, hkdfSync, pbkdf2, pbkdf2Sync, randomBytes, randomFill, randomFillSync, randomInt,
  randomUUID, scrypt, scryptSync, timingSafeEqual, hash, Hash, Hmac, getRandomValues,
  createCipheriv, createDecipheriv, Cipheriv, Decipheriv,
  Sign, Verify, createSign, createVerify, ECDH, createECDH, diffieHellman, KeyObject, createPrivateKey, createPublicKey,
  createSecretKey, generateKey, generateKeyPair, generateKeyPairSync, generateKeySync, getHashes,
};
for (const [name, member] of Object.entries(functions)) named(member, name); // bundling renames
/** These have other names in Node itself. */
const namedOtherwise = {
  sign: named(sign, 'signOneShot', 4), verify: named(verify, 'verifyOneShot', 5),
  publicEncrypt: named(withRsa('publicEncrypt'), ''), publicDecrypt: named(withRsa('publicDecrypt'), ''),
  privateEncrypt: named(withRsa('privateEncrypt'), ''), privateDecrypt: named(withRsa('privateDecrypt'), ''),
};

const { subtle } = webcrypto as { subtle?: object }; // defined above
offerModule('crypto', () => ({ ...functions, ...namedOtherwise, constants, webcrypto, subtle }), missing);
export { Hash, Hmac, CipherBase };
accessorGlobal('crypto', webcrypto, { isShown: true });
for (const [name, value] of Object.entries({ CryptoKey, Crypto, SubtleCrypto })) accessorGlobal(name, value);
