/**
 * Why this file exists: what is no ES module but can be imported by one: CommonJS and JSON files, Node's own modules.
 * Their names are known before they run; their values are taken when they have run, and never again. Node 20:
 * lib/internal/modules/esm/translators.js.
 */
import { builtinModule, builtinNames } from './modules/builtin';
import { SafeMap, get, isObject, ownKeys, SafeSet } from './primordials';
import { commonJs, sourceAt } from './program-modules';

export interface ForeignModule {
  readonly kind: 'foreign';
  /** Undefined: any name is taken for one, since the module is not modelled and will end the run. */
  readonly names: readonly string[] | undefined;
  readonly isJson: boolean;
  readonly isBuiltin: boolean;
  readonly path: string;
  /** Reads it once, before anything of the program runs; throws where JSON does not parse. */
  read(): void;
  /** Runs it once; throws what it throws. */
  evaluate(): void;
  value(name: string): unknown;
  namespace: object | undefined;
}

const files = new SafeMap<number, ForeignModule>();
const builtins = new SafeMap<string, ForeignModule>();

function foreign(
  about: Pick<ForeignModule, 'names' | 'isJson' | 'isBuiltin' | 'path'>,
  read: () => object,
  load: (module: object) => unknown,
): ForeignModule {
  let module: object | undefined;
  let values: Map<string, unknown> | undefined;
  let failure: { readonly error: unknown } | undefined;
  /** What failed is not tried again: the import of it is a module, and that has its error for good. */
  function loaded(): unknown {
    try {
      return load((module ??= read()));
    } catch (error) {
      failure = { error };
      throw error;
    }
  }
  return {
    kind: 'foreign',
    ...about,
    namespace: undefined,
    read() {
      module ??= read();
    },
    evaluate() {
      if (values !== undefined) return;
      if (failure !== undefined) throw failure.error;
      const exports = loaded();
      values = new SafeMap<string, unknown>();
      values.set('default', exports);
      if (about.isBuiltin) return; // read when used: a name that is not modelled ends the run then
      for (const name of about.names ?? [])
        if (name !== 'default')
          values.set(name, isObject(exports) && Object.hasOwn(exports, name) ? get(exports, name) : undefined);
    },
    value: (name) => {
      if (!about.isBuiltin || name === 'default') return values?.get(name);
      const exports = values?.get('default');
      return isObject(exports) ? get(exports, name) : undefined;
    },
  };
}

function sorted(names: Iterable<string>): string[] {
  return [...new SafeSet(names)].sort();
}

export function foreignFile(index: number): ForeignModule {
  const known = files.get(index);
  if (known !== undefined) return known;
  const { format, exportNames, path } = sourceAt(index);
  const isJson = format === 'json';
  const names = isJson ? ['default'] : sorted([...exportNames, 'default']);
  const made = foreign(
    { names, isJson, isBuiltin: false, path },
    () => commonJs.read(index),
    (module) => commonJs.run(index, module),
  );
  files.set(index, made);
  return made;
}

export function foreignBuiltin(name: string, specifier: string): ForeignModule {
  const bare = name.startsWith('node:') ? name.slice(5) : name;
  const known = builtins.get(bare);
  if (known !== undefined) return known;
  const listed = builtinNames(bare);
  const made = foreign(
    { names: listed && sorted([...listed, 'default']), isJson: false, isBuiltin: true, path: `node:${bare}` },
    () => made,
    () => builtinModule(name, specifier),
  );
  builtins.set(bare, made);
  return made;
}

/** The string names that an object owns and shows. */
export function shownNames(exports: unknown): string[] {
  if (!isObject(exports)) return [];
  return ownKeys(exports).filter(
    (key): key is string => typeof key === 'string' && Object.prototype.propertyIsEnumerable.call(exports, key),
  );
}
