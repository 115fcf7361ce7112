/** Why this file exists: how V8 spells a value in the message of an error. */
import { textOf } from './function-text';
import { getOwnPropertyDescriptor, getPrototypeOf, isCallable, isObject, objectToString, slice, symbolToStringTag } from './primordials';

/** A property that is a value, found without running anything. */
function valueOf(object: object, key: PropertyKey): unknown {
  for (let at: object | null = object; at !== null; at = getPrototypeOf(at)) {
    const own = getOwnPropertyDescriptor(at, key);
    if (own !== undefined) return own.value;
  }
  return undefined;
}

/** V8's Object::NoSideEffectsToString: `#<Object>`, `[object Array]`, a function's text, a string as it is. */
export function describe(value: unknown): string {
  if (isCallable(value)) return shortened(textOf(value));
  if (!isObject(value)) return String(value);
  if (valueOf(value, 'toString') !== Object.prototype.toString) return describeOther(value);
  const maker = valueOf(value, 'constructor');
  const name = isObject(maker) ? valueOf(maker, 'name') : undefined;
  if (typeof name === 'string' && name !== '') return `#<${name}>`;
  const tag = valueOf(value, symbolToStringTag);
  return `[object ${typeof tag === 'string' ? tag : 'Object'}]`;
}

/** Of a long text the beginning and the last two characters. */
function shortened(text: string): string {
  return text.length > 128 ? `${slice(text, 0, 111)}...<omitted>...${slice(text, text.length - 2)}` : text;
}

function describeOther(value: object): string {
  const [name, message] = [valueOf(value, 'name'), valueOf(value, 'message')];
  if (objectToString(value) !== '[object Error]' || typeof name !== 'string') return objectToString(value);
  return typeof message === 'string' && message !== '' ? `${name}: ${message}` : name;
}

/** V8's BuildDefaultCallSite, where there is no text of an expression: `number 5`, `string "a"`, `object null`. */
export function callSite(value: unknown): string {
  if (typeof value === 'string') return `string "${value}"`;
  const isSpelt = value === null || typeof value === 'boolean' || typeof value === 'number';
  return isSpelt ? `${typeof value} ${String(value)}` : typeof value;
}

export function notCallable(value: unknown): string {
  return `${callSite(value)} is not a function`;
}

let lastRemembered: unknown;

/** $_ta: a value that V8 spells when it cannot be iterated. */
export function remember(value: unknown): unknown {
  lastRemembered = value;
  return value;
}

/** It, as V8 spells it where there is no text of an expression. */
export function rememberedSite(): string {
  return callSite(lastRemembered);
}

export function remembered(): unknown {
  return lastRemembered;
}
