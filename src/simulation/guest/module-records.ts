/**
 * Why this file exists: ES modules as records: what a name they export means, and their namespaces. ECMA-262 §16.2.1.6,
 * §10.4.6.
 */
import { builtinModule } from './modules/builtin';
import { NativeProxy, createObject, defineProperty, get, getOwnPropertyDescriptor, isObject } from './primordials';
import { commonJs, sourceAt, type ModuleSource } from './program-modules';
import type { PromiseCapability } from './promise-slot';

export interface ModuleRecord {
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
export type Target =
  ModuleRecord | { readonly exports: () => unknown; readonly isJson: boolean; readonly isLoaded: () => boolean };

const records = new Map<number, ModuleRecord>();

export function recordOf(index: number): ModuleRecord {
  const known = records.get(index);
  if (known !== undefined) return known;
  const record: ModuleRecord = {
    source: sourceAt(index),
    status: 'linked',
    generator: undefined,
    getters: {},
    namespace: undefined,
    error: undefined,
    dfsIndex: 0,
    dfsAncestor: 0,
    cycleRoot: undefined,
    isAsync: false,
    asyncOrder: 0,
    pending: 0,
    parents: [],
    capability: undefined,
  };
  records.set(index, record);
  return record;
}

export function isRecord(target: Target): target is ModuleRecord {
  return 'source' in target;
}

export function targetOf(source: ModuleSource, specifier: string): Target {
  const target = source.requests[specifier];
  if (typeof target === 'number') {
    return sourceAt(target).format === 'module'
      ? recordOf(target)
      : {
          exports: () => commonJs.require(target),
          isJson: sourceAt(target).format === 'json',
          isLoaded: () => commonJs.isLoaded(target),
        };
  }
  return { exports: () => builtinModule(target ?? specifier, specifier, source), isJson: false, isLoaded: () => true };
}

type Resolution = (() => unknown) | undefined;

/** §16.2.1.6.3 ResolveExport; an ambiguous name counts as missing. */
export function resolveExport(
  target: Target,
  name: string,
  seen: readonly { target: Target; name: string }[],
): Resolution {
  if (!isRecord(target)) return () => exportOf(target, name);
  if (seen.some((each) => each.target === target && each.name === name)) return undefined;
  const path = [...seen, { target, name }];
  const own = target.getters[name];
  if (own !== undefined) return own;
  for (const { name: exported, from, imported } of target.source.reexports) {
    if (exported !== name) continue;
    const next = targetOf(target.source, from);
    if (imported === '*') return () => namespaceOfTarget(next);
    return resolveExport(next, imported, path);
  }
  if (name === 'default') return undefined;
  return resolveStar(target, name, path);
}

function resolveStar(
  record: ModuleRecord,
  name: string,
  path: readonly { target: Target; name: string }[],
): Resolution {
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

/** A name that an ES module takes from what is none. */
function exportOf(target: Exclude<Target, ModuleRecord>, name: string): unknown {
  const exports = target.exports();
  if (name === 'default') return exports;
  return target.isJson || !isObject(exports) ? undefined : get(exports, name);
}

/** §10.4.6 Module Namespace Exotic Objects: data properties that cannot be set and are read live. */
function exoticNamespace(names: readonly string[], read: (name: string) => unknown): object {
  const target = createObject(null) as object;
  for (const name of names) defineProperty(target, name, { value: undefined, writable: true, enumerable: true });
  defineProperty(target, Symbol.toStringTag, { value: 'Module' });
  Object.preventExtensions(target);
  return new NativeProxy(target, {
    get: (_, key) => (typeof key === 'string' && Object.hasOwn(target, key) ? read(key) : get(target, key)),
    set: () => false,
    defineProperty: () => false,
    deleteProperty: (_, key) => !Object.hasOwn(target, key),
    getOwnPropertyDescriptor: (_, key) => {
      const own = getOwnPropertyDescriptor(target, key);
      return own === undefined || typeof key !== 'string' ? own : { ...own, value: read(key) };
    },
  });
}

export function namespaceOf(record: ModuleRecord): object {
  record.namespace ??= exoticNamespace(
    exportNames(record).filter((name) => resolveExport(record, name, []) !== undefined),
    (name) => resolveExport(record, name, [])?.(),
  );
  return record.namespace;
}

const exportNamespaces = new Map<unknown, object>();

/** What `import` sees of a CommonJS or built-in module: `default` is `module.exports`, its own names beside it. */
export function namespaceOfExports(exports: unknown, isJson = false): object {
  const known = exportNamespaces.get(exports);
  if (known !== undefined) return known;
  const own = isObject(exports) && !isJson ? Object.keys(exports) : [];
  const names = [...new Set([...own, 'default'])].sort();
  const namespace = exoticNamespace(names, (name) =>
    name === 'default' ? exports : (exports as Record<string, unknown>)[name],
  );
  exportNamespaces.set(exports, namespace);
  return namespace;
}

export function namespaceOfTarget(target: Target): object {
  return isRecord(target) ? namespaceOf(target) : namespaceOfExports(target.exports(), target.isJson);
}

/** What the body of a module reads its imports from: live, by the names it uses; `*` is the namespace. */
export function importObject(source: ModuleSource, specifier: string): object {
  const target = targetOf(source, specifier);
  const object = createObject(null) as object;
  for (const { from, name } of source.usedNames) {
    if (from !== specifier) continue;
    const getter = name === '*' ? (): object => namespaceOfTarget(target) : resolveExport(target, name, []);
    if (getter !== undefined) defineProperty(object, name, { get: getter });
  }
  return object;
}
