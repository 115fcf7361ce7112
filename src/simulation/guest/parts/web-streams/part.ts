/**
 * Why this file exists: the part of the guest that brings web streams, as globals and as `stream/web`, and the ways
 * between them and Node's streams. The code is the reference implementation's, by the package `web-streams-polyfill`.
 */
import {
  ByteLengthQueuingStrategy, CountQueuingStrategy, ReadableByteStreamController, ReadableStream,
  ReadableStreamBYOBReader, ReadableStreamBYOBRequest, ReadableStreamDefaultController, ReadableStreamDefaultReader,
  TransformStream, TransformStreamDefaultController, WritableStream, WritableStreamDefaultController,
  WritableStreamDefaultWriter,
} from 'web-streams-polyfill';
import { offerModule } from '../../modules/builtin';
import { accessorGlobal } from '../../part-globals';
import { defineProperty } from '../../primordials';
import { Blob, blobInside } from '../buffer/part';
import { streams } from '../stream/part';
import { duplexFromWeb, duplexToWeb, readableFromWeb, readableToWeb, writableFromWeb, writableToWeb } from './adapters';
import './from';
import './iteration';
import './piping';
import './tee';
import { showStreams } from './shown';
import './words';
import { TextDecoderStream, TextEncoderStream } from './text-streams';

const kinds: Record<string, { readonly prototype: object }> = {
  ReadableStream, ReadableStreamDefaultReader, ReadableStreamBYOBReader, ReadableStreamBYOBRequest,
  ReadableByteStreamController, ReadableStreamDefaultController, TransformStream, TransformStreamDefaultController,
  WritableStream, WritableStreamDefaultController, WritableStreamDefaultWriter, ByteLengthQueuingStrategy,
  CountQueuingStrategy, TextEncoderStream, TextDecoderStream,
};
showStreams(kinds);
// Of an earlier edition of the Standard.
Reflect.deleteProperty(WritableStreamDefaultController.prototype, 'abortReason');
for (const [name, kind] of Object.entries(kinds)) accessorGlobal(name, kind);
offerModule('stream/web', () => ({ ...kinds }), ['CompressionStream', 'DecompressionStream']);

/** For parts that bring more of them. */
export function offerWebStream(name: string, kind: { readonly prototype: object }): void {
  kinds[name] = kind;
}

/** In place of the functions that say that they are missing. */
function adapt(owner: string, ways: object): void {
  Object.assign(streams[owner] as object, ways);
}

adapt('Readable', { toWeb: readableToWeb, fromWeb: readableFromWeb });
adapt('Writable', { toWeb: writableToWeb, fromWeb: writableFromWeb });
adapt('Duplex', { toWeb: duplexToWeb, fromWeb: duplexFromWeb });

/** The bytes of a blob, part for part, in pieces. */
function stream(this: Blob): object {
  const parts = blobInside.piecesOf(this).filter((part) => part.length > 0);
  let at = 0;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const [first] = parts;
      const piece = new Uint8Array(first?.subarray(at, at + pieceLength) ?? []);
      at += piece.length;
      if (first !== undefined && at >= first.length) {
        parts.shift();
        at = 0;
      }
      if (piece.length > 0) controller.enqueue(piece);
      if (parts.length === 0) controller.close();
    },
  });
}
const pieceLength = 65_536;
defineProperty(Blob.prototype, 'stream', { value: stream, writable: true, enumerable: true, configurable: true });

export { duplexToWeb, type WebPair } from './adapters';
export { ReadableStream, WritableStream, TransformStream };
