/** Why this file exists: `fs.Dir` and `opendir`. Node 20: lib/internal/fs/dir.js, src/node_dir.cc. */
import { checkFunction, checkInteger, codedError } from '../../node-errors';
import { deferred, rejectedWith } from '../../own-promises';
import { NativeError, call, isCallable, named, type Callable } from '../../primordials';
import { nextTick } from '../../ticks';
import { callbackOf, optionsOf, pathOf, type Options } from './arguments';
import type { Call } from './calls';
import { Fault } from './faults';
import { inodeAt } from './walk';
import { entriesOf, type Entry } from './tree';
import { shownEntry } from './stats';
import { under } from '../../stood-for';
import { atOnce, callPlain, inPool, operationOf } from './ways';

type Read = (error: unknown, entry?: unknown) => void;

interface DirOptions extends Options {
  readonly bufferSize?: unknown;
}

const tripMs = 0.1;

function opening(path: string): Call<undefined> {
  return { syscall: 'opendir', path, ms: tripMs, run: () => {
    if (inodeAt(path, true).kind !== 'folder') throw new Fault('ENOTDIR');
    return undefined;
  } };
}

function closed(): Error {
  return codedError(NativeError, 'ERR_DIR_CLOSED', 'Directory handle was closed');
}

export class Dir {
  readonly #path: string;
  readonly #options: Options;
  readonly #atOnce: number;
  /** What the folder held when it was first looked at. */
  #left: Entry[] | undefined;
  #buffer: unknown[] = [];
  #isClosed = false;
  /** What waits for a read that is under way. */
  #queue: (() => void)[] | undefined;

  constructor(path: string, options: DirOptions) {
    this.#path = path;
    this.#options = options;
    const { bufferSize = 32 } = options;
    checkInteger(bufferSize, 'options.bufferSize', 1, 4_294_967_295);
    this.#atOnce = bufferSize as number; // just checked
  }

  get path(): string {
    return this.#path;
  }

  #reading(): Call<unknown[] | null> {
    return { syscall: 'scandir', path: this.#path, ms: tripMs, run: () => {
      this.#left ??= entriesOf(this.#path);
      const some = this.#left.splice(0, this.#atOnce);
      return some.length === 0 ? null : some.map((each) => shownEntry(this.#path, each, this.#options.encoding, true));
    } };
  }

  read(callback?: unknown): unknown {
    return this.#read(true, callback);
  }

  #read(isLater: boolean, callback: unknown): unknown {
    if (this.#isClosed) throw closed();
    if (callback === undefined) return this.#promised((done) => { this.#read(false, done); });
    checkFunction(callback, 'callback');
    const done = callback as Callable; // just checked
    if (this.#queue !== undefined) {
      this.#queue.push(() => { this.#read(isLater, done); });
      return undefined;
    }
    if (this.#buffer.length > 0) {
      const entry = this.#buffer.shift();
      if (isLater) nextTick(done, [null, entry]);
      else call(done, undefined, null, entry);
      return undefined;
    }
    this.#queue = [];
    inPool(operationOf('dir.read'), this.#reading(), (error, entries) => {
      nextTick(() => {
        const queue = this.#queue ?? [];
        this.#queue = undefined;
        for (const run of queue) run();
      }, []);
      if (error !== null || entries === null || entries === undefined) call(done, undefined, error, entries);
      else {
        this.#buffer = entries;
        call(done, undefined, null, this.#buffer.shift());
      }
    }, done);
    return undefined;
  }

  #promised(begin: (done: Read) => void): object {
    const { promise, resolve, reject } = deferred();
    begin((error, value) => {
      if (error !== null && error !== undefined) reject(error);
      else resolve(value);
    });
    return promise;
  }

  #checkFree(): void {
    if (this.#isClosed) throw closed();
    if (this.#queue !== undefined)
      throw codedError(NativeError, 'ERR_DIR_CONCURRENT_OPERATION', 'Cannot do synchronous work on directory handle with concurrent asynchronous operations');
  }

  readSync(): unknown {
    this.#checkFree();
    if (this.#buffer.length === 0) {
      const entries = atOnce(this.#reading());
      if (entries === null) return null;
      this.#buffer = entries;
    }
    return this.#buffer.shift();
  }

  close(callback?: unknown): unknown {
    if (callback === undefined)
      return this.#isClosed ? rejectedWith(closed()) : this.#promised((done) => { this.close(done); });
    checkFunction(callback, 'callback');
    const done = callback as Callable; // just checked
    if (this.#isClosed) nextTick(done, [closed()]);
    else if (this.#queue !== undefined) this.#queue.push(() => { this.close(done); });
    else {
      this.#isClosed = true;
      inPool(operationOf('dir.close'), this.#closing(), (error) => { call(done, undefined, error); }, done);
    }
    return undefined;
  }

  #closing(): Call<undefined> {
    return { syscall: 'closedir', path: this.#path, ms: tripMs, run: () => undefined };
  }

  closeSync(): void {
    this.#checkFree();
    this.#isClosed = true;
    atOnce(this.#closing());
  }

  async *entries(): AsyncGenerator {
    try {
      for (;;) {
        const entry = await (this.#promised((done) => { this.#read(false, done); }) as Promise<unknown>); // ours
        if (entry === null) break;
        yield entry;
      }
    } finally {
      await (this.#promised((done) => { this.close(done); }) as Promise<unknown>); // ours
    }
  }
}
named(Dir, 'Dir', 3);
Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  value: Object.getOwnPropertyDescriptor(Dir.prototype, 'entries')?.value as unknown, writable: true, configurable: true,
});

const place = 'node:internal/fs/dir';
const failed = under(`FSReqCallback.opendirCallback [as oncomplete] (${place}:307:7)`, callPlain);
const opened = under(`FSReqCallback.opendirCallback [as oncomplete] (${place}:309:7)`, callPlain);

export function opendir(given: unknown, ...more: readonly unknown[]): void {
  const callback = callbackOf(more.find(isCallable));
  const path = pathOf(given);
  const options: DirOptions = optionsOf(more[0], { encoding: 'utf8' });
  inPool(operationOf('opendir', given), opening(path), (error) => {
    if (error !== null) failed(callback, error);
    else opened(callback, null, new Dir(path, options));
  }, callback);
}

export function opendirSync(given: unknown, more?: unknown): Dir {
  const path = pathOf(given);
  const options: DirOptions = optionsOf(more, { encoding: 'utf8' });
  atOnce(opening(path));
  return new Dir(path, options);
}

/** Of `fs/promises`: the other one, promisified. */
export function opendirPromised(given: unknown, more?: unknown): object {
  const { promise, resolve, reject } = deferred();
  opendir(given, more ?? {}, (error: unknown, dir: unknown) => {
    if (error === null) resolve(dir);
    else reject(error);
  });
  return promise;
}
