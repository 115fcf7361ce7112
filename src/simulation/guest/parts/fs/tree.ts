/** Why this file exists: what is done with names and folders: mkdir(2), rename(2), unlink(2) and the like. */
import { inodeChanged, inodeMoved, inodeRemoved, linksChanged, nameChanged } from './changes';
import { Fault } from './faults';
import {
  addChild, child, load, namesIn, newFile, newFolder, newLink, now, removeChild, resize, touch, type FolderInode,
  type Inode,
} from './inodes';
import { applyUmask } from './descriptors';
import { checkAccess, checkWritable, inodeAt, placeOf } from './walk';
import { seededText } from './seeded';

export function checkReachable(path: string, mode: number): void {
  checkAccess(inodeAt(path, true), mode);
}

export function makeFolder(path: string, mode: number): void {
  const { folder, name, inode } = placeOf(path, false);
  if (inode !== undefined) throw new Fault('EEXIST');
  checkWritable(folder);
  addChild(folder, name, newFolder(folder, applyUmask(mode)));
  nameChanged({ folder, name }, 'created');
}

/** Node 20: src/node_file.cc (MKDirpSync). The first folder that was made, undefined where all were there. */
export function makeFolders(path: string, mode: number): string | undefined {
  const isAbsolute = path.startsWith('/');
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  let at = isAbsolute ? '' : '/project';
  let firstMade: string | undefined;
  for (const [i, name] of names.entries()) {
    at = `${at}/${name}`;
    const inode = placeOf(at, true).inode;
    if (inode === undefined) {
      makeFolder(at, mode);
      firstMade ??= resolved(at);
    } else if (inode.kind !== 'folder') throw new Fault(i === names.length - 1 ? 'EEXIST' : 'ENOTDIR');
  }
  return firstMade;
}

function resolved(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

export function makeTemporary(prefix: string): string {
  for (;;) {
    const path = `${prefix}${seededText(6)}`;
    const { folder, name, inode } = placeOf(path, false);
    if (inode !== undefined) continue;
    checkWritable(folder);
    addChild(folder, name, newFolder(folder, 0o700));
    nameChanged({ folder, name }, 'created');
    return path;
  }
}

export interface Entry {
  readonly name: string;
  readonly kind: Inode['kind'];
}

export function entriesOf(path: string): Entry[] {
  const inode = inodeAt(path, true);
  if (inode.kind !== 'folder') throw new Fault('ENOTDIR');
  checkAccess(inode, 4);
  inode.times.atime = now();
  return namesIn(inode).map((name) => ({ name, kind: child(inode, name)?.kind ?? 'file' }));
}

export function removeFolder(path: string): void {
  const { folder, name, inode, } = placeOf(path, false);
  if (inode === undefined) throw new Fault('ENOENT');
  if (inode.kind !== 'folder') throw new Fault('ENOTDIR');
  if (/(?:^|\/)\.\/*$/.test(path)) throw new Fault('EINVAL');
  if (namesIn(inode).length > 0 || name === '..') throw new Fault('ENOTEMPTY');
  if (name === '') throw new Fault('EBUSY');
  checkWritable(folder);
  removeChild(folder, name);
  inodeRemoved(inode);
  nameChanged({ folder, name }, 'deleted');
}

export function removeName(path: string): void {
  const { folder, name, inode } = placeOf(path, false);
  if (inode === undefined) throw new Fault('ENOENT');
  if (inode.kind === 'folder') throw new Fault('EISDIR');
  checkWritable(folder);
  removeChild(folder, name);
  inode.nlink--;
  inodeRemoved(inode);
  nameChanged({ folder, name }, 'deleted');
}

export function renamePath(from: string, to: string): void {
  const source = placeOf(from, false);
  const target = placeOf(to, false);
  if (source.inode === undefined) throw new Fault('ENOENT');
  if (source.name === '' || target.name === '') throw new Fault('EBUSY');
  if (source.inode === target.inode) return;
  checkWritable(source.folder);
  checkWritable(target.folder);
  checkReplaceable(source.inode, target.inode, target.asFolder);
  if (source.inode.kind === 'folder' && isWithin(target.folder, source.inode)) throw new Fault('EINVAL');
  if (source.inode.kind === 'file') load(source.inode);
  removeChild(source.folder, source.name);
  if (target.inode !== undefined) removeChild(target.folder, target.name);
  addChild(target.folder, target.name, source.inode);
  nameChanged(source, 'moved-from');
  nameChanged(target, 'moved-to');
  inodeMoved(source.inode);
  if (target.inode === undefined) return;
  if (target.inode.kind !== 'folder') target.inode.nlink--;
  inodeRemoved(target.inode);
}

function checkReplaceable(inode: Inode, target: Inode | undefined, asFolder: boolean): void {
  if (target === undefined) {
    if (asFolder && inode.kind !== 'folder') throw new Fault('ENOTDIR');
    return;
  }
  if (inode.kind === 'folder' && target.kind !== 'folder') throw new Fault('ENOTDIR');
  if (inode.kind !== 'folder' && target.kind === 'folder') throw new Fault('EISDIR');
  if (target.kind === 'folder' && namesIn(target).length > 0) throw new Fault('ENOTEMPTY');
}

function isWithin(folder: FolderInode, other: FolderInode): boolean {
  for (let at: FolderInode | undefined = folder; at !== undefined; at = at.parent) if (at === other) return true;
  return false;
}

/** COPYFILE_EXCL: the target must not be there. */
const exclusive = 1;

export function copyTo(from: string, to: string, mode: number): void {
  const source = inodeAt(from, true);
  checkAccess(source, 4);
  const { folder, name, inode, asFolder } = placeOf(to, true);
  if (inode !== undefined && (mode & exclusive) !== 0) throw new Fault('EEXIST');
  if (inode?.kind === 'folder' || (inode === undefined && asFolder)) throw new Fault('EISDIR');
  if (source.kind !== 'file') throw new Fault('EISDIR');
  load(source);
  const target = inode?.kind === 'file' ? inode : newFile(source.mode);
  if (target === source) return;
  if (inode === undefined) {
    checkWritable(folder);
    addChild(folder, name, target);
    nameChanged({ folder, name }, 'created');
  } else checkAccess(target, 2);
  resize(target, source.size);
  target.bytes.set(source.bytes.subarray(0, source.size));
  target.mode = source.mode;
  touch(target);
  const place = { folder, name };
  inodeChanged(target, 'modified', place); // it is emptied, given its mode, filled
  inodeChanged(target, 'attributes', place);
  if (target.size > 0) inodeChanged(target, 'modified', place);
}

export function makeLink(target: string, path: string): void {
  const { folder, name, inode } = placeOf(path, false);
  if (target === '') throw new Fault('ENOENT');
  if (inode !== undefined) throw new Fault('EEXIST');
  checkWritable(folder);
  addChild(folder, name, newLink(target));
  nameChanged({ folder, name }, 'created');
}

export function targetOfLink(path: string): string {
  const inode = inodeAt(path, false);
  if (inode.kind !== 'link') throw new Fault('EINVAL');
  return inode.target;
}

export function addName(existing: string, path: string): void {
  const inode = inodeAt(existing, false);
  if (inode.kind === 'folder') throw new Fault('EPERM');
  const place = placeOf(path, false);
  if (place.inode !== undefined) throw new Fault('EEXIST');
  checkWritable(place.folder);
  if (inode.kind === 'file') load(inode);
  addChild(place.folder, place.name, inode);
  inode.nlink++;
  linksChanged(inode);
  nameChanged(place, 'created');
}

export function changeMode(inode: Inode, mode: number): void {
  inode.mode = mode & 0o7777;
  inode.times.ctime = now();
  inodeChanged(inode, 'attributes', inode.place);
}

/** Seconds since 1970. */
export function changeTimes(inode: Inode, atime: number, mtime: number): void {
  Object.assign(inode.times, { atime: atime * 1000, mtime: mtime * 1000, ctime: now() });
  inodeChanged(inode, 'attributes', inode.place);
}
