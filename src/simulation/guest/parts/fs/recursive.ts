/** Why this file exists: `readdir` with `recursive`, which Node 20 does at once, also with a callback. */
import * as calls from './calls';
import type { Options } from './arguments';
import { joinPaths, relativePath } from './paths';
import { shownEntry } from './stats';
import { atOnce } from './ways';

/** Folder by folder, as Node goes through them. */
export function readdirRecursive(base: string, { encoding, withFileTypes }: Options): unknown[] {
  const found: unknown[] = [];
  const folders = [base];
  for (let i = 0; i < folders.length; i++) {
    const folder = folders[i] ?? '';
    for (const entry of atOnce(calls.readdir(folder))) {
      const path = joinPaths(folder, entry.name);
      found.push(withFileTypes ? shownEntry(folder, entry, encoding, true) : relativePath(base, path));
      if (entry.kind === 'folder') folders.push(path);
    }
  }
  return found;
}
