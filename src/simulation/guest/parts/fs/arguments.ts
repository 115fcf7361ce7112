/**
 * Why this file exists: what programs give to the file system, looked at as Node looks at it, with its errors. Node 20:
 * lib/internal/fs/utils.js, lib/internal/url.js (toPathIfFileURL).
 */
import {
  AbortError, checkFunction, checkInteger, checkSignal, codedError, invalidType, outOfRange,
} from '../../node-errors';
import { inspect } from '../../inspect';
import { NativeRangeError, NativeTypeError, isObject, type Callable } from '../../primordials';
import { Buffer, encodingOf, textOf } from '../buffer/part';
import { flagBits } from './descriptors';

export function invalidValue(name: string, value: unknown, reason = 'is invalid'): Error {
  const shown = inspect(value);
  const text = shown.length > 128 ? `${shown.slice(0, 128)}...` : shown;
  const kind = name.includes('.') ? 'property' : 'argument';
  return codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The ${kind} '${name}' ${reason}. Received ${text}`);
}

interface UrlLike {
  readonly href: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly pathname: string;
}

function isUrl(value: unknown): value is UrlLike {
  if (!isObject(value)) return false;
  const { href, protocol, auth, path } = value as Record<string, unknown>; // asked as Node asks
  return Boolean(href && protocol && auth === undefined && path === undefined);
}

function pathOfUrl({ protocol, hostname, pathname }: UrlLike): string {
  if (protocol !== 'file:') throw codedError(NativeTypeError, 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file');
  if (hostname !== '')
    throw codedError(NativeTypeError, 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux');
  if (/%2f/i.test(pathname))
    throw codedError(NativeTypeError, 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters');
  return decodeURIComponent(pathname);
}

/** A path as text, whatever it was given as. */
export function pathOf(given: unknown, name = 'path'): string {
  const path: unknown = isUrl(given) ? pathOfUrl(given) : given;
  const isBytes = path instanceof Uint8Array;
  if (typeof path !== 'string' && !isBytes)
    throw invalidType(name, 'of type string or an instance of Buffer or URL', path);
  const text = isBytes ? textOf(path, 'utf8', 0, path.length) : path;
  if (!text.includes('\0')) return text;
  throw invalidValue(name, given, 'must be a string, Uint8Array, or URL without null bytes');
}

export interface Options {
  readonly encoding?: unknown;
  readonly flag?: unknown;
  readonly mode?: unknown;
  readonly flush?: unknown;
  readonly signal?: { readonly aborted: boolean; readonly reason: unknown };
  readonly withFileTypes?: unknown;
  readonly recursive?: unknown;
}

export function optionsOf(given: unknown, defaults: Options = {}): Options {
  if (given === undefined || given === null || typeof given === 'function') return defaults;
  if (typeof given !== 'string' && typeof given !== 'object')
    throw invalidType('options', 'one of type string or object', given);
  const options: Options = typeof given === 'string' ? { ...defaults, encoding: given } : given;
  if (options.encoding !== 'buffer') checkEncoding(options.encoding);
  if (options.signal !== undefined) checkSignal(options.signal, 'options.signal');
  return options;
}

export function checkEncoding(encoding: unknown): void {
  if (encoding && (typeof encoding !== 'string' || encodingOf(encoding) === undefined))
    throw invalidValue('encoding', encoding, 'is invalid encoding');
}

/** What a path or name is told as: text, or bytes. */
export function nameAs(name: string, encoding: unknown): unknown {
  if (!encoding || encoding === 'utf8' || encoding === 'utf-8') return name;
  const bytes = Buffer.from(name);
  return encoding === 'buffer' ? bytes : bytes.toString(encoding as BufferEncoding); // checked before
}

/** The bytes of a file as the program wants them. */
export function textIn(bytes: Buffer, encoding: unknown): unknown {
  return encoding && encoding !== 'buffer' ? bytes.toString(encoding as BufferEncoding) : bytes; // checked before
}

const { O_APPEND, O_CREAT, O_EXCL, O_RDONLY, O_RDWR, O_SYNC, O_TRUNC, O_WRONLY } = flagBits;
const flagWords: Readonly<Record<string, number>> = {
  r: O_RDONLY, rs: O_RDONLY | O_SYNC, sr: O_RDONLY | O_SYNC, 'r+': O_RDWR, 'rs+': O_RDWR | O_SYNC,
  'sr+': O_RDWR | O_SYNC,
  w: O_TRUNC | O_CREAT | O_WRONLY, wx: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL, xw: O_TRUNC | O_CREAT | O_WRONLY | O_EXCL,
  'w+': O_TRUNC | O_CREAT | O_RDWR, 'wx+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  'xw+': O_TRUNC | O_CREAT | O_RDWR | O_EXCL,
  a: O_APPEND | O_CREAT | O_WRONLY, ax: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  xa: O_APPEND | O_CREAT | O_WRONLY | O_EXCL,
  as: O_APPEND | O_CREAT | O_WRONLY | O_SYNC, sa: O_APPEND | O_CREAT | O_WRONLY | O_SYNC, 'a+': O_APPEND | O_CREAT | O_RDWR,
  'ax+': O_APPEND | O_CREAT | O_RDWR | O_EXCL, 'xa+': O_APPEND | O_CREAT | O_RDWR | O_EXCL,
  'as+': O_APPEND | O_CREAT | O_RDWR | O_SYNC, 'sa+': O_APPEND | O_CREAT | O_RDWR | O_SYNC,
};

export function flagsOf(given: unknown): number {
  if (typeof given === 'number') {
    checkInt32(given, 'flags');
    return given;
  }
  if (given === undefined || given === null) return O_RDONLY;
  const known = typeof given === 'string' && Object.hasOwn(flagWords, given) ? flagWords[given] : undefined;
  if (known === undefined) throw invalidValue('flags', given);
  return known;
}

export function checkInt32(value: unknown, name: string, least = -2_147_483_648): void {
  checkInteger(value, name, least, 2_147_483_647);
}

export function modeOf(given: unknown, name: string, usual?: number): number {
  let mode: unknown = given ?? usual;
  if (typeof mode === 'string') {
    if (!/^[0-7]+$/.test(mode))
      throw invalidValue(name, given, 'must be a 32-bit unsigned integer or an octal string');
    mode = Number.parseInt(mode, 8);
  }
  checkInteger(mode, name, 0, 4_294_967_295);
  return mode as number; // just checked
}

export function descriptorOf(given: unknown, name = 'fd'): number {
  if (Object.is(given, -0)) return 0;
  checkInt32(given, name, 0);
  return given as number; // just checked
}

/** An open file instead of a path. */
export function isDescriptor(given: unknown): given is number {
  return typeof given === 'number' && given === (given | 0);
}

export function callbackOf(given: unknown): Callable {
  checkFunction(given, 'cb');
  return given as Callable; // just checked
}

export function checkAborted(signal: Options['signal']): void {
  if (signal?.aborted === true) throw abortedBy(signal);
}

export function abortedBy(signal: Options['signal']): Error {
  return new AbortError(undefined, { cause: signal?.reason });
}

export function bytesOf(view: unknown): Uint8Array {
  const { buffer, byteOffset, byteLength } = view as Uint8Array; // asked for before
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export function isView(value: unknown): boolean {
  return ArrayBuffer.isView(value);
}

/** What is to be written, as bytes. */
export function contentOf(data: unknown, encoding: unknown, name = 'data'): Uint8Array {
  if (isView(data)) return bytesOf(data);
  if (typeof data !== 'string')
    throw invalidType(name, 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  return bytesOf(Buffer.from(data, (encoding === '' ? 'utf8' : (encoding ?? 'utf8')) as BufferEncoding)); // Node looks at it there
}

const NativeDate = Date;

/** Seconds since 1970. */
export function secondsOf(given: unknown, name = 'time'): number {
  if (typeof given === 'string' && String(Number(given)) === given) return Number(given);
  if (typeof given === 'number' && Number.isFinite(given)) return given < 0 ? NativeDate.now() / 1000 : given;
  if (given instanceof NativeDate) return given.getTime() / 1000;
  throw invalidType(name, 'an instance of Date or an Time in seconds', given);
}

export function checkRange(offset: number, length: number, size: number): void {
  if (offset < 0) throw outOfRange('offset', '>= 0', offset);
  if (length < 0) throw outOfRange('length', '>= 0', length);
  if (offset + length > size) throw outOfRange('length', `<= ${size - offset}`, length);
}

/** What is asked of a file: to read it (4), to write (2), to run (1), to be there (0). */
export function accessModeOf(given: unknown): number {
  checkInt32(given, 'mode');
  const mode = given as number; // just checked
  if (mode >= 0 && mode <= 7) return mode;
  throw codedError(NativeRangeError, 'ERR_OUT_OF_RANGE', 'mode is out of range: >= 0 && <= 7');
}

export function positionOf(given: unknown): number | undefined {
  return typeof given === 'number' && given >= 0 ? given : typeof given === 'bigint' && given >= 0n ? Number(given) : undefined;
}
