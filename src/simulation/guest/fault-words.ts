/**
 * Why this file exists: the engine's errors in V8's words (Node 20). What the engine does not say, such as which
 * expression is no function, is looked up by where it happened.
 */
import {
  NativeRangeError,
  NativeReferenceError,
  NativeSyntaxError,
  NativeTypeError,
  NativeURIError,
  apply,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hide,
  isCallable,
  setPrototypeOf,
} from './primordials';
import type { FaultPlace } from '../fault-place';
import { around, next, nextOf, type Fault, type Words } from './faults';
import { proxyRules, refusedBy } from './proxy-words';
import { notDeleted, notExtensible, onlyGetter, privateOfNothing, privateWords, readOnly, writtenToNamespace, writtenToPrimitive, wrongReceiver } from './write-words';
import { spotOf } from './stack-frames';
import type { EngineSite } from './unseen-frames';
import { textFault } from './text-code';
import { byValue, notIterable, notIterableNullish } from './iteration-words';
import { describe, remembered, rememberedSite } from './words';
import { callsAround, placeFrom, type Spot } from './user-places';

const nullish = "(null|undefined)";

/** [the engine's words, V8's]. */
const rules: readonly (readonly [RegExp, Words])[] = [
  [/^not an? (?:function|constructor)$/, notCallable],
  [/^[\w$]+ is not a constructor$/, (m, fault) => (fault.spot === undefined ? undefined : notCallable(m, fault))],
  [new RegExp(`^cannot read property '(?:Symbol\\.iterator|\\[Symbol\\.iterator\\])' of ${nullish}$`), notIterableNullish],
  [/^(?:value|object) is not iterable$/, notIterable],
  [new RegExp(`^cannot read property '(.*)' of ${nullish}$`, 's'), ({ 0: key = '', 1: of }, fault) => {
    next(fault, 'read', key);
    return `Cannot read properties of ${of} (reading '${key}')`;
  }],
  [new RegExp(`^cannot set property '(.*)' of ${nullish}$`, 's'), ({ 0: key = '', 1: of }, fault) => {
    next(fault, 'write', key);
    return `Cannot set properties of ${of} (setting '${key}')`;
  }],
  [/^invalid property access$/, "'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions or the arguments objects for calls to them"],
  [/^'arguments' identifier is not allowed in class field initializer$/, "'arguments' is not allowed in class field initializer or static initialization block"],
  [/^value has no property$/, (_m, fault) => `Cannot read properties of undefined (reading '${next(fault, 'read')?.[4] ?? ''}')`],
  [/^Cannot convert undefined or null to object$/, taken],
  [/^'?(.*?)'? is read-only$/s, readOnly],
  [/^proxy: cannot set property$/, (m, fault) => writtenToNamespace(fault) ?? refusedBy('set')(m, fault)],
  [/^no setter for property$/, onlyGetter],
  [/^could not delete property$/, notDeleted],
  [/^object is not extensible$/, notExtensible],
  [/^'?(.*?)'? is not defined$/s, ({ 0: name }, fault) => {
    readName(fault, name);
    return `${name} is not defined`;
  }],
  [/^'?(.*?)'? is not initialized$/s, ({ 0: name }, fault) => (name === 'this' ? "Must call super constructor in derived class before accessing 'this' or returning from derived constructor" : notInitialized(name, fault))],
  [/^'this' can be initialized only once$/, 'Super constructor may only be called once'],
  [/^derived class constructor must return an object or undefined$/, 'Derived constructors may only return object or undefined'],
  [/^class constructors must be invoked with 'new'$/, withoutNew],
  [/^must be called with new$/, (_m, { builtin }) => `Constructor ${builtin} requires 'new'`],
  [/^private class field '(.*)' does not exist$/, ({ 0: name = '' }, fault) => privateWords(fault, name)],
  [/^private class field '(.*)' already exists$/, ({ 0: name }) => `Cannot initialize ${name} twice on the same object`],
  [/^invalid brand on object$/, (_m, fault) => wrongReceiver(fault)],
  [/^invalid string length$/, 'Invalid string length'],
  [/^(?:invalid array length|invalid array index)$/, (_m, { builtin }) => (builtin === 'ArrayBuffer' ? 'Invalid array buffer length' : 'Invalid array length')],
  [/^invalid array buffer length$/, 'Invalid array buffer length'],
  [/^cannot invoke a running generator$/, 'Generator is already running'],
  [/^empty array$/, 'Reduce of empty array with no initial value'],
  [/^parent class must be constructor$/, () => `Class extends value ${describe(remembered())} is not a constructor or null`],
  [/^parent prototype must be an object or null$/, () => `Class extends value does not have valid prototype property ${describe(prototypeOf(remembered()))}`],
  [/^invalid 'in' operand$/, (_m, fault) => `Cannot use 'in' operator to search for ${around(fault, 'in')?.[4] ?? "'' in undefined"}`],
  [/^invalid 'instanceof' right operand$/, "Right-hand side of 'instanceof' is not callable"],
  [/^operand 'prototype' property is not an object$/, "Function has non-object prototype 'undefined' in instanceof check"],
  [/^cannot convert BigInt to number$/, (_m, fault) =>
    converted(fault, fault.builtin === '' ? 'Cannot mix BigInt and other types, use explicit conversions' : 'Cannot convert a BigInt value to a number')],
  [/^bigint argument with unary \+$/, 'Cannot convert a BigInt value to a number'],
  [/^BigInt division by zero$/, 'Division by zero'],
  [/^BigInt negative exponent$/, 'Exponent must be non-negative'],
  [/^BigInt operands are forbidden for >>>$/, 'BigInts have no unsigned right shift, use >> instead'],
  [/^BigInt are forbidden in JSON\.stringify$/, 'Do not know how to serialize a BigInt'],
  [/^cannot convert symbol to (string|number)$/, ({ 0: to }, fault) => converted(fault, `Cannot convert a Symbol value to a ${to}`)],
  [/^toPrimitive$/, (_m, fault) => converted(fault, 'Cannot convert object to primitive value')],
  [/^iterator must return an object$/, 'Iterator result undefined is not an object'],
  [/^expecting (?:hex digit|%|surrogate pair)$|^(?:malformed UTF-8|invalid character)$/, (_m, { builtin }) => (builtin === '' ? undefined : 'URI malformed')],
  [/^Date value is NaN$/, 'Invalid time value'],
  [/^(?:invalid number of digits|toString\(\) radix argument must be between 2 and 36)$/, (_m, { builtin }) => digitRanges[builtin]],
  [/^not a Date object$/, 'this is not a Date object.'],
  [/^not a (symbol|number|string|boolean|bigint)$/, ({ 0: type = '' }, { f }) => ofType(type, f)],
  [/^not a TypedArray$/, 'this is not a typed array.'],
  [/^invalid repeat count$/, 'Invalid count value: -1'],
  [/^bad normalization form$/, 'The normalization form should be one of NFC, NFD, NFKC, NFKD.'],
  [/^regexp must have the 'g' flag$/, (_m, { builtin }) => `String.prototype.${builtin} called with a non-global RegExp argument`],
  [/^invalid array index: (.+)$/, ({ 0: index }) => `Invalid index : ${index}`],
  [/^invalid typed array index$/, 'Invalid typed array index'],
  [/^null or undefined are forbidden$/, (_m, { builtin }) => `String.prototype.${builtin} called on null or undefined`],
  [/^invalid code point$/, 'Invalid code point -1'],
  [/^out of bound$/, 'Offset is outside the bounds of the DataView'],
  [/^invalid value used as WeakMap key$/, 'Invalid value used as weak map key'],
  [/^invalid value used as WeakSet key$/, 'Invalid value used in weak set'],
  [/^invalid target$/, (_, { builtin }) => `${builtin === 'register' ? 'FinalizationRegistry.prototype.register' : 'WeakRef'}: invalid target`],
  ...proxyRules,
  [/^not an? object$/, notObject],
  [/^(Map|Set|WeakMap|WeakSet) object expected$/, ({ 0: type }, { f }) => `Method ${type}.prototype.${f} called on incompatible receiver #<Object>`],
  [/^cannot convert to object$/, 'Cannot convert undefined or null to object'],
];

function converted(fault: Fault, words: string): string {
  around(fault, 'convert');
  return words;
}

/** A variable that is read or set. */
function readName(fault: Fault, name = ''): void {
  fault.at = fault.spot?.at;
  nextOf(fault, name, 'name', 'assign');
}

function notInitialized(name: string | undefined, fault: Fault): string {
  readName(fault, name);
  return `Cannot access '${name}' before initialization`;
}

/** `Symbol.prototype.toString requires that 'this' be a Symbol`. */
function ofType(type: string, f: string): string {
  const name = type === 'bigint' ? 'BigInt' : `${apply(toUpperCase, type[0] ?? '', [])}${apply(slice, type, [1])}`;
  const method = f === '[Symbol.toPrimitive]' ? `${name}.prototype [ @@toPrimitive ]` : `${name}.prototype.${f}`;
  return `${method} requires that 'this' be a ${name}`;
}

function prototypeOf(value: unknown): unknown {
  return isCallable(value) ? getOwnPropertyDescriptor(value, 'prototype')?.value : undefined;
}

function withoutNew(_m: readonly string[], { f, builtin }: Fault): string {
  if (builtin === 'Promise') return "Promise constructor cannot be invoked without 'new'";
  return f === '' ? "Class constructors cannot be invoked without 'new'" : `Class constructor ${f} cannot be invoked without 'new'`;
}

const digitRanges: Readonly<Record<string, string>> = {
  toFixed: 'toFixed() digits argument must be between 0 and 100',
  toPrecision: 'toPrecision() argument must be between 1 and 100',
  toExponential: 'toExponential() argument must be between 0 and 100',
  toString: 'toString() radix argument must be between 2 and 36',
};

function notCallable(_m: readonly string[], fault: Fault): string | undefined {
  if (fault.spot === undefined) return notCallback(fault);
  const place = likeliest(callsAround(fault.spot));
  if (place === undefined) return undefined;
  fault.at = place[3];
  if (place[7] !== undefined && place[7] !== null) return place[7];
  const words = place[4] === byValue ? rememberedSite() : place[4];
  return `${words} is not a ${place[0] === 'new' || place[0] === 'made' ? 'constructor' : 'function'}`;
}

/** What a built-in was given to call. */
function notCallback({ builtin, caller }: Fault): string {
  const fixed = callbackWords[builtin];
  if (fixed !== undefined) return fixed;
  const place = caller && callsAround(caller)[0];
  const isItself = builtin === 'call' || builtin === 'apply';
  return `${(isItself ? place?.[4] : place?.[6]) ?? 'undefined'} is not a function`;
}

const callbackWords: Readonly<Record<string, string>> = {
  sort: 'The comparison function must be either a function or undefined',
  toSorted: 'The comparison function must be either a function or undefined',
  bind: 'Bind must be called on a function',
  Symbol: 'Symbol is not a constructor',
  flatMap: 'flatMap mapper function is not callable',
};

/** The innermost call of what may not be callable. */
function likeliest(calls: readonly FaultPlace[]): FaultPlace | undefined {
  for (let i = 0; i < calls.length; i++) if (calls[i]?.[0] === 'call' || calls[i]?.[0] === 'new') return calls[i];
  return calls[0];
}

const { slice, toUpperCase } = String.prototype;

function taken(_m: readonly string[], fault: Fault): string | undefined {
  const place = fault.spot && placeFrom(fault.spot, 'take');
  fault.at = place?.[3] ?? fault.at;
  return place?.[4];
}

function notObject(_m: readonly string[], fault: Fault): string | undefined {
  const { builtin } = fault;
  switch (builtin) {
    case '':
      return writtenToPrimitive(fault) ?? privateOfNothing(fault) ?? 'Result of the Symbol.iterator method is not an object';
    case 'Map':
    case 'WeakMap':
    case 'fromEntries':
      return 'Iterator value undefined is not an entry object';
    case 'apply':
      return 'CreateListFromArrayLike called on non-object';
    case 'ownKeys':
    case 'getOwnPropertyDescriptor': // of `Object` these take any value
    case 'getPrototypeOf':
    case 'isExtensible':
    case 'preventExtensions':
    case 'deleteProperty':
    case 'get':
    case 'set':
    case 'has':
      return `Reflect.${builtin} called on non-object`;
    default:
      return `Object.${builtin} called on non-object`;
  }
}

const { exec } = RegExp.prototype;
const classes = [
  NativeTypeError.prototype,
  NativeRangeError.prototype,
  NativeReferenceError.prototype,
  NativeSyntaxError.prototype,
  NativeURIError.prototype,
];
const internal = (globalThis as unknown as { InternalError?: { prototype: object } }).InternalError?.prototype;

export interface Reworded {
  /** The function on top is not to be seen in the stack. */
  readonly hidden: boolean;
  /** Where V8 says it happened, when that is known better than the engine does. */
  readonly at: number | undefined;
}
const asItIs: Reworded = { hidden: false, at: undefined };

/** Gives an error of the engine V8's words. */
export function reword(error: object, sites: readonly EngineSite[]): Reworded {
  const message = getOwnPropertyDescriptor(error, 'message')?.value as unknown;
  if (typeof message !== 'string') return asItIs;
  const prototype = getPrototypeOf(error);
  if (prototype === internal && message === 'string too long') {
    setPrototypeOf(error, NativeRangeError.prototype);
    hide(error, 'message', 'Invalid string length');
    return asItIs;
  }
  if (!isOne(prototype, classes)) return asItIs;
  for (let i = 0; i < rules.length; i++) {
    const rule = rules[i];
    const match = rule && apply(exec, rule[0], [message]);
    if (rule === undefined || match === null || match === undefined) continue;
    const fault = faultOf(sites);
    if (isMadeByProgram(fault)) return asItIs;
    const words = typeof rule[1] === 'string' ? rule[1] : rule[1](groupsOf(match), fault);
    if (words !== undefined) hide(error, 'message', words);
    return { hidden: rule === classRule && fault.builtin !== 'Promise', at: fault.at };
  }
  if (prototype === NativeSyntaxError.prototype) rewordSyntax(error, sites);
  return asItIs;
}

/** Text that becomes code does not parse; the program's own `new SyntaxError` stands in the program. */
function rewordSyntax(error: object, sites: readonly EngineSite[]): void {
  if (faultOf(sites).spot !== undefined) return;
  const words = textFault();
  if (words !== undefined && words !== '') hide(error, 'message', words);
}

/** V8 leaves the class itself out of the stack when it was called without `new`. */
const classRule = rules.find(({ 0: pattern }) => pattern.source.startsWith('^class constructors'));

function isOne(value: unknown, all: readonly unknown[]): boolean {
  for (let i = 0; i < all.length; i++) if (all[i] === value) return true;
  return false;
}

function groupsOf(match: RegExpExecArray): readonly string[] {
  return [match[1] ?? '', match[2] ?? ''];
}

function faultOf(sites: readonly EngineSite[]): Fault {
  const top = sites[0];
  const f = top?.getFunctionName() ?? '';
  const spot = top && spotOf(top);
  const name = f === '<anonymous>' ? '' : f;
  const caller = spot === undefined ? callerOf(sites) : undefined;
  return { spot, caller, builtin: spot === undefined ? name : '', f: name, at: undefined };
}

/** The first place in the program. */
function callerOf(sites: readonly EngineSite[]): Spot | undefined {
  for (let i = 1; i < sites.length; i++) {
    const site = sites[i];
    const spot = site && spotOf(site);
    if (spot !== undefined) return spot;
  }
  return undefined;
}

/** `new TypeError('not a function')` of the program keeps its words. */
function isMadeByProgram({ spot }: Fault): boolean {
  const place = spot && callsAround(spot)[0];
  return place !== undefined && place[2] >= (spot?.at ?? 0) && apply(exec, /^(?:Type|Range|Reference|Syntax|URI)Error$/, [place[4]]) !== null;
}
