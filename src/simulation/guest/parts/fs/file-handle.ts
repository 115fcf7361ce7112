/** Why this file exists: the open files of `fs/promises`. Node 20: lib/internal/fs/promises.js (FileHandle). */
import { EventEmitter } from '../../modules/events/emitter';
import { NativeError, named } from '../../primordials';
import { promiseThen } from '../../promise-methods';
import { deferred, finallyOf, resolvedWith } from '../../own-promises';
import type { Operation } from '../../loop/pool';
import * as calls from './calls';
import { operationOf, withPromise } from './ways';
import { withdrawn } from '../../withdrawn';

type Emitter = new () => object & { emit(name: string): boolean };

/** Counts who uses it: it is closed when the last of them is done. */
export class FileHandle extends (EventEmitter as unknown as Emitter) {
  #fd: number;
  #refs = 1;
  #closing: object | undefined;
  #closed: ReturnType<typeof deferred> | undefined;

  constructor(fd: number) {
    super();
    this.#fd = fd;
  }

  get fd(): number {
    return this.#fd;
  }

  static use(handle: FileHandle): void {
    handle.#refs++;
  }

  static leave(handle: FileHandle): void {
    if (--handle.#refs > 0) return;
    const fd = handle.#fd;
    handle.#fd = -1;
    const { resolve, reject } = handle.#closed ?? deferred();
    promiseThen(withPromise(operationOf('handleInside.close'), calls.close(fd)), resolve, reject);
  }

  /** A stream of it is done: it is closed, whoever opened it. */
  static closeAfter(handle: FileHandle, done: (error?: unknown) => void): void {
    handleInside.leave(handle);
    promiseThen(handleInside.close(handle), () => { done(); }, done);
  }

  /** `operation` is what it is closed for, if it is not for itself. */
  static close(handle: FileHandle, operation?: Operation): object {
    if (handle.#fd === -1) return resolvedWith(undefined);
    if (handle.#closing !== undefined) return handle.#closing;
    if (--handle.#refs === 0) {
      const fd = handle.#fd;
      handle.#fd = -1;
      handle.#closing = finallyOf(withPromise(operation ?? operationOf('handleInside.close'), calls.close(fd)), () => {
        handle.#closing = undefined;
      });
    } else {
      handle.#closed = deferred();
      handle.#closing = finallyOf(handle.#closed.promise, () => {
        handle.#closing = handle.#closed = undefined;
      });
    }
    handle.emit('close');
    return handle.#closing;
  }
}
export const handleInside = withdrawn(FileHandle, 'use', 'leave', 'closeAfter', 'close');
named(FileHandle, 'FileHandle');

export function notOpen(syscall: string): Error {
  return Object.assign(new NativeError('file closed'), { code: 'EBADF', syscall });
}
