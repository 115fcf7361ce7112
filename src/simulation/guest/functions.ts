/**
 * Why this file exists: lowered functions look native: their kind, their prototype, their text. ECMA-262 §27.3–27.7,
 * §20.2.3.5.
 */
import { asyncGeneratorPrototype, installAsyncGenerators } from './async-generator';
import { nameOf } from './recorder';
import {
  NativeTypeError,
  NativeWeakMap,
  apply,
  createObject,
  defineProperty,
  functionToString,
  getOwnPropertyDescriptor,
  hide,
  named,
  regExpExec,
  setPrototypeOf,
  symbolAsyncIterator,
  symbolToStringTag,
} from './primordials';

const asyncFunctionPrototype = createObject(Function.prototype) as object;
const asyncGeneratorFunctionPrototype = createObject(Function.prototype) as object;
export const asyncIteratorPrototype = {};

/** The program's own text of each function, by site; what `toString` answers. */
export const functionTexts: (string | undefined)[] = [];

/** $_f: makes a lowered function an async function. `name` is given where the language would name it. */
export function brandAsync<F extends object>(f: F, name?: string): F {
  setPrototypeOf(f, asyncFunctionPrototype);
  return name === undefined ? f : named(f, name);
}

/** $_h: makes a lowered function an async generator function, with a prototype object for its generators. */
export function brandAsyncGenerator<F extends object>(f: F, name?: string): F {
  setPrototypeOf(f, asyncGeneratorFunctionPrototype);
  defineProperty(f, 'prototype', {
    value: createObject(asyncGeneratorPrototype),
    writable: true,
    enumerable: false,
    configurable: false,
  });
  return name === undefined ? f : named(f, name);
}

/** $_c: tells which methods of an object literal were async, by name. */
export function brandMembers(
  object: Record<string, object>,
  asyncNames: readonly string[],
  generatorNames: readonly string[],
): object {
  for (let i = 0; i < asyncNames.length; i++) brandMember(object, asyncNames[i], brandAsync);
  for (let i = 0; i < generatorNames.length; i++) brandMember(object, generatorNames[i], brandAsyncGenerator);
  return object;
}

function brandMember(object: Record<string, object>, name: string | undefined, brand: (f: object) => object): void {
  const own = name === undefined ? undefined : getOwnPropertyDescriptor(object, name);
  // A later property of the same name may have replaced it.
  if (typeof own?.value === 'function') brand(own.value);
}

function constructorOf(prototype: object, name: string): void {
  const maker = named(
    function () {
      throw new NativeTypeError(`${name} from text is not modelled`);
    },
    name,
    1,
  );
  setPrototypeOf(maker, Function);
  defineProperty(maker, 'prototype', { value: prototype, writable: false });
  defineProperty(prototype, 'constructor', { value: maker, configurable: true });
  defineProperty(prototype, symbolToStringTag, { value: name, configurable: true });
}

const classSites = new NativeWeakMap<object, number>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

/** $_r: a class is being defined. */
export function rememberClass(made: object, site: number): void {
  apply(remember, classSites, [made, site]);
}

/** What has no text of the program's is built in, or made from text by `Function`, which the engine keeps. */
function builtinText(f: unknown, text: string): string {
  if (regExpExec(/^(?:async )?(?:function\*? anonymous\(|class\b)/, text) !== null) return text;
  return `function ${nameOf(f as object)}() { [native code] }`;
}

const siteMarker = /\$_[eayb]\((\d+)/;

export function installFunctions(): void {
  constructorOf(asyncFunctionPrototype, 'AsyncFunction');
  constructorOf(asyncGeneratorFunctionPrototype, 'AsyncGeneratorFunction');
  defineProperty(asyncGeneratorFunctionPrototype, 'prototype', { value: asyncGeneratorPrototype, configurable: true });
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
          const text = functionToString(this); // the engine's own check for what is no function
          const ofClass = apply(lookUp, classSites, [this as object]);
          const site = ofClass ?? regExpExec(siteMarker, text)?.[1];
          return (site === undefined ? undefined : functionTexts[Number(site)]) ?? builtinText(this, text);
        },
      }.call,
      'toString',
      0,
    ),
  );
}

/**
 * $_k: the operand of a spread in an object literal. The engine forgets that a string has indices (ECMA-262 §7.3.25
 * CopyDataProperties).
 */
export function spreadable(value: unknown): unknown {
  return typeof value === 'string' ? Object(value) : value;
}
