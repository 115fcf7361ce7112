/**
 * Why this file exists: what packages became when they were lowered is kept in a folder of the disk, so that the next
 * start of the command line need not lower them again. What a build of Loopscope made carries its name, so that several
 * builds share the folder; the oldest files go when it is full. Whatever cannot be read or written is as if it were not
 * there.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../simulation/lower/kept-files';

/** What the folder may hold, of all builds together. */
export interface Room {
  readonly files: number;
  readonly bytes: number;
}

const usualRoom: Room = { files: 12_000, bytes: 400_000_000 };

/** `build` is the script whose lowering it is. */
export function openKeptTexts(folder: string, build: string, room = usualRoom): Store {
  const own = buildName(build);
  let isMade = false;
  const make = (): void => {
    if (isMade) return;
    isMade = true;
    mkdirSync(folder, { recursive: true });
    makeRoom(folder, room);
  };
  const placeOf = (key: string): string => join(folder, `${own}-${createHash('sha256').update(key).digest('hex')}`);
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

/** Takes away the files that were written first, and whatever else lies there, until a quarter of the room is free. */
function makeRoom(folder: string, room: Room): void {
  const kept = readdirSync(folder).map((name) => ({ place: join(folder, name), stats: statSync(join(folder, name)) }));
  let files = kept.length;
  let bytes = kept.reduce((sum, { stats }) => sum + stats.size, 0);
  if (files <= room.files && bytes <= room.bytes) return;
  for (const { place, stats } of kept.sort((a, b) => a.stats.mtimeMs - b.stats.mtimeMs)) {
    if (files <= room.files * 0.75 && bytes <= room.bytes * 0.75) return;
    rmSync(place, { recursive: true });
    files -= 1;
    bytes -= stats.size;
  }
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
