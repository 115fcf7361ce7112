/**
 * Why this file exists: the errors of the file system: libuv's codes and words, and the properties that Node gives
 * them. Node 20: src/api/exceptions.cc (UVException), deps/uv/include/uv.h.
 */
import { NativeError } from '../../primordials';

const known = {
  EPERM: [1, 'operation not permitted'],
  ENOENT: [2, 'no such file or directory'],
  EBADF: [9, 'bad file descriptor'],
  EACCES: [13, 'permission denied'],
  EBUSY: [16, 'resource busy or locked'],
  EEXIST: [17, 'file already exists'],
  ENOTDIR: [20, 'not a directory'],
  EISDIR: [21, 'illegal operation on a directory'],
  EINVAL: [22, 'invalid argument'],
  EMFILE: [24, 'too many open files'],
  EFBIG: [27, 'file too large'],
  EROFS: [30, 'read-only file system'],
  ENAMETOOLONG: [36, 'name too long'],
  ENOTEMPTY: [39, 'directory not empty'],
  ELOOP: [40, 'too many symbolic links encountered'],
} as const satisfies Readonly<Record<string, readonly [number: number, words: string]>>;

export type FaultCode = keyof typeof known;

/** Why a call of the system failed: what libuv would answer. */
export class Fault extends NativeError {
  constructor(readonly code: FaultCode) {
    super(code);
  }
}

/** What was asked of the system, as errors tell it. */
export interface Asked {
  readonly syscall: string;
  readonly path?: string | undefined;
  readonly dest?: string | undefined;
  /** What the message tells instead of the path. */
  readonly tried?: string | undefined;
}

/** The error that the program gets. */
export function errorOf(fault: Fault, { syscall, path, dest, tried = path }: Asked): Error {
  const [number, words] = known[fault.code];
  const where = path === undefined ? '' : ` '${tried ?? path}'${dest === undefined ? '' : ` -> '${dest}'`}`;
  const error = new NativeError(`${fault.code}: ${words}, ${syscall}${where}`);
  Object.assign(error, { errno: -number, code: fault.code, syscall });
  if (path !== undefined) Object.assign(error, { path });
  if (dest !== undefined) Object.assign(error, { dest });
  return error;
}
