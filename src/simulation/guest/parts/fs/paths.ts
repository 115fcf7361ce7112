/** Why this file exists: paths of the simulated machine, put together without looking at any folder. */
import { pathModule } from '../../modules/path';

// `node:path` by its own names.
const path = pathModule as unknown as { join(...parts: string[]): string; relative(from: string, to: string): string };
export const joinPaths = path.join;
export const relativePath = path.relative;

/** `path` as seen from an absolute folder, without `.` and `..`. */
export function joined(folder: string, given: string): string {
  const parts: string[] = [];
  for (const part of (given.startsWith('/') ? given : `${folder}/${given}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
