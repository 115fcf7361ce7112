/**
 * Why this file exists: all that a simulated program may see of the disk: files and folders below its own folder, as
 * the editor has them, else as the disk has them. Nothing is followed out of that folder, nothing is ever written, and
 * one run sees a limited number of bytes.
 */
import { closeSync, constants, fstatSync, openSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Seen, Workspace } from '../simulation/workspace';
import type { Overlay } from './simulator';

const mostBytesOfFile = 16 * 1024 * 1024;
const mostBytesOfRun = 128 * 1024 * 1024;
const mostNames = 20_000;

/** `root` is an absolute path with forward slashes and one at its end. */
export function openWorkspace(root: string, overlay: Overlay): Workspace {
  const texts = new Map(
    Object.entries(overlay).flatMap(([name, text]) => (name.startsWith(root) ? [[name.slice(root.length), text]] : [])),
  );
  const real = isTooWide(root) ? undefined : realPathOf(root);
  let bytesLeft = mostBytesOfRun;
  return {
    look(place) {
      if (!isBelow(place)) return null;
      const text = texts.get(place);
      if (text !== undefined) return { kind: 'file', size: Buffer.byteLength(text) };
      return withNames(lookOnDisk(real, place), namesIn(texts.keys(), place));
    },
    read(place) {
      if (!isBelow(place)) return undefined;
      const text = texts.get(place);
      const bytes = text === undefined ? readOnDisk(real, place, bytesLeft) : Buffer.from(text);
      bytesLeft -= bytes?.length ?? 0;
      return bytesLeft < 0 ? undefined : bytes;
    },
  };
}

/** A path as the guest makes it: names with slashes between them, none of which leads up. */
function isBelow(place: string): boolean {
  return place === '' || place.split('/').every((name) => name !== '' && name !== '.' && name !== '..' && !/[\0\\]/.test(name));
}

/** The root of a disk and the homes of people hold more than a program: nothing of them is shown. */
function isTooWide(root: string): boolean {
  const home = path.resolve(homedir());
  const folder = path.resolve(root);
  return folder === path.parse(folder).root || folder === home || home.startsWith(`${folder}${path.sep}`);
}

function realPathOf(place: string): string | undefined {
  try {
    return realpathSync(place);
  } catch {
    return undefined;
  }
}

/** Where a place really is, if that is below the root: a link that leads out of it is as if it were not there. */
function insideOf(real: string | undefined, place: string): string | undefined {
  if (real === undefined) return undefined;
  const found = realPathOf(path.join(real, place));
  return found === real || found?.startsWith(`${real}${path.sep}`) === true ? found : undefined;
}

function lookOnDisk(real: string | undefined, place: string): Seen {
  const found = insideOf(real, place);
  if (found === undefined) return null;
  try {
    const stats = statSync(found);
    if (stats.isFile()) return { kind: 'file', size: stats.size };
    if (!stats.isDirectory()) return null;
    const names = readdirSync(found, { withFileTypes: true }).slice(0, mostNames);
    return { kind: 'folder', names: names.map((entry) => [entry.name, entry.isDirectory()] as const) };
  } catch {
    return null;
  }
}

function readOnDisk(real: string | undefined, place: string, bytesLeft: number): Uint8Array | undefined {
  const found = insideOf(real, place);
  if (found === undefined) return undefined;
  let file: number | undefined;
  try {
    // What was looked at is what is read: no link at the end, no pipe that never answers.
    file = openSync(found, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size > Math.min(mostBytesOfFile, bytesLeft)) return undefined;
    return readFileSync(file);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Names of unsaved files right below a folder. */
function namesIn(places: Iterable<string>, folder: string): ReadonlyMap<string, boolean> {
  const names = new Map<string, boolean>();
  const start = folder === '' ? '' : `${folder}/`;
  for (const place of places) {
    if (!place.startsWith(start)) continue;
    const [name = '', ...more] = place.slice(start.length).split('/');
    if (name !== '') names.set(name, names.get(name) === true || more.length > 0);
  }
  return names;
}

function withNames(seen: Seen, more: ReadonlyMap<string, boolean>): Seen {
  if (more.size === 0 || seen?.kind === 'file') return seen;
  const names = new Map([...(seen?.names ?? []), ...more]);
  return { kind: 'folder', names: [...names] };
}
