/**
 * Why this file exists: V8 keeps a promise of the evaluation of whatever is no ES module, as of one that is: whoever
 * evaluates it again gets that. V8 11.3: src/objects/synthetic-module.cc.
 */
import type { ForeignModule } from './foreign-modules';
import { noteImported, wasImported } from './imported';
import { internal, settled, unheard } from './module-promises';
import { SafeMap } from './primordials';
import { newPromise, rejectPromise } from './promise';
import { promiseHooks } from './promise-hooks';
import { under } from './stood-for';

/** Undefined as long as nobody could hear of the promise. */
const evaluations = new SafeMap<ForeignModule, object | undefined>();

/** As a part of a graph: what it throws is told at once. */
export function evaluateInGraph(target: ForeignModule): void {
  if (evaluations.has(target)) return;
  evaluateByLoader(target);
  evaluations.set(target, promiseHooks.by && settled());
}

const evaluateByLoader = under([
  'cjsLoader (node:internal/modules/esm/translators:298:15)',
  'ModuleWrap.<anonymous> (node:internal/modules/esm/translators:240:7)',
], (target: ForeignModule) => { target.evaluate(); });
const evaluateByNode = under('ModuleJob.run (node:internal/modules/esm/module_job:325:25)', evaluateByLoader);

/** By itself: what it throws is told at once the first time, and by a promise from then on. */
export function evaluateForeign(target: ForeignModule): object {
  if (evaluations.has(target)) return promiseOf(target);
  const isFirst = !wasImported(target);
  noteImported(target);
  try {
    evaluateByNode(target);
  } catch (error) {
    if (isFirst) throw error;
    const promise = newPromise(internal);
    rejectPromise(promise, error);
    return promise;
  }
  const promise = settled();
  evaluations.set(target, promise);
  return promise;
}

function promiseOf(target: ForeignModule): object {
  const known = evaluations.get(target) ?? unheard(settled);
  evaluations.set(target, known);
  return known;
}
