/**
 * Why this file exists: what `fs/promises` does with an open file, as async functions of Node's own, so that what they
 * await takes as many jobs as there. Node 20: lib/internal/fs/promises.js.
 */
import { checkBoolean, checkInteger } from '../../node-errors';
import { asNode } from '../../node-code';
import { promiseThen } from '../../promise-methods';
import { rejectedWith, settledLike } from '../../own-promises';
import type { Operation } from '../../loop/pool';
import { Buffer, StringDecoder } from '../buffer/part';
import * as calls from './calls';
import { checkAborted, checkEncoding, contentOf, flagsOf, modeOf, optionsOf, pathOf, type Options } from './arguments';
import { FileHandle, handleInside } from './file-handle';
import { readLength } from './whole-files';
import { operationOf, withPromise } from './ways';

/** kWriteFileMaxChunkSize. */
const writeLength = 512 * 1024;
const unknownLength = 64 * 1024;

export async function openFor(
  operation: Operation, path: unknown, flags: unknown, mode: unknown, isLast: boolean,
): Promise<FileHandle> {
  const place = pathOf(path);
  const bits = flagsOf(flags);
  const permissions = modeOf(mode, 'mode', 0o666);
  return new FileHandle(await withPromise(operation, calls.open(place, bits, permissions), isLast));
}

/** What is done with a file is done; then it is closed, and only then the outcome is known. */
export function closedAfter(work: object, handle: FileHandle, operation: Operation): object {
  function close(): object {
    return handleInside.close(handle, operation);
  }
  return settledLike(() => promiseThen(
    work,
    (result: unknown) => asNode(() => promiseThen(close(), () => result, undefined)),
    (error: unknown) => asNode(() => promiseThen(close(), () => asNode(() => rejectedWith(error)), rejectedWith)),
  ));
}

interface Decoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

function decoderOf(encoding: unknown): Decoder {
  const Made = StringDecoder as unknown as new (encoding: unknown) => Decoder;
  return new Made(encoding); // Node's own class, by its own methods
}

export async function readHandle(
  operation: Operation, handle: FileHandle, options: Options, isLast: boolean,
): Promise<unknown> {
  const { signal, encoding } = options;
  const decoder = encoding && encoding !== 'buffer' ? decoderOf(encoding) : undefined;
  checkAborted(signal);
  const inode = await withPromise(operation, calls.fstat(handle.fd), false);
  checkAborted(signal);
  const size = inode.kind === 'file' ? inode.size : 0;
  const whole = size === 0 ? unknownLength : encoding ? Math.min(size, readLength) : size;
  let result = '';
  const pieces: Buffer[] = [];
  for (let total = 0;;) {
    checkAborted(signal);
    const piece = Buffer.allocUnsafeSlow(Math.min(whole, readLength, size === 0 ? whole : Math.max(size - total, 1)));
    const count = await withPromise(operation, calls.read(handle.fd, piece), isLast);
    total += count;
    const read = count === piece.length ? piece : piece.subarray(0, count);
    if (decoder === undefined) pieces.push(read);
    else result += decoder.write(read);
    if (count === 0 || total === size || (size !== 0 && count !== piece.length)) break;
  }
  if (decoder !== undefined) return result + decoder.end();
  return pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
}

function isIterable(data: unknown): data is AsyncIterable<unknown> {
  if (typeof data !== 'object' || data === null || ArrayBuffer.isView(data)) return false;
  return Symbol.asyncIterator in data || Symbol.iterator in data;
}

interface Handing {
  readonly operation: Operation;
  readonly handle: FileHandle;
  readonly signal: Options['signal'];
  readonly isLast: boolean;
}

async function writeHandle(handing: Handing, data: unknown, encoding: unknown): Promise<void> {
  checkAborted(handing.signal);
  if (!isIterable(data)) {
    await writePieces(handing, data as Uint8Array); // bytes, made before
    return;
  }
  for await (const each of data) {
    checkAborted(handing.signal);
    await writePieces(handing, contentOf(each, encoding));
  }
}

async function writePieces({ operation, handle, signal, isLast }: Handing, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    checkAborted(signal);
    at += (await writeTo(operation, handle, bytes.subarray(at, at + writeLength), isLast)).bytesWritten;
  }
}

async function writeTo(
  operation: Operation, handle: FileHandle, bytes: Uint8Array, isLast: boolean,
): Promise<{ bytesWritten: number }> {
  return { bytesWritten: await withPromise(operation, calls.write(handle.fd, bytes), isLast) };
}

export async function writeWhole(
  name: string, path: unknown, data: unknown, given: unknown, defaults: Options,
): Promise<unknown> {
  const operation = operationOf(name, path);
  const options = optionsOf(given, defaults);
  checkBoolean(options.flush ?? false, 'options.flush');
  const { encoding, signal } = options;
  if (!isIterable(data)) checkEncoding(encoding);
  const content = isIterable(data) ? data : contentOf(data, encoding);
  if (path instanceof FileHandle)
    return writeHandle({ operation, handle: path, signal, isLast: true }, content, encoding);
  checkAborted(signal);
  const handle = await openFor(operation, path, options.flag ?? defaults.flag, options.mode, false);
  return closedAfter(writeHandle({ operation, handle, signal, isLast: false }, content, encoding), handle, operation);
}

export async function truncateHandle(
  operation: Operation, handle: FileHandle, size: unknown, isLast: boolean,
): Promise<void> {
  checkInteger(size, 'len');
  await withPromise(operation, calls.ftruncate(handle.fd, Math.max(0, Number(size))), isLast);
}
