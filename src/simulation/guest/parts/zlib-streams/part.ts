/**
 * Why this file exists: the part of the guest that brings the streams of `zlib`: each piece is a trip to the thread
 * pool. Node 20: lib/zlib.js (ZlibBase). What has come out by then is computed anew from all that went in.
 */
import { endNow } from '../../ending';
import { handOver, newOperation } from '../../loop/pool';
import { checkNumber, outOfRange } from '../../node-errors';
import { NativeError, SafeWeakMap, call, defineProperty, hide, isCallable, named } from '../../primordials';
import { here } from '../../recorder';
import { nextTick } from '../../ticks';
import type { ZlibMark, ZlibMethod } from '../../../computing';
import { Buffer } from '../buffer/part';
import { streams } from '../stream/part';
import { addToZlib, bytesOf, computed, msFor, optionsOf, type Options } from '../zlib/part';

type Done = (error?: unknown) => void;

interface TransformStream {
  readonly destroyed: boolean;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  readonly writableLength: number;
  push(chunk: Uint8Array | null): boolean;
  destroy(error?: unknown): void;
  once(type: string, listener: unknown): void;
  write(chunk: Uint8Array, encoding: string, done: unknown): boolean;
  _read(size: number): void;
}

const Transform = streams['Transform'] as new (options: object) => TransformStream; // the package has no types
const finished = streams['finished'] as (stream: object, done: Done) => void;
/** So much at once is computed again for each piece; more of it now and then. */
const always = 512 * 1024;
const [noFlush, syncFlush, finish] = [0, 2, 4];

/** Pieces that bring nothing but a wish. */
const wishes = new SafeWeakMap<object, Omit<ZlibMark, 'at'>>();

function checkRange(value: unknown, name: string, least: number, most: number): void {
  checkNumber(value, name);
  if ((value as number) < least || (value as number) > most) throw outOfRange(name, `>= ${least} and <= ${most}`, value); // just checked
}

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
  /** Where what had come was to come out. */
  readonly #marks: ZlibMark[] = [];
  #level: number | undefined;
  #strategy: number | undefined;

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
    const wish = wishes.get(chunk as object);
    if (wish !== undefined) this.#marks.push({ ...wish, at: this.#length });
    this.#pieces.push(bytes.slice());
    this.#length += bytes.length;
    const operation = newOperation(`${this.#method} ${bytes.length} bytes`);
    const trip = (): void => {
      handOver(operation, {
        name: '',
        ms: msFor(this.#method, bytes.length),
        run: () => { this.#compute(isLast, wish !== undefined); },
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

  #compute(isLast: boolean, isWished = false): void {
    const isDue = isLast || isWished || this.#length <= always || this.#length > this.#computedAt * 1.25;
    if (!isDue || this.#failure !== undefined) return;
    const isBrotli = this.#method.startsWith('brotli');
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [all];
    this.#computedAt = this.#length;
    const marks = this.#marks.length > 0 && { marks: this.#marks };
    const soFar = (): Buffer | Error => {
      const kind = this.#packs ? noFlush : isBrotli ? 1 : syncFlush;
      return computed(this.#method, all, { ...this.#options, ...marks, finishFlush: kind });
    };
    const wanted = (this.#options['finishFlush'] as number | undefined) ?? (isBrotli ? 2 : finish); // looked at when it was made
    const whole = isLast ? computed(this.#method, all, { ...this.#options, ...marks, finishFlush: wanted }) : soFar();
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

  /** What has come so far comes out, as far as it can: an empty piece goes through the stream with the wish. */
  flush(...given: [kind?: unknown, done?: unknown]): void {
    const kind = isCallable(given[0]) || given[0] === undefined ? this.#usualFlush : given[0];
    const done = given.find(isCallable);
    if (this.writableFinished) {
      if (done !== undefined) nextTick(done, []);
    } else if (this.writableEnded) {
      if (done !== undefined) this.once('end', done);
    } else this.#mark({ flush: Number(kind) }, done);
  }

  get #usualFlush(): number {
    return this.#method.startsWith('brotli') ? 1 : 3;
  }

  /** What follows is packed in another way. */
  params(level: unknown, strategy: unknown, done?: unknown): void {
    checkRange(level, 'level', -1, 9);
    checkRange(strategy, 'strategy', 0, 4);
    const before = this.#level ?? this.#options['level'] ?? -1;
    if (before === level && (this.#strategy ?? this.#options['strategy'] ?? 0) === strategy) {
      if (isCallable(done)) nextTick(done, []);
      return;
    }
    [this.#level, this.#strategy] = [Number(level), Number(strategy)];
    const changed = isCallable(done) ? (): void => { call(done, undefined); } : undefined;
    this.#mark({ flush: syncFlush, level: this.#level, strategy: this.#strategy }, changed);
  }

  #mark(mark: Omit<ZlibMark, 'at'>, done: unknown): void {
    const wish = Buffer.alloc(0);
    wishes.set(wish, mark);
    this.write(wish, '', isCallable(done) ? done : undefined);
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

/** For web streams that pack. */
export function zlibStream(method: ZlibMethod): never {
  return new ZlibStream(method, undefined) as never; // as the adapters want it
}

for (const [name, method] of Object.entries(kinds)) addToZlib(membersOf(name, method));

