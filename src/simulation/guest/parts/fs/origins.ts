/**
 * Why this file exists: where Node's own source throws the errors of `fs`: what stands above one that nobody catches,
 * and Node's own lines in the stacks of promises, without which there would be no stack at all. Node 20.20: lib/fs.js,
 * lib/internal/fs/promises.js.
 */
import { isNamespace } from '../../namespaces';
import { withNodeFrames } from '../../node-frames';
import { isObject } from '../../primordials';
import { withOrigin } from '../../thrown-places';

type Origin = readonly [place: string, line: string];

/** Of the functions that answer at once, by the call of the system. */
const ofCalls: Readonly<Record<string, Origin>> = {
  open: ['node:fs:573', '  return binding.open('],
  stat: ['node:fs:1681', '  const stats = binding.stat('],
  lstat: ['node:fs:1656', '  const stats = binding.lstat('],
  fstat: ['node:fs:1633', '  const stats = binding.fstat(fd, options.bigint, undefined, false);'],
  statfs: ['node:fs:1695', '  const stats = binding.statfs(pathModule.toNamespacedPath(path), options.bigint);'],
  scandir: ['node:fs:1521', '  const result = binding.readdir('],
  mkdir: ['node:fs:1386', '  const result = binding.mkdir('],
  rmdir: ['node:fs:1214', '  binding.rmdir(pathModule.toNamespacedPath(path));'],
  unlink: ['node:fs:1889', '  binding.unlink(path);'],
  rename: ['node:fs:1032', '  binding.rename('],
  copyfile: ['node:fs:3047', '  binding.copyFile('],
  access: ['node:fs:244', '  binding.access(pathModule.toNamespacedPath(path), mode);'],
  realpath: ['node:fs:2804', '  return binding.realpath('],
  readlink: ['node:fs:1729', '  return binding.readlink('],
  symlink: ['node:fs:1822', '  binding.symlink('],
  link: ['node:fs:1862', '  binding.link('],
  chmod: ['node:fs:1999', '  binding.chmod('],
  chown: ['node:fs:2112', '  binding.chown('],
  utime: ['node:fs:2150', '  binding.utimes('],
  lutime: ['node:fs:2233', '  binding.lutimes('],
  mkdtemp: ['node:fs:3005', '  return binding.mkdtemp(prefix, options.encoding);'],
  opendir: ['node:internal/fs/dir:327', '  const handle = dirBinding.opendirSync('],
  close: ['node:fs:525', '  binding.close(fd);'],
  read: ['node:fs:750', '  return binding.read(fd, buffer, offset, length, position);'],
  write: ['node:internal/fs/utils:351', '    throw err;'],
  fsync: ['node:fs:1326', '  binding.fsync(fd);'],
  fdatasync: ['node:fs:1296', '  binding.fdatasync(fd);'],
  ftruncate: ['node:fs:1126', '  binding.ftruncate(fd, len);'],
  fchmod: ['node:fs:1923', '  binding.fchmod('],
  futime: ['node:fs:2195', '  binding.futimes('],
  lchown: ['node:fs:2034', '  binding.lchown('],
  fchown: ['node:fs:2077', '  binding.fchown(fd, uid, gid);'],
};

/** Text is written by a call of its own. */
export const ofText: Origin = ['node:fs:2380', '    return binding.writeFileUtf8('];

/** The error of a call that was made at once; `own` where it does not come from the usual place. */
export function fromCall<E>(error: E, syscall: string, own = ofCalls[syscall]): E {
  if (own !== undefined && error instanceof Error) withOrigin(error, own[0], own[1], own[1].search(/\w+\(|throw/));
  return error;
}

const file = 'node:internal/fs/promises';
const opening: Origin = ['637:25', '  return new FileHandle(await PromisePrototypeThen('];
const answering = '  return await PromisePrototypeThen(';
const keeping = '  const result = await PromisePrototypeThen(';

/** Of the functions that answer by a promise: line and column, and how the line begins. */
const ofFunctions: Readonly<Record<string, Origin>> = {
  open: opening,
  access: ['604:10', answering], copyFile: ['621:10', answering], rename: ['780:10', answering],
  rmdir: ['822:10', answering], mkdir: ['856:10', answering], readdir: ['950:18', keeping],
  readlink: ['968:10', answering], symlink: ['997:10', answering], lstat: ['1022:18', keeping],
  stat: ['1033:18', keeping], statfs: ['1044:18', keeping], link: ['1056:10', answering],
  unlink: ['1067:10', answering], chmod: ['1089:10', answering], lchown: ['1108:10', answering],
  chown: ['1132:10', answering], utimes: ['1141:10', answering], lutimes: ['1163:10', answering],
  realpath: ['1176:10', answering], mkdtemp: ['1189:10', answering],
};

/** They open a file first: who waits for that. */
const whoOpens: Readonly<Record<string, string>> = {
  readFile: '1249:14', writeFile: '1219:14', appendFile: '1219:14', truncate: '790:14',
};

/** A function of `fs/promises`, and what the program called it on. */
export interface Asked {
  readonly name: string;
  readonly receiver: unknown;
}

/** As V8 names the frame; of `appendFile` another function of Node's is called, on nothing. */
function shownName({ name, receiver }: Asked): string {
  if (name === 'appendFile') return 'writeFile';
  if (receiver === undefined) return name;
  return `${isObject(receiver) && isNamespace(receiver) ? 'Module' : 'Object'}.${name}`;
}

/** The error of a promise, whose stack is that of who waits: Node's own lines come first. */
export function fromPromise(error: unknown, asked: Asked, syscall: string): void {
  const opener = syscall === 'open' ? whoOpens[asked.name] : undefined;
  const own = opener === undefined ? ofFunctions[asked.name] : opening;
  if (own === undefined || !(error instanceof Error)) return;
  const [place, line] = own;
  const [row = '', column = '1'] = place.split(':');
  withOrigin(error, `${file}:${row}`, line, Number(column) - 1);
  const at = (who: string, where: string): string => `async ${who} (${file}:${where})`;
  const who = shownName(asked);
  withNodeFrames(error, ...(opener === undefined ? [at(who, place)] : [at('open', place), at(who, opener)]));
}
