/**
 * Why this file exists: the part of the guest that brings `child_process`. Nothing is executed: a few commands are
 * modelled, the scenario answers for others, and a program of Node is an agent of its own.
 */
import { offerModule } from '../../modules/builtin';
import { named } from '../../primordials';
import { ChildProcess } from './child';
import { fork } from './fork';
import './handles';
import { exec, execFile, spawn } from './spawn';
import { execFileSync, execSync, spawnSync } from './sync';

const members = {
  ChildProcess,
  exec: named(exec, 'exec', 3),
  execFile: named(execFile, 'execFile', 4),
  execFileSync: named(execFileSync, 'execFileSync', 3),
  execSync: named(execSync, 'execSync', 2),
  fork: named(fork, 'fork', 1),
  spawn: named(spawn, 'spawn', 3),
  spawnSync: named(spawnSync, 'spawnSync', 3),
};
offerModule('child_process', () => members, ['_forkChild']);

export { fork };
export type { ChildProcess };
