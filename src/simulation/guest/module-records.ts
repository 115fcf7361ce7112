/**
 * Why this file exists: ES modules as records: what a name they export means, and their namespaces. ECMA-262 §16.2.1.6,
 * §10.4.6.
 */
import { skipIds } from './async-ids';
import { foreignBuiltin, foreignFile, type ForeignModule } from './foreign-modules';
import { importError } from './module-errors';
import { exoticNamespace } from './namespaces';
import {
  NativeTypeError,
  createObject,
  defineProperty,
  get,
  SafeMap,
  SafeSet,
} from './primordials';
import { sourceAt, type ModuleSource } from './program-modules';
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

/** A module that stands behind an ES module's import: a record, or something else. */
export type Target = ModuleRecord | ForeignModule;

const records = new SafeMap<number, ModuleRecord>();

/** Opening, reading and closing a module's file makes so many resources. Measured. */
const numbersOfReading = 5;

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
  if (record.source.format === 'module') skipIds(numbersOfReading);
  return record;
}

export function isRecord(target: Target): target is ModuleRecord {
  return 'source' in target;
}

/** What an ES module's import means; throws when there is no such module. */
export function targetOf(source: ModuleSource, specifier: string): Target {
  const target = source.requests.import[specifier];
  if (typeof target === 'number') return sourceAt(target).format === 'module' ? recordOf(target) : foreignFile(target);
  if (typeof target === 'object') throw importError(source, specifier, target);
  return foreignBuiltin(target ?? specifier, specifier);
}

type Resolution = (() => unknown) | undefined;

/** §16.2.1.6.3 ResolveExport; an ambiguous name counts as missing. */
export function resolveExport(
  target: Target,
  name: string,
  seen: readonly { target: Target; name: string }[],
): Resolution {
  if (!isRecord(target)) return foreignGetter(target, name);
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

const foreignGetters = new SafeMap<ForeignModule, Map<string, () => unknown>>();

/** One getter for a name, however often it is asked for: two ways to the same name are no ambiguity. */
function foreignGetter(target: ForeignModule, name: string): Resolution {
  if (target.names !== undefined && !target.names.includes(name)) return undefined;
  const known = foreignGetters.get(target) ?? new SafeMap<string, () => unknown>();
  foreignGetters.set(target, known);
  const getter = known.get(name) ?? (() => target.value(name));
  known.set(name, getter);
  return getter;
}

function resolveStar(
  record: ModuleRecord,
  name: string,
  path: readonly { target: Target; name: string }[],
): Resolution {
  let found: Resolution;
  for (const from of record.source.stars) {
    const resolution = resolveExport(targetOf(record.source, from), name, path);
    if (resolution !== undefined && found !== undefined && found !== resolution) return undefined;
    found ??= resolution;
  }
  return found;
}

function exportNames(record: ModuleRecord, seen: readonly ModuleRecord[] = []): string[] {
  if (seen.includes(record)) return [];
  const names = new SafeSet([...Object.keys(record.getters), ...record.source.reexports.map((each) => each.name)]);
  for (const from of record.source.stars) {
    const target = targetOf(record.source, from);
    const more = isRecord(target) ? exportNames(target, [...seen, record]) : (target.names ?? []);
    for (const name of more) if (name !== 'default') names.add(name);
  }
  return [...names].sort();
}

export function namespaceOf(record: ModuleRecord): object {
  record.namespace ??= exoticNamespace(
    exportNames(record).filter((name) => resolveExport(record, name, []) !== undefined),
    (name) => resolveExport(record, name, [])?.(),
  );
  return record.namespace;
}

/** What `import` sees of a CommonJS, JSON or built-in module: `default` is its exports, its names beside it. */
export function namespaceOfTarget(target: Target): object {
  if (isRecord(target)) return namespaceOf(target);
  // Of a module that is not modelled the names are not known: its stand-in answers for all of them.
  target.namespace ??=
    target.names === undefined
      ? (target.value('default') as object)
      : exoticNamespace(target.names, (name) => target.value(name));
  return target.namespace;
}

const wrapped = new SafeMap<ModuleRecord, object>();

/** What `require` answers for an ES module: CommonJS code that was compiled asks it for `__esModule`. */
export function requiredNamespace(record: ModuleRecord): object {
  const namespace = namespaceOf(record);
  const names = exportNames(record);
  if (!names.includes('default') || names.includes('__esModule')) return namespace;
  const known = wrapped.get(record);
  if (known !== undefined) return known;
  const made = exoticNamespace([...names, '__esModule'].sort(), (name) =>
    name === '__esModule' ? true : get(namespace, name),
  );
  wrapped.set(record, made);
  return made;
}

function assignedToImport(): never {
  throw new NativeTypeError('Assignment to constant variable.');
}

/** What the body of a module reads its imports from: live, by the names it uses; `*` is the namespace. */
export function importObject(source: ModuleSource, specifier: string): object {
  const target = targetOf(source, specifier);
  const object = createObject(null) as object;
  for (const { from, name } of source.usedNames) {
    if (from !== specifier) continue;
    const getter = name === '*' ? (): object => namespaceOfTarget(target) : resolveExport(target, name, []);
    if (getter !== undefined) defineProperty(object, name, { get: getter, set: assignedToImport });
  }
  return object;
}
