/**
 * Why this file exists: V8's words for what built-ins refuse name the value (`number 5 is not iterable`); the engine
 * does not say which it was. These built-ins are called through a function that knows their arguments, and looks at
 * them only when the engine has refused one.
 */
import { isSet, previewEntries } from './inspect-hooks';
import { regExpFault } from './text-code';
import {
  apply,
  construct,
  defineProperty,
  get,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hide,
  isArray,
  isCallable,
  isObject,
  named,
  ownKeys,
  regExpExec,
  setPrototypeOf,
  toText,
  type Callable,
} from './primordials';
import { typedArrayWords, viewWords } from './typed-array-words';
import { callSite, describe } from './words';

type Args = ArrayLike<unknown>;
/** The words of what was thrown, and V8's; undefined where they are right as they are. */
export type Explain = (message: string, args: Args, self: unknown) => string | undefined;

const cannotRead = 'is not iterable (cannot read property Symbol(Symbol.iterator))';

const notIterable: Explain = (message, args) =>
  message === `object ${cannotRead}` ? `${callSite(args[0])} ${cannotRead}` : undefined;

const notEntries: Explain = (message, args, self) => {
  if (message !== 'Iterator value undefined is not an entry object') return notIterable(message, args, self);
  const list = isSet(args[0]) ? previewEntries(args[0]) : args[0];
  if (!isArray(list)) return undefined;
  for (let i = 0; i < list.length; i++) {
    const entry: unknown = getOwnPropertyDescriptor(list, i)?.value;
    if (!isObject(entry)) return `Iterator value ${describe(entry)} is not an entry object`;
  }
  return undefined;
};

/** V8 does not look for the iterator of what has none. */
const notEntriesOf: Explain = (message, args, self) =>
  args[0] === undefined || args[0] === null ? `${String(args[0])} is not iterable` : notEntries(message, args, self);

function notPrototype(place: number): Explain {
  return (message, args) => {
    const [of, prototype] = [args[0], args[place]];
    if (place === 1 && (of === undefined || of === null)) return 'Object.setPrototypeOf called on null or undefined';
    if (!isObject(prototype) && prototype !== null)
      return `Object prototype may only be an Object or null: ${describe(prototype)}`;
    if (message === 'circular prototype chain') return 'Cyclic __proto__ value';
    return regExpExec(/not extensible/, message) === null ? undefined : `${describe(of)} is not extensible`;
  };
}

const notDefinable: Explain = (message, args) => {
  const key = typeof args[1] === 'symbol' ? String(args[1]) : isObject(args[1]) ? undefined : toText(args[1]);
  if (key === undefined) return undefined;
  if (message === 'Object.defineProperty called on non-object') return undefined;
  const wrong = wrongDescriptor(message, args[2]);
  if (wrong !== undefined) return wrong;
  if (message === 'property is not configurable') return `Cannot redefine property: ${key}`;
  const isFixed = message === 'Cannot define property, object is not extensible';
  return isFixed ? `Cannot define property ${key}, object is not extensible` : undefined;
};

/** Of what was given to describe a property. */
function wrongDescriptor(message: string, given: unknown): string | undefined {
  if (!isObject(given)) return `Property description must be an object: ${describe(given)}`;
  if (message === bothKinds) return `${bothKinds}, ${describe(given)}`;
  const part = regExpExec(/^([GS])etter must be a function$/, message)?.[1];
  if (part === undefined) return undefined;
  return `${message}: ${describe(getOwnPropertyDescriptor(given, part === 'G' ? 'get' : 'set')?.value)}`;
}

const bothKinds = 'Invalid property descriptor. Cannot both specify accessors and a value or writable attribute';

const notBigInt: Explain = (_message, args) => {
  const value = args[0];
  if (isObject(value)) return undefined;
  if (typeof value === 'number')
    return `The number ${String(value)} cannot be converted to a BigInt because it is not an integer`;
  return `Cannot convert ${String(value)} to a BigInt`;
};

const notRegExp: Explain = (_message, args) => {
  const [pattern, flags] = [args[0], args[1]];
  if (isObject(pattern) || isObject(flags)) return undefined;
  const given = flags === undefined ? '' : toText(flags);
  if (regExpExec(/^(?!.*(.).*\1)[dgimsuvy]*$/, given) === null || regExpExec(/u.*v|v.*u/, given) !== null)
    return `Invalid flags supplied to RegExp constructor '${given}'`;
  return regExpFault(pattern === undefined ? '' : toText(pattern), given);
};

const notSymbol: Explain = (_message, args) => `${describe(args[0])} is not a symbol`;

const notMapped: Explain = (message, args, self) =>
  isCallable(args[1]) || args[1] === undefined ? notIterable(message, args, self) : `${describe(args[1])} is not a function`;

const notCodePoint: Explain = (message, args) =>
  message === 'Invalid code point -1' ? `Invalid code point ${wrongCodePoint(args)}` : undefined;

const constructors: readonly (readonly [string, Explain])[] = [
  ['Map', notEntries],
  ['WeakMap', notEntries],
  ['Set', notIterable],
  ['WeakSet', notIterable],
  ['DataView', viewWords],
  ['RegExp', notRegExp],
];

const lists =
  'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array';

const methods: readonly (readonly [owner: string, key: string, Explain])[] = [
  ['Object', 'fromEntries', notEntriesOf],
  ['Object', 'setPrototypeOf', notPrototype(1)],
  ['Object', 'create', notPrototype(0)],
  ['Object', 'defineProperty', notDefinable],
  ['Symbol', 'keyFor', notSymbol],
  ['Array', 'from', notMapped],
  ['String', 'fromCodePoint', notCodePoint],
];

function wrongCodePoint(args: Args): string {
  for (let i = 0; i < args.length; i++) {
    const code = Number(args[i]);
    if (!(code >= 0 && code <= 0x10ffff && code % 1 === 0)) return String(args[i]);
  }
  return '';
}

/** The words of an error that the built-in itself threw become V8's; an error of the program's stays as it is. */
function explained(error: unknown, explain: Explain, args: Args, self: unknown): unknown {
  if (!isObject(error)) return error;
  const own = getOwnPropertyDescriptor(error, 'message');
  const message: unknown = own?.value;
  const words = typeof message === 'string' ? explain(message, args, self) : undefined;
  if (words !== undefined) hide(error, 'message', words);
  return error;
}

export function throughMethod(owner: object, key: string, explain: Explain): void {
  const native: unknown = getOwnPropertyDescriptor(owner, key)?.value;
  if (!isCallable(native)) return;
  const method = {
    call(this: unknown, ...args: unknown[]): unknown {
      try {
        return apply(native, this, args as never[]);
      } catch (error) {
        throw explained(error, explain, args, this);
      }
    },
  }.call;
  hide(owner, key, named(method, key, Number(get(native, 'length'))));
}

function throughConstructor(name: string, explain: Explain): void {
  const native = get(globalThis, name) as (new (...args: unknown[]) => object) | undefined;
  if (native === undefined) return;
  function guarded(this: unknown, ...args: unknown[]): unknown {
    const target = new.target as Callable | undefined;
    try {
      if (target === undefined) return apply(native as unknown as Callable, this, args as never[]);
      return construct(native as NonNullable<typeof native>, args, target);
    } catch (error) {
      throw explained(error, explain, args, this);
    }
  }
  standsFor(guarded, native, name);
}

/** All that the built-in had, its prototype too. */
function standsFor(guarded: object, native: object, name: string): void {
  for (const key of ownKeys(guarded)) if (key !== 'prototype') Reflect.deleteProperty(guarded, key);
  for (const key of ownKeys(native)) {
    const own = getOwnPropertyDescriptor(native, key);
    if (own !== undefined) defineProperty(guarded, key, own);
  }
  const parent = getPrototypeOf(native);
  setPrototypeOf(guarded, parent);
  hide(get(native, 'prototype') as object, 'constructor', guarded);
  hide(globalThis, name, guarded);
}

export function installValueWords(): void {
  for (const [name, explain] of constructors) throughConstructor(name, explain);
  for (const name of lists.split(' ')) throughConstructor(name, typedArrayWords(name));
  for (const [owner, key, explain] of methods) throughMethod(get(globalThis, owner) as object, key, explain);
  const native = globalThis.BigInt;
  throughMethod(globalThis, 'BigInt', notBigInt);
  standsFor(globalThis.BigInt, native, 'BigInt');
}
