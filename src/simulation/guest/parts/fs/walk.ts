/** Why this file exists: from a path to what is there: path_resolution(7). */
import { Fault } from './faults';
import { child, newRoot, ownUid, type FolderInode, type Inode } from './inodes';

const root = newRoot();
const workingFolder = '/project';
const longestName = 255;
const longestPath = 4096;
/** MAXSYMLINKS of Linux. */
const mostLinks = 40;

/** Where a path leads: the folder, the last name in it ('' for the folder itself), and what is there, if anything. */
export interface Place {
  readonly folder: FolderInode;
  readonly name: string;
  readonly inode: Inode | undefined;
  /** It ends in a slash: only a folder will do. */
  readonly asFolder: boolean;
}

export function placeOf(path: string, followsLast: boolean): Place {
  if (path === '') throw new Fault('ENOENT');
  if (path.length >= longestPath) throw new Fault('ENAMETOOLONG');
  const place = walk(root, path.startsWith('/') ? path : `${workingFolder}/${path}`, followsLast, { links: 0 });
  if (place.asFolder && place.inode !== undefined && place.inode.kind !== 'folder') throw new Fault('ENOTDIR');
  return place;
}

/** What is there; ENOENT where nothing is. */
export function inodeAt(path: string, followsLast: boolean): Inode {
  const { inode } = placeOf(path, followsLast);
  if (inode === undefined) throw new Fault('ENOENT');
  return inode;
}

function walk(start: FolderInode, path: string, followsLast: boolean, seen: { links: number }): Place {
  let folder = path.startsWith('/') ? root : start;
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const asFolder = /\/\.?$|(?:^|\/)\.\.?$/.test(path);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] ?? '';
    const isLast = i === names.length - 1;
    if (name.length > longestName) throw new Fault('ENAMETOOLONG');
    const inode = name === '..' ? (folder.parent ?? folder) : child(folder, name);
    if (inode?.kind === 'link' && (!isLast || followsLast || asFolder)) {
      if (++seen.links > mostLinks) throw new Fault('ELOOP');
      const rest = names.slice(i + 1).join('/');
      const target = rest === '' ? `${inode.target}${asFolder ? '/' : ''}` : `${inode.target}/${rest}`;
      return walk(folder, target, followsLast, seen);
    }
    if (isLast) return { folder: name === '..' ? folder : folder, name, inode, asFolder };
    if (inode === undefined) throw new Fault('ENOENT');
    if (inode.kind !== 'folder') throw new Fault('ENOTDIR');
    folder = inode;
  }
  return { folder, name: '', inode: folder, asFolder: true };
}

/** The absolute path of what is there, without links. */
export function realPathOf(path: string): string {
  const { folder, name, inode } = placeOf(path, true);
  if (inode === undefined) throw new Fault('ENOENT');
  const names = inode.kind === 'folder' ? [] : [name];
  for (let at = inode.kind === 'folder' ? inode : folder; at.parent !== undefined; at = at.parent) names.unshift(nameIn(at.parent, at));
  return `/${names.join('/')}`;
}

function nameIn(parent: FolderInode, inode: FolderInode): string {
  for (const [name, each] of parent.names) if (each === inode) return name;
  return '';
}

/** Names are added and removed in folders that the process may write. */
export function checkWritable(folder: FolderInode): void {
  if (folder.uid !== ownUid && (folder.mode & 0o002) === 0) throw new Fault('EACCES');
  if (folder.uid === ownUid && (folder.mode & 0o200) === 0) throw new Fault('EACCES');
}

/** `wanted`: 4 to read, 2 to write, 1 to run or to enter. */
export function checkAccess(inode: Inode, wanted: number): void {
  const bits = inode.uid === ownUid ? inode.mode >> 6 : inode.mode;
  if ((bits & wanted) !== wanted) throw new Fault('EACCES');
}
