/**
 * Why this file exists: the errors that Node's stream code throws, for the package that brings that code: its own have
 * other names and words. Node 20: lib/internal/errors.js.
 */
import { inspect } from '../../../inspect';
import { AbortError, codedError, invalidType, outOfRange, received } from '../../../node-errors';
import { NativeAggregateError, NativeError, NativeTypeError, SafeSet } from '../../../primordials';
import { unknownEncoding } from '../../buffer/part';

const primitives = new SafeSet([
  'string',
  'function',
  'number',
  'object',
  'Function',
  'Object',
  'boolean',
  'bigint',
  'symbol',
]);

function either(words: readonly string[]): string {
  if (words.length < 3) return words.join(' or ');
  return `${words.slice(0, -1).join(', ')}, or ${words.at(-1) ?? ''}`;
}

/** Node's words for what a value should have been: types first, then classes. */
function expectedWords(expected: string | readonly string[]): string {
  const all = typeof expected === 'string' ? [expected] : expected;
  let types = all.filter((each) => primitives.has(each)).map((each) => each.toLowerCase());
  const classes = all.filter((each) => !primitives.has(each) && /^(?:[A-Z][a-z0-9]*)+$/.test(each));
  const others = all.filter((each) => !primitives.has(each) && !/^(?:[A-Z][a-z0-9]*)+$/.test(each));
  if (classes.length > 0 && types.includes('object')) {
    types = types.filter((each) => each !== 'object');
    classes.push('Object');
  }
  const parts: string[] = [];
  if (types.length > 0) parts.push(`${types.length > 1 ? 'one of' : 'of'} type ${either(types)}`);
  if (classes.length > 0) parts.push(`an instance of ${either(classes)}`);
  if (others.length > 0) parts.push(others.length > 1 ? `one of ${either(others)}` : (others[0] ?? ''));
  return parts.join(' or ');
}

/** What Node 20 takes for a chunk of bytes. */
const chunkTypes = ['string', 'Buffer', 'TypedArray', 'DataView'];

function plain(code: string, words: (name: string) => string, Base = NativeError as new (text: string) => Error) {
  return function made(name: string): Error {
    return codedError(Base, code, words(name));
  };
}

/** They are called with `new` and without. */
export const codes = {
  ERR_INVALID_ARG_TYPE: function made(name: string, expected: string | readonly string[], value: unknown): Error {
    return invalidType(name, expectedWords(name === 'chunk' ? chunkTypes : expected), value);
  },
  ERR_INVALID_ARG_VALUE: function made(name: string, value: unknown, reason = 'is invalid'): Error {
    const shown = inspect(value);
    const kind = name.includes('.') ? 'property' : 'argument';
    const words = `The ${kind} '${name}' ${reason}. Received ${shown.length > 128 ? `${shown.slice(0, 128)}...` : shown}`;
    return codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', words);
  },
  ERR_INVALID_RETURN_VALUE: function made(wanted: string, name: string, value: unknown): Error {
    const words = `Expected ${wanted} to be returned from the "${name}" function but got ${received(value)}.`;
    return codedError(NativeTypeError, 'ERR_INVALID_RETURN_VALUE', words);
  },
  ERR_OUT_OF_RANGE: function made(name: string, range: string, value: unknown): Error {
    return outOfRange(name, range, value);
  },
  ERR_MISSING_ARGS: plain('ERR_MISSING_ARGS', (name) => `The "${name}" argument must be specified`, NativeTypeError),
  ERR_UNKNOWN_ENCODING: function made(name: unknown): Error {
    return unknownEncoding(name);
  },
  ERR_ILLEGAL_CONSTRUCTOR: plain('ERR_ILLEGAL_CONSTRUCTOR', () => 'Illegal constructor', NativeTypeError),
  ERR_METHOD_NOT_IMPLEMENTED: plain('ERR_METHOD_NOT_IMPLEMENTED', (name) => `The ${name} method is not implemented`),
  ERR_MULTIPLE_CALLBACK: plain('ERR_MULTIPLE_CALLBACK', () => 'Callback called multiple times'),
  ERR_STREAM_ALREADY_FINISHED: plain(
    'ERR_STREAM_ALREADY_FINISHED',
    (name) => `Cannot call ${name} after a stream was finished`,
  ),
  ERR_STREAM_CANNOT_PIPE: plain('ERR_STREAM_CANNOT_PIPE', () => 'Cannot pipe, not readable'),
  ERR_STREAM_DESTROYED: plain('ERR_STREAM_DESTROYED', (name) => `Cannot call ${name} after a stream was destroyed`),
  ERR_STREAM_NULL_VALUES: plain(
    'ERR_STREAM_NULL_VALUES',
    () => 'May not write null values to stream',
    NativeTypeError,
  ),
  ERR_STREAM_PREMATURE_CLOSE: plain('ERR_STREAM_PREMATURE_CLOSE', () => 'Premature close'),
  ERR_STREAM_PUSH_AFTER_EOF: plain('ERR_STREAM_PUSH_AFTER_EOF', () => 'stream.push() after EOF'),
  ERR_STREAM_UNSHIFT_AFTER_END_EVENT: plain(
    'ERR_STREAM_UNSHIFT_AFTER_END_EVENT',
    () => 'stream.unshift() after end event',
  ),
  ERR_STREAM_WRITE_AFTER_END: plain('ERR_STREAM_WRITE_AFTER_END', () => 'write after end'),
};

interface Coded extends Error {
  code?: unknown;
}

/** Two errors of one operation become one that has both. */
export function aggregateTwoErrors(inner: Coded | null | undefined, outer: Coded | null | undefined): unknown {
  if (!inner || !outer || inner === outer) return inner ?? outer;
  if (Array.isArray((outer as { errors?: unknown }).errors)) {
    (outer as unknown as { errors: unknown[] }).errors.push(inner); // just asked
    return outer;
  }
  return Object.assign(new NativeAggregateError([outer, inner], outer.message), { code: outer.code });
}

export function hideStackFrames<F>(f: F): F {
  return f;
}

export { AbortError };
