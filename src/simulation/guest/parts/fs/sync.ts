/** Why this file exists: the functions of `fs` that answer at once, while everything waits. Node 20: lib/fs.js. */
import { checkBoolean, checkInteger } from '../../node-errors';
import { Buffer } from '../buffer/part';
import * as calls from './calls';
import {
  accessModeOf, contentOf, descriptorOf, flagsOf, isDescriptor, modeOf, nameAs, optionsOf, pathOf, positionOf,
  secondsOf, textIn, type Options,
} from './arguments';
import { standsAt, under } from '../../stood-for';
import { folderOptions, pieceOf, readWhat, writeWhat } from './reading-and-writing';
import { joined } from './paths';
import { readdirRecursive } from './recursive';
import { shownEntry, statsOf } from './stats';
import type { Inode } from './inodes';
import { ofText } from './origins';
import { atOnce } from './ways';

interface StatOptions {
  readonly bigint?: unknown;
  readonly throwIfNoEntry?: unknown;
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return codes.includes((error as { code?: string }).code ?? '');
}

function statOf(call: calls.Call<Inode>, { bigint, throwIfNoEntry = true }: StatOptions): object | undefined {
  try {
    return statsOf(atOnce(call), Boolean(bigint));
  } catch (error) {
    if (throwIfNoEntry === false && hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

export function statSync(path: unknown, options: StatOptions = {}): object | undefined {
  return statOf(calls.stat(pathOf(path)), options);
}

export function lstatSync(path: unknown, options: StatOptions = {}): object | undefined {
  return statOf(calls.lstat(pathOf(path)), options);
}

export function fstatSync(fd: unknown, options: StatOptions = {}): object {
  return statsOf(atOnce(calls.fstat(descriptorOf(fd))), Boolean(options.bigint));
}

export function accessSync(path: unknown, mode: unknown = 0): void {
  const place = pathOf(path);
  const bits = accessModeOf(mode);
  atOnce(calls.access(place, bits));
}

export function existsSync(path: unknown): boolean {
  try {
    atOnce(calls.access(pathOf(path), 0));
    return true;
  } catch {
    return false;
  }
}

export function openSync(path: unknown, flags?: unknown, mode?: unknown): number {
  return atOnce(calls.open(pathOf(path), flagsOf(flags), modeOf(mode, 'mode', 0o666)));
}

export function closeSync(fd: unknown): void {
  atOnce(calls.close(descriptorOf(fd)));
}

export function readSync(fd: unknown, ...args: unknown[]): number {
  const descriptor = descriptorOf(fd);
  const what = readWhat([args[0], args[1] ?? {}, args[2], args[3]]);
  const piece = pieceOf(what);
  return piece.length === 0 ? 0 : atOnce(calls.read(descriptor, piece, positionOf(what.position)));
}

export function writeSync(fd: unknown, ...args: unknown[]): number {
  const descriptor = descriptorOf(fd);
  const { bytes, position } = writeWhat(args);
  try {
    return atOnce(calls.write(descriptor, bytes, position));
  } catch (error) {
    throw codeLast(error);
  }
}

/** Node makes these errors in another place: their properties stand in another order. */
function codeLast(error: unknown): unknown {
  const { code } = error as { code?: unknown }; // an error, just caught
  if (code === undefined) return error;
  Reflect.deleteProperty(error as object, 'code');
  return Object.assign(error as object, { code });
}

export function readFileSync(path: unknown, given?: unknown): unknown {
  const options = optionsOf(given, { flag: 'r' });
  if (isUtf8(options.encoding)) return readText(path, options);
  const isOwn = !isDescriptor(path);
  const fd = isOwn ? openSync(path, options.flag, 0o666) : path;
  try {
    return textIn(readAll(fd, tryReadSync), options.encoding);
  } finally {
    if (isOwn) atOnce(calls.close(fd));
  }
}

/** Node does it in one call. */
function readText(path: unknown, options: Options): unknown {
  const isOwn = !isDescriptor(path);
  const fd = isOwn ? atOnce(calls.open(pathOf(path), flagsOf(options.flag), 0o666)) : path;
  try {
    return textIn(readAll(fd, (from, into) => atOnce(calls.read(from, into))), options.encoding);
  } finally {
    if (isOwn) atOnce(calls.close(fd));
  }
}

function readAll(fd: number, readInto: (fd: number, into: Uint8Array) => number): Buffer {
  const inode = atOnce(calls.fstat(fd));
  const into = Buffer.allocUnsafeSlow(inode.kind === 'file' ? inode.size : 0);
  const count = readInto(fd, inode.kind === 'folder' ? Buffer.alloc(1) : into);
  return into.subarray(0, count);
}

const readPiece = under('Object.readSync (node:fs:750:18)', (fd: number, into: Uint8Array) =>
  atOnce(calls.read(fd, into)));

function tryReadSync(fd: number, into: Uint8Array): number {
  return readPiece(fd, into);
}

function isUtf8(encoding: unknown): boolean {
  return encoding === 'utf8' || encoding === 'utf-8';
}

export function writeFileSync(path: unknown, data: unknown, given?: unknown): void {
  writeWhole(path, data, optionsOf(given, { encoding: 'utf8', mode: 0o666, flag: 'w' }), 'w');
}

export function appendFileSync(path: unknown, data: unknown, given?: unknown): void {
  writeWhole(path, data, optionsOf(given, { encoding: 'utf8', mode: 0o666, flag: 'a' }), 'a');
}

function writeWhole(path: unknown, data: unknown, options: Options, usual: string): void {
  checkBoolean(options.flush ?? false, 'options.flush');
  const bytes = contentOf(data, options.encoding);
  const isOwn = !isDescriptor(path);
  const flags = flagsOf(options.flag === '' ? usual : (options.flag ?? usual));
  const origin = typeof data === 'string' && /^utf-?8$/.test(String(options.encoding)) ? ofText : undefined;
  const mode = isOwn ? modeOf(options.mode, 'mode', 0o666) : 0;
  const opened = (): number =>
    origin ? atOnce(calls.open(pathOf(path), flags, mode), origin) : openSync(path, flags, mode);
  const fd = isOwn ? opened() : path;
  try {
    if (bytes.length > 0) atOnce(calls.write(fd, bytes), origin);
  } finally {
    if (isOwn) atOnce(calls.close(fd));
  }
}

export function readdirSync(path: unknown, given?: unknown): unknown[] {
  const { encoding, withFileTypes, recursive } = optionsOf(given);
  const place = pathOf(path);
  if (recursive !== undefined && recursive !== null) checkBoolean(recursive, 'options.recursive');
  if (recursive) return readdirRecursive(place, { encoding, withFileTypes });
  return atOnce(calls.readdir(place)).map((entry) =>
    shownEntry(place, entry, encoding, withFileTypes));
}

export function mkdirSync(path: unknown, given?: unknown): string | undefined {
  const { recursive, mode } = folderOptions(given);
  const place = pathOf(path);
  checkBoolean(recursive, 'options.recursive');
  const bits = modeOf(mode, 'mode', 0o777);
  if (recursive === true) return atOnce(calls.mkdirp(place, bits));
  atOnce(calls.mkdir(place, bits));
  return undefined;
}

export function mkdtempSync(prefix: unknown, given?: unknown): unknown {
  const { encoding } = optionsOf(given);
  return nameAs(atOnce(calls.mkdtemp(pathOf(prefix, 'prefix'))), encoding);
}

export function unlinkSync(path: unknown): void {
  atOnce(calls.unlink(pathOf(path)));
}

export function renameSync(from: unknown, to: unknown): void {
  atOnce(calls.rename(pathOf(from, 'oldPath'), pathOf(to, 'newPath')));
}

export function copyFileSync(from: unknown, to: unknown, mode: unknown = 0): void {
  const [source, target] = [pathOf(from, 'src'), pathOf(to, 'dest')];
  checkInteger(mode, 'mode', 0, 7);
  atOnce(calls.copyfile(source, target, mode as number)); // just checked
}

export function linkSync(from: unknown, to: unknown): void {
  atOnce(calls.link(pathOf(from, 'existingPath'), pathOf(to, 'newPath')));
}

export function symlinkSync(target: unknown, path: unknown): void {
  atOnce(calls.symlink(pathOf(target, 'target'), pathOf(path)));
}

export function readlinkSync(path: unknown, given?: unknown): unknown {
  const { encoding } = optionsOf(given);
  return nameAs(atOnce(calls.readlink(pathOf(path, 'oldPath'))), encoding);
}

export function truncateSync(path: unknown, size: unknown = 0): void {
  const fd = openSync(path, 'r+');
  try {
    ftruncateSync(fd, size);
  } finally {
    closeSync(fd);
  }
}

export function ftruncateSync(fd: unknown, size: unknown = 0): void {
  const descriptor = descriptorOf(fd);
  checkInteger(size, 'len');
  atOnce(calls.ftruncate(descriptor, Math.max(0, Number(size))));
}

export function fsyncSync(fd: unknown): void {
  atOnce(calls.fsync(descriptorOf(fd)));
}

export function fdatasyncSync(fd: unknown): void {
  atOnce(calls.fsync(descriptorOf(fd), 'fdatasync'));
}

export function chmodSync(path: unknown, mode: unknown): void {
  atOnce(calls.chmod(pathOf(path), modeOf(mode, 'mode')));
}

export function fchmodSync(fd: unknown, mode: unknown): void {
  atOnce(calls.fchmod(descriptorOf(fd), modeOf(mode, 'mode')));
}

export function utimesSync(path: unknown, atime: unknown, mtime: unknown): void {
  atOnce(calls.utimes(pathOf(path), secondsOf(atime), secondsOf(mtime)));
}

export function futimesSync(fd: unknown, atime: unknown, mtime: unknown): void {
  atOnce(calls.futimes(descriptorOf(fd), secondsOf(atime, 'atime'), secondsOf(mtime, 'mtime')));
}

export function realpathSync(path: unknown, given?: unknown): unknown {
  const { encoding } = optionsOf(given);
  const whole = joined('/project', pathOf(path));
  const folders = whole.split('/').slice(1);
  for (let i = 1; i <= folders.length && whole !== '/'; i++) atOnce(calls.lstat(`/${folders.slice(0, i).join('/')}`));
  return nameAs(atOnce(calls.realpath(whole)), encoding);
}

export function realpathNativeSync(path: unknown, given?: unknown): unknown {
  const { encoding } = optionsOf(given);
  return nameAs(atOnce(calls.realpath(pathOf(path))), encoding);
}

standsAt(readText, 'Object.readFileSync', 'node:fs', { atOnce: '448:20' });
standsAt(tryReadSync, 'tryReadSync', 'node:fs', { call: '424:20' });
standsAt(writeWhole, 'Object.writeFileSync', 'node:fs', {
  contentOf: '2388:5', atOnce: '2380:20', openSync: '2393:35',
});
