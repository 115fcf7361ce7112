/**
 * Why this file exists: CommonJS modules, as Node's loader runs them. Node 20: lib/internal/modules/cjs/loader.js,
 * helpers.js (makeRequireFunction).
 */
import { endWarnings, exportsSoFar } from './circular-require';
import { requestedBy } from './computed-names';
import { isReadAhead, noteReadAhead, startsNow } from './read-ahead';
import { importedJson, parsedJson } from './json-modules';
import { link, evaluate } from './module-evaluation';
import { computedSpecifier, notExported, resolutionError, requireError, type Missing } from './module-errors';
import { recordOf, requiredNamespace } from './module-records';
import { allModuleNames, builtinModule, isNodeModule, offerModule } from './modules/builtin';
import { lackMembers } from './stand-ins';
import { checkString, codedError } from './node-errors';
import { byExtension, entering, evaluating, file, isText } from './module-frames';
import { popFrame, pushFrame } from './frames';
import { process } from './process-object';
import { NativeError, NativeTypeError, call, createObject, defineProperty, isObject, named, type Callable } from './primordials';
import { standsFor, standsForThose, under } from './stood-for';
import { commonJs, directoryOf, sourceAt, sourceOf, type ModuleSource, checkText } from './program-modules';

/** What `module` is in a file. */
export class Module {
  id: string;
  path: string;
  exports: unknown = {};
  filename: string | null = null;
  loaded = false;
  children: Module[] = [];
  paths: string[] = [];
  readonly #parent: Module | null | undefined;

  constructor(id = '', parent?: Module | null) {
    this.id = id;
    this.path = directoryOf(id);
    this.#parent = parent;
    if (parent) parent.children.push(this);
  }

  get parent(): Module | null | undefined {
    return this.#parent;
  }

  require(id: unknown): unknown {
    const source = sourceOf(this.filename ?? '');
    return source === undefined ? undefined : requireFrom(source, this, id);
  }
}
named(Module, 'Module', 0);
lackMembers(Module.prototype, 'Module.prototype', ['load', 'isPreloading']);

/** By path, as programs see and change it. */
export const moduleCache = createObject(null) as Record<string, Module>;
let main: Module | undefined;

export const extensions = createObject(null) as Record<string, unknown>;
for (const extension of ['.js', '.json', '.node'])
  extensions[extension] = (): never => computedSpecifier(`a loader for ${extension}`);

/** One of Node's own modules, by name; undefined for what is none. Node: lib/internal/bootstrap/realm.js. */
function getBuiltinModule(id: unknown): unknown {
  checkString(id, 'id');
  return isNodeModule(id as string) ? builtinModule(id as string, id as string) : undefined; // just checked
}
defineProperty(process, 'getBuiltinModule', { value: getBuiltinModule, writable: true, enumerable: true, configurable: true });

/** The file that is run first; its id is a dot. */
export function runMain(): void {
  defineProperty(process, 'mainModule', { get: () => main, enumerable: false, configurable: true });
  requireFile(0, null);
}

/** The value of `require` for a file: runs it once; cycles see what is there so far. */
function requireFile(index: number, parent: Module | null | undefined): unknown {
  const source = sourceAt(index);
  const known = moduleCache[source.path];
  if (known !== undefined) {
    if (parent && !parent.children.includes(known)) parent.children.push(known);
    if (known.loaded) return known.exports;
    if (!startsNow(known)) return exportsSoFar(known);
  }
  if (source.format === 'module') return requireModule(index, parent);
  return runFile(source, known ?? newModule(source, parent), parent);
}

function newModule(source: ModuleSource, parent: Module | null | undefined): Module {
  const module = new Module(parent === null ? '.' : source.path, parent);
  module.path = directoryOf(source.path);
  module.filename = source.path;
  module.paths = pathsFrom(module.path);
  if (parent === null) main = module;
  moduleCache[source.path] = module;
  return module;
}

function runFile(source: ModuleSource, module: Module, parent: Module | null | undefined): unknown {
  let isDone = false;
  try {
    if (source.format === 'json') module.exports = parsedJson(source);
    else runCommonJs(source, module);
    isDone = true;
  } finally {
    if (!isDone) {
      Reflect.deleteProperty(moduleCache, source.path);
      if (parent) parent.children = parent.children.filter((each) => each !== module);
    } else endWarnings(module);
  }
  module.loaded = true;
  return module.exports;
}

function runCommonJs(source: ModuleSource, module: Module): void {
  checkText(source);
  const frame = pushFrame(source.site, undefined);
  const require = requireFunction(source, module);
  try {
    if (source.body) (isText(source) ? runText : runBody)(source.body, source, module, require);
  } catch (error) {
    popFrame(frame, 'threw', error);
    throw error;
  }
  popFrame(frame, 'returned', undefined);
}

function runText(body: Callable, source: ModuleSource, module: Module, require: object): void {
  call(body, module.exports, module.exports, require, module, source.path, module.path);
}

function runBody(body: Callable, source: ModuleSource, module: Module, require: object): void {
  call(body, module.exports, module.exports, require, module, source.path, module.path);
}
standsForThose(runBody, () => [`Module._compile (${file}:1521:14)`, ...byExtension('.js', '1623:10')]);
standsFor(runText, ...evaluating);
standsForThose(runMain, () => entering(isText(sourceAt(0))));
standsForThose(requireModule, () => [
  'ModuleJobSync.runSync (node:internal/modules/esm/module_job:437:37)',
  'ModuleLoader.importSyncForRequire (node:internal/modules/esm/loader:389:47)',
  `loadESMFromCJS (${file}:1363:24)`,
  `Module._compile (${file}:1503:5)`,
  ...byExtension('.js', '1623:10'),
]);
standsFor(requiredFrom, `Module.require (${file}:1289:19)`);
const notText = under(`Module.require (${file}:1282:3)`, (given: unknown) => { checkString(given, 'id'); });
const emptyText = under(`Module.require (${file}:1284:11)`, () =>
  codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', "The argument 'id' must be a non-empty string. Received ''"));
const resolving = `Module._resolveFilename (${file}:1207:15)`;
const resolvedForLoad = under([resolving, `Module._load (${file}:1038:27)`], requested);
const resolvedByName = under([resolving, 'Function.resolve (node:internal/modules/helpers:193:19)'], requested);

/** `require` of one file, with what hangs on it. */
export function requireFunction(source: ModuleSource, module: Module | undefined): object {
  const require = standsFor((path: unknown): unknown => requireFrom(source, module, path), 'require (node:internal/modules/helpers:182:18)');
  const resolve = named((request: unknown) => resolveFrom(source, module, request), 'resolve', 2);
  const paths = named(
    (request: unknown): string[] | null => {
      checkString(request, 'request');
      return isNodeModule(String(request)) ? null : pathsFrom(directoryOf(source.path));
    },
    'paths',
    1,
  );
  Object.assign(resolve, { paths });
  named(require, 'require', 1);
  Object.assign(require, { resolve });
  defineProperty(require, 'main', { value: main, writable: true, enumerable: true, configurable: true });
  return Object.assign(require, { extensions, cache: moduleCache });
}

/** The node_modules folders that Node would look into. */
function pathsFrom(folder: string): string[] {
  const paths: string[] = [];
  for (let at = folder; at !== '/'; at = directoryOf(at)) {
    if (!at.endsWith('/node_modules')) paths.push(`${at}/node_modules`);
    if (directoryOf(at) === at) break;
  }
  return [...paths, '/node_modules'];
}

function requireFrom(source: ModuleSource, module: Module | undefined, given: unknown): unknown {
  notText(given);
  const specifier = String(given);
  if (specifier === '') throw emptyText();
  return requiredFrom(source, module, specifier);
}

function requiredFrom(source: ModuleSource, module: Module | undefined, specifier: string): unknown {
  const target = resolvedForLoad(source, module, specifier);
  if (typeof target === 'number') return requireFile(target, module);
  return builtinModule(target, specifier);
}


function requested(source: ModuleSource, module: Module | undefined, specifier: string): number | string {
  const known = source.requests.require[specifier];
  if (known === undefined && isNodeModule(specifier)) return specifier;
  const target = requestedBy(source, specifier, 'require');
  if (typeof target === 'object') throw missingError(source, module, specifier, target);
  return target;
}

function missingError(source: ModuleSource, module: Module | undefined, specifier: string, missing: Missing): Error {
  if (missing.code === 'not-exported') return notExported(missing.detail);
  if (missing.code === 'not-imported') return resolutionError(source, specifier, missing);
  const stack: string[] = [];
  for (let at: Module | null | undefined = module; at; at = at.parent) stack.push(at.filename ?? at.id);
  return requireError(specifier, stack);
}

function resolveFrom(source: ModuleSource, module: Module | undefined, request: unknown): string {
  checkString(request, 'request');
  const target = resolvedByName(source, module, String(request));
  return typeof target === 'number' ? sourceAt(target).path : target;
}

function requireModule(index: number, parent: Module | null | undefined): unknown {
  const record = recordOf(index);
  link(record);
  void evaluate(record);
  if (record.error !== undefined) throw record.error.error;
  if (record.status !== 'evaluated') {
    const message =
      'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level ' +
      'await comes from, use --experimental-print-required-tla.' +
      `\n  From ${parent?.filename ?? ''} \n  Requiring ${record.source.path} `;
    throw codedError(NativeError, 'ERR_REQUIRE_ASYNC_MODULE', message);
  }
  return requiredNamespace(record);
}

/**
 * The loader of ES modules puts a module into the cache before anything runs, with those whose names it passes on; it
 * is run by whoever needs it first. Node 20: lib/internal/modules/esm/translators.js (cjsPreparseModuleExports, json).
 */
function readAhead(index: number): object {
  const source = sourceAt(index);
  if (source.format === 'json') return readJson(source);
  const known = moduleCache[source.path];
  if (known !== undefined && isReadAhead(known)) return known;
  const module = known ?? newModule(source, undefined);
  noteReadAhead(module, module.loaded);
  for (const specifier of source.stars) {
    const target = source.requests.require[specifier];
    if (typeof target === 'number' && sourceAt(target).format === 'commonjs') readAhead(target);
  }
  return module;
}

function readJson(source: ModuleSource): object {
  const known = moduleCache[source.path];
  if (known?.loaded) return known;
  const module = { exports: importedJson(source), loaded: true };
  moduleCache[source.path] = module as unknown as Module; // no more than this is there in Node either
  return module;
}

/** What an import of it is. One that has failed elsewhere in the meantime is no longer in the cache. */
function runAhead(index: number, module: object): unknown {
  const ahead = module as Module; // what readAhead answered
  if (ahead.loaded) return ahead.exports;
  if (moduleCache[sourceAt(index).path] !== ahead) throw codedError(NativeError, 'ERR_INTERNAL_ASSERTION', internalFault);
  requireFile(index, undefined);
  return ahead.exports;
}

const internalFault =
  'This is caused by either a bug in Node.js or incorrect usage of Node.js internals.\n' +
  'Please open an issue with this stack trace at https://github.com/nodejs/node/issues\n';

offerModule('module', () => moduleModule(allModuleNames()), [
  'SourceMap', 'findSourceMap', 'globalPaths', 'register', 'runMain', 'syncBuiltinESMExports', 'wrap', 'wrapper',
]);
commonJs.read = readAhead;
commonJs.run = runAhead;

/** Node's `node:module`, with what programs use of it. */
function moduleModule(allModules: readonly string[]): object {
  const createRequire = named(
    (from: unknown): object => {
      const path = String(isObject(from) ? (from as { href?: unknown }).href : from).replace(/^file:\/\//, '');
      const source = sourceOf(path);
      if (source === undefined) return computedSpecifier(`createRequire('${path}')`);
      return requireFunction(source, undefined);
    },
    'createRequire',
    1,
  );
  const isBuiltin = named((name: unknown) => isNodeModule(String(name)), 'isBuiltin', 1);
  const builtinModules = allModules.filter((name) => name !== 'test');
  return Object.assign(Module, {
    Module,
    createRequire,
    isBuiltin,
    builtinModules,
    _cache: moduleCache,
    _extensions: extensions,
  });
}
