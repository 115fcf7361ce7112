/**
 * Why this file exists: the methods of the open files of `fs/promises`. Node 20: lib/internal/fs/promises.js (fsCall).
 */
import { settledLike } from '../../own-promises';
import { asNode } from '../../node-code';
import { hide, named } from '../../primordials';
import { callLabel } from '../../recorder';
import { standIn } from '../../stand-ins';
import type { Operation } from '../../loop/pool';
import * as calls from './calls';
import { modeOf, optionsOf, positionOf, secondsOf } from './arguments';
import { FileHandle, notOpen, handleInside } from './file-handle';
import { readHandle, truncateHandle, writeWhole } from './handle-work';
import type { BigOption } from './promises';
import { pieceOf, readWhat, writeWhat } from './reading-and-writing';
import { statsOf } from './stats';
import { chownHandle, readvHandle, writevHandle } from './vectors';
import { operationOf, withPromise } from './ways';

type Body = (handle: FileHandle, operation: Operation, ...given: unknown[]) => PromiseLike<unknown>;

/** What they do, and what errors of closed files call it. */
const work: Readonly<Record<string, readonly [syscall: string, body: Body]>> = {
  appendFile: ['writeFile', writeAll],
  chmod: ['fchmod', async (handle, operation, mode) => {
    await withPromise(operation, calls.fchmod(handle.fd, modeOf(mode, 'mode')));
  }],
  chown: ['fchown', (handle, operation, uid, gid) => chownHandle(handle.fd, operation, uid, gid)],
  datasync: ['fdatasync', async (handle, operation) => {
    await withPromise(operation, calls.fsync(handle.fd, 'fdatasync'));
  }],
  sync: ['fsync', async (handle, operation) => {
    await withPromise(operation, calls.fsync(handle.fd));
  }],
  read: ['read', readInto],
  readFile: ['readFile', readAll],
  readv: ['readv', (handle, operation, buffers, position) => readvHandle(handle.fd, operation, buffers, position)],
  stat: ['fstat', async (handle, operation, options) => {
    const inode = await withPromise(operation, calls.fstat(handle.fd));
    return statsOf(inode, Boolean((options as BigOption | undefined)?.bigint)); // as Node reads it
  }],
  truncate: ['ftruncate', (handle, operation, size = 0) => truncateHandle(operation, handle, size, true)],
  utimes: ['futimes', async (handle, operation, atime, mtime) => {
    await withPromise(operation, calls.futimes(handle.fd, secondsOf(atime, 'atime'), secondsOf(mtime, 'mtime')));
  }],
  write: ['write', writeFrom],
  writev: ['writev', (handle, operation, buffers, position) => writevHandle(handle.fd, operation, buffers, position)],
  writeFile: ['writeFile', writeAll],
};

function writeAll(handle: FileHandle, _: Operation, data: unknown, options: unknown): PromiseLike<unknown> {
  return writeWhole('FileHandle.writeFile', handle, data, options, { encoding: 'utf8', flag: 'w' });
}

function readAll(handle: FileHandle, operation: Operation, options: unknown): PromiseLike<unknown> {
  // An async function around one, as in Node.
  const read = (): unknown => readHandle(operation, handle, optionsOf(options, { flag: 'r' }), true);
  return settledLike(read) as PromiseLike<unknown>;
}

async function readInto(handle: FileHandle, operation: Operation, ...given: unknown[]): Promise<object> {
  const what = readWhat(given.length === 0 ? [undefined] : given);
  const piece = pieceOf(what);
  const read = calls.read(handle.fd, piece, positionOf(what.position));
  return brought({ bytesRead: piece.length === 0 ? 0 : await withPromise(operation, read), buffer: what.buffer });
}

async function writeFrom(handle: FileHandle, operation: Operation, ...given: unknown[]): Promise<object> {
  const { bytes, position } = writeWhat(given);
  const write = calls.write(handle.fd, bytes, position);
  return brought({ bytesWritten: bytes.length === 0 ? 0 : await withPromise(operation, write), buffer: given[0] });
}

function brought(values: object): object {
  return Object.assign(Object.create(null) as object, values);
}

/** Whoever uses a file keeps it open. */
async function used(
  name: string, handle: FileHandle, given: readonly unknown[], [syscall, body]: readonly [string, Body],
): Promise<unknown> {
  if (handle.fd === -1) throw notOpen(syscall);
  try {
    handleInside.use(handle);
    return await body(handle, operationOf(`FileHandle.${name}`, ...given), ...given);
  } finally {
    handleInside.leave(handle);
  }
}

for (const [name, how] of Object.entries(work)) {
  const method = function (this: FileHandle, ...given: unknown[]): object {
    return asNode(() => used(name, this, given, how), callLabel(`FileHandle.${name}`, given));
  };
  hide(FileHandle.prototype, name, named(method, name));
}
/** Using one of these ends the run. */
const notModelled = ['getAsyncId', 'readLines', 'readableWebStream'];
for (const name of notModelled) hide(FileHandle.prototype, name, standIn(`FileHandle.${name}`));

const close = function (this: FileHandle): object {
  return handleInside.close(this);
};
hide(FileHandle.prototype, 'close', named(close, 'close'));
hide(FileHandle.prototype, Symbol.asyncDispose, named(function (this: FileHandle): object {
  return settledLike(() => handleInside.close(this));
}, '[Symbol.asyncDispose]'));
