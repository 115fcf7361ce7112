/**
 * Why this file exists: modules. CommonJS as Node's loader runs it; ES modules as ECMA-262 §16.2.1.6 (cyclic module records) links and
 * evaluates them, top-level await included.
 */
import { builtinModule } from './modules/builtin';
import { NativeSyntaxError, call, createObject, defineProperty, isObject, type Callable } from './primordials';
import { popFrame, pushFrame, resumeFrame, suspendFrame } from './frames';
import { awaitValue } from './await';
import { takeAwaitSite } from './async-function';
import { resumeNative } from './generators';
import { newCapability, performThen, PromiseConstructor } from './promise';
import type { PromiseCapability } from './promise-slot';
import { type Frame } from './recorder';

/** One file of the program, as the lowering hands it over. */
export interface ModuleSource {
  readonly path: string;
  readonly format: 'commonjs' | 'module' | 'json';
  readonly site: number;
  /** The body: `(exports, require, module, __filename, __dirname)`, or a generator function of the import record. */
  readonly body: Callable | undefined;
  readonly json: string;
  /** Specifier → index of a file, or the name of a built-in module. */
  readonly requests: Readonly<Record<string, number | string>>;
  /** Requested modules of an ES module in source order. */
  readonly imports: readonly string[];
  readonly reexports: readonly { readonly name: string; readonly from: string; readonly imported: string }[];
  readonly stars: readonly string[];
  readonly hasTopLevelAwait: boolean;
  readonly usedNames: readonly { readonly from: string; readonly name: string }[];
}

interface ModuleRecord {
  readonly source: ModuleSource;
  status: 'linked' | 'evaluating' | 'evaluating-async' | 'evaluated';
  generator: object | undefined;
  getters: Record<string, () => unknown>;
  namespace: object | undefined;
  error: { readonly error: unknown } | undefined;
  dfsIndex: number;
  dfsAncestor: number;
  cycleRoot: ModuleRecord | undefined;
  isAsync: boolean;
  asyncOrder: number;
  pending: number;
  readonly parents: ModuleRecord[];
  capability: PromiseCapability | undefined;
}

/** A module that stands behind an ES module's import: a record, or the exports of something else. */
type Target = ModuleRecord | { readonly exports: () => unknown };

let sources: readonly ModuleSource[] = [];
const records = new Map<number, ModuleRecord>();
const cache = new Map<number, { exports: unknown; loaded: boolean }>();
let asyncOrder = 0;

export function defineProgram(program: readonly ModuleSource[]): void {
  sources = program;
}

// ---- CommonJS: Node 20–24, lib/internal/modules/cjs/loader.js

function sourceAt(index: number): ModuleSource {
  const source = sources[index];
  if (source === undefined) throw new Error(`Loopscope bug: no module ${index}`);
  return source;
}

/** The value of `require` for a file: runs it once; cycles see what is there so far. */
export function requireFile(index: number): unknown {
  const known = cache.get(index);
  if (known !== undefined) return known.exports;
  const source = sourceAt(index);
  if (source.format === 'module') return requireModule(index);
  const module = { exports: {} as unknown, loaded: false, id: source.path, filename: source.path, children: [], paths: [] };
  cache.set(index, module);
  if (source.format === 'json') module.exports = JSON.parse(source.json) as unknown;
  else runCommonJs(source, module);
  module.loaded = true;
  return module.exports;
}

function runCommonJs(source: ModuleSource, module: { exports: unknown }): void {
  const frame = pushFrame(source.site, undefined);
  const require = (specifier: unknown): unknown => requireFrom(source, String(specifier));
  require.cache = {};
  try {
    if (source.body) call(source.body, module.exports, module.exports, require, module, source.path, directoryOf(source.path));
  } catch (error) {
    popFrame(frame, 'threw', error);
    throw error;
  }
  popFrame(frame, 'returned', undefined);
}

function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 1));
}

function requireFrom(source: ModuleSource, specifier: string): unknown {
  const target = source.requests[specifier];
  if (typeof target === 'number') return requireFile(target);
  return builtinModule(target ?? specifier, specifier, source.path);
}

function requireModule(index: number): unknown {
  const record = recordOf(index);
  link(record);
  void evaluate(record);
  if (record.error !== undefined) throw record.error.error;
  if (record.status !== 'evaluated') {
    throw Object.assign(new Error('require() cannot be used on an ESM graph with top-level await. Use import() instead.'), { code: 'ERR_REQUIRE_ASYNC_MODULE' });
  }
  return namespaceOf(record);
}

// ---- ES modules

function recordOf(index: number): ModuleRecord {
  const known = records.get(index);
  if (known !== undefined) return known;
  const record: ModuleRecord = {
    source: sourceAt(index), status: 'linked', generator: undefined, getters: {}, namespace: undefined, error: undefined, dfsIndex: 0, dfsAncestor: 0,
    cycleRoot: undefined, isAsync: false, asyncOrder: 0, pending: 0, parents: [], capability: undefined,
  };
  records.set(index, record);
  return record;
}

function isRecord(target: Target): target is ModuleRecord {
  return 'source' in target;
}

function targetOf(source: ModuleSource, specifier: string): Target {
  const target = source.requests[specifier];
  if (typeof target === 'number') {
    return sourceAt(target).format === 'module' ? recordOf(target) : { exports: () => requireFile(target) };
  }
  return { exports: () => builtinModule(target ?? specifier, specifier, source.path) };
}

/** §16.2.1.6.1.1 Link and InitializeEnvironment: function declarations come to be before any body runs; names are checked. */
function link(record: ModuleRecord): void {
  if (record.generator !== undefined) return;
  const { body } = record.source;
  record.generator = call(body as Callable, undefined, importsOf(record)) as object; // an ES module's body is a generator function
  resumeNative(record.generator, 'next', undefined);
  for (const specifier of record.source.imports) {
    const target = targetOf(record.source, specifier);
    if (isRecord(target)) link(target);
  }
  for (const { from, name } of record.source.usedNames) {
    const target = targetOf(record.source, from);
    if (isRecord(target) && resolveExport(target, name, []) === undefined) {
      throw new NativeSyntaxError(`The requested module '${from}' does not provide an export named '${name}'`);
    }
  }
}

/** What the body of an ES module is given: how to export, and its imports by specifier. */
function importsOf(record: ModuleRecord): object {
  return {
    export: (getters: Record<string, () => unknown>): void => { record.getters = getters; },
    import: (specifier: string): object => lazyNamespace(record.source, specifier),
    meta: createMeta(record.source),
    dynamic: (specifier: unknown): object => importDynamically(record.source, specifier),
  };
}

function createMeta(source: ModuleSource): object {
  const meta = createObject(null) as Record<string, unknown>;
  meta['dirname'] = directoryOf(source.path);
  meta['filename'] = source.path;
  meta['resolve'] = (specifier: string): string => `file://${directoryOf(source.path)}/${specifier}`;
  meta['url'] = `file://${source.path}`;
  return meta;
}

/** Imports are live: a name is looked up in its module each time it is read. */
function lazyNamespace(source: ModuleSource, specifier: string): object {
  const target = targetOf(source, specifier);
  return isRecord(target) ? namespaceOf(target) : namespaceOfExports(target.exports());
}

type Resolution = (() => unknown) | undefined;

/** §16.2.1.6.3 ResolveExport; an ambiguous name counts as missing. */
function resolveExport(target: Target, name: string, seen: readonly { target: Target; name: string }[]): Resolution {
  if (!isRecord(target)) return () => (namespaceOfExports(target.exports()) as Record<string, unknown>)[name];
  if (seen.some((each) => each.target === target && each.name === name)) return undefined;
  const path = [...seen, { target, name }];
  const own = target.getters[name];
  if (own !== undefined) return own;
  for (const { name: exported, from, imported } of target.source.reexports) {
    if (exported !== name) continue;
    const next = targetOf(target.source, from);
    if (imported === '*') return () => lazyNamespace(target.source, from);
    return resolveExport(next, imported, path);
  }
  if (name === 'default') return undefined;
  return resolveStar(target, name, path);
}

function resolveStar(record: ModuleRecord, name: string, path: readonly { target: Target; name: string }[]): Resolution {
  let found: Resolution;
  for (const from of record.source.stars) {
    const target = targetOf(record.source, from);
    if (!isRecord(target) && !isObject(target.exports())) continue;
    if (!isRecord(target) && !(name in (target.exports() as object))) continue;
    const resolution = resolveExport(target, name, path);
    if (resolution !== undefined && found !== undefined && found !== resolution) return undefined;
    found ??= resolution;
  }
  return found;
}

function exportNames(record: ModuleRecord, seen: readonly ModuleRecord[] = []): string[] {
  if (seen.includes(record)) return [];
  const names = new Set([...Object.keys(record.getters), ...record.source.reexports.map((each) => each.name)]);
  for (const from of record.source.stars) {
    const target = targetOf(record.source, from);
    const more = isRecord(target) ? exportNames(target, [...seen, record]) : Object.keys(target.exports() as object);
    for (const name of more) if (name !== 'default') names.add(name);
  }
  return [...names].sort();
}

/** §10.4.6 Module Namespace Exotic Objects, as an object of getters. */
function namespaceOf(record: ModuleRecord): object {
  if (record.namespace !== undefined) return record.namespace;
  const namespace = createObject(null) as object;
  record.namespace = namespace;
  for (const name of exportNames(record)) {
    const resolution = resolveExport(record, name, []);
    if (resolution !== undefined) defineProperty(namespace, name, { get: resolution, enumerable: true, configurable: false });
  }
  defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
  return Object.preventExtensions(namespace);
}

const exportNamespaces = new Map<unknown, object>();

/** What `import` sees of a CommonJS or built-in module: `default` is `module.exports`, its own names beside it. */
function namespaceOfExports(exports: unknown): object {
  const known = exportNamespaces.get(exports);
  if (known !== undefined) return known;
  const namespace = createObject(null) as object;
  const names = isObject(exports) ? Object.keys(exports) : [];
  for (const name of new Set([...names, 'default'])) {
    if (name === 'default') defineProperty(namespace, name, { value: exports, enumerable: true });
    else defineProperty(namespace, name, { get: () => (exports as Record<string, unknown>)[name], enumerable: true });
  }
  defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
  exportNamespaces.set(exports, namespace);
  return namespace;
}

/** §16.2.1.6.1.3 Evaluate. The promise is settled when the whole graph is done. */
function evaluate(start: ModuleRecord): object {
  const module = start.status === 'evaluated' || start.status === 'evaluating-async' ? start.cycleRoot ?? start : start;
  if (module.capability !== undefined) return module.capability.promise;
  const capability = newCapability(PromiseConstructor, { origin: 'module', label: module.source.path });
  module.capability = capability;
  const stack: ModuleRecord[] = [];
  try {
    evaluateInner(module, stack, 0);
    if (!module.isAsync) capability.resolve(undefined);
  } catch (error) {
    for (const each of stack) {
      each.status = 'evaluated';
      each.error = { error };
    }
    capability.reject(error);
  }
  return capability.promise;
}

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
      target.exports();
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
    capability: undefined, onFulfilled: undefined, onRejected: undefined, frame: 0, derived: 0, next: undefined,
    settle: (ok, value) => {
      if (ok) fulfilled(module);
      else rejected(module, value);
    },
  });
  const frame = pushFrame(module.source.site, undefined);
  advance(module, frame, capability, 'next', undefined);
}

function advance(module: ModuleRecord, frame: Frame | undefined, capability: PromiseCapability, how: 'next' | 'throw', value: unknown): void {
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
  const site = takeAwaitSite();
  try {
    const promise = awaitValue(result.value, frame?.id ?? 0, (ok, settled) => {
      resumeFrame(frame, ok ? 'next' : 'throw', settled);
      advance(module, frame, capability, ok ? 'next' : 'throw', settled);
    });
    suspendFrame(frame, site, 'await', promise, result.value);
  } catch (error) {
    advance(module, frame, capability, 'throw', error);
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

/** `import()`, from a module of either kind. */
export function importDynamically(source: ModuleSource, specifier: unknown): object {
  const capability = newCapability(PromiseConstructor, { origin: 'module', label: 'import()' });
  try {
    const target = targetOf(source, String(specifier));
    if (!isRecord(target)) {
      settleLater(capability, () => namespaceOfExports(target.exports()));
      return capability.promise;
    }
    link(target);
    settleAfter(evaluate(target), capability, () => namespaceOf(target));
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

function settleLater(capability: PromiseCapability, value: () => unknown): void {
  const ready = newCapability(PromiseConstructor, { origin: 'internal' });
  ready.resolve(undefined);
  settleAfter(ready.promise, capability, value);
}

function settleAfter(promise: object, capability: PromiseCapability, value: () => unknown): void {
  performThen(promise, {
    capability: undefined, onFulfilled: undefined, onRejected: undefined, frame: 0, derived: 0, next: undefined,
    settle: (ok, result) => {
      if (!ok) {
        capability.reject(result);
        return;
      }
      try {
        capability.resolve(value());
      } catch (error) {
        capability.reject(error);
      }
    },
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

