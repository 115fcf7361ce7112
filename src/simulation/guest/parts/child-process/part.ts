/**
 * Why this file exists: the part of the guest that brings `child_process`. Nothing is executed: a few commands are
 * modelled, the scenario answers for others. NOT MODELLED: `fork` and messages between processes.
 */
import { offerModule } from '../../modules/builtin';
import { named } from '../../primordials';
import { ChildProcess } from './child';
import { exec, execFile, spawn } from './spawn';
import { execFileSync, execSync, spawnSync } from './sync';

const members = {
  ChildProcess,
  exec: named(exec, 'exec', 3),
  execFile: named(execFile, 'execFile', 4),
  execFileSync: named(execFileSync, 'execFileSync', 3),
  execSync: named(execSync, 'execSync', 2),
  spawn: named(spawn, 'spawn', 3),
  spawnSync: named(spawnSync, 'spawnSync', 3),
};
offerModule('child_process', () => members, ['fork', '_forkChild']);
