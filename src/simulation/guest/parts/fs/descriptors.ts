/** Why this file exists: open files, and what is done with them: open(2), read(2), write(2) and the like. */
import { inodeChanged, nameChanged } from './changes';
import { deviceAt, deviceOf, inodeOfDevice, readDevice, writeDevice, type Device } from './devices';
import { Fault } from './faults';
import { addChild, load, newFile, now, resize, touch, type FileInode, type Inode } from './inodes';
import { SafeMap } from '../../primordials';
import { checkAccess, checkWritable, placeOf } from './walk';

export const flagBits = {
  O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_EXCL: 128, O_NOCTTY: 256, O_TRUNC: 512, O_APPEND: 1024,
  O_DIRECTORY: 65536, O_NOATIME: 262144, O_NOFOLLOW: 131072, O_SYNC: 1052672, O_DSYNC: 4096, O_DIRECT: 16384,
  O_NONBLOCK: 2048,
} as const;

interface OpenFile {
  readonly inode: Inode;
  readonly flags: number;
  /** By which name it was opened. */
  readonly place: Inode['place'];
  position: number;
}

const open = new SafeMap<number, OpenFile>();
const devices = new SafeMap<number, Device>();
/** Node itself has the numbers below. As measured with a CommonJS script. */
const firstFree = 17;
/** The usual `ulimit -n`. */
const most = 1024;
const umask = 0o022;

export function applyUmask(mode: number): number {
  return mode & ~umask & 0o7777;
}

export function openFile(path: string, flags: number, mode: number): number {
  const device = deviceAt(path);
  const file = device === undefined ? opened(path, flags, mode) : undefined;
  for (let fd = firstFree; fd < most; fd++) {
    if (open.has(fd) || devices.has(fd)) continue;
    if (device !== undefined) devices.set(fd, device);
    if (file !== undefined) open.set(fd, { ...file, flags, position: 0 });
    return fd;
  }
  throw new Fault('EMFILE');
}

function opened(path: string, flags: number, mode: number): Pick<OpenFile, 'inode' | 'place'> {
  const mustBeNew = (flags & (flagBits.O_CREAT | flagBits.O_EXCL)) === (flagBits.O_CREAT | flagBits.O_EXCL);
  const place = placeOf(path, !mustBeNew && (flags & flagBits.O_NOFOLLOW) === 0);
  const { inode } = place;
  if (inode === undefined) {
    if ((flags & flagBits.O_CREAT) === 0) throw new Fault('ENOENT');
    if (place.asFolder) throw new Fault('EISDIR');
    checkWritable(place.folder);
    const file = newFile(applyUmask(mode));
    addChild(place.folder, place.name, file);
    nameChanged(place, 'created');
    return { inode: file, place };
  }
  if (mustBeNew) throw new Fault('EEXIST');
  if (inode.kind === 'link') throw new Fault('ELOOP');
  const writes = (flags & 3) !== flagBits.O_RDONLY;
  if (inode.kind === 'folder' && (writes || (flags & flagBits.O_CREAT) !== 0)) throw new Fault('EISDIR');
  if (inode.kind === 'file' && (flags & flagBits.O_DIRECTORY) !== 0) throw new Fault('ENOTDIR');
  checkAccess(inode, (writes ? 2 : 0) | ((flags & 3) === flagBits.O_WRONLY ? 0 : 4));
  if (inode.kind === 'file' && (flags & flagBits.O_TRUNC) !== 0 && writes) {
    resize(inode, 0);
    touch(inode);
    inodeChanged(inode, 'modified', place);
  }
  return { inode, place };
}

function deviceFor(fd: number): Device | undefined {
  return devices.get(fd) ?? deviceOf(fd);
}

export function inodeOf(fd: number): Inode {
  if (deviceFor(fd) !== undefined) return inodeOfDevice();
  const known = open.get(fd);
  if (known === undefined) throw new Fault('EBADF');
  return known.inode;
}

function fileOf(fd: number, forbidden: number): { readonly handle: OpenFile; readonly file: FileInode } {
  const handle = open.get(fd);
  if (handle === undefined || (handle.flags & 3) === forbidden) throw new Fault('EBADF');
  if (handle.inode.kind !== 'file') throw new Fault('EISDIR');
  return { handle, file: handle.inode };
}

/** Bytes from a position, or from where the last read ended; fewer where the file ends. */
export function readFrom(fd: number, into: Uint8Array, position: number | undefined): number {
  const device = deviceFor(fd);
  if (device !== undefined) return readDevice(device);
  const { handle, file } = fileOf(fd, flagBits.O_WRONLY);
  load(file);
  const from = position ?? handle.position;
  const count = Math.max(Math.min(into.length, file.size - from), 0);
  into.set(file.bytes.subarray(from, from + count));
  if (position === undefined) handle.position += count;
  file.times.atime = now();
  return count;
}

export function writeTo(fd: number, bytes: Uint8Array, position: number | undefined): number {
  const device = deviceFor(fd);
  if (device !== undefined) return writeDevice(device, bytes);
  const { handle, file } = fileOf(fd, flagBits.O_RDONLY);
  load(file);
  const at = (handle.flags & flagBits.O_APPEND) !== 0 ? file.size : (position ?? handle.position);
  if (at + bytes.length > file.size) resize(file, at + bytes.length);
  file.bytes.set(bytes, at);
  if (position === undefined) handle.position = at + bytes.length;
  if (bytes.length > 0) {
    touch(file);
    inodeChanged(file, 'modified', handle.place);
  }
  return bytes.length;
}

export function truncateOpen(fd: number, size: number): void {
  const handle = open.get(fd);
  if (handle === undefined) throw new Fault('EBADF');
  if ((handle.flags & 3) === flagBits.O_RDONLY || handle.inode.kind !== 'file') throw new Fault('EINVAL');
  resize(handle.inode, size);
  touch(handle.inode);
  inodeChanged(handle.inode, 'modified', handle.place);
}

export function closeOpen(fd: number): void {
  if (deviceOf(fd) !== undefined || devices.delete(fd)) return;
  if (!open.delete(fd)) throw new Fault('EBADF');
}
