// Starts processes so that they can be ended with everything they started in turn.
import { execFileSync, spawn } from 'node:child_process';

/** Like spawn, but the process leads a group of its own (on Windows a tree), which `endGroup` ends. */
export function spawnGroup(command, args, options) {
  return spawn(command, args, { ...options, detached: process.platform !== 'win32' });
}

/** Asks the group to end, and after `patience` ms makes it. Resolves when its leader is gone. */
export async function endGroup(child, patience = 3000) {
  const gone = child.exitCode !== null || child.signalCode !== null ? Promise.resolve() : new Promise(resolve => { child.once('exit', resolve); });
  killGroup(child.pid, 'SIGTERM');
  await Promise.race([gone, new Promise(resolve => { setTimeout(resolve, patience); })]);
  killGroup(child.pid, 'SIGKILL'); // also what outlived its leader
  await gone;
}

/** Synchronous, for a process that is about to exit. */
export function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-pid, signal);
  } catch { /* already gone */ }
}
