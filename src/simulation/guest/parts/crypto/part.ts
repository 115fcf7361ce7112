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
import { constants, getHashes } from './constants';
import { Hash, Hmac, createHash, createHmac, hash, hashed } from './hash';
import { asPromise } from './jobs';
import { ECDH, createECDH, diffieHellman, withRsa } from './key-agreement';
import { KeyObject, createPrivateKey, createPublicKey, createSecretKey } from './key-objects';
import { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync } from './key-pairs';
import { hkdf, hkdfSync, pbkdf2, pbkdf2Sync, scrypt, scryptSync } from './keys';
import {
  getRandomValues, randomBytes, randomFill, randomFillSync, randomInt, randomUUID, timingSafeEqual,
} from './random';
import { Sign, Verify, createSign, createVerify, sign, verify } from './signing';

/** What Node has and the simulation has not: using one ends the run. */
const missing = [
  'checkPrime', 'checkPrimeSync', 'createDiffieHellman', 'createDiffieHellmanGroup', 'generatePrime',
  'generatePrimeSync', 'getCiphers', 'getCipherInfo', 'getCurves', 'getDiffieHellman', 'setEngine', 'getFips', 'setFips',
  'Certificate', 'Cipher', 'Decipher', 'createCipher', 'createDecipher', 'DiffieHellman', 'DiffieHellmanGroup',
  'X509Certificate', 'secureHeapUsed', 'prng', 'pseudoRandomBytes', 'rng', 'fips',
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
