/**
 * Why this file exists: Node's words for modules that are not there, or are not what was asked for. Node 20:
 * lib/internal/modules/esm/resolve.js, lib/internal/modules/cjs/loader.js.
 */
import { endNow } from './ending';
import { codedError, received, withOrigin } from './node-errors';
import { NativeError, NativeTypeError, hide } from './primordials';
import { lookOutside } from './outside';
import { directoryOf, type ModuleSource, type Requested } from './program-modules';
import { here } from './recorder';

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

function invalidSpecifier(specifier: string, reason: string, from: string): Error {
  const message = `Invalid module "${specifier}" ${reason} imported from ${from}`;
  return codedError(NativeTypeError, 'ERR_INVALID_MODULE_SPECIFIER', message);
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
    return codedError(NativeError, 'ERR_UNSUPPORTED_ESM_URL_SCHEME', message);
  }
  if (isNoName(specifier)) return invalidSpecifier(specifier, 'is not a valid package name', from);
  const name = packageName(specifier);
  const error = codedError(NativeError, 'ERR_MODULE_NOT_FOUND', `Cannot find package '${name}' imported from ${from}`);
  const line = '  throw new ERR_MODULE_NOT_FOUND(packageName, fileURLToPath(base), null);';
  return withOrigin(error, 'node:internal/modules/esm/resolve:873', line, 8);
}

function fileError(specifier: string, path: string, from: string): Error {
  if (/%2f|%5c/i.test(specifier)) {
    const whole = joined(directoryOf(from), specifier);
    return invalidSpecifier(whole, 'must not include encoded "/" or "\\" characters', from);
  }
  const endsInSlash = /(?:\/|(?:^|\/)\.{1,2})(?:[?#].*)?$/s.test(specifier);
  const isFolder = endsInSlash || isFolderOutside(path);
  const place = endsInSlash && path !== '/' ? `${path}/` : path;
  const error = isFolder
    ? codedError(
        NativeError,
        'ERR_UNSUPPORTED_DIR_IMPORT',
        `Directory import '${place}' is not supported resolving ES modules imported from ${from}`,
      )
    : codedError(NativeError, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${path}' imported from ${from}`);
  Object.assign(error, { url: `file://${place}` });
  if (isFolder) return error;
  return withOrigin(error, 'node:internal/modules/esm/resolve:283', '    throw new ERR_MODULE_NOT_FOUND(', 10);
}

/** ERR_MODULE_NOT_FOUND and its relatives, as `import` words them. They are made by Node's loader: nobody called it. */
export function importError(source: ModuleSource, specifier: string, missing: Missing): Error {
  const error = resolutionError(source, specifier, missing);
  hide(error, 'stack', String(error.stack).replace(/\n {4}at .*/s, ''));
  return error;
}

export function resolutionError(source: ModuleSource, specifier: string, missing: Missing): Error {
  const from = source.path;
  switch (missing.code) {
    case 'file':
      return fileError(specifier, joined(directoryOf(from), missing.detail), from);
    case 'package':
      return packageError(specifier, from);
    case 'not-exported':
      return codedError(NativeError, 'ERR_PACKAGE_PATH_NOT_EXPORTED', `${missing.detail} imported from ${from}`);
    case 'not-imported':
      return codedError(
        NativeTypeError,
        'ERR_PACKAGE_IMPORT_NOT_DEFINED',
        `Package import specifier "${specifier}" is not defined imported from ${from}`,
      );
  }
}

/** MODULE_NOT_FOUND, as `require` words it: with the files that led there. */
export function requireError(specifier: string, requireStack: readonly string[]): Error {
  const trail = requireStack.length === 0 ? '' : `\nRequire stack:\n- ${requireStack.join('\n- ')}`;
  const error = new NativeError(`Cannot find module '${specifier}'${trail}`);
  Object.assign(error, { code: 'MODULE_NOT_FOUND', requireStack });
  return withOrigin(error, 'node:internal/modules/cjs/loader:1210', '  throw err;', 2);
}

export function jsonNeedsAttribute(path: string): Error {
  const message = `Module "file://${path}" needs an import attribute of type "json"`;
  return codedError(NativeTypeError, 'ERR_IMPORT_ASSERTION_TYPE_MISSING', message);
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
