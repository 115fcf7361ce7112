/** Why this file exists: where a project keeps what was learnt of it, so that a second `check` asks almost nothing. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { absolute } from './paths';

/** `node_modules/.cache/loopscope` of the nearest folder that has dependencies; undefined where none does. */
export function cacheFolder(): string | undefined {
  for (let folder = absolute('.'); ; folder = path.posix.dirname(folder)) {
    const modules = path.posix.join(folder, 'node_modules');
    if (existsSync(modules)) return `${modules}/.cache/loopscope`;
    if (folder === path.posix.dirname(folder)) return undefined;
  }
}
