/**
 * Why this file exists: an error that nobody caught in a worker, as its parent gets it. Node 20:
 * lib/internal/error_serdes.js.
 */
import { settleStack } from '../../errors';
import { inspect } from '../../inspect';
import { NativeError, createObject, defineProperty, getPrototypeOf, getOwnPropertyDescriptor, hide, isCallable, ownKeys } from '../../primordials';
import { deserialize } from '../deserialize';
import { serialize } from '../serialize';

interface Crossed {
  readonly kind: 'error' | 'value' | 'text' | 'symbol';
  readonly maker: string;
  readonly text: string;
}

const kinds = ['Error', 'TypeError', 'RangeError', 'URIError', 'SyntaxError', 'ReferenceError', 'EvalError'];

/** The nearest constructor of the language's own. */
function makerOf(error: object): string {
  for (let at: object | null = error; at !== null; at = getPrototypeOf(at)) {
    const maker: unknown = getOwnPropertyDescriptor(at, 'constructor')?.value;
    if (isCallable(maker) && kinds.includes(maker.name)) return maker.name;
  }
  return 'Error';
}

/** What it owns and inherits, but functions and symbols. */
function fieldsOf(error: object): Record<string, unknown> {
  settleStack(error);
  const fields: Record<string, unknown> = {};
  const chain: object[] = [];
  for (let at: object | null = error; at !== null; at = getPrototypeOf(at)) chain.unshift(at);
  for (const each of chain)
    for (const key of ownKeys(each)) {
      if (typeof key !== 'string' || key === '__proto__' || key === 'constructor') continue;
      const own = getOwnPropertyDescriptor(each, key);
      let value: unknown = own?.value;
      if (own?.get !== undefined) {
        try {
          value = Reflect.apply(own.get, error, []);
        } catch {
          continue; // as Node does
        }
      }
      if (!isCallable(value) && typeof value !== 'symbol') fields[key] = { value: key === 'cause' ? pack(value) : value, shown: own?.enumerable === true };
    }
  return fields;
}

export function pack(error: unknown): Crossed {
  if (typeof error === 'symbol') return { kind: 'symbol', maker: '', text: error.description ?? '' };
  if (error instanceof NativeError) {
    try {
      return { kind: 'error', maker: makerOf(error), text: serialize(fieldsOf(error), []).text };
    } catch {
      // Something in it cannot be cloned: its text goes.
    }
  } else {
    try {
      return { kind: 'value', maker: '', text: serialize(error, []).text };
    } catch {
      // The same.
    }
  }
  return { kind: 'text', maker: '', text: inspect(error) };
}

export function unpack(crossed: Crossed): unknown {
  if (crossed.kind === 'symbol') return Symbol.for(crossed.text);
  if (crossed.kind === 'text') return crossed.text;
  if (crossed.kind === 'value') return deserialize(crossed.text);
  const Maker = (globalThis as unknown as Record<string, ErrorConstructor>)[crossed.maker] ?? NativeError;
  const error = createObject(Maker.prototype) as object; // no error inside, as in Node
  defineProperty(error, Symbol.toStringTag, { value: 'Error' });
  const fields = deserialize(crossed.text) as Record<string, { value: unknown; shown: boolean }>; // as `pack` wrote it
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    const value = key === 'cause' ? unpack(field?.value as Crossed) : field?.value;
    const isShown = field?.shown === true;
    if (isShown) defineProperty(error, key, { value, writable: true, enumerable: true, configurable: true });
    else hide(error, key, value);
  }
  return error;
}
