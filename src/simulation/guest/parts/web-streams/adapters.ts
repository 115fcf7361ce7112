/**
 * Why this file exists: a stream of one kind as one of the other. Node 20: lib/internal/webstreams/adapters.js.
 */
import { CountQueuingStrategy, ReadableStream, WritableStream, type WritableStreamDefaultWriter } from 'web-streams-polyfill';
import { AbortError, checkObject, codedError, invalidType } from '../../node-errors';
import { deferred, type Deferred } from '../../own-promises';
import { NativeError, named, type Callable } from '../../primordials';
import { Buffer } from '../buffer/part';
import { streams } from '../stream/part';

type Done = (error?: unknown) => void;

interface NodeStream {
  readonly readableObjectMode: boolean;
  readonly readableHighWaterMark: number;
  readonly writableObjectMode: boolean;
  readonly writableHighWaterMark: number;
  readonly writableNeedDrain: boolean;
  readonly writableEnded: boolean;
  on(type: string, listener: Callable): void;
  pause(): void;
  resume(): void;
  push(chunk: unknown): boolean;
  write(chunk: unknown, done?: Done): boolean;
  end(): void;
  destroy(error?: unknown): void;
}

type Made = new (options: object) => NodeStream;
// The package has no types.
const [Readable, Writable, Duplex] = [streams['Readable'] as Made, streams['Writable'] as Made, streams['Duplex'] as Made];
const finished = streams['finished'] as (stream: NodeStream, options: object, done: Done) => Done;

function nothing(): void {
  // An error that was told already.
}

/** Told once; a stream that ends too early was aborted. */
function whenOver(stream: NodeStream, only: object, tell: Done): void {
  const cleanup = finished(stream, only, (error) => {
    const isEarly = (error as { code?: unknown } | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
    cleanup();
    stream.on('error', nothing);
    tell(isEarly ? new AbortError(undefined, { cause: error }) : error);
  });
}

function strategyOf(isObjects: boolean, highWaterMark: number): QueuingStrategy {
  return isObjects ? new CountQueuingStrategy({ highWaterMark }) : { highWaterMark };
}

export const readableToWeb = named((stream: NodeStream): ReadableStream => {
  const { readableObjectMode: isObjects } = stream;
  let controller: ReadableStreamDefaultController | undefined;
  let isCanceled = false;
  stream.pause();
  whenOver(stream, { writable: false }, (error) => {
    if (error !== undefined && error !== null) controller?.error(error);
    else if (!isCanceled) controller?.close();
  });
  stream.on('data', (chunk: unknown) => {
    controller?.enqueue(Buffer.isBuffer(chunk) && !isObjects ? new Uint8Array(chunk) : chunk);
    if ((controller?.desiredSize ?? 0) <= 0) stream.pause();
  });
  const source: UnderlyingDefaultSource = {
    start: (given) => { controller = given; },
    pull: () => { stream.resume(); },
    cancel: (reason: unknown) => {
      isCanceled = true;
      stream.destroy(reason);
    },
  };
  return new ReadableStream(source, strategyOf(isObjects, stream.readableHighWaterMark));
}, 'toWeb', 1);

export const readableFromWeb = named((web: ReadableStream, options: object = {}): NodeStream => {
  const reader = web.getReader();
  let isClosed = false;
  const readable = new Readable({
    ...options,
    read() {
      reader.read().then(
        ({ done, value }) => { readable.push(done ? null : value); },
        (error: unknown) => { readable.destroy(error); },
      );
    },
    destroy(error: unknown, callback: Done) {
      const done = (): void => { callback(error); };
      if (isClosed) done();
      else reader.cancel(error).then(done, done);
    },
  });
  reader.closed.then(
    () => { isClosed = true; },
    (error: unknown) => {
      isClosed = true;
      readable.destroy(error);
    },
  );
  return readable;
}, 'fromWeb', 1);

export const writableToWeb = named((stream: NodeStream): WritableStream => {
  let controller: WritableStreamDefaultController | undefined;
  let room: Deferred | undefined;
  let closed: Deferred | undefined;
  whenOver(stream, { readable: false }, (error) => {
    if (error !== undefined && error !== null) {
      room?.reject(error);
      closed?.reject(error);
      controller?.error(error);
    } else if (closed !== undefined) closed.resolve();
    else controller?.error(new AbortError());
    closed = undefined;
  });
  stream.on('drain', () => { room?.resolve(); });
  const sink: UnderlyingSink = {
    start: (given) => { controller = given; },
    write(chunk: unknown) {
      if (!stream.writableNeedDrain && stream.write(chunk)) return undefined;
      room = deferred();
      return (room.promise as Promise<void>).finally(() => { room = undefined; }); // ours
    },
    abort: (reason: unknown) => { stream.destroy(reason); },
    close() {
      if (closed !== undefined || stream.writableEnded) return undefined;
      closed = deferred();
      stream.end();
      return closed.promise as Promise<void>; // ours
    },
  };
  return new WritableStream(sink, strategyOf(stream.writableObjectMode, stream.writableHighWaterMark));
}, 'toWeb', 1);

/** Node's SafePromiseAll: promises stand around each, and around them all. */
export function allOf(list: readonly PromiseLike<unknown>[]): PromiseLike<unknown> {
  const around = (promise: PromiseLike<unknown>): PromiseLike<unknown> => {
    const { promise: made, resolve, reject } = deferred();
    promise.then(resolve, reject);
    return made as PromiseLike<unknown>; // ours
  };
  return around(Promise.all(list.map(around)));
}

interface Chunk {
  readonly chunk: unknown;
}

/** Several chunks that were waiting go in one after the other, and are waited for together. */
function writingAll(writer: WritableStreamDefaultWriter): (chunks: readonly Chunk[], callback: Done) => void {
  return (chunks, callback) => {
    const done: Done = (error) => { callback(error); };
    writer.ready.then(() => allOf(chunks.map(({ chunk }) => writer.write(chunk))).then(() => { done(); }, done), done);
  };
}

export const writableFromWeb = named((web: WritableStream, options: object = {}): NodeStream => {
  const writer = web.getWriter();
  let isClosed = false;
  const writable = new Writable({
    ...options,
    writev: writingAll(writer),
    write(chunk: unknown, _: unknown, callback: Done) {
      const failed = (error: unknown): void => { writable.destroy(error); };
      writer.ready.then(() => writer.write(chunk).then(() => { callback(); }, callback), failed);
    },
    destroy(error: unknown, callback: Done) {
      const done = (): void => { callback(error); };
      if (isClosed) done();
      else if (error === undefined || error === null) writer.close().then(done, done);
      else writer.abort(error).then(done, done);
    },
    final(callback: Done) {
      // loopscope-ignore-next-line zalgo-callback: Node's own adapter calls back at once here, and programs can tell
      if (isClosed) callback();
      else writer.close().then(() => { callback(); }, callback);
    },
  });
  writer.closed.then(
    () => { isClosed = true; },
    (error: unknown) => {
      isClosed = true;
      writable.destroy(error);
    },
  );
  return writable;
}, 'fromWeb', 1);

export interface WebPair {
  readonly readable: ReadableStream;
  readonly writable: WritableStream;
}

export const duplexToWeb = named((stream: NodeStream): WebPair => ({
  readable: readableToWeb(stream),
  writable: writableToWeb(stream),
}), 'toWeb', 1);

/** Both sides are one stream of Node's: it closes when both have. */
export const duplexFromWeb = named((pair: WebPair, options: object = {}): NodeStream => {
  checkObject(pair, 'pair');
  if (!(pair.readable instanceof ReadableStream))
    throw invalidType('pair.readable', 'an instance of ReadableStream', pair.readable);
  if (!(pair.writable instanceof WritableStream))
    throw invalidType('pair.writable', 'an instance of WritableStream', pair.writable);
  const [writer, reader] = [pair.writable.getWriter(), pair.readable.getReader()];
  let [isWriterClosed, isReaderClosed] = [false, false];
  const duplex = new Duplex({
    allowHalfOpen: false,
    ...options,
    writev: writingAll(writer),
    write(chunk: unknown, _: unknown, callback: Done) {
      writer.ready.then(() => writer.write(chunk).then(() => { callback(); }, callback), callback);
    },
    final(callback: Done) {
      // loopscope-ignore-next-line zalgo-callback: Node's own adapter calls back at once here, and programs can tell
      if (isWriterClosed) callback();
      else writer.close().then(() => { callback(); }, callback);
    },
    read() {
      reader.read().then(
        ({ done, value }) => { duplex.push(done ? null : value); },
        (error: unknown) => { duplex.destroy(error); },
      );
    },
    destroy(error: unknown, callback: Done) {
      const done = (): void => { callback(error); };
      const closing = [
        (async () => { if (!isWriterClosed) await writer.abort(error); })(),
        (async () => { if (!isReaderClosed) await reader.cancel(error); })(),
      ];
      if (isWriterClosed && isReaderClosed) done();
      else allOf(closing).then(done, done);
    },
  });
  const early = 'Premature close';
  writer.closed.then(() => {
    isWriterClosed = true;
    if (!duplex.writableEnded) duplex.destroy(codedError(NativeError, 'ERR_STREAM_PREMATURE_CLOSE', early));
  }, (error: unknown) => {
    [isWriterClosed, isReaderClosed] = [true, true];
    duplex.destroy(error);
  });
  reader.closed.then(() => { isReaderClosed = true; }, (error: unknown) => {
    [isWriterClosed, isReaderClosed] = [true, true];
    duplex.destroy(error);
  });
  return duplex;
}, 'fromWeb', 1);
