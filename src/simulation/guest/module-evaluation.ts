/**
 * Why this file exists: ES modules are linked, then evaluated, top-level await included: ECMA-262 §16.2.1.6.1.
 */
import { createMeta } from './import-meta';
import { awaitValue, unrecorded } from './await';
import { takeAwaitSite } from './async-function';
import { asyncBase, type Awaiter } from './async-stack';
import { evaluateInGraph } from './foreign-evaluation';
import { popFrame, pushFrame, resumeFrame, suspendFrame } from './frames';
import { resumeNative } from './generators';
import { jsonNeedsAttribute } from './module-errors';
import { missingExport } from './module-link-errors';
import { noteImported } from './imported';
import { importObject, isRecord, resolveExport, targetOf, type ModuleRecord, type Target } from './module-records';
import { call, named, type Callable } from './primordials';
import { checkText } from './program-modules';
import { makeBodies } from './module-promises';
import { PromiseConstructor, newCapability } from './promise';
import { performThen } from './promise-reactions';
import type { PromiseCapability } from './promise-slot';
import { type Frame } from './recorder';
import { standsFor, under } from './stood-for';

let asyncOrder = 0;

/** §16.2.1.6.1.1 Link: every body of the graph runs up to its exports first, then each gets its imports. */
export function link(record: ModuleRecord): void {
  const fresh: ModuleRecord[] = [];
  checkGraph(record, []);
  readForeign(record);
  initialise(record, fresh);
  for (const each of fresh) checkNames(each);
  makeBodies(fresh);
  for (const each of fresh) resumeNative(each.generator ?? {}, 'next', undefined);
}

/** Before anything else Node loads every file: what is missing, or JSON without its attribute, fails here. */
function checkGraph(record: ModuleRecord, seen: ModuleRecord[]): void {
  if (record.generator !== undefined || seen.includes(record)) return;
  seen.push(record);
  checkText(record.source);
  for (const specifier of record.source.imports) {
    const target = targetOf(record.source, specifier);
    if (isRecord(target)) checkGraph(target, seen);
    else if (target.isJson && !record.source.jsonImports.includes(specifier))
      throw jsonNeedsAttribute(target.path, false);
  }
}

/** What is no ES module is read as Node's loader comes to it: the nearest to the entry first. */
function readForeign(start: ModuleRecord): void {
  const graph = [start];
  for (const record of graph) {
    for (const specifier of record.source.imports) {
      const target = targetOf(record.source, specifier);
      if (!isRecord(target)) target.read();
      else if (target.generator === undefined && !graph.includes(target)) graph.push(target);
    }
  }
}

/** Function declarations come to be, and the body says how to read what it exports. */
function initialise(record: ModuleRecord, fresh: ModuleRecord[]): void {
  if (record.generator !== undefined) return;
  // An ES module's body is a generator function.
  record.generator = call(record.source.body as Callable, undefined, importsOf(record)) as object;
  resumeNative(record.generator, 'next', undefined);
  fresh.push(record);
  for (const specifier of record.source.imports) {
    const target = targetOf(record.source, specifier);
    if (isRecord(target)) initialise(target, fresh);
    else noteImported(target);
  }
}

function checkNames(record: ModuleRecord): void {
  for (const used of record.source.usedNames) {
    const target = targetOf(record.source, used.from);
    if (used.name !== '*' && resolveExport(target, used.name, []) === undefined) {
      for (const specifier of record.source.imports) forget(targetOf(record.source, specifier));
      throw missingExport(record.source, used, target);
    }
  }
}

/** A graph that could not be linked is linked anew by the next import of it. */
function forget(target: Target): void {
  if (isRecord(target) && target.status === 'linked') target.generator = undefined;
}

/** What the body of an ES module is given. */
function importsOf(record: ModuleRecord): object {
  return {
    export: (getters: Record<string, () => unknown>): void => {
      record.getters = getters;
    },
    nameDefault: (f: object): object => named(f, 'default'),
    import: (specifier: string): object => importObject(record.source, specifier),
    meta: createMeta(record.source),
  };
}

/** §16.2.1.6.1.3 Evaluate. The promise is settled when the whole graph is done. */
export function evaluate(start: ModuleRecord): object {
  const module =
    start.status === 'evaluated' || start.status === 'evaluating-async' ? (start.cycleRoot ?? start) : start;
  if (module.capability !== undefined) return module.capability.promise;
  const capability = newCapability(PromiseConstructor, { origin: 'module', label: module.source.path });
  module.capability = capability;
  const stack: ModuleRecord[] = [];
  try {
    evaluateInner(module, stack, 0);
    // One that awaited as a part of another graph has come to its end already.
    if (!module.isAsync || module.status === 'evaluated') capability.resolve(undefined);
  } catch (error) {
    for (const each of stack) {
      each.status = 'evaluated';
      each.error = { error };
    }
    capability.reject(error);
  }
  return capability.promise;
}

/** The same, for Node's loader. */
export const evaluateByNode = under('ModuleJob.run (node:internal/modules/esm/module_job:325:25)', evaluate);
standsFor(checkGraph, 'ModuleJob._link (node:internal/modules/esm/module_job:168:49)');

/** §16.2.1.6.1.3.1 InnerModuleEvaluation. */
function evaluateInner(module: ModuleRecord, stack: ModuleRecord[], start: number): number {
  if (module.status === 'evaluating-async' || module.status === 'evaluated') {
    if (module.error !== undefined) throw module.error.error;
    return start;
  }
  if (module.status === 'evaluating') return start;
  module.status = 'evaluating';
  module.dfsIndex = module.dfsAncestor = start;
  module.pending = 0;
  stack.push(module);
  let index = start + 1;
  for (const specifier of module.source.imports) {
    const target = targetOf(module.source, specifier);
    if (!isRecord(target)) {
      evaluateInGraph(target);
      continue;
    }
    index = evaluateInner(target, stack, index);
    let required = target;
    if (required.status === 'evaluating') module.dfsAncestor = Math.min(module.dfsAncestor, required.dfsAncestor);
    else {
      required = required.cycleRoot ?? required;
      if (required.error !== undefined) throw required.error.error;
    }
    if (required.isAsync && required.status !== 'evaluated') {
      module.pending++;
      required.parents.push(module);
    }
  }
  if (module.pending > 0 || module.source.hasTopLevelAwait) {
    module.isAsync = true;
    module.asyncOrder = ++asyncOrder;
    if (module.pending === 0) executeAsync(module);
  } else executeSync(module);
  if (module.dfsAncestor === module.dfsIndex) closeCycle(module, stack);
  return index;
}

function closeCycle(root: ModuleRecord, stack: ModuleRecord[]): void {
  for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
    member.status = member.isAsync ? 'evaluating-async' : 'evaluated';
    member.cycleRoot = root;
    if (member === root) return;
  }
}

function executeSync(module: ModuleRecord): void {
  const frame = pushFrame(module.source.site, undefined);
  try {
    resumeNative(module.generator ?? {}, 'next', undefined);
  } catch (error) {
    popFrame(frame, 'threw', error);
    throw error;
  }
  popFrame(frame, 'returned', undefined);
}

/** §16.2.1.6.1.3.2 ExecuteAsyncModule. */
function executeAsync(module: ModuleRecord): void {
  const capability = newCapability(PromiseConstructor, { origin: 'module', label: module.source.path });
  performThen(capability.promise, {
    capability: undefined,
    onFulfilled: undefined,
    onRejected: undefined,
    frame: 0,
    derived: 0,
    next: undefined,
    settle: (ok, value) => {
      if (ok) fulfilled(module);
      else rejected(module, value);
    },
  });
  const frame = pushFrame(module.source.site, undefined);
  advance({ module, frame, capability, promise: capability.promise, site: 0 }, 'next', undefined);
}

/** The body of a module that awaits. */
interface Activation extends Awaiter {
  readonly module: ModuleRecord;
  readonly frame: Frame | undefined;
  readonly capability: PromiseCapability;
}

function advance(activation: Activation, how: 'next' | 'throw', value: unknown): void {
  const { module, frame, capability } = activation;
  let result: IteratorResult<unknown>;
  try {
    result = resumeNative(module.generator ?? {}, how, value);
  } catch (error) {
    popFrame(frame, 'threw', error);
    capability.reject(error);
    return;
  }
  if (result.done === true) {
    popFrame(frame, 'returned', undefined);
    capability.resolve(undefined);
    return;
  }
  activation.site = takeAwaitSite();
  try {
    const promise = awaitValue(result.value, frame?.id ?? 0, (ok, settled) => {
      resumeFrame(frame, ok ? 'next' : 'throw', settled);
      asyncBase.current = activation;
      advance(activation, ok ? 'next' : 'throw', settled);
      asyncBase.current = undefined;
    }, activation);
    if (promise !== unrecorded) suspendFrame(frame, activation.site, 'await', promise, result.value);
  } catch (error) {
    advance(activation, 'throw', error);
  }
}

/** §16.2.1.6.1.3.3 GatherAvailableAncestors. */
function gather(module: ModuleRecord, into: ModuleRecord[]): void {
  for (const parent of module.parents) {
    if (into.includes(parent) || parent.cycleRoot?.error !== undefined) continue;
    if (--parent.pending > 0) continue;
    into.push(parent);
    if (!parent.source.hasTopLevelAwait) gather(parent, into);
  }
}

/** §16.2.1.6.1.3.4 AsyncModuleExecutionFulfilled. */
function fulfilled(module: ModuleRecord): void {
  if (module.status === 'evaluated') return;
  module.status = 'evaluated';
  module.capability?.resolve(undefined);
  const ready: ModuleRecord[] = [];
  gather(module, ready);
  ready.sort((a, b) => a.asyncOrder - b.asyncOrder);
  for (const parent of ready) {
    if (parent.status === 'evaluated') continue;
    if (parent.source.hasTopLevelAwait) {
      executeAsync(parent);
      continue;
    }
    try {
      executeSync(parent);
      parent.status = 'evaluated';
      parent.capability?.resolve(undefined);
    } catch (error) {
      rejected(parent, error);
    }
  }
}

/** §16.2.1.6.1.3.5 AsyncModuleExecutionRejected. */
function rejected(module: ModuleRecord, error: unknown): void {
  if (module.status === 'evaluated') return;
  module.error = { error };
  module.status = 'evaluated';
  for (const parent of module.parents) rejected(parent, error);
  module.capability?.reject(error);
}
