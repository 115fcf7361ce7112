/**
 * Why this file exists: between import() and its answer lie awaits of Node's own loader, and a program that counts
 * microtasks sees them. Node 20, lib/internal/modules/esm/{loader,module_job,translators}.js; counted in real Node.
 */
import type { ForeignModule } from './foreign-modules';
import { NativeWeakMap, apply } from './primordials';
import { enqueueMicrotask } from './tasks';

/** Until the specifier is resolved, or missing; more is not needed for what was imported before. */
export const jobsToResolve = 3;
/** What is known already is answered so; another host does it in its own way: parts/browser. */
export const loader = {
  whenKnown: (run: () => void): void => {
    afterJobs(jobsToResolve, run);
  },
  jobsToAnswer: 3,
};
/** Until CommonJS or a module of Node's is evaluated that nobody imported before. */
export const jobsToTranslate = 11;
/** Between the evaluation of an ES module, when it has settled, and the answer. */
export const jobsToAnswer = 3;
/** The same, and the one in which its evaluation settles. */
export const jobsToSettle = 1 + jobsToAnswer;

export function afterJobs(count: number, run: () => void): void {
  if (count === 0) run();
  else enqueueMicrotask({ origin: 'internal', label: "Node's module loader", site: 0 }, () => afterJobs(count - 1, run));
}

const imported = new NativeWeakMap<object, true>();
const { has, set } = NativeWeakMap.prototype;

/** The loader of ES modules knows it from now on; that `require` knows it does not count. */
export function noteImported(target: ForeignModule): void {
  apply(set, imported, [target, true]);
}

export function wasImported(target: ForeignModule): boolean {
  return apply(has, imported, [target]);
}
