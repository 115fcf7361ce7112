/**
 * Why this file exists: `fs/promises`: async functions as Node's own, so that what they await takes as many jobs as
 * there. Node 20: lib/internal/fs/promises.js.
 */
import { checkBoolean, checkInteger } from '../../node-errors';
import { deferred, settledLike } from '../../own-promises';
import type { Operation } from '../../loop/pool';
import * as calls from './calls';
import {
  accessModeOf, checkAborted, modeOf, nameAs, optionsOf, pathOf, secondsOf,
} from './arguments';
import { FileHandle } from './file-handle';
import { closedAfter, openFor, readHandle, truncateHandle, writeWhole } from './handle-work';
import { joinPaths, relativePath } from './paths';
import { folderOptions } from './reading-and-writing';
import { checkRemovable, removeAll, rmOptionsOf } from './removal';
import { shownEntry, statsOf } from './stats';
import { operationOf, withPromise } from './ways';

export function open(path: unknown, flags?: unknown, mode?: unknown): Promise<FileHandle> {
  return openFor(operationOf('open', path), path, flags, mode, true);
}

export async function readFile(path: unknown, given?: unknown): Promise<unknown> {
  const operation = operationOf('readFile', path);
  const options = optionsOf(given, { flag: 'r' });
  if (path instanceof FileHandle) return readHandle(operation, path, options, true);
  checkAborted(options.signal);
  const handle = await openFor(operation, path, options.flag ?? 'r', 0o666, false);
  return closedAfter(readHandle(operation, handle, options, false), handle, operation);
}

export function writeFile(path: unknown, data: unknown, given?: unknown): Promise<unknown> {
  return writeWhole('writeFile', path, data, given, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
}

export function appendFile(path: unknown, data: unknown, given?: unknown): object {
  return settledLike(() => writeWhole('appendFile', path, data, given, { encoding: 'utf8', mode: 0o666, flag: 'a' }));
}

export async function access(path: unknown, mode: unknown = 0): Promise<void> {
  const operation = operationOf('access', path);
  const place = pathOf(path);
  const bits = accessModeOf(mode);
  await withPromise(operation, calls.access(place, bits));
}

export interface BigOption {
  readonly bigint?: unknown;
}

export async function stat(path: unknown, options: BigOption = {}): Promise<object> {
  return statsOf(await withPromise(operationOf('stat', path), calls.stat(pathOf(path))), Boolean(options.bigint));
}

export async function lstat(path: unknown, options: BigOption = {}): Promise<object> {
  return statsOf(await withPromise(operationOf('lstat', path), calls.lstat(pathOf(path))), Boolean(options.bigint));
}

export async function readdir(path: unknown, given?: unknown): Promise<unknown> {
  const operation = operationOf('readdir', path);
  const { encoding, withFileTypes, recursive } = optionsOf(given);
  const place = pathOf(path);
  if (recursive) return readdirDeep(operation, place, Boolean(withFileTypes));
  const entries = await withPromise(operation, calls.readdir(place));
  const shown = entries.map((entry) => shownEntry(place, entry, encoding, withFileTypes));
  if (!withFileTypes) return shown;
  const { promise, resolve } = deferred(); // getDirents, promisified
  resolve(shown);
  return promise;
}

/** Node takes the folder that it found last first. */
async function readdirDeep(operation: Operation, base: string, withFileTypes: boolean): Promise<unknown[]> {
  const found: unknown[] = [];
  const queue = [{ folder: base, entries: await withPromise(operation, calls.readdir(base)) }];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const entry of next.entries) {
      const path = joinPaths(next.folder, entry.name);
      found.push(withFileTypes ? shownEntry(next.folder, entry, undefined, true) : relativePath(base, path));
      if (entry.kind !== 'folder') continue;
      queue.push({ folder: path, entries: await withPromise(operation, calls.readdir(path)) });
    }
  }
  return found;
}

export async function mkdir(path: unknown, given?: unknown): Promise<string | undefined> {
  const operation = operationOf('mkdir', path);
  const { recursive, mode } = folderOptions(given);
  const place = pathOf(path);
  checkBoolean(recursive, 'options.recursive');
  const bits = modeOf(mode, 'mode', 0o777);
  const make = recursive === true ? calls.mkdirp : calls.mkdir;
  return await withPromise<string | undefined>(operation, make(place, bits));
}

export async function mkdtemp(prefix: unknown, given?: unknown): Promise<unknown> {
  const { encoding } = optionsOf(given);
  const place = pathOf(prefix, 'prefix');
  return nameAs(await withPromise(operationOf('mkdtemp', prefix), calls.mkdtemp(place)), encoding);
}

export async function rm(path: unknown, given?: unknown): Promise<unknown> {
  const operation = operationOf('rm', path);
  const place = pathOf(path);
  await promised((done) => { checkRemovable(operation, place, given, done); });
  return promised((done) => { removeAll(operation, place, done); });
}

function promised(work: (done: (error: unknown) => void) => void): PromiseLike<unknown> {
  const { promise, resolve, reject } = deferred();
  work((error) => {
    if (error) reject(error);
    else resolve();
  });
  return promise as PromiseLike<unknown>;
}

export async function rmdir(path: unknown, given?: unknown): Promise<void> {
  const operation = operationOf('rmdir', path);
  const place = pathOf(path);
  rmOptionsOf(given);
  await withPromise(operation, calls.rmdir(place));
}

export async function unlink(path: unknown): Promise<void> {
  await withPromise(operationOf('unlink', path), calls.unlink(pathOf(path)));
}

export async function rename(from: unknown, to: unknown): Promise<void> {
  const operation = operationOf('rename', from, to);
  await withPromise(operation, calls.rename(pathOf(from, 'oldPath'), pathOf(to, 'newPath')));
}

export async function copyFile(from: unknown, to: unknown, mode: unknown = 0): Promise<void> {
  const operation = operationOf('copyFile', from, to);
  const [source, target] = [pathOf(from, 'src'), pathOf(to, 'dest')];
  checkInteger(mode, 'mode', 0, 7);
  await withPromise(operation, calls.copyfile(source, target, mode as number)); // just checked
}

export async function link(from: unknown, to: unknown): Promise<void> {
  await withPromise(operationOf('link', from, to), calls.link(pathOf(from, 'existingPath'), pathOf(to, 'newPath')));
}

export async function symlink(target: unknown, path: unknown): Promise<void> {
  await withPromise(operationOf('symlink', target, path), calls.symlink(pathOf(target, 'target'), pathOf(path)));
}

export async function readlink(path: unknown, given?: unknown): Promise<unknown> {
  const { encoding } = optionsOf(given);
  return nameAs(await withPromise(operationOf('readlink', path), calls.readlink(pathOf(path, 'oldPath'))), encoding);
}

export async function realpath(path: unknown, given?: unknown): Promise<unknown> {
  const { encoding } = optionsOf(given);
  return nameAs(await withPromise(operationOf('realpath', path), calls.realpath(pathOf(path))), encoding);
}

export async function truncate(path: unknown, size: unknown = 0): Promise<unknown> {
  const operation = operationOf('truncate', path, size);
  const handle = await openFor(operation, path, 'r+', undefined, false);
  return closedAfter(truncateHandle(operation, handle, size, false), handle, operation);
}

export async function chmod(path: unknown, mode: unknown): Promise<void> {
  const operation = operationOf('chmod', path, mode);
  await withPromise(operation, calls.chmod(pathOf(path), modeOf(mode, 'mode')));
}

export async function utimes(path: unknown, atime: unknown, mtime: unknown): Promise<void> {
  const operation = operationOf('utimes', path);
  await withPromise(operation, calls.utimes(pathOf(path), secondsOf(atime), secondsOf(mtime)));
}
