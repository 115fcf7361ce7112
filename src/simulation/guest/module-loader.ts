/**
 * Why this file exists: between `import()` and its answer Node's own loader awaits, and a program that counts jobs
 * sees it. Its steps, promise by promise. Node 20: lib/internal/modules/esm/{loader,load,module_job,utils}.js.
 */
import { explainLeaving } from './module-explained';
import { runAsync } from './await';
import { clock } from './clock';
import { requestedBy } from './computed-names';
import { isCommonJs, wasImported } from './imported';
import { whenFileIsRead, type Asker } from './loop/poll';
import { jsonNeedsAttribute } from './module-errors';
import { evaluateForeign } from './foreign-evaluation';
import { evaluateByNode, link } from './module-evaluation';
import { importingModule, instantiating } from './module-frames';
import { lackingModule } from './module-link-errors';
import { all, hush, internal, resolvedPromise, settled, startJobs, startLexer, thenOf, unheard } from './module-promises';
import { isRecord, namespaceOfTarget, targetOf, type Target } from './module-records';
import { isNodeModule } from './modules/builtin';
import { SafeMap, SafeSet, createObject } from './primordials';
import { sourceAt, type ModuleSource } from './program-modules';
import { fulfillPromise, newPromise, resolvePromise } from './promise';
import { promiseHooks } from './promise-hooks';
import { here, recording, top } from './recorder';
import { workingFor } from './stack-of-waiting';
import { under } from './stood-for';

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
  const callback = newPromise(internal);
  const answer = runAsync(function* () {
    const ask = source.format === 'module' ? askedByModule : askedByScript;
    const job = (yield ask(source, specifier, isJson, asker)) as Job; // what moduleJob answers
    yield run(job, asker, callback);
    return namespaceOfTarget(job.target);
  });
  resolvePromise(callback, answer);
  return callback;
}

const importing = 'ModuleLoader.import (node:internal/modules/esm/loader:605:34)';
const utils = 'node:internal/modules/esm/utils';
const askedByModule = under([
  importing,
  `defaultImportModuleDynamicallyForModule (${utils}:221:31)`,
  `importModuleDynamicallyCallback (${utils}:260:12)`,
], moduleJob);
const askedByScript = under([
  importing,
  `defaultImportModuleDynamicallyForScript (${utils}:234:31)`,
  `importModuleDynamicallyCallback (${utils}:256:12)`,
], moduleJob);
const linkedJob = under('ModuleJob._link (node:internal/modules/esm/module_job:168:49)', moduleJob);

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
  if (isThere(target, isJson)) return jobOfEntry(target);
  const modulePromise = loadAndTranslate(target, isJson, asker);
  startJobs();
  const job: Job = { target, modulePromise, linked: {}, instantiated: undefined };
  job.linked = linkJob(job, asker);
  hush(job.linked); // whoever runs the job awaits it
  return job;
}

/** Its promises were made before any hook could hear of them. */
function jobOfEntry(target: Target): Job {
  return unheard(() => ({
    target, modulePromise: settled(), linked: settled(noDependencies()), instantiated: resolvedPromise(),
  }));
}

/** Loaded with the program's entry. */
function isThere(target: Target, isJson: boolean): boolean {
  return isRecord(target) ? target.generator !== undefined : wasImported(target) && target.isJson === isJson;
}

function noDependencies(): Dependencies {
  const none = createObject(null) as Dependencies;
  none.list = [];
  return none;
}

/** `load` answers the promise of `defaultLoad`, which awaits nothing for CommonJS and for Node's own modules. */
function loadAndTranslate(target: Target, isJson: boolean, asker: Asker): object {
  return runAsync(function* () {
    yield runAsync(function* () {
      return runAsync(function* () {
        if (isRecord(target) || target.isJson) yield sourceOf(target, asker);
        if (!isRecord(target) && target.isJson && !isJson) throw jsonNeedsAttribute(target.path, true);
      });
    });
    if (isRecord(target)) return;
    target.read();
    if (isCommonJs(target)) startLexer();
    if (target.isBuiltin) evaluateForeign(target); // getESMFacade
  });
}

/** `fs/promises`, where the program may hear how files are read: parts/fs. */
export const reading: { file: ((path: string) => object) | undefined } = { file: undefined };

/** getSource. While nobody hears of it, its trips to the pool are all that shows. */
function sourceOf(target: Target, asker: Asker): object {
  const { file } = reading;
  if (promiseHooks.by === undefined || file === undefined) return fileRead(asker);
  clock.spend(asker.code.beforeMs);
  return runAsync(function* () {
    yield file(isRecord(target) ? target.source.path : target.path);
    clock.spend(asker.code.afterMs);
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
        const found = linkedJob(source, specifier, source.jsonImports.includes(specifier), asker);
        promises.push(thenOf(found, (dependency) => {
          dependencies.list[i] = dependency as Job; // what moduleJob answers
          return (dependency as Job).modulePromise; // the same
        }));
      }
    }
    yield all(promises, (each) => each);
    return dependencies;
  });
}

/** ModuleJob.run, for whoever awaits that promise. */
function run(job: Job, asker: Asker, promise: object): object {
  return runAsync(function* () {
    yield (job.instantiated ??= instantiate(job, asker, promise));
    const { target } = job;
    const evaluated = (): object => (isRecord(target) ? evaluateByNode(target) : evaluateForeign(target));
    try {
      yield workingFor(promise, evaluated, [importingModule]);
    } catch (error) {
      if (isRecord(target)) explainLeaving(error, target.source);
      throw error;
    }
  });
}

/** ModuleJob._instantiate. */
function instantiate(root: Job, asker: Asker, promise: object): object {
  const graph = new SafeSet<Job>();
  const add = (job: Job): object => runAsync(function* () {
    if (graph.has(job)) return undefined;
    graph.add(job);
    const dependencies = (yield job.linked) as Dependencies; // what linkJob answers
    return all(dependencies.list, add);
  });
  return runAsync(function* () {
    yield add(root);
    try {
      const { target } = root;
      if (isRecord(target)) workingFor(promise, () => { link(target); }, [instantiating, importingModule]);
    } catch (error) {
      yield* lookedInto(error, asker);
      throw error;
    }
    for (const job of graph) job.instantiated = resolvedPromise();
  });
}

/** Where a name is not exported, Node asks which format the other module has: its file is read again. */
function* lookedInto(error: unknown, asker: Asker): Generator<unknown, void, unknown> {
  const target = lackingModule(error);
  if (target === undefined) return;
  yield undefined; // its address, again
  yield runAsync(function* () {
    return runAsync(function* () {
      if (!isRecord(target) && target.isBuiltin) return;
      yield sourceOf(target, asker);
      yield undefined; // the format, which is no promise
    });
  });
}
