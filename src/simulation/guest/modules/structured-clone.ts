/** Why this file exists: structuredClone, as HTML's StructuredSerialize has it: nothing of classes is kept. */
import { codedError } from '../node-errors';
import { NativeError, NativeTypeError, SafeMap, hide, isCallable, isObject } from '../primordials';
import { typedArrayName } from '../inspect-hooks';
import { slotOf } from '../promise-slot';
import { proxyDetails } from '../proxies';
import { domException } from './events/dom-exception';
import { types } from './util/types';

type Known = Map<object, unknown>;

function refuse(value: unknown): never {
  const isText = isCallable(value) || typeof value === 'symbol' || !isObject(value);
  const shown = isText ? String(value) : `#<${proxyDetails(value) ? 'Object' : value.constructor.name}>`;
  throw domException(`${shown} could not be cloned.`, 'DataCloneError');
}

function is(name: string, value: object): boolean {
  return types[name]?.(value) ?? false;
}

const errorNames = ['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'];

function cloneError(value: Error, known: Known): object {
  const name = errorNames.includes(value.name) ? value.name : 'Error';
  const Base = (globalThis as unknown as Record<string, ErrorConstructor>)[name] ?? NativeError;
  const clone = new Base(Object.hasOwn(value, 'message') ? value.message : undefined);
  known.set(value, clone);
  if (typeof value.stack === 'string') hide(clone, 'stack', value.stack);
  if (Object.hasOwn(value, 'cause')) hide(clone, 'cause', cloned(value.cause, known));
  return clone;
}

/** Of a class that extends one of these, such as Buffer, only that is kept. */
const kinds = new SafeMap<string, unknown>(
  [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  ].map((kind) => [kind.name, kind]),
);

/** Values with an inside of their own; undefined for plain objects and arrays. */
function cloneInside(value: object, known: Known): object | undefined {
  if (is('isBoxedPrimitive', value))
    return typeof value.valueOf() === 'symbol' ? refuse(value) : (Object(value.valueOf()) as object);
  if (is('isDate', value)) return new Date((value as Date).getTime());
  if (is('isRegExp', value)) return new RegExp((value as RegExp).source, (value as RegExp).flags);
  if (is('isNativeError', value)) return cloneError(value as Error, known);
  if (is('isArrayBuffer', value)) return (value as ArrayBuffer).slice(0);
  if (ArrayBuffer.isView(value)) {
    const buffer = cloned(value.buffer, known) as ArrayBuffer;
    const name = (typedArrayName(value) as string | undefined) ?? 'DataView';
    const Kind = kinds.get(name) as new (buffer: ArrayBuffer, offset: number, length: number) => object; // one of them
    const view = value as unknown as { readonly length?: number };
    return new Kind(buffer, value.byteOffset, view.length ?? value.byteLength);
  }
  if (is('isMap', value)) {
    const clone = new Map<unknown, unknown>();
    known.set(value, clone);
    for (const [key, each] of [...(value as Map<unknown, unknown>)]) clone.set(cloned(key, known), cloned(each, known));
    return clone;
  }
  if (!is('isSet', value)) return undefined;
  const clone = new Set<unknown>();
  known.set(value, clone);
  for (const each of [...(value as Set<unknown>)]) clone.add(cloned(each, known));
  return clone;
}

function cloned(value: unknown, known: Known): unknown {
  if (typeof value === 'symbol' || isCallable(value)) return refuse(value);
  if (!isObject(value)) return value;
  if (known.has(value)) return known.get(value);
  if (
    proxyDetails(value) ||
    slotOf(value) ||
    is('isWeakMap', value) ||
    is('isWeakSet', value) ||
    is('isGeneratorObject', value)
  )
    return refuse(value);
  const special = cloneInside(value, known);
  if (special !== undefined) {
    known.set(value, special);
    return special;
  }
  const clone: Record<string, unknown> = Array.isArray(value)
    ? (new Array(value.length) as unknown as Record<string, unknown>)
    : {};
  known.set(value, clone);
  for (const key of Object.keys(value)) clone[key] = cloned((value as Record<string, unknown>)[key], known);
  return clone;
}

export function structuredClone(...given: [value?: unknown, options?: { transfer?: unknown }]): unknown {
  if (given.length === 0) throw codedError(NativeTypeError, 'ERR_MISSING_ARGS', 'The value argument must be specified');
  return cloned(given[0], new SafeMap());
}
