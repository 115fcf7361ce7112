/** Why this file exists: the functions of `fs` that take a callback. Node 20: lib/fs.js. */
import { call, type Callable } from '../../primordials';
import { checkBoolean, checkInteger } from '../../node-errors';
import { nextTick } from '../../ticks';
import * as calls from './calls';
import type { Call } from './calls';
import {
  accessModeOf, callbackOf, descriptorOf, flagsOf, modeOf, nameAs, optionsOf, pathOf, positionOf, secondsOf,
} from './arguments';
import { shownEntry, statsOf } from './stats';
import { callPlain, inPool, operationOf, withCallback } from './ways';
import { under } from '../../stood-for';
import { readdirRecursive } from './recursive';
import { joined } from './paths';
import { folderOptions, pieceOf, readWhat, writeWhat, type Given } from './reading-and-writing';

/** A function whose last argument, at any place, is the callback. */
function split(given: Given): readonly [args: Given, callback: unknown] {
  const at = given.findIndex((each) => typeof each === 'function');
  return at < 0 ? [given, undefined] : [given.slice(0, at), given[at]];
}

const suppressed = under(['suppressedCallback (node:fs:257:5)', 'FSReqCallback.oncomplete (node:fs:187:23)'], callPlain);
const afterRead = under('FSReqCallback.wrapper [as oncomplete] (node:fs:682:5)', callPlain);
const afterWrite = under('FSReqCallback.wrapper [as oncomplete] (node:fs:824:5)', callPlain);

function isBig(options: unknown): boolean {
  return typeof options === 'object' && options !== null && Boolean((options as { bigint?: unknown }).bigint);
}

function statWith(name: 'stat' | 'lstat'): (...given: Given) => void {
  return (...given) => {
    const [[path, options], last] = split(given);
    const callback = callbackOf(last);
    const operation = operationOf(name, path);
    withCallback(operation, calls[name](pathOf(path)), callback, (inode) => statsOf(inode, isBig(options)));
  };
}

export const stat = statWith('stat');
export const lstat = statWith('lstat');

export function fstat(...given: Given): void {
  const [[fd, options], last] = split(given);
  const callback = callbackOf(last);
  withCallback(operationOf('fstat', fd), calls.fstat(descriptorOf(fd)), callback, (inode) => statsOf(inode, isBig(options)));
}

export function access(...given: Given): void {
  const [[path, mode = 0], last] = split(given);
  const place = pathOf(path);
  const callback = callbackOf(last);
  const bits = accessModeOf(mode);
  withCallback(operationOf('access', path), calls.access(place, bits), callback);
}

export function exists(path: unknown, last: unknown): void {
  const callback = callbackOf(last);
  let place: string;
  try {
    place = pathOf(path);
  } catch {
    call(callback, undefined, false);
    return;
  }
  const tell = (error: unknown): void => { suppressed(callback, error === null); };
  inPool(operationOf('exists', path), calls.access(place, 0), tell, callback);
}

export function open(...given: Given): void {
  const place = pathOf(given[0]);
  const [[path, flags, mode], last] = split(given);
  const [bits, permissions] = [flagsOf(flags ?? 'r'), modeOf(mode, 'mode', 0o666)];
  const callback = callbackOf(last);
  withCallback(operationOf('open', path), calls.open(place, bits, permissions), callback);
}

export function close(fd: unknown, last: unknown): void {
  const callback = callbackOf(last ?? ((error: unknown) => { if (error) throw error as Error; }));
  withCallback(operationOf('close', fd), calls.close(descriptorOf(fd)), callback);
}

export function read(fd: unknown, ...given: Given): void {
  const descriptor = descriptorOf(fd);
  const [args, last] = split(given);
  const what = readWhat(args);
  const callback = callbackOf(last);
  const piece = pieceOf(what);
  if (piece.length === 0) {
    nextTick(callback, [null, 0, what.buffer]);
    return;
  }
  inPool(operationOf('read', fd), calls.read(descriptor, piece, positionOf(what.position)), (error, count = 0) => {
    afterRead(callback, error, count, what.buffer);
  }, callback);
}

export function write(fd: unknown, ...given: Given): void {
  const descriptor = descriptorOf(fd);
  const [args, last] = split(given);
  const { bytes, position } = writeWhat(args);
  const callback = callbackOf(last);
  inPool(operationOf('write', fd), calls.write(descriptor, bytes, position), (error, count = 0) => {
    afterWrite(callback, error, count, args[0]);
  }, callback);
}

export function readdir(...given: Given): void {
  const [[path, options], last] = split(given);
  const callback = callbackOf(last);
  const { encoding, withFileTypes, recursive } = optionsOf(options);
  const place = pathOf(path);
  if (recursive !== undefined && recursive !== null) checkBoolean(recursive, 'options.recursive');
  if (recursive) {
    call(callback, undefined, null, readdirRecursive(place, { encoding, withFileTypes })); // Node 20 does it at once
    return;
  }
  withCallback(operationOf('readdir', path), calls.readdir(place), callback, (entries) =>
    entries.map((entry) => shownEntry(place, entry, encoding, withFileTypes)));
}

export function mkdir(...given: Given): void {
  const [[path, options], last] = split(given);
  const { recursive, mode } = folderOptions(options);
  const callback = callbackOf(last);
  const place = pathOf(path);
  checkBoolean(recursive, 'options.recursive');
  const bits = modeOf(mode, 'mode', 0o777);
  const made: Call<string | undefined> = recursive === true ? calls.mkdirp(place, bits) : calls.mkdir(place, bits);
  withCallback(operationOf('mkdir', path), made, callback);
}

export function mkdtemp(...given: Given): void {
  const [[prefix, options], last] = split(given);
  const callback = callbackOf(last);
  const { encoding } = optionsOf(options);
  withCallback(operationOf('mkdtemp', prefix), calls.mkdtemp(pathOf(prefix, 'prefix')), callback, (made) => nameAs(made, encoding));
}

/** Functions of one path that bring nothing, or a name. */
function ofPath(name: string, made: (path: string, ...more: never[]) => Call<unknown>): (...given: Given) => void {
  return (...given) => {
    const [[path], last] = split(given);
    const callback = callbackOf(last);
    withCallback(operationOf(name, path), made(pathOf(path)), callback);
  };
}

export const unlink = ofPath('unlink', calls.unlink);
export const readlink = ofPath('readlink', calls.readlink);

export function rename(from: unknown, to: unknown, last: unknown): void {
  const callback = callbackOf(last);
  withCallback(operationOf('rename', from, to), calls.rename(pathOf(from, 'oldPath'), pathOf(to, 'newPath')), callback);
}

export function copyFile(...given: Given): void {
  const [[from, to, mode = 0], last] = split(given);
  const [source, target] = [pathOf(from, 'src'), pathOf(to, 'dest')];
  const callback = callbackOf(last);
  checkInteger(mode, 'mode', 0, 7);
  withCallback(operationOf('copyFile', from, to), calls.copyfile(source, target, mode as number), callback); // just checked
}

export function link(from: unknown, to: unknown, last: unknown): void {
  const callback = callbackOf(last);
  withCallback(operationOf('link', from, to), calls.link(pathOf(from, 'existingPath'), pathOf(to, 'newPath')), callback);
}

export function symlink(...given: Given): void {
  const [[target, path], last] = split(given);
  const callback = callbackOf(last);
  withCallback(operationOf('symlink', target, path), calls.symlink(pathOf(target, 'target'), pathOf(path)), callback);
}

export function ftruncate(...given: Given): void {
  const [[fd, size = 0], last] = split(given);
  const descriptor = descriptorOf(fd);
  checkInteger(size, 'len');
  const callback = callbackOf(last);
  withCallback(operationOf('ftruncate', fd, size), calls.ftruncate(descriptor, Math.max(0, Number(size))), callback);
}

export function fsync(fd: unknown, last: unknown): void {
  const callback = callbackOf(last);
  withCallback(operationOf('fsync', fd), calls.fsync(descriptorOf(fd)), callback);
}

export function fdatasync(fd: unknown, last: unknown): void {
  const callback = callbackOf(last);
  withCallback(operationOf('fdatasync', fd), calls.fsync(descriptorOf(fd), 'fdatasync'), callback);
}

export function chmod(path: unknown, mode: unknown, last: unknown): void {
  const place = pathOf(path);
  const bits = modeOf(mode, 'mode');
  const callback = callbackOf(last);
  withCallback(operationOf('chmod', path), calls.chmod(place, bits), callback);
}

export function fchmod(fd: unknown, mode: unknown, last: unknown): void {
  const descriptor = descriptorOf(fd);
  const bits = modeOf(mode, 'mode');
  withCallback(operationOf('fchmod', fd), calls.fchmod(descriptor, bits), callbackOf(last));
}

export function utimes(path: unknown, atime: unknown, mtime: unknown, last: unknown): void {
  const callback = callbackOf(last);
  const place = pathOf(path);
  withCallback(operationOf('utimes', path), calls.utimes(place, secondsOf(atime), secondsOf(mtime)), callback);
}

export function futimes(fd: unknown, atime: unknown, mtime: unknown, last: unknown): void {
  const descriptor = descriptorOf(fd);
  const [accessed, modified] = [secondsOf(atime, 'atime'), secondsOf(mtime, 'mtime')];
  withCallback(operationOf('futimes', fd), calls.futimes(descriptor, accessed, modified), callbackOf(last));
}

/** Folder by folder, each looked at in a trip of its own; links in memory are rare, so they are followed at the end. */
export function realpath(...given: Given): void {
  const [[path, options], last] = split(given);
  const callback = callbackOf(last);
  const { encoding } = optionsOf(options);
  const whole = joined('/project', pathOf(path));
  const operation = operationOf('realpath', path);
  const folders = whole.split('/').slice(1);
  const lookOn = (count: number): void => {
    if (count > folders.length || whole === '/') {
      inPool(operation, { ...calls.realpath(whole), ms: 0 }, (error, real) => {
        if (error !== null) call(callback, undefined, error);
        else call(callback, undefined, null, nameAs(real ?? '', encoding));
      }, callback);
      return;
    }
    inPool(operation, calls.lstat(`/${folders.slice(0, count).join('/')}`), (error) => {
      if (error !== null) call(callback, undefined, error);
      else nextTick(() => { lookOn(count + 1); }, []);
    });
  };
  nextTick(() => { lookOn(1); }, []);
}

export function realpathNative(...given: Given): void {
  const [[path, options], last] = split(given);
  const callback: Callable = callbackOf(last);
  const { encoding } = optionsOf(options);
  withCallback(operationOf('realpath', path), calls.realpath(pathOf(path)), callback, (real) => nameAs(real, encoding));
}
