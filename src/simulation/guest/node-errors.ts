/**
 * Why this file exists: the errors that Node's own JavaScript throws: their codes, their words, and where they say that
 * they were thrown. Node 20: lib/internal/errors.js, lib/internal/validators.js.
 */
import { beginStack } from './stack-text';
import { thrownAsUsual } from './thrown-places';
import { inspect } from './inspect';
import {
  NativeError,
  NativeRangeError,
  NativeTypeError,
  defineProperty,
  hide,
  isCallable,
} from './primordials';

/** An error of Node's with its code, which is part of its stack's first line and of `toString`, not of its name. */
export function codedError(Base: new (message: string) => Error, code: string, message: string): Error {
  const error = new Base(message);
  beginStack(error, `${error.name} [${code}]: ${message}`);
  hide(error, 'toString', function toString(this: Error): string {
    return `${this.name} [${code}]: ${this.message}`;
  });
  defineProperty(error, 'code', { value: code, writable: true, enumerable: true, configurable: true });
  return thrownAsUsual(error);
}

/** An error of Node's C++, whose code is a member only: THROW_ERR_… of src/node_errors.h. */
export function nativeCoded(Base: new (message: string) => Error, code: string, message: string): Error {
  return Object.assign(new Base(message), { code });
}

/** Node's words for what a function was given instead. */
export function received(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  switch (typeof value) {
    case 'bigint':
      return `type bigint (${value}n)`;
    case 'number':
      return `type number (${Object.is(value, -0) ? '-0' : String(value)})`;
    case 'boolean':
    case 'symbol':
      return `type ${typeof value} (${String(value)})`;
    case 'function':
      return `function ${value.name}`;
    case 'string': {
      const short = value.length > 28 ? `${value.slice(0, 25)}...` : value;
      return `type string (${short.includes("'") ? JSON.stringify(short) : `'${short}'`})`;
    }
    default: {
      const maker = (value as { constructor?: unknown }).constructor; // read as Node reads it
      return isCallable(maker) ? `an instance of ${maker.name}` : inspect(value, { depth: -1 });
    }
  }
}

/** ERR_INVALID_ARG_TYPE; `expected` is what follows "must be", `of type string` or `an instance of Error`. */
export function invalidType(name: string, expected: string, value: unknown): Error {
  const what = name.endsWith(' argument') ? name : `"${name}" ${name.includes('.') ? 'property' : 'argument'}`;
  return codedError(
    NativeTypeError,
    'ERR_INVALID_ARG_TYPE',
    `The ${what} must be ${expected}. Received ${received(value)}`,
  );
}

/** Node's ERR_INVALID_ARG_TYPE for a callback. */
export function invalidCallback(value: unknown, name = 'callback'): Error {
  return invalidType(name, 'of type function', value);
}

export function outOfRange(name: string, range: string, value: unknown): Error {
  const shown = typeof value === 'number' || typeof value === 'bigint' ? grouped(value) : inspect(value);
  const message = `The value of "${name}" is out of range. It must be ${range}. Received ${shown}`;
  return codedError(NativeRangeError, 'ERR_OUT_OF_RANGE', message);
}

/** Large whole numbers are shown with underscores between groups of three digits. */
function grouped(value: number | bigint): string {
  const text = String(value);
  const isWhole = typeof value === 'bigint' || Number.isInteger(value);
  const isLarge = value > 2 ** 32 || value < -(2 ** 32);
  return (isWhole && isLarge ? text.replace(/\B(?=(\d{3})+$)/g, '_') : text) + (typeof value === 'bigint' ? 'n' : '');
}

export function checkFunction(value: unknown, name: string): void {
  if (!isCallable(value)) throw invalidCallback(value, name);
}

export function checkString(value: unknown, name: string): void {
  if (typeof value !== 'string') throw invalidType(name, 'of type string', value);
}

export function checkBoolean(value: unknown, name: string): void {
  if (typeof value !== 'boolean') throw invalidType(name, 'of type boolean', value);
}

export function checkNumber(value: unknown, name: string, min?: number): void {
  if (typeof value !== 'number') throw invalidType(name, 'of type number', value);
  if (min !== undefined && !(value >= min)) throw outOfRange(name, `>= ${min}`, value);
}

export function checkInteger(
  value: unknown,
  name: string,
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
): void {
  if (typeof value !== 'number') throw invalidType(name, 'of type number', value);
  if (!Number.isInteger(value)) throw outOfRange(name, 'an integer', value);
  if (value < min || value > max) throw outOfRange(name, `>= ${min} && <= ${max}`, value);
}

export function checkObject(value: unknown, name: string): void {
  if (value === null || Array.isArray(value) || typeof value !== 'object')
    throw invalidType(name, 'of type object', value);
}

/** Anything with `aborted` is taken for a signal. */
export function checkSignal(signal: unknown, name: string): void {
  if (signal === undefined) return;
  if (signal === null || typeof signal !== 'object' || !('aborted' in signal))
    throw invalidType(name, 'an instance of AbortSignal', signal);
}

/** What an operation that a signal stopped is rejected with. */
export class AbortError extends NativeError {
  readonly code = 'ABORT_ERR';
  constructor(message = 'The operation was aborted', options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AbortError';
  }
}
