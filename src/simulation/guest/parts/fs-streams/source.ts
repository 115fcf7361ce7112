/** Why this file exists: what a stream of a file reads from or writes to: a path that it opens, or an open file. */
import { invalidType } from '../../node-errors';
import type { Operation } from '../../loop/pool';
import { FileHandle, calls, descriptorOf, flagsOf, inPool, modeOf, operationOf, pathOf, handleInside } from '../fs/part';

import { under } from '../../stood-for';
import type { Done } from './base';

export interface StreamOptions {
  readonly fd?: unknown;
  readonly flags?: unknown;
  readonly mode?: unknown;
  readonly start?: unknown;
  readonly end?: unknown;
  readonly autoClose?: unknown;
  readonly highWaterMark?: unknown;
  readonly encoding?: unknown;
  readonly flush?: unknown;
}

/** Where Node goes on when a call is done: lib/internal/fs/streams.js. */
const file = 'node:internal/fs/streams';
const told = 'FSReqCallback.oncomplete (node:fs:187:23)';

/** `places` are lines and columns, the innermost first. */
export function goesOn<A extends unknown[]>(
  places: string, run: (...args: A) => void, by = told,
): (...args: A) => void {
  return under([...places.split(' ').map((each) => `${file}:${each}`), by], run);
}

const failed = goesOn('74:9', (done: Done, error: unknown) => { done(error); });
const constructed = goesOn('77:9', (done: Done) => { done(); });
const closed = goesOn('131:5', (done: Done, failure: unknown) => { done(failure); });

interface Emitter {
  emit(name: string, ...args: readonly unknown[]): boolean;
}

export const tellOpen = goesOn('78:16', (stream: Emitter, fd: number) => { stream.emit('open', fd); });
export const tellReady = goesOn('79:16', (stream: Emitter) => { stream.emit('ready'); });

export class Source {
  readonly operation: Operation;
  readonly path: string | undefined;
  readonly handle: FileHandle | undefined;
  readonly #flags: number;
  readonly #mode: number;
  fd: number | null;

  constructor(name: string, path: unknown, options: StreamOptions, flags: string) {
    const { fd } = options;
    const isOpen = fd !== undefined && fd !== null;
    this.path = isOpen ? undefined : pathOf(path);
    this.#flags = flagsOf(options.flags ?? flags);
    this.#mode = modeOf(options.mode, 'mode', 0o666);
    this.handle = fd instanceof FileHandle ? fd : undefined;
    if (isOpen && typeof fd !== 'number' && this.handle === undefined)
      throw invalidType('options.fd', 'of type number or an instance of FileHandle', fd);
    this.fd = isOpen ? descriptorOf(this.handle?.fd ?? fd) : null;
    if (this.handle !== undefined) handleInside.use(this.handle);
    this.operation = operationOf(name, path);
  }

  /** Opens the file, if it is not open; `opened` is told after the stream has been. */
  open(done: Done, opened: (fd: number) => void): void {
    if (this.fd !== null) {
      done();
      return;
    }
    inPool(this.operation, calls.open(this.path ?? '', this.#flags, this.#mode), (error, fd = -1) => {
      if (error !== null) {
        failed(done, error);
        return;
      }
      this.fd = fd;
      constructed(done);
      opened(fd);
    });
  }

  close(failure: unknown, done: Done): void {
    const { fd, handle } = this;
    this.fd = null;
    if (fd === null) done(failure);
    else if (handle !== undefined) handleInside.closeAfter(handle, done);
    else inPool(this.operation, calls.close(fd), (error) => { closed(done, error ?? failure); });
  }
}
