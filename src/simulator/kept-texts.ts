/**
 * Why this file exists: what packages became when they were lowered is kept in a folder of the disk, so that the next
 * start of the command line need not lower them again. Each build of Loopscope has a folder of its own in it, and takes
 * away those of others. Whatever cannot be read or written is as if it were not there.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../simulation/lower/kept-files';

/** So many files of packages; then they are gathered anew. */
const most = 6000;

/** `build` is the script whose lowering it is. */
export function openKeptTexts(folder: string, build: string): Store {
  const own = join(folder, buildName(build));
  let isMade = false;
  const make = (): void => {
    if (isMade) return;
    isMade = true;
    mkdirSync(own, { recursive: true });
    const others = readdirSync(folder).map((name) => join(folder, name)).filter((other) => other !== own);
    for (const other of others) rmSync(other, { recursive: true });
    if (readdirSync(own).length > most) {
      rmSync(own, { recursive: true });
      mkdirSync(own);
    }
  };
  const placeOf = (key: string): string => join(own, createHash('sha256').update(key).digest('hex'));
  return {
    read: (key) => attempt(() => readFileSync(placeOf(key), 'utf8')),
    write: (key, text) => {
      attempt(() => {
        make();
        const place = placeOf(key);
        writeFileSync(`${place}.${process.pid}`, text);
        renameSync(`${place}.${process.pid}`, place); // whole, or not at all
      });
    },
  };
}

function buildName(build: string): string {
  const { size, mtimeMs } = statSync(build);
  return `${size}-${Math.round(mtimeMs)}`;
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
