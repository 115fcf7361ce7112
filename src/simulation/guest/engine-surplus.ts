/**
 * Why this file exists: what the engine has and no Node up to 24 has is taken away, so that a program that looks finds
 * what it would find; what Node has and the engine lacks says so when it is asked for.
 */
import { endNow } from './ending';
import { defineProperty, getPrototypeOf } from './primordials';
import { here } from './recorder';

const arrayIterators = getPrototypeOf([][Symbol.iterator]()) ?? {};
const iterators = getPrototypeOf(arrayIterators) ?? undefined;

/** [owner, names]: proposals, and the engine's own. */
const surplus: readonly (readonly [object | undefined, readonly string[]])[] = [
  [ArrayBuffer.prototype, ['immutable', 'sliceToImmutable', 'transferToImmutable']],
  [Function.prototype, ['fileName', 'lineNumber', 'columnNumber']],
  [iterators, ['chunks', 'windows', 'includes', 'join']],
  [(globalThis as { Iterator?: object }).Iterator, ['concat', 'zip', 'zipKeyed']],
  [Map.prototype, ['getOrInsert', 'getOrInsertComputed']],
  [WeakMap.prototype, ['getOrInsert', 'getOrInsertComputed']],
  [globalThis.Math, ['sumPrecise']],
  [globalThis.JSON, ['rawJSON', 'isRawJSON']],
  // Node 24 has these, Node 20 has not: TypeScript's lowering of `using` looks for the first, and errors would differ.
  [globalThis, ['SuppressedError', 'DisposableStack', 'AsyncDisposableStack', 'InternalError']],
  [Uint8Array, ['fromBase64', 'fromHex']],
  [Uint8Array.prototype, ['setFromBase64', 'setFromHex', 'toBase64', 'toHex']],
];

/** What the last match left on `RegExp`. */
const lastMatch = ['$1', '$2', '$3', '$4', '$5', '$6', '$7', '$8', '$9', '$&', '$_', '$`', "$'", '$+', 'input', 'lastMatch'];

export function removeSurplus(): void {
  for (const [owner, names] of surplus) for (const name of names) if (owner) Reflect.deleteProperty(owner, name);
  for (const name of lastMatch) {
    defineProperty(RegExp, name, {
      get: () => endNow({ kind: 'unsupported', message: `RegExp.${name} is not modelled yet`, site: here() }),
      enumerable: false,
      configurable: true,
    });
  }
}
