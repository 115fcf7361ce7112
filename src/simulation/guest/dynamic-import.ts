/** Why this file exists: `import()`, from a module of either kind. ECMA-262 §13.3.10. */
import { requestedBy } from './computed-names';
import { evaluate, link } from './module-evaluation';
import { jsonNeedsAttribute } from './module-errors';
import {
  afterJobs, loader, jobsToAnswer, jobsToResolve, jobsToSettle, jobsToTranslate, noteImported, wasImported,
} from './loader-jobs';
import { isRecord, namespaceOf, namespaceOfTarget, recordOf, targetOf, type Target } from './module-records';
import { foreignFile } from './foreign-modules';
import { isNodeModule } from './modules/builtin';
import { NativeTypeError, get, getOwnPropertyDescriptor, isObject, ownKeys, toText, SafeMap, SafeSet } from './primordials';
import { sourceAt, type ModuleSource } from './program-modules';
import { newCapability, PromiseConstructor } from './promise';
import { performThen } from './promise-reactions';
import type { PromiseCapability } from './promise-slot';
import { fileReading } from './loop/poll';

/** $_m: `import(specifier, options)`. */
export function importDynamically(source: ModuleSource, specifier: unknown, options?: unknown): object {
  const capability = newCapability(PromiseConstructor, { origin: 'module', label: 'import()' });
  let name: string;
  try {
    name = toText(specifier);
    const isJson = wantsJson(options);
    const load = (): void => {
      try {
        finish(source, name, isJson, capability);
      } catch (error) {
        capability.reject(error);
      }
    };
    const jobs = jobsBefore(source, name);
    if (jobs === undefined) readGraph(source.requests.import[name] as number, load); // jobsBefore found a file
    else if (jobs > jobsToResolve) translateFirst(targetOf(source, name), jobs, load);
    else loader.whenKnown(load);
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

/** Files whose text is there, and those that are being read, with who waits for them. */
const known = new SafeSet<number>();
const beingRead = new SafeMap<number, (() => void)[]>();

/** A file that is being read is read once. */
function readFile(index: number, then: () => void): void {
  if (known.has(index)) {
    then();
    return;
  }
  const waiting = beingRead.get(index);
  if (waiting !== undefined) {
    waiting.push(then);
    return;
  }
  const all = [then];
  beingRead.set(index, all);
  fileReading.whenRead(() => {
    known.add(index);
    beingRead.delete(index);
    for (const each of all) each();
  });
}

/** Reads a file, then what it imports, as far as that is not loaded yet. */
function readGraph(root: number, then: () => void): void {
  const seen = new SafeSet<number>();
  let left = 1;
  const done = (): void => {
    left -= 1;
    // Node's loader goes on in a job: ticks that a module asks for come after the jobs that it queues.
    if (left === 0) afterJobs(1, then);
  };
  const visit = (index: number): void => {
    if (seen.has(index) || isLoaded(index)) return;
    seen.add(index);
    left += 1;
    readFile(index, () => {
      const { imports, requests } = sourceAt(index);
      for (const specifier of imports) {
        const target = requests.import[specifier];
        if (typeof target === 'number') visit(target);
      }
      done();
    });
  };
  visit(root);
  done();
}

/** CommonJS is read when it is run. */
function isLoaded(index: number): boolean {
  const { format } = sourceAt(index);
  if (format === 'module') return recordOf(index).generator !== undefined;
  return format === 'commonjs' || wasImported(foreignFile(index));
}

/** ECMA-262 §13.3.10.2 EvaluateImportCall, steps 9–12: the attributes are texts, and Node knows `type` alone. */
function wantsJson(options: unknown): boolean {
  if (options === undefined) return false;
  if (!isObject(options)) throw new NativeTypeError('The second argument of import() must be an object');
  const asked = get(options, 'with');
  const attributes = asked === undefined ? get(options, 'assert') : asked;
  if (attributes === undefined) return false;
  if (!isObject(attributes)) throw new NativeTypeError("The 'with' option must be an object");
  let type: unknown;
  let unknownKey: string | undefined;
  for (const key of ownKeys(attributes)) {
    if (typeof key !== 'string' || getOwnPropertyDescriptor(attributes, key)?.enumerable !== true) continue;
    const value = get(attributes, key);
    if (typeof value !== 'string') throw new NativeTypeError('Import attribute value must be a string');
    if (key === 'type') type = value;
    else unknownKey ??= `Import attribute "${key}" with value "${value}" is not supported`;
  }
  if (unknownKey !== undefined) throw new NativeTypeError(unknownKey); // once all have been read
  return type === 'json';
}

/**
 * How many jobs pass before it is evaluated. Undefined: an ES module or a JSON file that nobody asked for yet is read
 * first, which takes until a later turn of the loop. Node reads CommonJS at once, and knows at once what is missing.
 */
function jobsBefore(source: ModuleSource, specifier: string): number | undefined {
  const asked = isNodeModule(specifier) ? source.requests.import[specifier] : requestedBy(source, specifier, 'import');
  if (typeof asked === 'object') return jobsToResolve;
  const target = targetOf(source, specifier);
  if (isRecord(target)) return target.generator === undefined ? undefined : jobsToResolve;
  if (wasImported(target) || translated.has(target)) return jobsToResolve;
  return target.isJson ? undefined : jobsToTranslate;
}

const underWay = new SafeMap<Target, (() => void)[]>();
/** Those that run now, or have run: one that imports itself finds itself there. */
const translated = new SafeSet<Target>();

/** Who asks for it meanwhile goes on together with the first. */
function translateFirst(target: Target, jobs: number, load: () => void): void {
  const waiting = underWay.get(target);
  if (waiting !== undefined) {
    waiting.push(load);
    return;
  }
  const loads = [load];
  underWay.set(target, loads);
  afterJobs(jobs, () => {
    underWay.delete(target);
    translated.add(target);
    for (const each of loads) each();
    if (!isRecord(target)) noteImported(target);
  });
}

function finish(source: ModuleSource, name: string, isJson: boolean, capability: PromiseCapability): void {
  const target = targetOf(source, name);
  if (isRecord(target)) {
    link(target);
    whenSettled(evaluate(target), (ok, error) => {
      afterJobs(loader.jobsToAnswer, () => { answer(capability, ok, ok ? namespaceOf(target) : error); });
    });
    return;
  }
  const isFirst = !wasImported(target);
  try {
    if (target.isJson && !isJson) throw jsonNeedsAttribute(target.path);
    if (target.isJson) noteImported(target);
    target.evaluate();
    afterJobs(jobsToSettle, () => { answer(capability, true, namespaceOfTarget(target)); });
  } catch (error) {
    afterJobs(isFirst ? jobsToAnswer : jobsToSettle, () => { answer(capability, false, error); });
  }
}

function answer(capability: PromiseCapability, ok: boolean, value: unknown): void {
  if (ok) capability.resolve(value);
  else capability.reject(value);
}

function whenSettled(promise: object, settle: (ok: boolean, value: unknown) => void): void {
  performThen(promise, {
    capability: undefined, onFulfilled: undefined, onRejected: undefined, frame: 0, derived: 0, next: undefined, settle,
  });
}

/** Runs the entry as an ES module and answers the promise of its evaluation. */
export function runEntryModule(): object {
  const record = recordOf(0);
  link(record);
  return evaluate(record);
}

export function isModuleEntry(): boolean {
  return sourceAt(0).format === 'module';
}
