/**
 * Why this file exists: which host code is for, where nobody says: a browser, when the tsconfig names the DOM among its
 * libraries and nothing is of Node.
 */
import type { ReadText } from '../request';
import { nearestTsconfig } from './format';
import type { SourceText } from './lower-file';
import { directoryOf, joinPath } from './paths';
import type { HostKind } from '../../trace/trace';

export function hostFor(entry: SourceText, read: ReadText): HostKind {
  const options = nearestTsconfig(entry.path, read)?.options;
  if (!names(options?.lib).includes('dom')) return 'node';
  const hasNodeTypes =
    options?.types === undefined
      ? isInstalled(entry.path, read)
      : names(options.types).some((each) => /^node(?:$|\/)/.test(each));
  return hasNodeTypes || asksForNode(entry.text) ? 'node' : 'browser';
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map((each) => String(each).toLowerCase()) : [];
}

/** TypeScript takes in every `@types` of the folders above unless `types` says which. */
function isInstalled(path: string, read: ReadText): boolean {
  for (let folder = directoryOf(path); ; folder = directoryOf(folder)) {
    if (read(joinPath(folder, 'node_modules/@types/node/package.json')) !== undefined) return true;
    if (folder === '/' || folder === '' || folder === directoryOf(folder)) return false;
  }
}

/** Code that imports a module of Node's by its full name runs nowhere else. */
function asksForNode(text: string): boolean {
  return /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])node:/.test(text);
}
