/**
 * Why this file exists: reading and writing whole files with callbacks, trip by trip. Node 20: lib/fs.js,
 * lib/internal/fs/read/context.js.
 */
import { call, NativeAggregateError, type Callable } from '../../primordials';
import { checkBoolean } from '../../node-errors';
import { nextTick } from '../../ticks';
import type { Operation } from '../../loop/pool';
import { Buffer } from '../buffer/part';
import * as calls from './calls';
import {
  abortedBy, callbackOf, contentOf, flagsOf, isDescriptor, modeOf, optionsOf, pathOf, textIn, type Options,
} from './arguments';
import { callPlain, inPool, ofCalls, operationOf } from './ways';
import { callsOn } from '../../receivers';
import { under } from '../../stood-for';

/** kReadFileBufferLength: what one trip reads at most. */
export const readLength = 512 * 1024;
/** What one trip reads where the size is not known. */
const unknownLength = 64 * 1024;

const place = 'node:internal/fs/read/context';
const afterClose = under(`FSReqCallback.readFileAfterClose [as oncomplete] (${place}:68:3)`, callPlain);
const failedClose = under(`FSReqCallback.readFileAfterClose [as oncomplete] (${place}:52:12)`, callPlain);
const afterOpen = under('FSReqCallback.readFileAfterOpen [as oncomplete] (node:fs:299:13)', callPlain);

const afterOpening = under(['node:fs:2339:7', 'FSReqCallback.oncomplete (node:fs:187:23)'], callPlain);
const notOpened = under(['node:fs:1061:20', 'FSReqCallback.oncomplete (node:fs:187:23)'], callPlain);
const truncated = under(['node:fs:1065:9', 'FSReqCallback.oncomplete (node:fs:187:23)'], callPlain);
callsOn(afterOpen, 'ReadFileContext', 'callback');

interface Reading {
  readonly operation: Operation;
  readonly callback: Callable;
  readonly options: Options;
  readonly isOwn: boolean;
  readonly fd: number;
  size: number;
  position: number;
  buffer: Buffer;
}

export function readFile(path: unknown, given: unknown, last?: unknown): void {
  const callback = callbackOf(last ?? given);
  const options = optionsOf(given, { flag: 'r' });
  const operation = operationOf('readFile', path);
  if (isDescriptor(path)) {
    nextTick(() => { begin({ operation, callback, options, isOwn: false, fd: path, ...nothing() }); }, []);
    return;
  }
  if (isAborted(options.signal, callback)) return;
  const flags = flagsOf(options.flag);
  inPool(operation, calls.open(pathOf(path), flags, 0o666), (error, fd = -1) => {
    if (error !== null) afterOpen(callback, error);
    else begin({ operation, callback, options, isOwn: true, fd, ...nothing() });
  });
}

function nothing(): Pick<Reading, 'size' | 'position' | 'buffer'> {
  return { size: 0, position: 0, buffer: Buffer.alloc(0) };
}

/** Calls back at once, as Node does when a signal has been given already. */
function isAborted(signal: Options['signal'], callback: Callable): boolean {
  if (signal?.aborted !== true) return false;
  call(callback, undefined, abortedBy(signal));
  return true;
}

function begin(reading: Reading): void {
  inPool(reading.operation, calls.fstat(reading.fd), (error, inode) => {
    if (error !== null) {
      endReading(reading, error);
      return;
    }
    reading.size = inode?.kind === 'file' ? inode.size : 0;
    reading.buffer = Buffer.allocUnsafeSlow(reading.size);
    readOn(reading);
  });
}

function readOn(reading: Reading): void {
  const { operation, options, fd, size, position } = reading;
  if (options.signal?.aborted === true) {
    endReading(reading, abortedBy(options.signal));
    return;
  }
  const end = Math.min(position + readLength, size);
  const piece = size === 0 ? Buffer.allocUnsafeSlow(unknownLength) : reading.buffer.subarray(position, end);
  inPool(operation, calls.read(fd, piece), (error, count = 0) => {
    if (error !== null) {
      endReading(reading, error);
      return;
    }
    reading.position += count;
    if (size === 0 && count > 0) reading.buffer = Buffer.concat([reading.buffer, piece.subarray(0, count)]);
    if (reading.position === size || count === 0) endReading(reading, null);
    else readOn(reading);
  });
}

function endReading(reading: Reading, failure: unknown): void {
  const { operation, callback, isOwn, fd } = reading;
  const tell = (error: unknown): void => {
    if (failure !== null || error !== null) failedClose(callback, both(error, failure));
    else afterClose(callback, null, contentIn(reading));
  };
  if (isOwn) inPool(operation, calls.close(fd), tell, callback);
  else nextTick(() => { tell(null); }, []);
}

function contentIn({ buffer, size, position, options }: Reading): unknown {
  const bytes = size === 0 ? buffer : buffer.subarray(0, position);
  return textIn(bytes, options.encoding);
}

/** Node's aggregateTwoErrors. */
function both(inner: unknown, outer: unknown): unknown {
  if (inner === null || outer === null || inner === outer) return inner ?? outer;
  const { message, code } = outer as { message: string; code: unknown }; // both are errors of Node's
  return Object.assign(new NativeAggregateError([outer, inner], message), { code });
}

export function writeFile(path: unknown, data: unknown, given: unknown, last?: unknown): void {
  write('writeFile', path, data, given, last, { encoding: 'utf8', mode: 0o666, flag: 'w', flush: false });
}

export function appendFile(path: unknown, data: unknown, given: unknown, last?: unknown): void {
  write('appendFile', path, data, given, last, { encoding: 'utf8', mode: 0o666, flag: 'a' });
}

function write(name: string, path: unknown, data: unknown, given: unknown, last: unknown, defaults: Options): void {
  const callback = callbackOf(last ?? given);
  const options = optionsOf(given, defaults);
  const flag = options.flag ?? defaults.flag;
  const flush = options.flush ?? false;
  checkBoolean(flush, 'options.flush');
  const bytes = contentOf(data, options.encoding);
  const operation = operationOf(name, path);
  const { signal } = options;
  if (isDescriptor(path)) {
    writeAll({ operation, callback, fd: path, isOwn: false, flush: flush === true, signal }, bytes);
    return;
  }
  if (isAborted(signal, callback)) return;
  const place = pathOf(path);
  const mode = modeOf(options.mode, 'mode', 0o666);
  inPool(operation, calls.open(place, flagsOf(flag), mode), (error, fd = -1) => {
    if (error !== null) afterOpening(callback, error);
    else writeAll({ operation, callback, fd, isOwn: true, flush: flush === true, signal }, bytes);
  });
}

interface Writing {
  readonly operation: Operation;
  readonly callback: Callable;
  readonly fd: number;
  readonly isOwn: boolean;
  readonly flush: boolean;
  readonly signal: Options['signal'];
}

function writeAll(writing: Writing, bytes: Uint8Array): void {
  const { operation, fd, flush, signal } = writing;
  if (signal?.aborted === true) {
    endWriting(writing, abortedBy(signal));
    return;
  }
  inPool(operation, calls.write(fd, bytes), (error) => {
    if (error !== null || !flush) endWriting(writing, error);
    else inPool(operation, calls.fsync(fd), (failure) => { endWriting(writing, failure); });
  });
}

function endWriting({ operation, callback, fd, isOwn }: Writing, failure: unknown): void {
  const tell = (error: unknown): void => {
    if (failure === null) ofCalls(callback, error);
    else call(callback, undefined, both(error, failure));
  };
  if (isOwn) inPool(operation, calls.close(fd), tell, callback);
  else tell(null);
}

export function truncate(path: unknown, given: unknown, last?: unknown): void {
  const [size, callback] = typeof given === 'function' ? [0, given] : [given ?? 0, last];
  const told = callbackOf(callback);
  const operation = operationOf('truncate', path, size);
  inPool(operation, calls.open(pathOf(path), flagsOf('r+'), 0o666), (error, fd = -1) => {
    if (error !== null) {
      notOpened(told, error);
      return;
    }
    inPool(operation, calls.ftruncate(fd, Math.max(0, Number(size))), (failure) => {
      inPool(operation, calls.close(fd), (closing) => { truncated(told, both(closing, failure)); }, told);
    });
  });
}
