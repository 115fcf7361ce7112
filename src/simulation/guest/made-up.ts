/**
 * Why this file exists: what a package that is stood in for answers: what the scenario says of the call, else the value
 * that was made up from its type (lower/stand-ins), after a modelled time. The made-up files call this by the name
 * `madeUp`.
 */
import type { CallAnswer } from '../../trace/scenario';
import { clock } from './clock';
import { outsideAnswers } from './loop/answers';
import { emits, emitting, errorOf, targets, told, usualMs } from './made-up-events';
import { reads, sourceOf } from './made-up-streams';
import {
  SafeMap,
  SafeWeakMap,
  apply,
  createObject,
  getPrototypeOf,
  isArray,
  isCallable,
  isObject,
} from './primordials';
import { fulfillPromise, newPromise, rejectPromise, resolvePromise } from './promise';
import { callAnswer, rememberAnswer } from './scenario';

type Make = () => unknown;

/** What is longer is not kept to begin a scenario with. */
const longestKept = 4000;

/** A call that returns at once. A latency in the scenario keeps the processor busy. */
function now(key: string, make: Make): unknown {
  const answer = callAnswer(key);
  clock.spend(answer?.latencyMs ?? 0);
  if (answer?.fails !== undefined) throw errorOf(answer.fails);
  return valueOf(key, answer, make, 0);
}

/** A call that returns a promise. */
function later(key: string, make: Make): object {
  const promise = newPromise({ origin: 'constructor', label: key });
  whenAnswered(key, make, (error, value) => {
    if (error !== undefined) rejectPromise(promise, error);
    else if (isObject(value)) resolvePromise(promise, value);
    else fulfillPromise(promise, value);
  });
  return promise;
}

/**
 * A call whose last argument is called with an error or a value. It may return something else at once; if it does not,
 * and there is no function, it returns a promise.
 */
function called(key: string, args: ArrayLike<unknown>, make: Make, makeReturned?: Make): unknown {
  const callback = args[args.length - 1];
  if (!isCallable(callback)) return makeReturned === undefined ? later(key, make) : now(key, makeReturned);
  whenAnswered(key, make, (error, value) => {
    apply(callback, undefined, error === undefined ? [null, value] : [error]);
  });
  return makeReturned?.();
}

function whenAnswered(key: string, make: Make, tell: (error: Error | undefined, value: unknown) => void): void {
  const answer = callAnswer(key);
  const latencyMs = answer?.latencyMs ?? usualMs;
  outsideAnswers.after(latencyMs, key, () => {
    if (answer?.fails !== undefined) tell(errorOf(answer.fails), undefined);
    else tell(undefined, valueOf(key, answer, make, latencyMs));
  });
}

function valueOf(key: string, answer: CallAnswer | undefined, make: Make, latencyMs: number): unknown {
  if (answer !== undefined && 'returns' in answer) return JSON.parse(JSON.stringify(answer.returns)); // a copy each time
  const value = make();
  const plain = plainText(value);
  rememberAnswer('call', key, { ...(plain === undefined ? {} : { returns: JSON.parse(plain) as unknown }), latencyMs });
  return value;
}

const kept = new SafeWeakMap<object, Map<string, unknown>>();

/** A member that is made when it is first read: types name each other in rings. */
function member(owner: object, name: string, make: Make): unknown {
  const members = kept.get(owner) ?? new SafeMap<string, unknown>();
  kept.set(owner, members);
  if (!members.has(name)) members.set(name, make());
  return members.get(name);
}

/** A value as JSON, if it is nothing but data; undefined for any other. */
function plainText(value: unknown): string | undefined {
  if (value === undefined || !isPlain(value, 0)) return undefined;
  const text = JSON.stringify(value);
  return text.length <= longestKept ? text : undefined;
}

function isPlain(value: unknown, depth: number): boolean {
  if (value === null || value === undefined) return true;
  if (!isObject(value)) return typeof value !== 'bigint' && typeof value !== 'symbol';
  if (depth > 8 || isCallable(value)) return false;
  const prototype: unknown = getPrototypeOf(value);
  if (!isArray(value) && prototype !== Object.prototype && prototype !== null) return false;
  return Object.keys(value).every((key) => {
    const own = Reflect.getOwnPropertyDescriptor(value, key);
    return own !== undefined && 'value' in own && isPlain(own.value, depth + 1);
  });
}

/** What the made-up files see. */
export const madeUp: object = Object.assign(createObject(null) as object, {
  now, later, called, member, emits, targets, emitting, told, reads, source: sourceOf,
});
