/**
 * Why this file exists: which folder a program believes to be its own (`/project`), and what of the disk it may see.
 */
import type { ReadText } from '../request';

/** The smallest folder around all files; with a slash at its end. */
export function commonFolder(paths: readonly string[]): string {
  const [first = ''] = paths;
  let root = first.slice(0, first.lastIndexOf('/') + 1);
  while (!paths.every((path) => path.startsWith(root))) root = root.slice(0, root.lastIndexOf('/', root.length - 2) + 1);
  return root;
}

/** The nearest folder around that has a manifest or settings of its own; else the folder of the files. */
export function projectRoot(paths: readonly string[], read: ReadText): string {
  const folder = commonFolder(paths);
  for (let at = folder; at.includes('/', 1); at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1)) {
    if (read(`${at}package.json`) !== undefined || read(`${at}tsconfig.json`) !== undefined) return at;
  }
  return folder;
}
