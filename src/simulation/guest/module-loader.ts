/**
 * Why this file exists: between `import()` and its answer Node's own loader awaits, and a program that counts jobs
 * sees it. Its steps, promise by promise. Node 20: lib/internal/modules/esm/{loader,load,module_job,utils}.js.
 */
import { runAsync } from './await';
import { clock } from './clock';
import { requestedBy } from './computed-names';
import { noteImported, wasImported } from './imported';
import { whenFileIsRead, type Asker } from './loop/poll';
import { jsonNeedsAttribute } from './module-errors';
import { evaluate, link } from './module-evaluation';
import { isRecord, namespaceOfTarget, targetOf, type Target } from './module-records';
import { isNodeModule } from './modules/builtin';
import { SafeMap, SafeSet, createObject } from './primordials';
import { sourceAt, type ModuleSource } from './program-modules';
import { fulfillPromise, newPromise, rejectPromise, resolvePromise } from './promise';
import { performThen } from './promise-reactions';
import { here, recording, top } from './recorder';

/** ModuleJob: one module as it is loaded, with those that it imports. */
interface Job {
  readonly target: Target;
  /** Settled when its text is there. */
  readonly modulePromise: object;
  /** Of `Dependencies`. */
  linked: object;
  instantiated: object | undefined;
}

/** Without a prototype: a promise that is resolved with it looks for `then`. */
interface Dependencies {
  list: Job[];
}

const internal = { origin: 'internal' } as const;
const asJson = new SafeMap<Target, Job>();
const asCode = new SafeMap<Target, Job>();

interface Cost {
  readonly callMs: number;
  /** Before and after the file is read. */
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** What `import()` takes of the processor. Modelled, as measured. */
const usual: Cost = { callMs: 0.1, beforeMs: 0, afterMs: 0.05 };
/** The first in a program that is no module starts the loader. */
const starting: Cost = { callMs: 1.65, beforeMs: 1.2, afterMs: 0.7 };
let isStarted = false;

function costOfCall(): Cost {
  const isFirst = !isStarted && sourceAt(0).format === 'commonjs';
  isStarted = true;
  return isFirst ? starting : usual;
}

/** `import()`: the promise that it answers. Two async functions of Node's lie between it and the loader. */
export function importByNode(source: ModuleSource, specifier: string, isJson: boolean): object {
  const { callMs, ...code } = costOfCall();
  const asker = { site: here(), by: top()?.id ?? 0, during: recording.task, code };
  clock.spend(callMs);
  const answer = runAsync(function* () {
    const job = (yield moduleJob(source, specifier, isJson, asker)) as Job; // what moduleJob answers
    yield run(job);
    return namespaceOfTarget(job.target);
  });
  const callback = newPromise(internal);
  resolvePromise(callback, answer);
  return callback;
}

/** getModuleJobForImport. What is missing is known at once. */
function moduleJob(source: ModuleSource, specifier: string, isJson: boolean, asker: Asker): object {
  return runAsync(function* () {
    if (!isNodeModule(specifier)) requestedBy(source, specifier, 'import');
    const target = targetOf(source, specifier);
    yield undefined; // the resolved address, which is an object and no promise
    const jobs = isJson ? asJson : asCode;
    const job = jobs.get(target) ?? newJob(target, isJson, asker);
    jobs.set(target, job);
    return job;
  });
}

function newJob(target: Target, isJson: boolean, asker: Asker): Job {
  if (isThere(target, isJson)) {
    return { target, modulePromise: settled(), linked: settled(noDependencies()), instantiated: settled() };
  }
  const modulePromise = loadAndTranslate(target, isJson, asker);
  const job: Job = { target, modulePromise, linked: {}, instantiated: undefined };
  job.linked = linkJob(job, asker);
  hush(job.linked); // whoever runs the job awaits it
  return job;
}

/** Loaded with the program's entry. */
function isThere(target: Target, isJson: boolean): boolean {
  return isRecord(target) ? target.generator !== undefined : wasImported(target) && target.isJson === isJson;
}

function settled(value?: unknown): object {
  const promise = newPromise(internal);
  fulfillPromise(promise, value);
  return promise;
}

function noDependencies(): Dependencies {
  const none = createObject(null) as Dependencies;
  none.list = [];
  return none;
}

/** Nobody is told that it is rejected. */
function hush(promise: object): void {
  whenSettled(promise, () => undefined);
}

function whenSettled(promise: object, settle: (ok: boolean, value: unknown) => void): void {
  performThen(promise, {
    capability: undefined, onFulfilled: undefined, onRejected: undefined, frame: 0, derived: 0, next: undefined, settle,
  });
}

/** `load` answers the promise of `defaultLoad`, which awaits nothing for CommonJS and for Node's own modules. */
function loadAndTranslate(target: Target, isJson: boolean, asker: Asker): object {
  return runAsync(function* () {
    yield runAsync(function* () {
      return runAsync(function* () {
        if (isRecord(target) || target.isJson) yield fileRead(asker);
        if (!isRecord(target) && target.isJson && !isJson) throw jsonNeedsAttribute(target.path);
      });
    });
    if (!isRecord(target)) target.read();
  });
}

function fileRead(asker: Asker): object {
  const promise = newPromise(internal);
  whenFileIsRead(asker, () => {
    fulfillPromise(promise, undefined);
  });
  return promise;
}

/** ModuleJob._link. */
function linkJob(job: Job, asker: Asker): object {
  return runAsync(function* () {
    yield job.modulePromise;
    const dependencies = noDependencies();
    const promises: object[] = [];
    if (isRecord(job.target)) {
      const { source } = job.target;
      for (const [i, specifier] of source.imports.entries()) {
        const found = moduleJob(source, specifier, source.jsonImports.includes(specifier), asker);
        promises.push(then(found, (dependency) => {
          dependencies.list[i] = dependency as Job; // what moduleJob answers
          return (dependency as Job).modulePromise; // the same
        }));
      }
    }
    yield all(promises);
    return dependencies;
  });
}

/** Promise.prototype.then with one function of ours. */
function then(promise: object, map: (value: unknown) => unknown): object {
  const derived = newPromise(internal);
  whenSettled(promise, (ok, value) => {
    if (ok) resolvePromise(derived, map(value));
    else rejectPromise(derived, value);
  });
  return derived;
}

/** SafePromiseAllReturnVoid and its like: lib/internal/per_context/primordials.js. */
function all(promises: readonly object[]): object {
  const whole = newPromise(internal);
  let left = promises.length;
  let isRejected = false;
  if (left === 0) fulfillPromise(whole, undefined);
  for (const promise of promises) {
    whenSettled(promise, (ok, value) => {
      if (ok && --left === 0) fulfillPromise(whole, undefined);
      if (!ok && !isRejected) rejectPromise(whole, value);
      isRejected ||= !ok;
    });
  }
  return whole;
}

/** ModuleJob.run. */
function run(job: Job): object {
  return runAsync(function* () {
    yield (job.instantiated ??= instantiate(job));
    yield evaluated(job.target);
  });
}

/** ModuleJob._instantiate. */
function instantiate(root: Job): object {
  const graph = new SafeSet<Job>();
  const add = (job: Job): object => runAsync(function* () {
    if (graph.has(job)) return undefined;
    graph.add(job);
    const dependencies = (yield job.linked) as Dependencies; // what linkJob answers
    return all(dependencies.list.map(add));
  });
  return runAsync(function* () {
    yield add(root);
    if (isRecord(root.target)) link(root.target);
    for (const job of graph) job.instantiated = settled();
  });
}

/** What throws is told at once the first time, and by its promise from then on. */
function evaluated(target: Target): object {
  if (isRecord(target)) return evaluate(target);
  const isFirst = !wasImported(target);
  noteImported(target);
  try {
    target.evaluate();
    return settled();
  } catch (error) {
    if (isFirst) throw error;
    const promise = newPromise(internal);
    rejectPromise(promise, error);
    return promise;
  }
}
