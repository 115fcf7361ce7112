/** Why this file exists: files as readable streams: each piece is a trip to the thread pool. */
import { lackMembers } from '../../stand-ins';
import { checkInteger, outOfRange } from '../../node-errors';
import { defineProperty, named } from '../../primordials';
import { Buffer } from '../buffer/part';
import { calls, inPool, optionsOf } from '../fs/part';
import { Readable, finished, type Done } from './base';
import { Source, tellOpen, tellReady, goesOn, type StreamOptions } from './source';

const pieceLength = 64 * 1024;
const afterRead = 'FSReqCallback.wrapper [as oncomplete] (node:fs:682:5)';
const pushPiece = goesOn('289:14', (stream: ReadStream, piece: Uint8Array) => { stream.push(piece); }, afterRead);
const pushEnd = goesOn('291:14', (stream: ReadStream) => { stream.push(null); }, afterRead);

export class ReadStream extends Readable {
  declare readonly fd: number | null;
  readonly path: unknown;
  readonly flags: unknown;
  readonly mode: unknown;
  readonly start: number | undefined;
  readonly end: number;
  pos: number | undefined;
  bytesRead = 0;
  readonly #source: Source;
  #isReading = false;
  #whenRead: Done | undefined;

  constructor(path: unknown, given?: unknown) {
    const options = optionsOf(given) as StreamOptions; // looked at here and in the source
    const source = new Source('createReadStream', path, options, 'r');
    const { start, end = Infinity } = options;
    if (start !== undefined) checkInteger(start, 'start', 0);
    if (end !== Infinity) checkInteger(end, 'end', 0);
    const [first, last] = [start as number | undefined, end as number]; // just checked
    if (first !== undefined && first > last) throw outOfRange('start', `<= "end" (here: ${last})`, first);
    super({ highWaterMark: pieceLength, ...options, autoDestroy: options.autoClose ?? true });
    this.#source = source;
    defineProperty(this, 'fd', { get: () => source.fd, enumerable: true, configurable: true });
    this.path = path;
    this.flags = options.flags ?? 'r';
    this.mode = options.mode ?? 0o666;
    this.start = first;
    this.end = last;
    this.pos = first;
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

  _read(wanted: number): void {
    const left = this.end - (this.pos ?? this.bytesRead) + 1;
    const piece = Buffer.allocUnsafeSlow(Math.max(Math.min(left, wanted), 0));
    if (piece.length === 0) {
      this.push(null);
      return;
    }
    this.#isReading = true;
    inPool(this.#source.operation, calls.read(this.fd ?? -1, piece, this.pos), (error, count = 0) => {
      this.#isReading = false;
      if (this.destroyed) this.#whenRead?.(error);
      else if (error !== null) this.destroy(error);
      else if (count === 0) pushEnd(this);
      else {
        if (this.pos !== undefined) this.pos += count;
        this.bytesRead += count;
        pushPiece(this, count === piece.length ? piece : Buffer.from(piece.subarray(0, count)));
      }
    });
  }

  /** A read that is under way is waited for. */
  _destroy(failure: unknown, done: Done): void {
    if (this.#isReading) this.#whenRead = (error) => { this.#source.close(failure ?? error, done); };
    else this.#source.close(failure, done);
  }

  close(done?: Done): void {
    if (typeof done === 'function') finished(this, done);
    this.destroy();
  }
}
named(ReadStream, 'ReadStream', 2);
lackMembers(ReadStream.prototype, 'ReadStream.prototype', ['autoClose', 'open']);
