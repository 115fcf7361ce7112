/** Why this file exists: files as writable streams: each chunk, or all that waited, is a trip to the thread pool. */
import { lackMembers } from '../../stand-ins';
import { checkBoolean, checkInteger } from '../../node-errors';
import { defineProperty, named } from '../../primordials';
import { Buffer } from '../buffer/part';
import { calls, inPool, optionsOf } from '../fs/part';
import { Writable, type Done } from './base';
import { Source, tellOpen, tellReady, goesOn, type StreamOptions } from './source';

/** How a write ends, by Node's two functions for it. */
function ends(written: string, failed: string, by: string): {
  readonly written: (done: Done) => void;
  readonly failed: (done: Done, error: unknown) => void;
} {
  const wrapper = `FSReqCallback.wrapper [as oncomplete] (node:fs:${by})`;
  return {
    written: goesOn(written, (done: Done) => { done(); }, wrapper),
    failed: goesOn(failed, (done: Done, error: unknown) => { done(error); }, wrapper),
  };
}

const ofPiece = ends('485:5 441:7', '485:5 426:14', '824:5');
const ofPieces = ends('513:5 470:7', '513:5 455:14', '952:5');

export class WriteStream extends Writable {
  declare readonly fd: number | null;
  readonly path: unknown;
  readonly flags: unknown;
  readonly mode: unknown;
  readonly start: number | undefined;
  pos: number | undefined;
  bytesWritten = 0;
  readonly #source: Source;
  readonly #flush: boolean;
  #isWriting = false;
  #whenWritten: Done | undefined;

  constructor(path: unknown, given?: unknown) {
    const options = optionsOf(given) as StreamOptions; // looked at here and in the source
    const source = new Source('createWriteStream', path, options, 'w');
    const { start, flush = false } = options;
    if (start !== undefined) checkInteger(start, 'start', 0);
    checkBoolean(flush, 'options.flush');
    super({ ...options, decodeStrings: true, autoDestroy: options.autoClose ?? true });
    this.#source = source;
    this.#flush = flush === true;
    defineProperty(this, 'fd', { get: () => source.fd, enumerable: true, configurable: true });
    this.path = path;
    this.flags = options.flags ?? 'w';
    this.mode = options.mode ?? 0o666;
    this.start = start as number | undefined; // just checked
    this.pos = this.start;
    if (options.encoding !== undefined) this.setDefaultEncoding(options.encoding);
  }

  get pending(): boolean {
    return this.fd === null;
  }

  _construct(done: Done): void {
    this.#source.open(done, (fd) => {
      tellOpen(this, fd);
      tellReady(this);
    });
  }

  _write(data: Uint8Array, _: unknown, done: Done): void {
    this.#write(data, done, ofPiece);
  }

  #write(data: Uint8Array, done: Done, told: typeof ofPiece): void {
    this.#isWriting = true;
    inPool(this.#source.operation, calls.write(this.fd ?? -1, data, this.pos), (error, count = 0) => {
      this.#isWriting = false;
      this.bytesWritten += count;
      if (this.pos !== undefined) this.pos += count;
      if (this.destroyed) this.#whenWritten?.(error);
      if (error === null) told.written(done);
      else told.failed(done, error);
    });
  }

  /** What waited meanwhile is written together. */
  _writev(chunks: readonly { readonly chunk: Uint8Array }[], done: Done): void {
    this.#write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done, ofPieces);
  }

  _destroy(failure: unknown, done: Done): void {
    const close = (error: unknown): void => {
      const { fd } = this;
      if (!this.#flush || fd === null) this.#source.close(failure ?? error, done);
      else {
        inPool(this.#source.operation, calls.fsync(fd), (problem) => { this.#source.close(failure ?? problem, done); });
      }
    };
    if (this.#isWriting) this.#whenWritten = close;
    else close(undefined);
  }

  close(done?: Done): void {
    if (typeof done === 'function') {
      if (this.destroyed) {
        done();
        return;
      }
      this.on('close', done);
    }
    if (!this.writableFinished) this.end();
    else this.destroy();
  }
}
named(WriteStream, 'WriteStream', 2);
lackMembers(WriteStream.prototype, 'WriteStream.prototype', ['autoClose', 'open', 'destroySoon']);
