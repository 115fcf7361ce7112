/**
 * Why this file exists: `cp`: a file or a folder with all that is in it. The steps are the same whether each is made at
 * once or in the thread pool. Node 20: lib/internal/fs/cp/cp.js, cp-sync.js.
 */
import { checkBoolean, checkFunction, checkInteger, checkObject, codedError } from '../../node-errors';
import { NativeError, NativeTypeError, call, hide, isCallable, isObject, type Callable } from '../../primordials';
import { promiseThen } from '../../promise-methods';
import { nextTick } from '../../ticks';
import { callbackOf, pathOf } from './arguments';
import * as calls from './calls';
import type { Call } from './calls';
import { Fault } from './faults';
import type { Inode } from './inodes';
import { joinPaths, joined } from './paths';
import { systemFaults, type FaultCode } from '../../system-faults';
import { atOnce, operationOf, withPromise } from './ways';
import type { Operation } from '../../loop/pool';

interface CpOptions {
  readonly dereference: boolean;
  readonly errorOnExist: boolean;
  readonly filter: Callable | undefined;
  readonly force: boolean;
  readonly mode: number;
  readonly preserveTimestamps: boolean;
  readonly recursive: boolean;
  readonly verbatimSymlinks: boolean;
}

const usual = {
  dereference: false, errorOnExist: false, filter: undefined, force: true, preserveTimestamps: false, recursive: false,
  verbatimSymlinks: false, mode: 0,
};

function cpOptionsOf(given: unknown): CpOptions {
  if (given !== undefined) checkObject(given, 'options');
  const options: Readonly<Record<string, unknown>> = { ...usual, ...(given as object | undefined) }; // just checked
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks'])
    checkBoolean(options[name], `options.${name}`);
  checkInteger(options['mode'], 'mode', 0, 7);
  if (options['dereference'] === true && options['verbatimSymlinks'] === true)
    throw codedError(NativeTypeError, 'ERR_INCOMPATIBLE_OPTION_PAIR', 'Option "dereference" cannot be used in combination with option "verbatimSymlinks"');
  if (options['filter'] !== undefined) checkFunction(options['filter'], 'options.filter');
  return options as unknown as CpOptions; // checked
}

/** What a step asks for: calls side by side, or the program's filter. */
type Ask = readonly Call<unknown>[] | (() => unknown);
type Steps<T> = Generator<Ask, T, readonly unknown[]>;

function* one<T>(asked: Call<T>): Steps<T> {
  const [result] = yield [asked];
  return result as T; // what the call brings
}

/** Null where nothing is there. */
function ifThere(asked: Call<Inode>): Call<Inode | null> {
  const run = (): Inode | null => {
    try {
      return asked.run();
    } catch (fault) {
      if (fault instanceof Fault && fault.code === 'ENOENT') return null;
      throw fault;
    }
  };
  return { ...asked, run };
}

const words = {
  ERR_FS_CP_EINVAL: ['Invalid src or dest', 'EINVAL'],
  ERR_FS_CP_DIR_TO_NON_DIR: ['Cannot overwrite non-directory with directory', 'EISDIR'],
  ERR_FS_CP_NON_DIR_TO_DIR: ['Cannot overwrite directory with non-directory', 'ENOTDIR'],
  ERR_FS_CP_EEXIST: ['Target already exists', 'EEXIST'],
  ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY: ['Cannot overwrite symlink in subdirectory of self', 'EINVAL'],
  ERR_FS_EISDIR: ['Path is a directory', 'EISDIR'],
} as const;

function cpError(code: keyof typeof words, message: string, path: string): Error {
  const [prefix, systemCode] = words[code];
  const [errno] = systemFaults[systemCode satisfies FaultCode];
  const error = codedError(NativeError, code, `${prefix}: cp returned ${systemCode} (${message}) ${path}`);
  hide(error, 'name', 'SystemError');
  const info = { message, path, syscall: 'cp', errno, code: systemCode };
  return Object.assign(error, { info, errno, syscall: 'cp', path });
}

interface Checked {
  readonly source: Inode;
  readonly target: Inode | null;
}

function* copied(src: string, dest: string, options: CpOptions): Steps<void> {
  const checked = yield* checkPaths(src, dest, options);
  if (checked === undefined) return;
  yield* checkParents(src, checked.source, dest);
  const parent = dirname(dest);
  const there = yield* one(ifThere(calls.stat(parent)));
  if (there === null) yield* one(calls.mkdirp(parent, 0o777));
  yield* copyOne(checked.target, src, dest, options);
}

function* checkPaths(src: string, dest: string, options: CpOptions): Steps<Checked | undefined> {
  const { filter } = options;
  if (filter !== undefined) {
    const [isWanted] = yield () => call(filter, undefined, src, dest);
    if (!isWanted) return undefined;
  }
  const look = options.dereference ? calls.stat : calls.lstat;
  const [source, target] = (yield [look(src), ifThere(look(dest))]) as [Inode, Inode | null]; // what they bring
  if (target !== null) {
    if (source === target) throw cpError('ERR_FS_CP_EINVAL', 'src and dest cannot be the same', dest);
    if (source.kind === 'folder' && target.kind !== 'folder')
      throw cpError('ERR_FS_CP_DIR_TO_NON_DIR', `cannot overwrite non-directory ${dest} with directory ${src}`, dest);
    if (source.kind !== 'folder' && target.kind === 'folder')
      throw cpError('ERR_FS_CP_NON_DIR_TO_DIR', `cannot overwrite directory ${dest} with non-directory ${src}`, dest);
  }
  if (source.kind === 'folder' && isBelow(src, dest))
    throw cpError('ERR_FS_CP_EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest);
  return { source, target };
}

/** The target must not lie in the source by some other name. */
function* checkParents(src: string, source: Inode, dest: string): Steps<void> {
  const own = dirname(resolved(src));
  for (let at = dirname(resolved(dest)); at !== own && at !== '/'; at = dirname(at)) {
    const parent = yield* one(ifThere(calls.stat(at)));
    if (parent === null) return;
    if (parent === source) throw cpError('ERR_FS_CP_EINVAL', `cannot copy ${src} to a subdirectory of self ${dest}`, dest);
  }
}

function* copyOne(target: Inode | null, src: string, dest: string, options: CpOptions): Steps<void> {
  const source = yield* one((options.dereference ? calls.stat : calls.lstat)(src));
  if (source.kind === 'folder') {
    if (!options.recursive) throw cpError('ERR_FS_EISDIR', `${src} is a directory (not copied)`, src);
    if (target === null) yield* one(calls.mkdir(dest, 0o777));
    yield* copyFolder(src, dest, options);
    if (target === null) yield* one(calls.chmod(dest, source.mode));
  } else if (source.kind === 'link') yield* copyLink(target, src, dest, options);
  else yield* copyFile(source, target, src, dest, options);
}

function* copyFolder(src: string, dest: string, options: CpOptions): Steps<void> {
  for (const { name } of yield* one(calls.readdir(src))) {
    const [from, to] = [joinPaths(src, name), joinPaths(dest, name)];
    const checked = yield* checkPaths(from, to, options);
    if (checked !== undefined) yield* copyOne(checked.target, from, to, options);
  }
}

function* copyFile(source: Inode, target: Inode | null, src: string, dest: string, options: CpOptions): Steps<void> {
  if (target !== null && !options.force) {
    if (options.errorOnExist) throw cpError('ERR_FS_CP_EEXIST', `${dest} already exists`, dest);
    return;
  }
  if (target !== null) yield* one(calls.unlink(dest));
  yield* one(calls.copyfile(src, dest, options.mode));
  if (options.preserveTimestamps) {
    if ((source.mode & 0o200) === 0) yield* one(calls.chmod(dest, source.mode | 0o200));
    const { times } = yield* one(calls.stat(src));
    yield* one(calls.utimes(dest, times.atime / 1000, times.mtime / 1000));
  }
  yield* one(calls.chmod(dest, source.mode));
}

function* copyLink(target: Inode | null, src: string, dest: string, options: CpOptions): Steps<void> {
  let to = yield* one(calls.readlink(src));
  if (!options.verbatimSymlinks && !to.startsWith('/')) to = joined(dirname(resolved(src)), to);
  if (target === null) {
    yield* one(calls.symlink(to, dest));
    return;
  }
  const own = yield* one(calls.readlink(dest));
  const before = own.startsWith('/') ? own : joined(dirname(resolved(dest)), own);
  if (isBelow(to, before)) throw cpError('ERR_FS_CP_EINVAL', `cannot copy ${to} to a subdirectory of self ${before}`, dest);
  const { kind } = yield* one(calls.stat(src));
  if (kind === 'folder' && isBelow(before, to))
    throw cpError('ERR_FS_CP_SYMLINK_TO_SUBDIRECTORY', `cannot overwrite ${before} with ${to}`, dest);
  yield* one(calls.unlink(dest));
  yield* one(calls.symlink(to, dest));
}

function resolved(path: string): string {
  return joined('/project', path);
}

function dirname(path: string): string {
  const at = path.replace(/\/+$/, '').lastIndexOf('/');
  return at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at);
}

function isBelow(folder: string, path: string): boolean {
  const names = (each: string): string[] => resolved(each).split('/').filter((name) => name !== '');
  const inner = names(path);
  return names(folder).every((name, i) => inner[i] === name);
}

function begun(src: unknown, dest: unknown, given: unknown): Steps<void> {
  const options = cpOptionsOf(given);
  return copied(pathOf(src, 'src'), pathOf(dest, 'dest'), options);
}

export function cpSync(src: unknown, dest: unknown, given?: unknown): void {
  const steps = begun(src, dest, given);
  for (let step = steps.next(); step.done !== true;) {
    let answers: readonly unknown[];
    try {
      answers = isCallable(step.value) ? [nowOnly(step.value())] : (step.value).map((each) => atOnce(each));
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(answers);
  }
}

function nowOnly(answer: unknown): unknown {
  if (isObject(answer) && 'then' in answer)
    throw codedError(NativeTypeError, 'ERR_INVALID_RETURN_VALUE', 'Expected boolean to be returned from the "filter" function but got an instance of Promise.');
  return answer;
}

async function made(operation: Operation, steps: Steps<void>): Promise<void> {
  let answers: readonly unknown[] = [];
  for (;;) {
    const step = steps.next(answers);
    if (step.done === true) return;
    try {
      answers = await answered(operation, step.value);
    } catch (error) {
      steps.throw(error);
    }
  }
}

async function answered(operation: Operation, asked: Ask): Promise<readonly unknown[]> {
  if (isCallable(asked)) return [await asked()];
  const answers: unknown[] = [];
  // Side by side each is an operation of its own.
  const own = (one: Call<unknown>, i: number): Operation => (i === 0 ? operation : operationOf(one.syscall, one.path));
  for (const each of asked.map((one, i) => withPromise(own(one, i), one, false))) answers.push(await each);
  return answers;
}

export async function cpPromised(src: unknown, dest: unknown, given?: unknown): Promise<void> {
  await made(operationOf('cp', src, dest), begun(src, dest, given));
}

export function cp(src: unknown, dest: unknown, ...more: readonly unknown[]): void {
  const callback = callbackOf(more.find(isCallable));
  const steps = begun(src, dest, isCallable(more[0]) ? undefined : more[0]);
  promiseThen(
    made(operationOf('cp', src, dest), steps),
    () => { nextTick(callback, [null]); },
    (error: unknown) => { nextTick(callback, [error]); },
  );
}
