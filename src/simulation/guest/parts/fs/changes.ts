/**
 * Why this file exists: what happens to files, for those who watch: inotify(7). Folders hear of what happens to what is
 * in them, by its name.
 */
import type { Inode } from './inodes';
import { SafeMap } from '../../primordials';

/** What has changed of a thing that is there; what happens to names; what happens to the thing that is watched. */
export type Change =
  | 'modified' | 'attributes'
  | 'created' | 'deleted' | 'moved-from' | 'moved-to'
  | 'deleted-self' | 'moved-self' | 'ignored';

export interface Watch {
  hear(change: Change, name: string | undefined): void;
}

type Place = NonNullable<Inode['place']>;

const watches = new SafeMap<Inode, Watch[]>();

export function addWatch(inode: Inode, watch: Watch): void {
  watches.set(inode, [...(watches.get(inode) ?? []), watch]);
}

export function removeWatch(inode: Inode, watch: Watch): void {
  const left = (watches.get(inode) ?? []).filter((each) => each !== watch);
  if (left.length > 0) watches.set(inode, left);
  else watches.delete(inode);
}

/** Something in a folder got or lost its name. */
export function nameChanged({ folder, name }: Place, change: 'created' | 'deleted' | 'moved-from' | 'moved-to'): void {
  tell(folder, change, name);
}

/** Content or properties of what is known by this name. */
export function inodeChanged(inode: Inode, change: 'modified' | 'attributes', place: Inode['place']): void {
  if (place !== undefined) tell(place.folder, change, place.name);
  tell(inode, change, undefined);
}

/** How many names it has: that is nothing that folders hear of. */
export function linksChanged(inode: Inode): void {
  tell(inode, 'attributes', undefined);
}

export function inodeMoved(inode: Inode): void {
  tell(inode, 'moved-self', undefined);
}

/** It has a name less; with the last of them it is gone, and with it who watches. */
export function inodeRemoved(inode: Inode): void {
  if (inode.kind !== 'folder') tell(inode, 'attributes', undefined);
  if (inode.kind !== 'folder' && inode.nlink > 0) return;
  tell(inode, 'deleted-self', undefined);
  tell(inode, 'ignored', undefined);
  watches.delete(inode);
}

function tell(inode: Inode, change: Change, name: string | undefined): void {
  if (watches.size === 0) return;
  for (const watch of watches.get(inode) ?? []) watch.hear(change, name);
}
