/**
 * Why this file exists: what the file system is made of: files, folders and links, in memory. Those of the program's
 * own folder begin as what the host shows; whatever is done to them is done to the copy.
 */
import { clock } from '../../clock';
import { lookOutside, readOutside } from '../../outside';
import { SafeMap, SafeSet } from '../../primordials';
import { epoch } from '../../time';
import { Fault } from './faults';

/** Milliseconds since 1970. */
export interface Times {
  atime: number;
  mtime: number;
  ctime: number;
  readonly birthtime: number;
}

interface Common {
  readonly ino: number;
  /** Permissions, without the bits of the kind. */
  mode: number;
  readonly uid: number;
  readonly times: Times;
  nlink: number;
  /** Where it got a name last. */
  place: Place | undefined;
}

interface Place {
  readonly folder: FolderInode;
  readonly name: string;
}

export interface FileInode extends Common {
  readonly kind: 'file';
  /** Where the host has it, as long as nobody has read or written it. */
  host: string | undefined;
  /** Longer than the file where it may grow. */
  bytes: Uint8Array;
  size: number;
}

export interface FolderInode extends Common {
  readonly kind: 'folder';
  parent: FolderInode | undefined;
  readonly names: Map<string, Inode>;
  /** Where the host has it: names that are not in `names` may be there, unless they are gone. */
  readonly host: string | undefined;
  readonly gone: Set<string>;
}

export interface LinkInode extends Common {
  readonly kind: 'link';
  readonly target: string;
}

export type Inode = FileInode | FolderInode | LinkInode;

export const ownUid = 1000;
/** What was there before the program: a day before it starts. Modelled: the host's times are not shown. */
function before(): number {
  return epoch.ms - 86_400_000;
}
let lastIno = 1000;

export function now(): number {
  return epoch.ms + clock.now();
}

function common(mode: number, uid: number, at: number): Common {
  const times = { atime: at, mtime: at, ctime: at, birthtime: at };
  return { ino: ++lastIno, mode, uid, nlink: 1, place: undefined, times };
}

export function newFile(mode: number): FileInode {
  return { kind: 'file', ...common(mode, ownUid, now()), host: undefined, bytes: new Uint8Array(0), size: 0 };
}

export function newFolder(parent: FolderInode | undefined, mode: number): FolderInode {
  return folder(parent, mode, ownUid, now(), undefined);
}

function folder(
  parent: FolderInode | undefined, mode: number, uid: number, at: number, host: string | undefined,
): FolderInode {
  const names = new SafeMap<string, Inode>();
  return { kind: 'folder', ...common(mode, uid, at), nlink: 2, parent, names, host, gone: new SafeSet() };
}

export function newLink(target: string): LinkInode {
  return { kind: 'link', ...common(0o777, ownUid, now()), target };
}

function hostFile(host: string, size: number): FileInode {
  return { kind: 'file', ...common(0o644, ownUid, before()), host, bytes: new Uint8Array(0), size };
}

const rootUid = 0;

/** `/` with the program's folder, an empty /tmp and an empty home. */
export function newRoot(): FolderInode {
  const root = folder(undefined, 0o755, rootUid, before(), undefined);
  const add = (parent: FolderInode, name: string, made: FolderInode): FolderInode => {
    parent.names.set(name, made);
    return made;
  };
  add(root, 'project', folder(root, 0o755, ownUid, before(), ''));
  add(root, 'tmp', folder(root, 0o777, rootUid, before(), undefined));
  const homes = add(root, 'home', folder(root, 0o755, rootUid, before(), undefined));
  add(homes, 'user', folder(homes, 0o755, ownUid, before(), undefined));
  return root;
}

function hostPath(parent: string, name: string): string {
  return parent === '' ? name : `${parent}/${name}`;
}

/** What a folder holds under a name. */
export function child(parent: FolderInode, name: string): Inode | undefined {
  const known = parent.names.get(name);
  if (known !== undefined || parent.host === undefined || parent.gone.has(name)) return known;
  const path = hostPath(parent.host, name);
  const seen = lookOutside(path);
  if (seen === null) {
    parent.gone.add(name);
    return undefined;
  }
  const made = seen.kind === 'file' ? hostFile(path, seen.size) : folder(parent, 0o755, ownUid, before(), path);
  parent.names.set(name, made);
  made.place = { folder: parent, name };
  return made;
}

/** The names in a folder, by their bytes, as scandir sorts them. */
export function namesIn(parent: FolderInode): string[] {
  const all = new SafeSet<string>(parent.names.keys());
  const seen = parent.host === undefined ? null : lookOutside(parent.host);
  if (seen?.kind === 'folder') for (const [name] of seen.names) if (!parent.gone.has(name)) all.add(name);
  return [...all].filter((name) => child(parent, name) !== undefined).sort(byBytes);
}

/** The order of code points is that of their bytes in UTF-8; that of UTF-16 units is not. */
function byBytes(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a.charCodeAt(i) === b.charCodeAt(i)) continue;
    return (a.codePointAt(i) ?? 0) - (b.codePointAt(i) ?? 0);
  }
  return a.length - b.length;
}

export function addChild(parent: FolderInode, name: string, inode: Inode): void {
  inode.place = { folder: parent, name };
  parent.names.set(name, inode);
  parent.gone.delete(name);
  if (inode.kind === 'folder') {
    inode.parent = parent;
    parent.nlink++;
  }
  touch(parent);
}

export function removeChild(parent: FolderInode, name: string): void {
  const inode = parent.names.get(name);
  parent.names.delete(name);
  parent.gone.add(name);
  if (inode?.kind === 'folder') parent.nlink--;
  touch(parent);
}

/** Its content has changed. */
export function touch({ times }: Inode): void {
  times.mtime = times.ctime = now();
}

/** The bytes of a file, read from the host the first time. */
export function load(file: FileInode): void {
  if (file.host === undefined) return;
  file.bytes = readOutside(file.host);
  file.size = file.bytes.length;
  file.host = undefined;
}

/** Bytes that one file may have. */
const largest = 256 * 1024 * 1024;

/** Makes room and sets the length; what is new is zero. */
export function resize(file: FileInode, size: number): void {
  load(file);
  if (size > largest) throw new Fault('EFBIG');
  if (size > file.bytes.length) {
    const larger = new Uint8Array(Math.max(size, Math.min(file.bytes.length * 2, largest)));
    larger.set(file.bytes.subarray(0, file.size));
    file.bytes = larger;
  } else if (size < file.size) file.bytes.fill(0, size, file.size);
  file.size = size;
}
