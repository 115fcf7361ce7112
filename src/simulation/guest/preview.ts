/** Why this file exists: the short text by which a value is recognised on screen. It never runs the program's code. */
import {
  apply,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  isArray,
  ownKeys,
  slice,
  symbolToStringTag,
  type Callable,
} from './primordials';
import { promiseState } from './promise-slot';
import { isNamespace } from './namespaces';
import { proxyDetails } from './proxy-guards';

const longest = 60;

/** At most 60 characters: primitives in full, objects by their first few own data properties. */
export function preview(value: unknown, depth = 0): string {
  if (typeof value === 'number') return value === 0 && 1 / value < 0 ? '-0' : `${value}`;
  if (value === undefined || typeof value === 'boolean') return `${value}`;
  const text = previewUncut(value, depth);
  return text.length > longest ? `${slice(text, 0, longest - 1)}…` : text;
}

function previewUncut(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return `Symbol(${value.description ?? ''})`;
    case 'function':
      return functionPreview(value);
    case 'object':
      return value === null ? 'null' : objectPreview(value, depth);
    default:
      return preview(value);
  }
}

function quote(text: string): string {
  return `'${text.length > longest ? slice(text, 0, longest) : text}'`;
}

function functionPreview(f: object): string {
  if (proxyDetails(f)) return 'Proxy';
  const name = dataProperty(f, 'name');
  return typeof name === 'string' && name !== '' ? `ƒ ${name}` : 'ƒ';
}

function objectPreview(object: object, depth: number): string {
  if (proxyDetails(object)) return 'Proxy';
  if (isNamespace(object)) return namespacePreview(object);
  const state = promiseState(object);
  if (state !== undefined) return `Promise ${state}`;
  if (isArray(object)) return arrayPreview(object, depth);
  const name = className(object);
  const message = dataProperty(object, 'message');
  if (
    typeof message === 'string' &&
    (slice(name, -5) === 'Error' || typeof dataProperty(object, 'stack') === 'string')
  ) {
    return `${name}: ${message}`;
  }
  const length = typedLength(object);
  return length === undefined ? plainPreview(object, name, depth) : typedPreview(object, name, length, depth);
}

/** Its names alone: what they stand for may not be there yet, or may end the run when it is read. */
function namespacePreview(object: object): string {
  const keys = ownKeys(object);
  let text = '';
  let count = 0;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (typeof key === 'string' && count++ < 4) text += `${text === '' ? '' : ', '}${key}`;
  }
  return `Module { ${text}${count > 4 ? ', …' : ''} }`;
}

const typedArrays = getPrototypeOf(Uint8Array.prototype) as object;
const kindOf = getOwnPropertyDescriptor(typedArrays, symbolToStringTag)?.get as Callable;
const lengthOf = getOwnPropertyDescriptor(typedArrays, 'length')?.get as Callable;

/** How many elements a typed array has; undefined for anything else. */
function typedLength(object: object): number | undefined {
  return apply(kindOf, object, []) === undefined ? undefined : (apply(lengthOf, object, []) as number);
}

/** Of bytes only the first are looked at: there may be millions. */
function typedPreview(object: object, name: string, length: number, depth: number): string {
  if (depth > 1) return `${name}(${length})`;
  let text = '';
  for (let i = 0; i < length && i < 5; i++)
    text += (i === 0 ? '' : ', ') + preview((object as ArrayLike<unknown>)[i], depth + 1);
  return `${name}(${length}) [${text}${length > 5 ? ', …' : ''}]`;
}

function arrayPreview(array: readonly unknown[], depth: number): string {
  if (depth > 1) return `Array(${array.length})`;
  let text = '';
  for (let i = 0; i < array.length && i < 5; i++) {
    const own = getOwnPropertyDescriptor(array, String(i));
    text += (i === 0 ? '' : ', ') + (own && 'value' in own ? preview(own.value, depth + 1) : '…');
  }
  return `[${text}${array.length > 5 ? ', …' : ''}]`;
}

function plainPreview(object: object, name: string, depth: number): string {
  const prefix = name === 'Object' ? '' : `${name} `;
  if (depth > 1) return `${prefix}{…}`;
  const keys = ownKeys(object);
  let text = '';
  for (let i = 0; i < keys.length && i < 4; i++) {
    const key = keys[i];
    if (typeof key !== 'string') continue;
    const own = getOwnPropertyDescriptor(object, key);
    text += `${text === '' ? '' : ', '}${key}: ${own && 'value' in own ? preview(own.value, depth + 1) : '…'}`;
  }
  return `${prefix}{ ${text}${keys.length > 4 ? ', …' : ''} }`;
}

function className(object: object): string {
  for (let at: object | null = object; at !== null; at = getPrototypeOf(at)) {
    if (proxyDetails(at)) return 'Object';
    const maker = dataProperty(at, 'constructor');
    const name = typeof maker === 'function' ? dataProperty(maker, 'name') : undefined;
    if (typeof name === 'string' && name !== '') return name;
  }
  return 'Object';
}

function dataProperty(object: object, key: string): unknown {
  const own = getOwnPropertyDescriptor(object, key);
  return own && 'value' in own ? own.value : undefined;
}
