/**
 * Why this file exists: each call of the system as data: how errors tell it, how long a thread takes for it, and what
 * it does. Whether it is carried out at once or in the thread pool is decided elsewhere (ways.ts).
 */
import type { Asked } from './faults';
import { closeOpen, inodeOf, openFile, readFrom, truncateOpen, writeTo } from './descriptors';
import type { Inode } from './inodes';
import {
  addName, changeMode, changeTimes, checkReachable, copyTo, entriesOf, makeFolder, makeFolders, makeLink, makeTemporary,
  removeFolder, removeName, renamePath, targetOfLink, type Entry,
} from './tree';
import { seededText } from './seeded';
import { inodeAt, realPathOf } from './walk';

export interface Call<T> extends Asked {
  /** Virtual milliseconds in a thread. */
  readonly ms: number;
  run(): T;
}

/** What one look at a disk that has everything in its memory takes in a thread. Modelled, as measured: 0.05 to 0.2. */
const tripMs = 0.1;
/** Half a gigabyte in a second. Modelled. */
const bytesInMs = 500_000;

function call<T>(asked: Asked, run: () => T, bytes = 0): Call<T> {
  return { ...asked, ms: tripMs + bytes / bytesInMs, run };
}

/** One that brings nothing. */
function deed(asked: Asked, run: () => void): Call<undefined> {
  return call(asked, () => {
    run();
    return undefined;
  });
}

export function open(path: string, flags: number, mode: number): Call<number> {
  return call({ syscall: 'open', path }, () => openFile(path, flags, mode));
}

export function close(fd: number): Call<undefined> {
  return deed({ syscall: 'close' }, () => { closeOpen(fd); });
}

export function read(fd: number, into: Uint8Array, position?: number): Call<number> {
  return call({ syscall: 'read' }, () => readFrom(fd, into, position), into.length);
}

export function write(fd: number, bytes: Uint8Array, position?: number): Call<number> {
  return call({ syscall: 'write' }, () => writeTo(fd, bytes, position), bytes.length);
}

export function stat(path: string): Call<Inode> {
  return call({ syscall: 'stat', path }, () => inodeAt(path, true));
}

export function lstat(path: string): Call<Inode> {
  return call({ syscall: 'lstat', path }, () => inodeAt(path, false));
}

export function fstat(fd: number): Call<Inode> {
  return call({ syscall: 'fstat' }, () => inodeOf(fd));
}

export function access(path: string, mode: number): Call<undefined> {
  return deed({ syscall: 'access', path }, () => { checkReachable(path, mode); });
}

/** Of the whole file system: the path has to be there. */
export function statfs(path: string): Call<undefined> {
  return deed({ syscall: 'statfs', path }, () => { checkReachable(path, 0); });
}

export function readdir(path: string): Call<Entry[]> {
  return call({ syscall: 'scandir', path }, () => entriesOf(path));
}

export function mkdir(path: string, mode: number): Call<undefined> {
  return deed({ syscall: 'mkdir', path }, () => { makeFolder(path, mode); });
}

export function mkdirp(path: string, mode: number): Call<string | undefined> {
  return call({ syscall: 'mkdir', path }, () => makeFolders(path, mode));
}

export function mkdtemp(prefix: string): Call<string> {
  return call({ syscall: 'mkdtemp', path: `${prefix}XXXXXX`, tried: `${prefix}${seededText(6)}` }, () => makeTemporary(prefix));
}

export function rmdir(path: string): Call<undefined> {
  return deed({ syscall: 'rmdir', path }, () => { removeFolder(path); });
}

export function unlink(path: string): Call<undefined> {
  return deed({ syscall: 'unlink', path }, () => { removeName(path); });
}

export function rename(path: string, dest: string): Call<undefined> {
  return deed({ syscall: 'rename', path, dest }, () => { renamePath(path, dest); });
}

export function copyfile(path: string, dest: string, mode: number): Call<undefined> {
  return deed({ syscall: 'copyfile', path, dest }, () => { copyTo(path, dest, mode); });
}

export function symlink(target: string, path: string): Call<undefined> {
  return deed({ syscall: 'symlink', path: target, dest: path }, () => { makeLink(target, path); });
}

export function readlink(path: string): Call<string> {
  return call({ syscall: 'readlink', path }, () => targetOfLink(path));
}

export function link(path: string, dest: string): Call<undefined> {
  return deed({ syscall: 'link', path, dest }, () => { addName(path, dest); });
}

export function realpath(path: string): Call<string> {
  return call({ syscall: 'realpath', path }, () => realPathOf(path));
}

export function ftruncate(fd: number, size: number): Call<undefined> {
  return deed({ syscall: 'ftruncate' }, () => { truncateOpen(fd, size); });
}

export function fsync(fd: number, syscall: 'fsync' | 'fdatasync' = 'fsync'): Call<undefined> {
  return deed({ syscall }, () => { inodeOf(fd); });
}

export function chmod(path: string, mode: number): Call<undefined> {
  return deed({ syscall: 'chmod', path }, () => { changeMode(inodeAt(path, true), mode); });
}

export function fchmod(fd: number, mode: number): Call<undefined> {
  return deed({ syscall: 'fchmod' }, () => { changeMode(inodeOf(fd), mode); });
}

/** Seconds since 1970. */
export function utimes(path: string, atime: number, mtime: number, syscall = 'utime'): Call<undefined> {
  return deed({ syscall, path }, () => { changeTimes(inodeAt(path, syscall === 'utime'), atime, mtime); });
}

export function futimes(fd: number, atime: number, mtime: number): Call<undefined> {
  return deed({ syscall: 'futime' }, () => { changeTimes(inodeOf(fd), atime, mtime); });
}
