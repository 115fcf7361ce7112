/**
 * Why this file exists: the part of the guest that brings the streams of `fs`: `createReadStream`, `createWriteStream`
 * and those of open files. Node 20: lib/internal/fs/streams.js.
 */
import { hide, named } from '../../primordials';
import { FileHandle, addToFs } from '../fs/part';
import { ReadStream } from './read-stream';
import { WriteStream } from './write-stream';

export function createReadStream(path: unknown, options?: unknown): ReadStream {
  return new ReadStream(path, options);
}

export function createWriteStream(path: unknown, options?: unknown): WriteStream {
  return new WriteStream(path, options);
}

addToFs({
  createReadStream, createWriteStream, ReadStream, WriteStream, FileReadStream: ReadStream,
  FileWriteStream: WriteStream,
});
function createReadStreamOf(this: FileHandle, options?: object): ReadStream {
  return new ReadStream(undefined, { ...options, fd: this });
}

hide(FileHandle.prototype, 'createReadStream', named(createReadStreamOf, 'createReadStream'));
function createWriteStreamOf(this: FileHandle, options?: object): WriteStream {
  return new WriteStream(undefined, { ...options, fd: this });
}
hide(FileHandle.prototype, 'createWriteStream', named(createWriteStreamOf, 'createWriteStream'));
