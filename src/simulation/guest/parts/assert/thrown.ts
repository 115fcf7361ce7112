/** Why this file exists: what a function was expected to throw. Node 20: lib/assert.js (expectedException). */
import { inspect } from '../../inspect';
import { isDeepStrictEqual } from '../../modules/util/equal';
import { types } from '../../modules/util/types';
import { codedError, invalidType } from '../../node-errors';
import { NativeError, NativeTypeError, apply, get, isCallable, isObject, toText } from '../../primordials';
import { AssertionError, type Failure } from './assertion-error';
import { thrownWith } from '../../thrown-places';

/** Nothing was thrown. */
export const nothing = Symbol('nothing');


type Named = (...args: never[]) => unknown;

/** An empty message is none. */
export function hasWords(message: unknown): boolean {
  return Boolean(message);
}

export function fail(failure: Failure): never {
  if (failure.message instanceof NativeError) throw failure.message;
  throw thrownWith(new AssertionError(failure), 'node:assert:90\n  throw new AssertionError(obj);\n  ^\n');
}

function isRegExp(value: unknown): value is RegExp {
  return types['isRegExp']?.(value) ?? false;
}

const kinds = 'of type function or an instance of Error, RegExp, or Object';

/** A copy with the compared properties only; what a pattern matches is shown as equal. */
class Comparison {
  declare readonly compared: never; // it has the keys that it is made with, and no others

  constructor(object: object, keys: readonly string[], actual?: object) {
    for (const key of keys) {
      if (!(key in object)) continue;
      const value: unknown = get(object, key);
      const given: unknown = actual && get(actual, key);
      const isMatch = typeof given === 'string' && isRegExp(value) && value.exec(given) !== null;
      (this as Record<string, unknown>)[key] = isMatch ? given : value;
    }
  }
}

function compareKey(actual: object, expected: object, key: string, message: unknown, keys: string[], f: Named): void {
  if (key in actual && isDeepStrictEqual(get(actual, key), get(expected, key))) return;
  if (message) fail({ actual, expected, message, operator: f.name, stackStartFn: f });
  const error = new AssertionError({
    actual: new Comparison(actual, keys),
    expected: new Comparison(expected, keys, actual),
    operator: 'deepStrictEqual',
    stackStartFn: f,
  });
  throw thrownWith(Object.assign(error, { actual, expected, operator: f.name }), 'node:assert:377\n      throw err;\n      ^\n');
}

function compareObjects(actual: object, expected: object, message: unknown, f: Named): void {
  const keys = Object.keys(expected);
  if (expected instanceof NativeError) keys.push('name', 'message');
  else if (keys.length === 0) {
    const words = `The argument 'error' may not be an empty object. Received {}`;
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', words);
  }
  for (const key of keys) {
    const value: unknown = get(actual, key);
    const pattern: unknown = get(expected, key);
    if (typeof value === 'string' && isRegExp(pattern) && pattern.exec(value) !== null) continue;
    compareKey(actual, expected, key, message, keys, f);
  }
}

/** Why a function's answer is not what was expected; undefined when it is. */
function complaint(actual: unknown, expected: Named): string | undefined {
  const { prototype } = expected as { prototype?: unknown };
  if (prototype !== undefined && actual instanceof (expected as unknown as new () => object)) return undefined;
  if (Object.prototype.isPrototypeOf.call(NativeError, expected)) {
    const words = `The error is expected to be an instance of "${expected.name}". Received `;
    if (types['isNativeError']?.(actual) !== true) return `${words}"${inspect(actual, { depth: -1 })}"`;
    const { name, message } = actual as Error; // just asked
    return `${words}"${name}"${message === '' ? '' : `\n\nError message:\n\n${message}`}`;
  }
  const answer: unknown = apply(expected, {}, [actual] as never[]);
  if (answer === true) return undefined;
  const name = expected.name === '' ? '' : `"${expected.name}" `;
  const caught = types['isNativeError']?.(actual) === true ? `\n\nCaught error:\n\n${String(actual)}` : '';
  return `The ${name}validation function is expected to return "true". Received ${inspect(answer)}${caught}`;
}

function unmatched(actual: unknown, expected: RegExp): string | undefined {
  const text = String(actual);
  if (expected.exec(text) !== null) return undefined;
  return `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(text)}\n`;
}

function expectedException(actual: unknown, expected: object, message: unknown, f: Named): void {
  if (!isCallable(expected) && !isRegExp(expected)) {
    if (isObject(actual) && !isCallable(actual)) {
      compareObjects(actual, expected, message, f);
      return;
    }
    const error = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: f });
    throw Object.assign(error, { operator: f.name });
  }
  const words = isCallable(expected) ? complaint(actual, expected) : unmatched(actual, expected);
  if (words === undefined) return;
  if (message instanceof NativeError) throw message;
  const said = hasWords(message) ? message : words;
  const error = new AssertionError({ actual, expected, message: said, operator: f.name, stackStartFn: f });
  throw thrownWith(Object.assign(error, { generatedMessage: !message }), 'node:assert:491\n    throw err;\n    ^\n');
}

/** Nobody could tell whether it is the expected error's message or the assertion's. */
function checkAmbiguous(actual: unknown, text: string): void {
  const isSame = isObject(actual) ? get(actual, 'message') === text : actual === text;
  if (!isSame) return;
  const what = isObject(actual) ? `error message "${text}"` : `error "${text}"`;
  const words = `The "error/message" argument is ambiguous. The ${what} is identical to the message.`;
  throw codedError(NativeTypeError, 'ERR_AMBIGUOUS_ARGUMENT', words);
}

/** `throws` and `rejects`. */
export function expectError(f: Named, actual: unknown, given: readonly unknown[]): void {
  let [error, message] = given;
  if (typeof error === 'string') {
    if (given.length === 2) throw invalidType('error', kinds, error);
    checkAmbiguous(actual, error);
    [message, error] = [error, undefined];
  } else if (error !== undefined && error !== null && typeof error !== 'object' && typeof error !== 'function')
    throw invalidType('error', kinds, error);
  if (actual === nothing) {
    const name: unknown = isObject(error) ? get(error, 'name') : undefined;
    const details = (name ? ` (${toText(name)})` : '') + (message ? `: ${toText(message)}` : '.');
    const what = f.name === 'rejects' ? 'rejection' : 'exception';
    const words = `Missing expected ${what}${details}`;
    fail({ actual: undefined, expected: error, operator: f.name, message: words, stackStartFn: f });
  }
  if (isObject(error)) expectedException(actual, error, message, f);
}

function isExpected(actual: unknown, expected: unknown): boolean {
  if (isRegExp(expected)) return expected.exec(String(actual)) !== null;
  if (!isCallable(expected)) throw invalidType('expected', 'of type function or an instance of RegExp', expected);
  const { prototype } = expected as { prototype?: unknown };
  if (prototype !== undefined && actual instanceof (expected as unknown as new () => object)) return true;
  if (Object.prototype.isPrototypeOf.call(NativeError, expected)) return false;
  return apply(expected, {}, [actual] as never[]) === true;
}

/** `doesNotThrow` and `doesNotReject`. */
export function expectNoError(f: Named, actual: unknown, given: readonly unknown[]): void {
  if (actual === nothing) return;
  let [error, message] = given;
  if (typeof error === 'string') [message, error] = [error, undefined];
  if (error && !isExpected(actual, error)) throw actual;
  const what = f.name === 'doesNotReject' ? 'rejection' : 'exception';
  const said: unknown = isObject(actual) ? get(actual, 'message') : undefined;
  const words = `Got unwanted ${what}${message ? `: ${toText(message)}` : '.'}\nActual message: "${String(said)}"`;
  fail({ actual, expected: error, operator: f.name, message: words, stackStartFn: f });
}
