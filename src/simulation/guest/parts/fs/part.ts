/** Why this file exists: the part of the guest that brings `fs` and `fs/promises`. */
import { builtinModule, offerModule } from '../../modules/builtin';
import { reading } from '../../module-loader';
import { asNode } from '../../node-code';
import { call, defineProperty, named, type Callable } from '../../primordials';
import { callLabel } from '../../recorder';
import * as withCallbacks from './callbacks';
import { cp, cpPromised, cpSync } from './copying';
import { flagBits } from './descriptors';
import { Dir, opendir, opendirPromised, opendirSync } from './dir';
import { Fault } from './faults';
import { statfs, statfsPromised, statfsSync } from './file-system';
import './handle-methods';
import './promisified';
import * as withPromises from './promises';
import { asked } from './ways';
import { rm, rmdir, rmdirSync, rmSync } from './removal';
import { unwatchFile, watchFile } from './stat-watching';
import { Dirent, Stats } from './stats';
import * as sync from './sync';
import { secondsOf } from './arguments';
import { standForFs } from './frames';
import { watch, watchChanges } from './watching';
import { promisedOwners, vectors } from './vectors';
import { appendFile, readFile, truncate, writeFile } from './whole-files';

const constants = Object.assign(Object.create(null) as Record<string, number>, {
  UV_FS_SYMLINK_DIR: 1, UV_FS_SYMLINK_JUNCTION: 2, O_RDONLY: flagBits.O_RDONLY, O_WRONLY: flagBits.O_WRONLY,
  O_RDWR: flagBits.O_RDWR, UV_DIRENT_UNKNOWN: 0, UV_DIRENT_FILE: 1, UV_DIRENT_DIR: 2, UV_DIRENT_LINK: 3,
  UV_DIRENT_FIFO: 4, UV_DIRENT_SOCKET: 5, UV_DIRENT_CHAR: 6, UV_DIRENT_BLOCK: 7, EXTENSIONLESS_FORMAT_JAVASCRIPT: 0,
  EXTENSIONLESS_FORMAT_WASM: 1, S_IFMT: 61440, S_IFREG: 32768, S_IFDIR: 16384, S_IFCHR: 8192, S_IFBLK: 24576,
  S_IFIFO: 4096, S_IFLNK: 40960, S_IFSOCK: 49152, O_CREAT: flagBits.O_CREAT, O_EXCL: flagBits.O_EXCL,
  UV_FS_O_FILEMAP: 0, O_NOCTTY: flagBits.O_NOCTTY, O_TRUNC: flagBits.O_TRUNC, O_APPEND: flagBits.O_APPEND,
  O_DIRECTORY: flagBits.O_DIRECTORY, O_NOATIME: flagBits.O_NOATIME, O_NOFOLLOW: flagBits.O_NOFOLLOW,
  O_SYNC: flagBits.O_SYNC, O_DSYNC: flagBits.O_DSYNC, O_DIRECT: flagBits.O_DIRECT, O_NONBLOCK: flagBits.O_NONBLOCK,
  S_IRWXU: 448, S_IRUSR: 256, S_IWUSR: 128, S_IXUSR: 64, S_IRWXG: 56, S_IRGRP: 32, S_IWGRP: 16, S_IXGRP: 8,
  S_IRWXO: 7, S_IROTH: 4, S_IWOTH: 2, S_IXOTH: 1, F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, UV_FS_COPYFILE_EXCL: 1,
  COPYFILE_EXCL: 1, UV_FS_COPYFILE_FICLONE: 2, COPYFILE_FICLONE: 2, UV_FS_COPYFILE_FICLONE_FORCE: 4,
  COPYFILE_FICLONE_FORCE: 4,
});

/** What Node has and the simulation has not: using one ends the run. */
const missing = [
  'createReadStream', 'createWriteStream', 'openAsBlob', 'lchmod', 'lchmodSync', 'ReadStream', 'WriteStream',
  'FileReadStream', 'FileWriteStream',
];
const missingPromises = ['lchmod'];

const { realpath: realpathCall, realpathNative, ...callbacks } = withCallbacks;
const { realpathSync, realpathNativeSync, ...synchronous } = sync;

/** What they answer is told by the call; what happens in them is Node's own. */
function answering(functions: Readonly<Record<string, unknown>>): object {
  const told = Object.entries(functions).map(([name, f]) => {
    const body = f as Callable; // functions all
    function answer(this: unknown, ...given: unknown[]): unknown {
      asked.by = { name, receiver: this };
      try {
        return asNode(() => call(body, undefined, ...given), callLabel(name, given));
      } finally {
        asked.by = undefined;
      }
    }
    return [name, named(answer, name, body.length)] as const;
  });
  return Object.fromEntries(told);
}

function modules(): { readonly fs: object; readonly promises: object } {
  const promises = {
    ...answering({
      ...withPromises, ...promisedOwners, cp: cpPromised, opendir: opendirPromised, statfs: statfsPromised,
    }),
    watch: watchChanges, constants,
  };
  const fs = {
    appendFile, ...callbacks, readFile, rm, rmdir, truncate, writeFile, ...synchronous, rmSync, rmdirSync, Dirent,
    Stats, Dir, cp, cpSync, opendir, opendirSync, unwatchFile, watch, watchFile,
    ...vectors, statfs, statfsSync,
    realpath: Object.assign(realpathCall, { native: named(realpathNative, 'realpath') }),
    realpathSync: Object.assign(realpathSync, { native: named(realpathNativeSync, 'realpathSync') }),
    _toUnixTimestamp: secondsOf,
  };
  standForFs(fs);
  for (const exports of [fs, promises]) {
    for (const [name, member] of Object.entries(exports)) if (typeof member === 'function') named(member, name); // bundling renames
  }
  for (const name of ['F_OK', 'R_OK', 'W_OK', 'X_OK'])
    defineProperty(fs, name, { value: constants[name], enumerable: true });
  defineProperty(fs, 'constants', { value: constants, enumerable: true });
  defineProperty(fs, 'promises', { get: () => builtinModule('fs/promises', 'fs/promises'), enumerable: true, configurable: true });
  return { fs, promises };
}

const made = modules();

/** For the part that brings streams. */
export function addToFs(members: object): void {
  Object.assign(made.fs, members);
}

/** For those that make calls of their own: why one failed; undefined for what is no such failure. */
export function errorCodeOf(error: unknown): string | undefined {
  return error instanceof Fault ? error.code : undefined;
}

export * as calls from './calls';
export { descriptorOf, flagsOf, modeOf, optionsOf, pathOf } from './arguments';
export { FileHandle, handleInside } from './file-handle';
export { inPool, operationOf } from './ways';

offerModule('fs', () => made.fs, missing);
offerModule('fs/promises', () => made.promises, missingPromises);

reading.file = (path) => withPromises.readFile(path);
