/**
 * Why this file exists: what is told of a file: `Stats`, `BigIntStats`, `Dirent`. Node 20: lib/internal/fs/utils.js.
 */
import { NativeError, hide, named } from '../../primordials';
import { codedError } from '../../node-errors';
import { nameAs } from './arguments';
import type { Inode } from './inodes';
import type { Entry } from './tree';

const NativeDate = Date;
const kinds = { file: 0o100000, folder: 0o040000, link: 0o120000 } as const;
const kindMask = 0o170000;
const blockSize = 4096;
const folderSize = 4096;
const device = 2049;

interface HasMode {
  readonly mode: number | bigint;
}

function isOf({ mode }: HasMode, kind: number): boolean {
  return (Number(mode) & kindMask) === kind;
}

const questions: Readonly<Record<string, number>> = {
  isDirectory: kinds.folder, isFile: kinds.file, isBlockDevice: 0o060000, isFIFO: 0o010000, isSocket: 0o140000,
  isCharacterDevice: 0o020000, isSymbolicLink: kinds.link,
};

function StatsBase(): void {
  // Only its prototype is used.
}
for (const [name, kind] of Object.entries(questions)) {
  const question = named(function (this: HasMode): boolean {
    return isOf(this, kind);
  }, '');
  Object.assign(StatsBase.prototype as object, { [name]: question });
}

export const Stats = named(function (this: Record<string, unknown>, ...given: unknown[]): void {
  const names = ['dev', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'blksize', 'ino', 'size', 'blocks', 'atimeMs', 'mtimeMs',
    'ctimeMs', 'birthtimeMs'];
  for (const [i, name] of names.entries()) this[name] = given[i];
  for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = dateOf(this[`${name}Ms`]);
}, 'Stats', 14);

const BigIntStats = named(function (this: object): void {
  // Filled below.
}, 'BigIntStats', 14);

for (const Made of [Stats, BigIntStats]) {
  Object.setPrototypeOf(Made.prototype as object, StatsBase.prototype as object);
  Object.setPrototypeOf(Made, StatsBase);
}

function dateOf(ms: unknown): Date {
  return new NativeDate(Math.round(Number(ms)));
}

function sizeOf(inode: Inode): number {
  if (inode.kind === 'file') return inode.size;
  return inode.kind === 'folder' ? folderSize : inode.target.length;
}

/** `lib/fs.js` asks for numbers or for bigints. */
export function statsOf(inode: Inode, isBig: boolean): object {
  const size = sizeOf(inode);
  const { mode, nlink, uid, ino, times } = inode;
  const blocks = inode.kind === 'link' ? 0 : Math.ceil(size / blockSize) * (blockSize / 512);
  const numbers = [device, kinds[inode.kind] | mode, nlink, uid, uid, 0, blockSize, ino, size, blocks];
  const ms = [times.atime, times.mtime, times.ctime, times.birthtime];
  if (!isBig) return Reflect.construct(Stats, [...numbers, ...ms]) as object;
  return bigStats(numbers.map(BigInt), ms.map((each) => BigInt(Math.round(each * 1e6))));
}

/** Of what is not there. */
export function noStats(isBig: boolean): object {
  const zeros = Array.from({ length: 14 }, () => 0);
  if (!isBig) return Reflect.construct(Stats, zeros) as object;
  return bigStats(zeros.slice(0, 10).map(BigInt), zeros.slice(10).map(BigInt));
}

function bigStats(numbers: readonly bigint[], ns: readonly bigint[]): object {
  const made: Record<string, unknown> = Object.create(BigIntStats.prototype as object) as Record<string, unknown>;
  const names = ['dev', 'mode', 'nlink', 'uid', 'gid', 'rdev', 'blksize', 'ino', 'size', 'blocks'];
  for (const [i, name] of names.entries()) made[name] = numbers[i];
  const times = ['atime', 'mtime', 'ctime', 'birthtime'];
  for (const [i, name] of times.entries()) made[`${name}Ms`] = (ns[i] ?? 0n) / 1_000_000n;
  for (const [i, name] of times.entries()) made[`${name}Ns`] = ns[i];
  for (const name of times) made[name] = dateOf(made[`${name}Ms`]);
  return made;
}

const kindOfEntry = Symbol('type');
const direntKinds = { file: 1, folder: 2, link: 3 } as const;

export class Dirent {
  name: unknown;
  parentPath: string;
  path: string;
  [kindOfEntry]: number;

  constructor(name: unknown, kind: number, path: string) {
    this.name = name;
    this.parentPath = path;
    this.path = path;
    this[kindOfEntry] = kind;
  }

  isDirectory(): boolean {
    return this[kindOfEntry] === direntKinds.folder;
  }

  isFile(): boolean {
    return this[kindOfEntry] === direntKinds.file;
  }

  isBlockDevice(): boolean {
    return false;
  }

  isCharacterDevice(): boolean {
    return false;
  }

  isSymbolicLink(): boolean {
    return this[kindOfEntry] === direntKinds.link;
  }

  isFIFO(): boolean {
    return false;
  }

  isSocket(): boolean {
    return false;
  }
}
named(Dirent, 'Dirent');

/** An entry of a folder as the program asked for it. */
export function shownEntry(folder: string, { name, kind }: Entry, encoding: unknown, withFileTypes: unknown): unknown {
  const shown = nameAs(name, encoding);
  return withFileTypes ? new Dirent(shown, direntKinds[kind], folder) : shown;
}

/** ERR_FS_EISDIR, a SystemError: what rm says of a folder. */
export function isFolderError(path: string): Error {
  const error = codedError(NativeError, 'ERR_FS_EISDIR', `Path is a directory: rm returned EISDIR (is a directory) ${path}`);
  hide(error, 'name', 'SystemError');
  const info = { code: 'EISDIR', message: 'is a directory', path, syscall: 'rm', errno: 21 };
  return Object.assign(error, { info, errno: 21, syscall: 'rm', path });
}
