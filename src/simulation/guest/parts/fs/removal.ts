/**
 * Why this file exists: removing a folder with all that is in it, as Node goes about it: one call of the system after
 * the other. Node 20: lib/internal/fs/rimraf.js, lib/internal/fs/utils.js (validateRmOptions).
 */
import { checkBoolean, checkInteger, checkObject } from '../../node-errors';
import { call, type Callable } from '../../primordials';
import { under } from '../../stood-for';
import type { Operation } from '../../loop/pool';
import * as calls from './calls';
import { callbackOf, pathOf } from './arguments';
import { isFolderError } from './stats';
import { atOnce, inPool, ofCalls, operationOf } from './ways';

interface RmOptions {
  readonly force: unknown;
  readonly recursive: unknown;
  readonly retryDelay: unknown;
  readonly maxRetries: unknown;
}

const defaults: RmOptions = { force: false, recursive: false, retryDelay: 100, maxRetries: 0 };

export function rmOptionsOf(given: unknown): RmOptions {
  if (given !== undefined) checkObject(given, 'options');
  const options: RmOptions = { ...defaults, ...(given as object | undefined) }; // checked below
  checkBoolean(options.recursive, 'options.recursive');
  checkInteger(options.retryDelay, 'options.retryDelay', 0, 2_147_483_647);
  checkInteger(options.maxRetries, 'options.maxRetries', 0, 4_294_967_295);
  return options;
}

function codeOf(error: unknown): unknown {
  return error === null || error === undefined ? undefined : (error as { code?: unknown }).code;
}

type Done = (error: unknown) => void;

/** Looks at what is to be removed. */
export function checkRemovable(operation: Operation, path: string, given: unknown, done: Done): void {
  const options = rmOptionsOf(given);
  checkBoolean(options.force, 'options.force');
  inPool(operation, calls.lstat(path), (error, inode) => {
    if (error !== null && !(options.force === true && codeOf(error) === 'ENOENT')) done(error);
    else if (inode?.kind === 'folder' && options.recursive !== true) done(isFolderError(path));
    else done(null);
  });
}

export function removeAll(operation: Operation, path: string, done: Done): void {
  const gone: Done = (error) => { done(codeOf(error) === 'ENOENT' ? null : error); };
  inPool(operation, calls.lstat(path), (error, inode) => {
    if (error !== null) gone(error);
    else if (inode?.kind === 'folder') removeTree(operation, path, gone);
    else inPool(operation, calls.unlink(path), gone);
  });
}

function removeTree(operation: Operation, path: string, done: Done): void {
  inPool(operation, calls.rmdir(path), (error) => {
    if (codeOf(error) === 'ENOTEMPTY') removeChildren(operation, path, done);
    else done(error);
  });
}

function removeChildren(operation: Operation, path: string, done: Done): void {
  inPool(operation, calls.readdir(path), (error, entries = []) => {
    if (error !== null) {
      done(error);
      return;
    }
    let left = entries.length;
    let isOver = false;
    const removed: Done = (failure) => {
      if (isOver) return;
      if (failure) {
        isOver = true;
        done(failure);
      } else if (--left === 0) inPool(operation, calls.rmdir(path), done);
    };
    // Each child is an operation of its own: they are removed side by side.
    for (const { name } of entries) removeAll(operationOf('rm', `${path}/${name}`), `${path}/${name}`, removed);
    if (left === 0) inPool(operation, calls.rmdir(path), done);
  });
}

const rimraf = 'node:internal/fs/rimraf';
const removed = under(
  [`CB (${rimraf}:60:5)`, `${rimraf}:124:5`, 'FSReqCallback.oncomplete (node:fs:187:23)'],
  (callback: Callable, error: unknown) => { call(callback, undefined, error); },
);

export function rm(...given: readonly unknown[]): void {
  const [path, options] = given;
  const last = typeof options === 'function' ? options : given[2];
  const place = pathOf(path);
  const callback: Callable = callbackOf(last);
  const operation = operationOf('rm', path);
  checkRemovable(operation, place, typeof options === 'function' ? undefined : options, (error) => {
    if (error) call(callback, undefined, error);
    else removeAll(operation, place, (failure) => { removed(callback, failure); });
  });
}

export function rmdir(...given: readonly unknown[]): void {
  const [path, options] = given;
  const callback = callbackOf(typeof options === 'function' ? options : given[2]);
  const place = pathOf(path);
  if (options !== undefined && typeof options !== 'function') rmOptionsOf(options);
  inPool(operationOf('rmdir', path), calls.rmdir(place), (error) => { ofCalls(callback, error); }, callback);
}

export function rmdirSync(path: unknown, given?: unknown): void {
  const place = pathOf(path);
  rmOptionsOf(given);
  atOnce(calls.rmdir(place));
}

export function rmSync(path: unknown, given?: unknown): void {
  const place = pathOf(path);
  const options = rmOptionsOf(given);
  checkBoolean(options.force, 'options.force');
  const kind = kindAt(place, options.force === true);
  if (kind === 'folder' && options.recursive !== true) throw isFolderError(place);
  if (kind !== undefined) removeNow(place, kind);
}

function kindAt(path: string, mayBeMissing: boolean): string | undefined {
  try {
    return atOnce(calls.lstat(path)).kind;
  } catch (error) {
    if (mayBeMissing && codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function removeNow(path: string, kind: string): void {
  if (kind !== 'folder') {
    atOnce(calls.unlink(path));
    return;
  }
  for (const entry of atOnce(calls.readdir(path))) removeNow(`${path}/${entry.name}`, entry.kind);
  atOnce(calls.rmdir(path));
}
