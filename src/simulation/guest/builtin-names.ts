/** Why this file exists: what stacks call the functions of the language: `Array.map`, `JSON.parse`, `Function.from`. */
import { NativeWeakMap, apply, getOwnPropertyDescriptor, isCallable } from './primordials';

const builtinNames = new NativeWeakMap<object, string>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

/** Frames that V8 leaves out, since they hand over at once. */
const unseen = ['call', 'apply', 'bind', 'construct', 'then', 'catch', 'captureStackTrace'];

/** Names a built-in of the engine, or one of ours that stands for it. */
export function nameBuiltin(f: unknown, name: string): void {
  if (isCallable(f)) apply(remember, builtinNames, [f, name]);
}

/** Names all that can be found on the global object; called once, before any program runs. */
export function nameBuiltins(): void {
  for (const name of Reflect.ownKeys(globalThis)) {
    const owner = getOwnPropertyDescriptor(globalThis, name)?.value as unknown;
    if (typeof name !== 'string' || (typeof owner !== 'object' && typeof owner !== 'function')) continue;
    if (owner === null || owner === globalThis) continue;
    nameBuiltinGlobal(name, owner);
  }
}

/** Names a global of the runtime's and its members. */
export function nameBuiltinGlobal(name: string, owner: object): void {
  if (isCallable(owner)) nameBuiltin(owner, name);
  nameMembers(owner, isCallable(owner) ? 'Function' : name);
  const prototype = getOwnPropertyDescriptor(owner, 'prototype')?.value as unknown;
  if (typeof prototype === 'object' && prototype !== null) nameMembers(prototype, name);
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
