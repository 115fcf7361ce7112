/**
 * Why this file exists: what `fs` reads into several buffers, or writes of them, in one call; owners; times of links.
 * Node 20: lib/fs.js. The program runs as a user who owns all files: it can give them to nobody else.
 */
import { callbackNames } from '../../modules/util/promisify';
import { checkInteger, codedError, received } from '../../node-errors';
import { NativeTypeError, call, isArray, named, type Callable } from '../../primordials';
import { nextTick } from '../../ticks';
import type { Operation } from '../../loop/pool';
import { callbackOf, descriptorOf, pathOf, positionOf, secondsOf } from './arguments';
import * as calls from './calls';
import type { Call } from './calls';
import { inodeOf, readFrom, writeTo } from './descriptors';
import { Fault, type Asked } from './faults';
import { inodeAt } from './walk';
import { atOnce, inPool, operationOf, withCallback, withPromise } from './ways';

type Views = readonly Uint8Array[];

function viewsOf(given: unknown): Views {
  if (!isArray(given) || !given.every((each) => ArrayBuffer.isView(each))) {
    const message = `The "buffers" argument must be an ArrayBufferView[]. Received ${received(given)}`;
    throw codedError(NativeTypeError, 'ERR_INVALID_ARG_TYPE', message);
  }
  return given.map((each: ArrayBufferView) => new Uint8Array(each.buffer, each.byteOffset, each.byteLength));
}

type OneView = (view: Uint8Array, at: number | undefined) => number;

/** One after the other, until one is not filled; with a position none of them moves the file's own. */
function through(views: Views, position: number | undefined, each: OneView): number {
  let total = 0;
  for (const view of views) {
    const count = each(view, position === undefined ? undefined : position + total);
    total += count;
    if (count < view.length) break;
  }
  return total;
}

function sizeOf(views: Views): number {
  return views.reduce((sum, { length }) => sum + length, 0);
}

function reading(fd: number, views: Views, position: number | undefined): Call<number> {
  const whole = calls.read(fd, new Uint8Array(sizeOf(views)), position);
  return { ...whole, run: () => through(views, position, (view, at) => readFrom(fd, view, at)) };
}

function writing(fd: number, views: Views, position: number | undefined): Call<number> {
  const whole = calls.write(fd, new Uint8Array(sizeOf(views)), position);
  return { ...whole, run: () => through(views, position, (view, at) => writeTo(fd, view, at)) };
}

type Vector = (fd: unknown, buffers: unknown, ...more: unknown[]) => unknown;

function withCallbacks(name: string, make: typeof reading): Vector {
  return (fd, buffers, ...more) => {
    const descriptor = descriptorOf(fd);
    const views = viewsOf(buffers);
    const [position, last] = more.length > 1 ? more : [undefined, more[0]];
    const callback = callbackOf(last);
    if (name === 'writev' && views.length === 0) {
      nextTick(callback, [null, 0, buffers]);
      return;
    }
    inPool(operationOf(name, fd), make(descriptor, views, positionOf(position)), (error, count = 0) => {
      call(callback, undefined, error, count, buffers);
    }, callback);
  };
}

function atOnceWith(make: typeof reading): Vector {
  return (fd, buffers, position) => {
    const descriptor = descriptorOf(fd);
    const views = viewsOf(buffers);
    return views.length === 0 ? 0 : atOnce(make(descriptor, views, positionOf(position)));
  };
}

/** Of an open file of `fs/promises`. */
export async function readvHandle(
  fd: number, operation: Operation, buffers: unknown, position: unknown,
): Promise<object> {
  const views = viewsOf(buffers);
  const bytesRead = await withPromise(operation, reading(fd, views, positionOf(position)));
  return { __proto__: null, bytesRead, buffers };
}

export async function writevHandle(
  fd: number, operation: Operation, buffers: unknown, position: unknown,
): Promise<object> {
  const views = viewsOf(buffers);
  if (views.length === 0) return { __proto__: null, bytesWritten: 0, buffers };
  const bytesWritten = await withPromise(operation, writing(fd, views, positionOf(position)));
  return { __proto__: null, bytesWritten, buffers };
}

const own = 1000;
const mostId = 4_294_967_295;

function checkOwners(uid: unknown, gid: unknown): void {
  checkInteger(uid, 'uid', -1, mostId);
  checkInteger(gid, 'gid', -1, mostId);
}

/** Nothing changes, or it is refused. */
function owning(asked: Asked, look: () => unknown, ids: readonly unknown[]): Call<undefined> {
  return { ...asked, ms: 0.1, run: () => {
    look();
    if (ids.some((id) => id !== own && id !== -1 && id !== mostId)) throw new Fault('EPERM');
    return undefined;
  } };
}

type Owning = (uid: unknown, gid: unknown, of: unknown) => Call<undefined>;

function chowning(syscall: string, follows: boolean): Owning {
  return (uid, gid, of) => {
    const path = pathOf(of);
    checkOwners(uid, gid);
    return owning({ syscall, path }, () => inodeAt(path, follows), [uid, gid]);
  };
}

const owners: Readonly<Record<string, Owning>> = {
  chown: chowning('chown', true),
  lchown: chowning('lchown', false),
  fchown: (uid, gid, of) => {
    const fd = descriptorOf(of);
    checkOwners(uid, gid);
    return owning({ syscall: 'fchown' }, () => inodeOf(fd), [uid, gid]);
  },
};

/** The same of an open file. */
export async function chownHandle(fd: number, operation: Operation, uid: unknown, gid: unknown): Promise<void> {
  await withPromise(operation, (owners['fchown'] as Owning)(uid, gid, fd)); // it is in the table
}

function lutimes(path: unknown, atime: unknown, mtime: unknown): Call<undefined> {
  return calls.utimes(pathOf(path), secondsOf(atime), secondsOf(mtime), 'lutime');
}

const functions: Record<string, Callable> = {
  readv: named(withCallbacks('readv', reading), 'readv', 4),
  writev: named(withCallbacks('writev', writing), 'writev', 4),
  readvSync: named(atOnceWith(reading), 'readvSync', 3),
  writevSync: named(atOnceWith(writing), 'writevSync', 3),
  lutimes: named((path: unknown, atime: unknown, mtime: unknown, last: unknown) => {
    const callback = callbackOf(last);
    withCallback(operationOf('lutimes', path), lutimes(path, atime, mtime), callback);
  }, 'lutimes', 4),
  lutimesSync: named((path: unknown, atime: unknown, mtime: unknown) => { atOnce(lutimes(path, atime, mtime)); }, 'lutimesSync', 3),
};
for (const [name, make] of Object.entries(owners)) {
  functions[name] = named((of: unknown, uid: unknown, gid: unknown, last: unknown) => {
    const callback = callbackOf(last);
    withCallback(operationOf(name, of), make(uid, gid, of), callback);
  }, name, 4);
  functions[`${name}Sync`] = named((of: unknown, uid: unknown, gid: unknown) => { atOnce(make(uid, gid, of)); }, `${name}Sync`, 3);
}
for (const [name, count] of [['readv', 'bytesRead'], ['writev', 'bytesWritten']] as const) {
  const f = functions[name];
  if (f !== undefined) callbackNames.set(f, [count, 'buffers']);
}
export const vectors = functions;

function promised(name: string, make: (...given: unknown[]) => Call<undefined>): Callable {
  return async (...given: unknown[]): Promise<void> => {
    await withPromise(operationOf(name, given[0]), make(...given));
  };
}

export const promisedOwners: Readonly<Record<string, Callable>> = {
  chown: promised('chown', (of, uid, gid) => (owners['chown'] as Owning)(uid, gid, of)), // it is in the table
  lchown: promised('lchown', (of, uid, gid) => (owners['lchown'] as Owning)(uid, gid, of)), // the same
  lutimes: promised('lutimes', lutimes),
};
