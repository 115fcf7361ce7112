/**
 * Why this file exists: packages: `node_modules` from folder to folder upwards, a package's `exports` and `imports`,
 * and a package that names itself. Node 20: lib/internal/modules/esm/resolve.js.
 */
import * as maps from 'resolve.exports';
import { directoryOf, joinPath } from './paths';
import type { ReadText } from '../request';
import type { How } from './resolve';

export type PackageAnswer =
  /** Exact: what a map names is that file; `main` may lack its extension. */
  | { readonly kind: 'file'; readonly path: string; readonly isExact: boolean }
  | { readonly kind: 'not-exported'; readonly message: string }
  /** An `imports` entry that stands for another package. */
  | { readonly kind: 'other'; readonly specifier: string };

interface Manifest extends maps.Package {
  readonly name: string;
}

/** Node's two conditions that `resolve.exports` does not add by itself. */
const conditions = ['node-addons', 'module-sync'];

function manifestAt(folder: string, read: ReadText): Manifest | undefined {
  try {
    return JSON.parse(read(`${folder}/package.json`) ?? '') as Manifest; // `name` may be missing: only compared
  } catch {
    return undefined;
  }
}

/** The folders from a file's own up to the root. */
function foldersAbove(path: string): string[] {
  const folders: string[] = [];
  for (let folder = directoryOf(path); !folders.includes(folder); folder = directoryOf(folder)) folders.push(folder);
  return folders;
}

/** `@scope/name/sub/path` → the name and `./sub/path`. */
function split(specifier: string): readonly [name: string, subpath: string] {
  const parts = specifier.split('/');
  const name = parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  return [name, `.${specifier.slice(name.length)}`];
}

function mapped(find: () => unknown, folder: string): PackageAnswer | undefined {
  try {
    const found = find(); // a list, the first counts, or nothing
    const target: unknown = Array.isArray(found) ? found[0] : undefined;
    if (typeof target !== 'string') return undefined;
    if (!target.startsWith('./')) return { kind: 'other', specifier: target };
    return { kind: 'file', path: joinPath(folder, target), isExact: true };
  } catch {
    return undefined;
  }
}

function inPackage(folder: string, manifest: Manifest, subpath: string, how: How): PackageAnswer {
  if (manifest.exports) {
    const options = { require: how === 'require', conditions };
    const found = mapped(() => maps.exports(manifest, subpath, options), folder);
    if (found !== undefined) return found;
    const words =
      subpath === '.'
        ? `No "exports" main defined in ${folder}/package.json`
        : `Package subpath '${subpath}' is not defined by "exports" in ${folder}/package.json`;
    return { kind: 'not-exported', message: words };
  }
  const main = typeof manifest.main === 'string' ? manifest.main : 'index';
  return { kind: 'file', path: joinPath(folder, subpath === '.' ? main : subpath), isExact: false };
}

/** The package that a specifier names. */
export function packageNameOf(specifier: string): string {
  return split(specifier)[0];
}

/** The folder of a package, and its manifest; of its types where it has no other. */
export function packageFolder(name: string, from: string, read: ReadText): string | undefined {
  const typed = `@types/${name.replace(/^@/, '').replace('/', '__')}`;
  for (const each of [name, typed])
    for (const above of foldersAbove(from)) {
      const folder = joinPath(above, `node_modules/${each}`);
      if (!above.endsWith('/node_modules') && manifestAt(folder, read) !== undefined) return folder;
    }
  return undefined;
}

export function findPackage(specifier: string, from: string, how: How, read: ReadText): PackageAnswer | undefined {
  const [name, subpath] = split(specifier);
  for (const above of foldersAbove(from)) {
    if (above.endsWith('/node_modules')) continue;
    const folder = joinPath(above, `node_modules/${name}`);
    const manifest = manifestAt(folder, read);
    if (manifest !== undefined) return inPackage(folder, manifest, subpath, how);
  }
  return undefined;
}

function scopeOf(from: string, read: ReadText): readonly [string, Manifest] | undefined {
  for (const folder of foldersAbove(from)) {
    const manifest = manifestAt(folder, read);
    if (manifest !== undefined) return [folder, manifest];
  }
  return undefined;
}

/** A package with `exports` may import itself by its own name. */
export function findSelf(specifier: string, from: string, how: How, read: ReadText): PackageAnswer | undefined {
  const scope = scopeOf(from, read);
  if (scope === undefined) return undefined;
  const [folder, manifest] = scope;
  const [name, subpath] = split(specifier);
  if (manifest.exports === undefined || manifest.name !== name) return undefined;
  return inPackage(folder, manifest, subpath, how);
}

/** `#name`, by the nearest package's `imports`. */
export function findPackageImport(
  specifier: string,
  from: string,
  how: How,
  read: ReadText,
): PackageAnswer | undefined {
  const scope = scopeOf(from, read);
  if (scope === undefined) return undefined;
  const [folder, manifest] = scope;
  return mapped(() => maps.imports(manifest, specifier, { require: how === 'require', conditions }), folder);
}
