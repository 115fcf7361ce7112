/**
 * Why this file exists: the three ways in which a call of the system is carried out: at once, while everything waits;
 * by the thread pool, with a callback; by the thread pool, with a promise. Node 20: src/node_file-inl.h.
 */
import { announce, nativeResource, newIds } from '../../async-ids';
import { clock } from '../../clock';
import { handOver, newOperation, workUntil, type Operation } from '../../loop/pool';
import { SafeWeakMap, call as callValue, type Callable } from '../../primordials';
import { asNode } from '../../node-code';
import { createResolvingFunctions, newPromise } from '../../promise';
import { promiseThen } from '../../promise-methods';
import { captureStackTrace } from '../../errors';
import { rejectedWith } from '../../own-promises';
import { callLabel } from '../../recorder';
import { errorOf, Fault } from './faults';
import { under } from '../../stood-for';
import { fromCall, fromPromise, type Asked } from './origins';
import type { Call } from './calls';

/** Of what a call takes in a thread: nobody has to be woken. Modelled. */
const shareAtOnce = 0.3;

/** The function of `fs/promises` that the program calls now. */
export const asked: { by: Asked | undefined } = { by: undefined };
const askedBy = new SafeWeakMap<Operation, Asked>();

export function operationOf(name: string, ...args: readonly unknown[]): Operation {
  const operation = newOperation(callLabel(name, args));
  if (asked.by !== undefined) askedBy.set(operation, asked.by);
  return operation;
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

function carryOut<T>(call: Call<T>): Outcome<T> {
  try {
    return { ok: true, value: call.run() };
  } catch (error) {
    return { ok: false, error };
  }
}

/** The error is made where the program gets to know of it. */
function shown(error: unknown, call: Call<unknown>): unknown {
  return error instanceof Fault ? errorOf(error, call) : error;
}

/** `origin` is where Node throws what goes wrong, if not at the usual place. */
export function atOnce<T>(call: Call<T>, origin?: Parameters<typeof fromCall>[2]): T {
  clock.wait(call.ms * shareAtOnce);
  workUntil(clock.now()); // what threads have done by now is there
  const outcome = carryOut(call);
  if (outcome.ok) return outcome.value;
  throw fromCall(shown(outcome.error, call), call.syscall, origin);
}

/** Where Node calls the function of the program: see lib/fs.js, makeCallback and makeStatsCallback. */
export const ofCalls = under('FSReqCallback.oncomplete (node:fs:187:23)', callPlain);
const notFound = under('FSReqCallback.oncomplete (node:fs:197:21)', callPlain);
const ofStats = under('FSReqCallback.oncomplete (node:fs:198:5)', callPlain);

export function callPlain(callback: Callable, ...given: unknown[]): void {
  callValue(callback, undefined, ...given);
}

function isStat(syscall: string): boolean {
  return syscall === 'stat' || syscall === 'lstat' || syscall === 'fstat';
}

/** What Node's own code goes on with; `callback` is the program's function if that is what it calls. */
export function inPool<T>(
  operation: Operation,
  call: Call<T>,
  then: (error: unknown, value?: T) => void,
  callback?: Callable,
): void {
  let outcome: Outcome<T> | undefined;
  handOver(operation, {
    name: call.syscall,
    type: 'FSREQCALLBACK',
    ms: call.ms,
    run: () => { outcome = carryOut(call); },
    told: () => {
      if (outcome?.ok === true) then(null, outcome.value);
      else then(shown(outcome?.error, call));
    },
    callback,
  });
}

/** The program's function gets what the call brings: an error alone, or null and the value if there is one. */
export function withCallback<T>(
  operation: Operation,
  call: Call<T>,
  callback: Callable,
  value: (result: T) => unknown = (result) => result,
): void {
  const [failed, tell] = isStat(call.syscall) ? [notFound, ofStats] : [ofCalls, ofCalls];
  inPool(operation, call, (error, result) => {
    if (error !== null) failed(callback, error);
    else {
      const brought = value(result as T); // there is no error
      if (brought === undefined) tell(callback, null);
      else tell(callback, null, brought);
    }
  }, callback);
}

function refused(error: unknown, operation: Operation, syscall: string): object {
  captureStackTrace(error);
  const by = askedBy.get(operation);
  if (by !== undefined) fromPromise(error, by, syscall);
  return asNode(() => rejectedWith(error));
}

/** What Node makes as soon as a call is done, before anybody is told. */
const madeThen: Readonly<Record<string, () => void>> = {
  open: () => { announce(newIds(), 'FILEHANDLE', nativeResource('FileHandle')); },
};

/** `isLast`: nothing more follows for this operation. */
export function withPromise<T>(operation: Operation, call: Call<T>, isLast = true): PromiseLike<T> {
  const isClose = call.syscall === 'close';
  const type = isClose ? 'FILEHANDLECLOSEREQ' : 'FSREQPROMISE';
  const promise = newPromise({ origin: 'internal', label: operation.label });
  const { resolve, reject } = createResolvingFunctions(promise);
  let outcome: Outcome<T> | undefined;
  handOver(operation, {
    name: call.syscall,
    type,
    ms: call.ms,
    run: () => { outcome = carryOut(call); },
    told: () => {
      if (outcome?.ok === true) resolve(outcome.value);
      else reject(shown(outcome?.error, call));
    },
    done: () => { if (outcome?.ok === true) madeThen[call.syscall]?.(); },
    isLast,
  });
  // Node gives the error a stack in a reaction of its own: handleErrorFromBinding.
  const refuse = (error: unknown): object => refused(error, operation, call.syscall);
  return (isClose ? promise : promiseThen(promise, undefined, refuse)) as PromiseLike<T>; // of the same value
}
