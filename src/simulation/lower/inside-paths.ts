/**
 * Why this file exists: where the program believes its files to be: one folder that is on no disk, and what lies around
 * it.
 */
import { directoryOf, joinPath } from './paths';

const inside = '/project';

/** The path that the program sees. */
export function insidePath(path: string, root: string): string {
  if (path.startsWith(root)) return `${inside}/${path.slice(root.length)}`;
  const above = `${directoryOf(root.slice(0, -1))}/`;
  return path.startsWith(above) ? `/${path.slice(above.length)}` : path;
}

/** The file that the program means by a path. */
export function outsidePath(path: string, root: string): string {
  if (path.startsWith(`${inside}/`)) return root + path.slice(inside.length + 1);
  return joinPath(directoryOf(root.slice(0, -1)), path.slice(1));
}

/** How people read it. */
export function shownPath(path: string, root: string): string {
  return path.startsWith(root) ? path.slice(root.length) : path.slice(directoryOf(root.slice(0, -1)).length + 1);
}
