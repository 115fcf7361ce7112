/**
 * Why this file exists: Node's words for modules that are not there, or are not what was asked for. Node 20:
 * lib/internal/modules/esm/resolve.js, lib/internal/modules/cjs/loader.js.
 */
import { endNow } from './ending';
import { dropFrames } from './errors';
import { codedError, received } from './node-errors';
import { withNodeFrames } from './node-frames';
import { NativeError, NativeTypeError } from './primordials';
import { lookOutside } from './outside';
import { directoryOf, type ModuleSource, type Requested } from './program-modules';
import { here } from './recorder';
import { nodeFrames, standsFor, standsForThose } from './stood-for';
import { madeAt, thrownAt, withOrigin } from './thrown-places';

export type Missing = Exclude<Requested, number | string>;

/** `/a/b` and `../c` → `/a/c`. */
export function joined(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

const scheme = /^((?!node:)[a-z][a-z\d+.-]*:)/i;

/** A specifier that Node's `import` refuses without looking for it: what is no name of a package, another URL. */
export function isRefused(specifier: string): boolean {
  if (/^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)) return false;
  return specifier === '' || scheme.test(specifier) || isNoName(specifier);
}

function isNoName(specifier: string): boolean {
  return !specifier.startsWith('#') && /^\.|^@[^/]*$|[%\\]/.test(packageName(specifier));
}

function packageName(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

const file = 'node:internal/modules/esm/resolve';
const loader = 'node:internal/modules/esm/loader';
const resolving = `moduleResolve (${file}:946:18)`;
/** Where Node makes each of them: the functions of its resolver. */
const frames = {
  file: [`finalizeResolution (${file}:283:11)`, `moduleResolve (${file}:952:10)`],
  folder: [`finalizeResolution (${file}:271:11)`, `moduleResolve (${file}:952:10)`],
  encoded: [`finalizeResolution (${file}:245:11)`, `moduleResolve (${file}:952:10)`],
  package: [`packageResolve (${file}:873:9)`, resolving],
  name: [`parsePackageName (${file}:801:11)`, `packageResolve (${file}:824:5)`, resolving],
  exports: [`exportsNotFound (${file}:322:10)`, `packageExportsResolve (${file}:670:9)`, `packageResolve (${file}:856:14)`, resolving],
  imports: [`importNotDefined (${file}:309:10)`, `packageImportsResolve (${file}:760:9)`, `moduleResolve (${file}:936:16)`],
} as const;
let making: readonly string[] = [];

function made(where: keyof typeof frames, Base: new (message: string) => Error, code: string, message: string): Error {
  making = frames[where];
  return codedError(Base, code, message);
}
standsForThose(made, () => making);

function invalidSpecifier(where: 'encoded' | 'name', specifier: string, reason: string, from: string): Error {
  const message = `Invalid module "${specifier}" ${reason} imported from ${from}`;
  return made(where, NativeTypeError, 'ERR_INVALID_MODULE_SPECIFIER', message);
}

/** Of the program's own folder, as the host has it. */
function isFolderOutside(path: string): boolean {
  const [, place] = /^\/project(?:\/(.*))?$/s.exec(path) ?? [];
  return path === '/project' || (place !== undefined && lookOutside(place)?.kind === 'folder');
}

/** Node: resolve.js (packageResolve, parsePackageName), loader.js (throwIfUnsupportedURLScheme). */
function packageError(specifier: string, from: string): Error {
  const protocol = scheme.exec(specifier)?.[1];
  if (protocol?.toLowerCase() === 'data:')
    return endNow({ kind: 'unsupported', message: 'a module that is written as a data: URL is not modelled', site: here() });
  if (protocol !== undefined) {
    const message =
      'Only URLs with a scheme in: file, data, and node are supported by the default ESM loader. ' +
      `Received protocol '${protocol}'`;
    return inNodeAlone(codedError(NativeError, 'ERR_UNSUPPORTED_ESM_URL_SCHEME', message), framesOfScheme);
  }
  if (isNoName(specifier)) return invalidSpecifier('name', specifier, 'is not a valid package name', from);
  const name = packageName(specifier);
  const error = made('package', NativeError, 'ERR_MODULE_NOT_FOUND', `Cannot find package '${name}' imported from ${from}`);
  const line = '  throw new ERR_MODULE_NOT_FOUND(packageName, fileURLToPath(base), null);';
  return withOrigin(error, 'node:internal/modules/esm/resolve:873', line, 8);
}

function fileError(specifier: string, path: string, from: string): Error {
  if (/%2f|%5c/i.test(specifier)) {
    const whole = joined(directoryOf(from), specifier);
    return invalidSpecifier('encoded', whole, 'must not include encoded "/" or "\\" characters', from);
  }
  const endsInSlash = /(?:\/|(?:^|\/)\.{1,2})(?:[?#].*)?$/s.test(specifier);
  const isFolder = endsInSlash || isFolderOutside(path);
  const place = endsInSlash && path !== '/' ? `${path}/` : path;
  const error = isFolder
    ? made(
        'folder',
        NativeError,
        'ERR_UNSUPPORTED_DIR_IMPORT',
        `Directory import '${place}' is not supported resolving ES modules imported from ${from}`,
      )
    : made('file', NativeError, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${path}' imported from ${from}`);
  Object.assign(error, { url: `file://${place}` });
  if (isFolder) return error;
  return withOrigin(error, 'node:internal/modules/esm/resolve:283', '    throw new ERR_MODULE_NOT_FOUND(', 10);
}

/** ERR_MODULE_NOT_FOUND and its relatives, as `import` words them. */
export function importError(source: ModuleSource, specifier: string, missing: Missing): Error {
  const error = resolutionError(source, specifier, missing);
  return nodeFrames.shown ? error : inNodeAlone(error, []);
}
standsFor(
  importError,
  `defaultResolve (${file}:1188:11)`,
  `ModuleLoader.defaultResolve (${loader}:708:12)`,
  `#cachedDefaultResolve (${loader}:657:25)`,
  `ModuleLoader.resolve (${loader}:640:38)`,
  `ModuleLoader.getModuleJobForImport (${loader}:264:38)`,
);

export function resolutionError(source: ModuleSource, specifier: string, missing: Missing): Error {
  const from = source.path;
  switch (missing.code) {
    case 'file':
      return fileError(specifier, joined(directoryOf(from), missing.detail), from);
    case 'package':
      return packageError(specifier, from);
    case 'not-exported':
      return made('exports', NativeError, 'ERR_PACKAGE_PATH_NOT_EXPORTED', `${missing.detail} imported from ${from}`);
    case 'not-imported':
      return made(
        'imports',
        NativeTypeError,
        'ERR_PACKAGE_IMPORT_NOT_DEFINED',
        `Package import specifier "${specifier}" is not defined imported from ${from}`,
      );
  }
}

/** As `require` words it. */
export function notExported(detail: string): Error {
  return codedError(NativeError, 'ERR_PACKAGE_PATH_NOT_EXPORTED', detail);
}
standsFor(
  notExported,
  ...frames.exports.slice(0, 2),
  'resolveExports (node:internal/modules/cjs/loader:638:36)',
  'Module._findPath (node:internal/modules/cjs/loader:711:31)',
);

/** MODULE_NOT_FOUND, as `require` words it: with the files that led there. */
export function requireError(specifier: string, requireStack: readonly string[]): Error {
  const trail = requireStack.length === 0 ? '' : `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  const error = new NativeError(`Cannot find module '${specifier}'${trail}`);
  Object.assign(error, { code: 'MODULE_NOT_FOUND', requireStack });
  madeAt(error, 'node:internal/modules/cjs/loader:1207', '  const err = new Error(message);', 14);
  return thrownAt(error, 'node:internal/modules/cjs/loader:1210', '  throw err;', 2);
}

/** `isAsked`: by `import()` itself. */
export function jsonNeedsAttribute(path: string, isAsked: boolean): Error {
  const message = `Module "file://${path}" needs an import attribute of type "json"`;
  const error = codedError(NativeTypeError, 'ERR_IMPORT_ASSERTION_TYPE_MISSING', message);
  return inNodeAlone(error, isAsked ? [...framesOfJson, 'async ModuleJob._link (node:internal/modules/esm/module_job:148:19)'] : framesOfJson);
}

const framesOfJson = [
  'validateAttributes (node:internal/modules/esm/assert:89:15)',
  'defaultLoad (node:internal/modules/esm/load:155:3)',
  'async ModuleLoader.loadAndTranslate (node:internal/modules/esm/loader:543:45)',
];

const framesOfScheme = [
  'throwIfUnsupportedURLScheme (node:internal/modules/esm/load:241:11)',
  'defaultLoad (node:internal/modules/esm/load:132:3)',
  `ModuleLoader.load (${loader}:724:12)`,
  `ModuleLoader.loadAndTranslate (${loader}:543:56)`,
  `#createModuleJob (${loader}:567:36)`,
  `#getJobFromResolveResult (${loader}:297:34)`,
  `ModuleLoader.getModuleJobForImport (${loader}:265:41)`,
  `async ModuleLoader.import (${loader}:605:23)`,
];

/** Nothing of the program's waits for it. */
function inNodeAlone(error: Error, lines: readonly string[]): Error {
  dropFrames(error);
  return nodeFrames.shown ? withNodeFrames(error, ...lines) : error;
}

/** A name that the lowering could not see: which file it means is not known, so nothing is made up. */
export function computedSpecifier(specifier: unknown): never {
  const what = typeof specifier === 'string' ? `'${specifier}'` : received(specifier);
  return endNow({
    kind: 'unsupported',
    message: `a module whose name is computed is not modelled unless the file also writes it out: ${what}`,
    site: here(),
  });
}
