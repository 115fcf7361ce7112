/**
 * Why this file exists: the part of the guest that brings the streams of `zlib`: each piece is a trip to the thread
 * pool. Node 20: lib/zlib.js (ZlibBase). What has come out by then is computed anew from all that went in.
 */
import { endNow } from '../../ending';
import { handOver, newOperation } from '../../loop/pool';
import { NativeError, defineProperty, hide, named } from '../../primordials';
import { here } from '../../recorder';
import type { ZlibMethod } from '../../../computing';
import { Buffer } from '../buffer/part';
import { streams } from '../stream/part';
import { addToZlib, bytesOf, computed, msFor, optionsOf, type Options } from '../zlib/part';

type Done = (error?: unknown) => void;

interface TransformStream {
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  readonly writableLength: number;
  push(chunk: Uint8Array | null): boolean;
  destroy(error?: unknown): void;
  _read(size: number): void;
}

const Transform = streams['Transform'] as new (options: object) => TransformStream; // the package has no types
const finished = streams['finished'] as (stream: object, done: Done) => void;
/** So much at once is computed again for each piece; more of it now and then. */
const always = 512 * 1024;
const [noFlush, syncFlush, finish] = [0, 2, 4];

function unmodelled(what: string): never {
  return endNow({ kind: 'unsupported', message: `${what} is not modelled yet`, site: here() });
}

class ZlibStream extends Transform {
  bytesWritten = 0;
  readonly #method: ZlibMethod;
  readonly #options: Options;
  readonly #chunkSize: number;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #computedAt = 0;
  #output: Uint8Array = new Uint8Array(0);
  /** Of the output, what was handed on. */
  #emitted = 0;
  #failure: Error | undefined;

  constructor(method: ZlibMethod, given: unknown) {
    const options = optionsOf(given);
    super({ autoDestroy: true, ...options });
    this.#method = method;
    this.#options = options;
    this.#chunkSize = typeof options['chunkSize'] === 'number' ? options['chunkSize'] : 16_384;
  }

  _transform(chunk: unknown, _encoding: string, done: Done): void {
    const bytes = bytesOf(chunk);
    const isLast = this.writableEnded && this.writableLength === bytes.length;
    this.#pieces.push(bytes.slice());
    this.#length += bytes.length;
    const operation = newOperation(`${this.#method} ${bytes.length} bytes`);
    const trip = (): void => {
      handOver(operation, {
        name: '',
        ms: msFor(this.#method, bytes.length),
        run: () => { this.#compute(isLast); },
        told: () => { this.#told(bytes.length, trip, done); },
      });
    };
    trip();
  }

  _flush(done: Done): void {
    this._transform(Buffer.alloc(0), '', done);
  }

  /** It is finished before what is left has come out. */
  _final(done: Done): void {
    done();
  }

  get #packs(): boolean {
    return /deflate|gzip|Compress/.test(this.#method);
  }

  #compute(isLast: boolean): void {
    const isDue = isLast || this.#length <= always || this.#length > this.#computedAt * 1.25;
    if (!isDue || this.#failure !== undefined) return;
    const isBrotli = this.#method.startsWith('brotli');
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all];
    this.#computedAt = this.#length;
    const soFar = (): Buffer | Error => {
      const kind = this.#packs ? noFlush : isBrotli ? 1 : syncFlush;
      return computed(this.#method, all, { ...this.#options, finishFlush: kind });
    };
    const wanted = (this.#options['finishFlush'] as number | undefined) ?? (isBrotli ? 2 : finish); // looked at when it was made
    const whole = isLast ? computed(this.#method, all, { ...this.#options, finishFlush: wanted }) : soFar();
    if (!(whole instanceof NativeError)) {
      this.#output = whole;
      return;
    }
    this.#failure = whole;
    const partly = isLast ? soFar() : whole;
    if (!(partly instanceof NativeError)) this.#output = partly;
  }

  /** Hands on as much as there is room for; where the room is used up there is another trip. */
  #told(length: number, again: () => void, done: Done): void {
    if (this.destroyed) {
      done();
      return;
    }
    const room = this.#chunkSize - (this.#emitted % this.#chunkSize);
    const piece = this.#output.subarray(this.#emitted, this.#emitted + room);
    this.#emitted += piece.length;
    const isFull = piece.length > 0 && !this.push(Buffer.from(piece));
    if (this.destroyed) {
      done();
      return;
    }
    if (piece.length === room) this.#goOn(isFull, again);
    else if (this.#failure !== undefined) this.destroy(this.#failure);
    else {
      this.bytesWritten += length;
      done();
    }
  }

  #goOn(isFull: boolean, again: () => void): void {
    if (!isFull) {
      again();
      return;
    }
    const read = (size: number): void => {
      Reflect.deleteProperty(this, '_read');
      again();
      this._read(size);
    };
    hide(this, '_read', read);
  }

  close(done?: Done): void {
    if (done !== undefined) finished(this, done);
    this.destroy();
  }

  flush(): never {
    return unmodelled('flush() of a stream of zlib');
  }

  params(): never {
    return unmodelled('params() of a stream of zlib');
  }

  reset(): never {
    return unmodelled('reset() of a stream of zlib');
  }
}

const kinds = {
  Deflate: 'deflate', Inflate: 'inflate', Gzip: 'gzip', Gunzip: 'gunzip', DeflateRaw: 'deflateRaw',
  InflateRaw: 'inflateRaw', Unzip: 'unzip', BrotliCompress: 'brotliCompress', BrotliDecompress: 'brotliDecompress',
} as const satisfies Readonly<Record<string, ZlibMethod>>;

/** A class that can be called without `new`, and the function that makes one. */
function membersOf(name: string, method: ZlibMethod): object {
  class Kind extends ZlibStream {
    constructor(options?: unknown) {
      super(method, options);
    }
  }
  const make = function (options?: unknown): object {
    return Reflect.construct(Kind, [options], new.target ?? Kind) as object;
  };
  named(make, name, 1);
  defineProperty(make, 'prototype', { value: Kind.prototype, writable: false });
  hide(Kind.prototype, 'constructor', make);
  const create = (options?: unknown): object => new Kind(options);
  return { [name]: make, [`create${name}`]: named(create, `create${name}`, 1) };
}

for (const [name, method] of Object.entries(kinds)) addToZlib(membersOf(name, method));

