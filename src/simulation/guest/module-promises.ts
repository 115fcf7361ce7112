/**
 * Why this file exists: promises that Node's loader of modules makes, each told of as V8 tells of it. Node 20:
 * lib/internal/per_context/primordials.js, lib/internal/modules/esm/module_job.js.
 */
import { lexer } from './imported';
import { sourceAt, type ModuleSource } from './program-modules';
import { fulfillPromise, newPromise, rejectPromise, resolvePromise } from './promise';
import { promiseHooks } from './promise-hooks';
import { performThen } from './promise-reactions';
import { knownSlot } from './promise-slot';

export const internal = { origin: 'internal' } as const;

/** As if it had been made before any hook could hear of it. */
export function unheard<T>(make: () => T): T {
  const hearing = promiseHooks.by;
  promiseHooks.by = undefined;
  const made = make();
  promiseHooks.by = hearing;
  return made;
}

export function settled(value?: unknown): object {
  const promise = newPromise(internal);
  fulfillPromise(promise, value);
  return promise;
}

/** module_job.js has one promise for all; it is loaded with an entry that is a module, else by the first import. */
let resolved: object | undefined;

export function startJobs(): void {
  if (sourceAt(0).format === 'commonjs') resolved ??= settled();
}

/** cjs-module-lexer has a promise of its own. */
export function startLexer(): void {
  if (!lexer.isThere) settled();
  lexer.isThere = true;
}

export function resolvedPromise(): object {
  return (resolved ??= unheard(settled));
}

interface Linked {
  readonly source: Pick<ModuleSource, 'hasTopLevelAwait'>;
}

/** V8 makes the body of a module that awaits an async function: with a promise, which is then replaced. */
export function makeBodies(modules: readonly Linked[]): void {
  if (promiseHooks.by === undefined) return;
  for (const { source } of modules) if (source.hasTopLevelAwait) newPromise(internal);
}

/** Nobody is told that it is rejected. */
export function hush(promise: object): void {
  whenSettled(promise, () => undefined);
}

function whenSettled(promise: object, settle: (ok: boolean, value: unknown) => void, derived = 0): void {
  performThen(promise, {
    capability: undefined, onFulfilled: undefined, onRejected: undefined, frame: 0, derived, next: undefined, settle,
  });
}

/** Promise.prototype.then with one function of ours. */
export function thenOf(promise: object, map: (value: unknown) => unknown): object {
  const derived = newPromise({ ...internal, parent: knownSlot(promise).id });
  whenSettled(promise, (ok, value) => {
    if (ok) resolvePromise(derived, map(value));
    else rejectPromise(derived, value);
  }, knownSlot(derived).id);
  return derived;
}

/** SafePromiseAllReturnVoid and its like: lib/internal/per_context/primordials.js. */
export function all<T>(parts: readonly T[], promiseOf: (part: T) => object): object {
  const whole = newPromise(internal);
  let left = parts.length;
  let isRejected = false;
  if (left === 0) fulfillPromise(whole, undefined);
  for (const part of parts) {
    whenSettled(promiseOf(part), (ok, value) => {
      if (ok && --left === 0) fulfillPromise(whole, undefined);
      if (!ok && !isRejected) rejectPromise(whole, value);
      isRejected ||= !ok;
    });
  }
  return whole;
}
