/** Why this file exists: what stacks call the functions of the language: `Array.map`, `JSON.parse`, `Function.from`. */
import { NativeWeakMap, apply, getOwnPropertyDescriptor, isCallable, isObject } from './primordials';

const builtinNames = new NativeWeakMap<object, string>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

/** Frames that V8 leaves out, since they hand over at once. */
const unseen = ['call', 'apply', 'bind', 'construct', 'then', 'catch', 'captureStackTrace'];

/** Names a built-in of the engine, or one of ours that stands for it. */
export function nameBuiltin(f: unknown, name: string): void {
  if (isCallable(f)) apply(remember, builtinNames, [f, name]);
}

/** ECMA-262 §19, ECMA-402. What hosts add stands in files of theirs, or is not shown. */
const ofLanguage = [
  'Object', 'Function', 'Array', 'Number', 'parseFloat', 'parseInt', 'Boolean', 'String', 'Symbol', 'Date', 'Promise',
  'RegExp', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError',
  'URIError', 'JSON', 'Math', 'Intl', 'ArrayBuffer', 'SharedArrayBuffer', 'Uint8Array', 'Int8Array', 'Uint16Array',
  'Int16Array', 'Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array', 'Uint8ClampedArray', 'BigUint64Array',
  'BigInt64Array', 'DataView', 'Map', 'BigInt', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry', 'Proxy',
  'Reflect', 'Atomics', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape', 'unescape',
  'eval', 'isFinite', 'isNaN', 'Iterator', 'WebAssembly',
];

/** Names all of the language that can be found on the global object; called once, before any program runs. */
export function nameBuiltins(): void {
  for (const name of ofLanguage) {
    const owner = getOwnPropertyDescriptor(globalThis, name)?.value as unknown;
    if (isObject(owner)) nameGlobal(name, owner);
  }
}

/** Names a global and its members. */
function nameGlobal(name: string, owner: object): void {
  if (isCallable(owner)) nameBuiltin(owner, name);
  nameMembers(owner, isCallable(owner) ? 'Function' : name);
  const prototype = getOwnPropertyDescriptor(owner, 'prototype')?.value as unknown;
  if (isObject(prototype)) nameMembers(prototype, name);
}

function nameMembers(owner: object, type: string): void {
  for (const key of Reflect.ownKeys(owner)) {
    const member = getOwnPropertyDescriptor(owner, key)?.value as unknown;
    // `Number.parseInt` is the global one.
    const isMember = typeof key === 'string' && key !== 'constructor' && !unseen.includes(key) && !isGlobal(key, member);
    if (isMember && isCallable(member)) nameBuiltin(member, `${type}.${key}`);
  }
}

function isGlobal(key: string, member: unknown): boolean {
  return member !== undefined && getOwnPropertyDescriptor(globalThis, key)?.value === member;
}

/** Undefined for a function of the program, or one that stacks do not show. */
export function builtinName(f: unknown): string | undefined {
  return isCallable(f) ? (apply(lookUp, builtinNames, [f]) as string | undefined) : undefined;
}
