/**
 * Why this file exists: lowered functions look native: their kind, their prototype, their text. ECMA-262 §27.3–27.7,
 * §20.2.3.5.
 */
import { textOf } from './function-text';
import { asyncGeneratorPrototype, installAsyncGenerators, rememberMethod } from './async-generator';
import {
  createObject,
  defineProperty,
  functionToString,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hide,
  inOrder,
  named,
  regExpExec,
  setPrototypeOf,
  symbolAsyncIterator,
  symbolToStringTag,
} from './primordials';

const asyncFunctionPrototype = createObject(Function.prototype) as object;
const asyncGeneratorFunctionPrototype = createObject(Function.prototype) as object;
export const asyncIteratorPrototype = {};

/** $_f: makes a lowered function an async function. Name and length are given where they are not the engine's. */
export function brandAsync<F extends object>(f: F, name?: PropertyKey, length?: number): F {
  setPrototypeOf(f, asyncFunctionPrototype);
  return called(f, name, length);
}

/** $_h: makes a lowered function an async generator function, with a prototype object for its generators. */
export function brandAsyncGenerator<F extends object>(f: F, name?: PropertyKey): F {
  if (getPrototypeOf(f) === asyncGeneratorFunctionPrototype) return f; // a private method is branded for each instance
  setPrototypeOf(f, asyncGeneratorFunctionPrototype);
  defineProperty(f, 'prototype', {
    value: createObject(asyncGeneratorPrototype),
    writable: true,
    enumerable: false,
    configurable: false,
  });
  if (name === undefined) rememberMethod(siteOf(f), f);
  return called(f, name);
}

/** ECMA-262 §10.2.9 SetFunctionName. */
function called<F extends object>(f: F, name: PropertyKey | undefined, length?: number): F {
  if (name === undefined) return f;
  const text = typeof name === 'symbol' ? (name.description === undefined ? '' : `[${name.description}]`) : String(name);
  return named(f, text, length);
}

/** $_c: tells which methods of an object were async, by key. */
export function brandMembers(object: object, asyncKeys: PropertyKey[], generatorKeys: PropertyKey[]): object {
  for (let i = 0; i < asyncKeys.length; i++) brandMember(object, asyncKeys[i], brandAsync);
  for (let i = 0; i < generatorKeys.length; i++) brandMember(object, generatorKeys[i], brandAsyncGenerator);
  return object;
}

function brandMember(object: object, key: PropertyKey | undefined, brand: (f: object) => object): void {
  const own = key === undefined ? undefined : getOwnPropertyDescriptor(object, key);
  // A later property of the same name may have replaced it.
  if (isLoweredMethod(own?.value)) brand(own.value);
}

function isLoweredMethod(value: unknown): value is object {
  return typeof value === 'function' && siteOf(value) >= 0;
}

/** The site that an async function names in its text; −1 for other functions. */
function siteOf(f: object): number {
  const match = regExpExec(asyncMarker, functionToString(f));
  return match === null ? -1 : Number(match[1]);
}

/** Their constructors are text-code.ts's. */
export const asyncPrototypes: Readonly<Record<string, object>> = {
  AsyncFunction: asyncFunctionPrototype,
  AsyncGeneratorFunction: asyncGeneratorFunctionPrototype,
};

const asyncMarker = /\$_[ab]\((\d+)/;

export function installFunctions(): void {
  defineProperty(asyncFunctionPrototype, symbolToStringTag, { value: 'AsyncFunction', configurable: true });
  defineProperty(asyncGeneratorFunctionPrototype, 'prototype', { value: asyncGeneratorPrototype, configurable: true });
  defineProperty(asyncGeneratorFunctionPrototype, symbolToStringTag, {
    value: 'AsyncGeneratorFunction',
    configurable: true,
  });
  defineProperty(asyncGeneratorPrototype, 'constructor', {
    value: asyncGeneratorFunctionPrototype,
    configurable: true,
  });
  hide(
    asyncIteratorPrototype,
    symbolAsyncIterator,
    named(
      {
        call(this: unknown): unknown {
          return this;
        },
      }.call,
      '[Symbol.asyncIterator]',
      0,
    ),
  );
  installAsyncGenerators(asyncIteratorPrototype);
  hide(
    Function.prototype,
    'toString',
    named(
      {
        call(this: unknown): string {
          return textOf(this);
        },
      }.call,
      'toString',
      0,
    ),
  );
  orderLikeV8(Function.prototype);
}

/** The engine's own extras go, and the rest stands in V8's order. */
function orderLikeV8(prototype: object): void {
  for (const name of ['fileName', 'lineNumber', 'columnNumber']) Reflect.deleteProperty(prototype, name);
  inOrder(prototype, ['arguments', 'caller', 'constructor', 'apply', 'bind', 'call', 'toString']);
}

/**
 * $_k: the operand of a spread in an object literal. The engine forgets that a string has indices (ECMA-262 §7.3.25
 * CopyDataProperties).
 */
export function spreadable(value: unknown): unknown {
  return typeof value === 'string' ? Object(value) : value;
}
