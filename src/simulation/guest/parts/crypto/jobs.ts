/**
 * Why this file exists: what `crypto` does in the thread pool when it gets a callback, and at once, while everything
 * waits, when it gets none. Node 20: src/crypto/crypto_util.h (CryptoJob).
 */
import { clock } from '../../clock';
import { handOver, newOperation, workUntil } from '../../loop/pool';
import { call, type Callable } from '../../primordials';
import { createResolvingFunctions, newPromise } from '../../promise';
import { callLabel } from '../../recorder';

export interface Job<T> {
  /** How people read the call. */
  readonly name: string;
  readonly args: readonly unknown[];
  /** Virtual milliseconds that it takes a processor. Modelled. */
  readonly ms: number;
  /** Answers, or throws the error that the program gets. */
  run(): T;
}

/** The main thread does it itself. */
export function atOnce<T>({ ms, run }: Job<T>): T {
  clock.spend(ms);
  workUntil(clock.now());
  return run();
}

/** How Node names what stands for a job. */
const types: Readonly<Record<string, string>> = {
  pbkdf2: 'PBKDF2REQUEST', scrypt: 'SCRYPTREQUEST', hkdf: 'DERIVEBITSREQUEST', digest: 'HASHREQUEST',
  randomBytes: 'RANDOMBYTESREQUEST', randomFill: 'RANDOMBYTESREQUEST', generateKeyPair: 'KEYPAIRGENREQUEST',
  sign: 'SIGNREQUEST', verify: 'VERIFYREQUEST', generateKey: 'KEYGENREQUEST',
};

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

function outcomeOf<T>({ run }: Job<T>): Outcome<T> {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    return { ok: false, error };
  }
}

export function inPool<T>(job: Job<T>, callback: Callable, success: unknown = null): void {
  let outcome: Outcome<T> | undefined;
  handOver(newOperation(callLabel(job.name, job.args)), {
    name: '',
    type: types[job.name],
    ms: job.ms,
    run: () => { outcome = outcomeOf(job); },
    told: () => {
      if (outcome?.ok === true) call(callback, undefined, success, outcome.value);
      else call(callback, undefined, outcome?.error);
    },
    callback,
  });
}

export function asPromise<T>(job: Job<T>): object {
  const operation = newOperation(callLabel(job.name, job.args));
  const promise = newPromise({ origin: 'internal', label: operation.label });
  const { resolve, reject } = createResolvingFunctions(promise);
  let outcome: Outcome<T> | undefined;
  handOver(operation, {
    name: '',
    type: types[job.name],
    ms: job.ms,
    run: () => { outcome = outcomeOf(job); },
    told: () => {
      if (outcome?.ok === true) resolve(outcome.value);
      else reject(outcome?.error);
    },
    isLast: true,
  });
  return promise;
}
