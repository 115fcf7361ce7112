/**
 * Why this file exists: CommonJS modules, as Node's loader runs them. Node 20–24: lib/internal/modules/cjs/loader.js.
 */
import { link, evaluate } from './module-evaluation';
import { namespaceOf, recordOf } from './module-records';
import { builtinModule } from './modules/builtin';
import { popFrame, pushFrame } from './frames';
import { call } from './primordials';
import { commonJs, directoryOf, sourceAt, type ModuleSource } from './program-modules';

const cache = new Map<number, { exports: unknown; loaded: boolean }>();

/** The value of `require` for a file: runs it once; cycles see what is there so far. */
export function requireFile(index: number): unknown {
  const known = cache.get(index);
  if (known !== undefined) return known.exports;
  const source = sourceAt(index);
  if (source.format === 'module') return requireModule(index);
  const module = {
    exports: {} as unknown,
    loaded: false,
    id: source.path,
    filename: source.path,
    children: [],
    paths: [],
  };
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
    if (source.body)
      call(source.body, module.exports, module.exports, require, module, source.path, directoryOf(source.path));
  } catch (error) {
    popFrame(frame, 'threw', error);
    throw error;
  }
  popFrame(frame, 'returned', undefined);
}

function requireFrom(source: ModuleSource, specifier: string): unknown {
  const target = source.requests[specifier];
  if (typeof target === 'number') return requireFile(target);
  return builtinModule(target ?? specifier, specifier, source);
}

function requireModule(index: number): unknown {
  const record = recordOf(index);
  link(record);
  void evaluate(record);
  if (record.error !== undefined) throw record.error.error;
  if (record.status !== 'evaluated') {
    throw Object.assign(
      new Error('require() cannot be used on an ESM graph with top-level await. Use import() instead.'),
      { code: 'ERR_REQUIRE_ASYNC_MODULE' },
    );
  }
  return namespaceOf(record);
}

commonJs.require = requireFile;
commonJs.isLoaded = (index) => cache.has(index);
