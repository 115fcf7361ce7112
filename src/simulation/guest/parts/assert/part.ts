/** Why this file exists: the part of the guest that brings `assert` and `assert/strict`. Node 20: lib/assert.js. */
import { standsAt } from '../../stood-for';
import { endNow } from '../../ending';
import { inspect } from '../../inspect';
import { isNodeAsync } from '../../inspect-hooks';
import { warnings } from '../../modules/events/warnings';
import { offerModule } from '../../modules/builtin';
import { isDeepLooseEqual, isDeepStrictEqual } from '../../modules/util/equal';
import { types } from '../../modules/util/types';
import { checkFunction, codedError, invalidType, received } from '../../node-errors';
import { NativeError, NativeTypeError, defineProperty, get, isCallable, isObject, named } from '../../primordials';
import { here } from '../../recorder';
import { assertedText } from './asserted-text';
import { AssertionError } from './assertion-error';
import { expectError, expectNoError, fail, hasWords, nothing } from './thrown';
import { thrownWith } from '../../thrown-places';

type Assertion = (...args: unknown[]) => unknown;

const thrownInOk = 'node:internal/assert/utils:281\n    throw err;\n    ^\n';

function checkTruth(f: Assertion, count: number, value: unknown, message: unknown): void {
  if (value) return;
  if (message instanceof NativeError) throw message;
  const isGenerated = count === 0 || message === undefined || message === null;
  const words = count === 0 ? 'No value argument passed to `assert.ok()`' : isGenerated ? assertedText() : message;
  const error = new AssertionError({ actual: value, expected: true, message: words, operator: '==', stackStartFn: f });
  throw thrownWith(Object.assign(error, { generatedMessage: isGenerated }), thrownInOk);
}

function ok(...args: unknown[]): void {
  checkTruth(ok, args.length, args[0], args[1]);
}

/** The module is its own `ok`. */
const assert = ok;

function strict(...args: unknown[]): void {
  checkTruth(strict, args.length, args[0], args[1]);
}

const members: Record<string, Assertion | object> = {};

function missingArguments(): Error {
  return codedError(NativeTypeError, 'ERR_MISSING_ARGS', 'The "actual" and "expected" arguments must be specified');
}

/** A comparison of two values. */
function comparison(name: string, operator: string, holds: (actual: unknown, expected: unknown) => boolean): void {
  const f: Assertion = (...args) => {
    if (args.length < 2) throw missingArguments();
    const [actual, expected, message] = args;
    if (!holds(actual, expected)) fail({ actual, expected, message, operator, stackStartFn: f });
  };
  members[name] = named(f, name, 3);
}

let hasWarned = false;

function failed(...args: unknown[]): never {
  const [first, second, third, operator, stackStartFn] = args;
  const isPlain = args.length <= 1;
  if (args.length > 1 && !hasWarned) {
    hasWarned = true;
    const words = 'assert.fail() with more than one argument is deprecated. Please use assert.strictEqual() instead or only pass a message.';
    warnings.emit(Object.assign(new NativeError(words), { name: 'DeprecationWarning', code: 'DEP0094' }));
  }
  const message = args.length === 0 || (isPlain && (first === undefined || first === null)) ? 'Failed' : isPlain ? first : third;
  if (message instanceof NativeError) throw message;
  const error = new AssertionError({
    actual: isPlain ? undefined : first,
    expected: isPlain ? undefined : second,
    operator: args.length === 2 ? '!=' : (operator ?? 'fail'),
    stackStartFn: stackStartFn ?? failed,
    ...(message === undefined ? {} : { message }),
  });
  const isGenerated = error.generatedMessage || (isPlain && first !== message);
  throw thrownWith(Object.assign(error, { generatedMessage: isGenerated }), 'node:assert:137\n  throw err;\n  ^\n');
}

function thrownBy(f: unknown): unknown {
  checkFunction(f, 'fn');
  try {
    (f as Assertion)(); // just checked
  } catch (error) {
    return error;
  }
  return nothing;
}

function isPromiseLike(value: unknown): boolean {
  if (types['isPromise']?.(value) === true) return true;
  return isObject(value) && !isCallable(value) && isCallable(get(value, 'then')) && isCallable(get(value, 'catch'));
}

async function rejectionOf(given: unknown): Promise<unknown> {
  let promise: unknown = given;
  if (isCallable(given)) {
    promise = (given as Assertion)();
    if (!isPromiseLike(promise)) {
      const words = `Expected instance of Promise to be returned from the "promiseFn" function but got ${received(promise)}.`;
      throw codedError(NativeTypeError, 'ERR_INVALID_RETURN_VALUE', words);
    }
  } else if (!isPromiseLike(given)) throw invalidType('promiseFn', 'of type function or an instance of Promise', given);
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return nothing;
}

function throws(f: unknown, ...given: unknown[]): void {
  expectError(throws, thrownBy(f), given);
}

standsAt(throws, 'Function.throws', 'node:assert', { thrownBy: '644:24' });
standsAt(thrownBy, 'getActual', 'node:assert', { checkFunction: '496:3', '': '498:5' });

async function rejects(f: unknown, ...given: unknown[]): Promise<void> {
  expectError(rejects, await rejectionOf(f), given);
}

function doesNotThrow(f: unknown, ...given: unknown[]): void {
  expectNoError(doesNotThrow, thrownBy(f), given);
}

async function doesNotReject(f: unknown, ...given: unknown[]): Promise<void> {
  expectNoError(doesNotReject, await rejectionOf(f), given);
}

function ifError(error: unknown): void {
  if (error === null || error === undefined) return;
  let message = 'ifError got unwanted exception: ';
  const said: unknown = isObject(error) ? get(error, 'message') : undefined;
  const maker: unknown = isObject(error) ? get(error, 'constructor') : undefined;
  if (typeof error === 'object' && typeof said === 'string')
    message += said === '' && isCallable(maker) ? maker.name : said;
  else message += inspect(error);
  const made = new AssertionError({ actual: error, expected: null, operator: 'ifError', message, stackStartFn: ifError });
  throw thrownWith(made, 'node:assert:733\n    throw newErr;\n    ^\n');
}

function matching(name: 'match' | 'doesNotMatch', how: string): void {
  const f: Assertion = (...args) => {
    const [text, pattern, message] = args;
    if (types['isRegExp']?.(pattern) !== true) throw invalidType('regexp', 'an instance of RegExp', pattern);
    const isMatch = typeof text === 'string' && (pattern as RegExp).exec(text) !== null; // just asked
    if (typeof text === 'string' && isMatch === (name === 'match')) return;
    if (message instanceof NativeError) throw message;
    const words =
      typeof text === 'string'
        ? `The input ${how} the regular expression ${inspect(pattern)}. Input:\n\n${inspect(text)}\n`
        : `The "string" argument must be of type string. Received type ${typeof text} (${inspect(text)})`;
    const said = hasWords(message) ? message : words;
    const failure = { actual: text, expected: pattern, message: said, operator: name, stackStartFn: f };
    const error = Object.assign(new AssertionError(failure), { generatedMessage: !message });
    throw thrownWith(error, 'node:assert:768\n    throw err;\n    ^\n');
  };
  members[name] = named(f, name, 3);
}

function isLooselyEqual(a: unknown, b: unknown): boolean {
  if (a == b) return true; // eslint-disable-line eqeqeq -- `assert.equal` means it
  return Number.isNaN(a) && Number.isNaN(b);
}

members['fail'] = named(failed, 'fail', 5);
members['AssertionError'] = AssertionError;
members['ok'] = ok;
comparison('equal', '==', isLooselyEqual);
comparison('notEqual', '!=', (a, b) => !isLooselyEqual(a, b));
comparison('deepEqual', 'deepEqual', isDeepLooseEqual);
comparison('notDeepEqual', 'notDeepEqual', (a, b) => !isDeepLooseEqual(a, b));
comparison('deepStrictEqual', 'deepStrictEqual', isDeepStrictEqual);
comparison('notDeepStrictEqual', 'notDeepStrictEqual', (a, b) => !isDeepStrictEqual(a, b));
comparison('strictEqual', 'strictEqual', (a, b) => Object.is(a, b));
comparison('notStrictEqual', 'notStrictEqual', (a, b) => !Object.is(a, b));
Object.assign(members, {
  throws: named(throws, 'throws', 1),
  rejects: isNodeAsync(named(rejects, 'rejects', 1)),
  doesNotThrow: named(doesNotThrow, 'doesNotThrow', 1),
  doesNotReject: isNodeAsync(named(doesNotReject, 'doesNotReject', 1)),
  ifError: named(ifError, 'ifError', 1),
});
matching('match', 'did not match');
matching('doesNotMatch', 'was expected to not match');
members['CallTracker'] = named(function CallTracker(): never {
  return endNow({ kind: 'unsupported', message: 'CallTracker of node:assert is not modelled yet', site: here() });
}, 'deprecated', 0);

named(ok, 'ok', 0);
Object.assign(assert, members);
Object.assign(strict, assert, {
  equal: members['strictEqual'],
  deepEqual: members['deepStrictEqual'],
  notEqual: members['notStrictEqual'],
  notDeepEqual: members['notDeepStrictEqual'],
});
named(strict, 'strict', 0);
for (const owner of [assert, strict])
  defineProperty(owner, 'strict', { value: strict, writable: true, enumerable: true, configurable: true });

offerModule('assert', () => assert);
offerModule('assert/strict', () => strict);
