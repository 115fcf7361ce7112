/**
 * Why this file exists: in V8 a plain function of sloppy code has own properties `arguments` and `caller`, which the
 * engine has not. They are there from the first time that somebody could see them, in V8's order. NOT MODELLED:
 * `arguments` of a function that runs, which is `null` here as at any other time.
 */
import {
  NativeWeakMap, apply, createObject, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, hide, isCallable, named,
} from './primordials';

type Method = (...args: unknown[]) => unknown;

const ofEngine = getOwnPropertyDescriptor(Function.prototype, 'caller')?.get as Method; // every function inherits it
const given = new NativeWeakMap<object, true>();
const { has, set } = NativeWeakMap.prototype;
const nothing = { value: null, writable: false, enumerable: false, configurable: false };

/** The engine's own `caller` refuses every other function. */
function isSloppy(f: object): boolean {
  try {
    apply(ofEngine, f, []);
    return true;
  } catch {
    return false;
  }
}

/** Gives a function what V8's has, once; answers whether it has it. */
function isGiven(value: unknown): value is object {
  if (!isCallable(value)) return false;
  if (apply(has, given, [value])) return true;
  if (!isSloppy(value)) return false;
  apply(set, given, [value, true]);
  defineProperty(value, 'arguments', nothing);
  defineProperty(value, 'caller', nothing);
  return true;
}

/** Own keys as V8 lists them: the two stand before `prototype`. */
function inOrderOfV8<T extends PropertyKey>(keys: T[]): T[] {
  const place = indexOf(keys, 'prototype');
  if (place === -1) return keys;
  for (const [by, name] of [[0, 'arguments'], [1, 'caller']] as const) {
    const at = indexOf(keys, name);
    const moved = keys[at];
    if (moved === undefined || at <= place + by) continue;
    for (let i = at; i > place + by; i--) keys[i] = keys[i - 1] as T; // within the list
    keys[place + by] = moved;
  }
  return keys;
}

function indexOf(keys: readonly PropertyKey[], wanted: string): number {
  for (let i = 0; i < keys.length; i++) if (keys[i] === wanted) return i;
  return -1;
}

/** A built-in that sees own properties of its first argument, or of what it is called on. */
function seeing(owner: object, name: string, byReceiver = false): void {
  const native = getOwnPropertyDescriptor(owner, name)?.value as Method; // a built-in
  const seen = {
    call(this: unknown, ...args: unknown[]): unknown {
      isGiven(byReceiver ? this : args[0]);
      return apply(native, this, args);
    },
  }.call;
  hide(owner, name, named(seen, name, native.length));
}

function listing(owner: object, name: string): void {
  const native = getOwnPropertyDescriptor(owner, name)?.value as (value: unknown) => PropertyKey[]; // a built-in
  const seen = {
    call(value: unknown): PropertyKey[] {
      return isGiven(value) ? inOrderOfV8(native(value)) : native(value);
    },
  }.call;
  hide(owner, name, named(seen, name, 1));
}

const allDescriptors = Object.getOwnPropertyDescriptors as (value: unknown) => object;

function descriptorsOf(value: unknown): object {
  const isFunction = isGiven(value);
  const all = allDescriptors(value);
  if (!isFunction) return all;
  const ordered = createObject(getPrototypeOf(all)) as object;
  for (const key of inOrderOfV8(Reflect.ownKeys(all)))
    defineProperty(ordered, key, getOwnPropertyDescriptor(all, key) ?? nothing);
  return ordered;
}

/** Object.getOwnPropertyNames, for those who show a function with all it has. */
export function ownNames(value: object): string[] {
  const isFunction = isGiven(value);
  const names = Object.getOwnPropertyNames(value);
  return isFunction ? inOrderOfV8(names) : names;
}

/** %ThrowTypeError% of functions: one for both accessors of both names. */
function installAccessor(): void {
  const access = {
    call(this: unknown): unknown {
      return isGiven(this) ? null : apply(ofEngine, this, []);
    },
  }.call;
  const accessor = { get: named(access, '', 0), set: access, enumerable: false, configurable: true };
  for (const name of ['arguments', 'caller']) defineProperty(Function.prototype, name, accessor);
}

/** Before the program: the built-ins that see own properties. `ofProgram` are its own `Object` and `Reflect`. */
export function installSloppyFunctions(ofProgram: { readonly Object: object; readonly Reflect: object }): void {
  installAccessor();
  for (const name of ['getOwnPropertyDescriptor', 'hasOwn']) seeing(ofProgram.Object, name);
  seeing(ofProgram.Reflect, 'getOwnPropertyDescriptor');
  seeing(Object.prototype, 'hasOwnProperty', true);
  listing(ofProgram.Object, 'getOwnPropertyNames');
  listing(ofProgram.Reflect, 'ownKeys');
  hide(ofProgram.Object, 'getOwnPropertyDescriptors', named({ call: descriptorsOf }.call, 'getOwnPropertyDescriptors', 1));
}
