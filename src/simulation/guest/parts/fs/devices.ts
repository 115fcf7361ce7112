/**
 * Why this file exists: descriptors that are no files: the standard streams, which a process has from its beginning,
 * and /dev/null. What is written to the first two comes out where `console.log` prints.
 */
import { endNow } from '../../ending';
import { note } from '../../notes';
import { write } from '../../output';
import { standardInput } from '../../process-streams';
import { here } from '../../recorder';
import { textOf } from '../buffer/part';
import { Fault } from './faults';
import { newFile, type Inode } from './inodes';

export type Device = 'stdin' | 'stdout' | 'stderr' | 'null';

const paths: Readonly<Record<string, Device>> = {
  '/dev/stdin': 'stdin', '/dev/stdout': 'stdout', '/dev/stderr': 'stderr', '/dev/null': 'null',
  '/proc/self/fd/0': 'stdin', '/proc/self/fd/1': 'stdout', '/proc/self/fd/2': 'stderr',
};

export function deviceAt(path: string): Device | undefined {
  return Object.hasOwn(paths, path) ? paths[path] : undefined;
}

export function deviceOf(fd: number): Device | undefined {
  return (['stdin', 'stdout', 'stderr'] as const)[fd];
}

/** Nothing is typed into a simulation. */
export function readDevice(device: Device): number {
  if (device === 'stdout' || device === 'stderr') throw new Fault('EBADF');
  if (device === 'null') return 0;
  if (standardInput.source !== undefined)
    endNow({ kind: 'unsupported', message: 'Reading the pipe of a process at once is not modelled yet', site: here() });
  note('modelled', 'process.stdin is empty: nothing is typed into a simulation.');
  return 0;
}

export function writeDevice(device: Device, bytes: Uint8Array): number {
  if (device === 'stdin') throw new Fault('EBADF');
  if (device !== 'null' && bytes.length > 0) write(device, textOf(bytes, 'utf8', 0, bytes.length));
  return bytes.length;
}

/** NOT MODELLED: that it is a pipe. */
export function inodeOfDevice(): Inode {
  return newFile(0o600);
}
