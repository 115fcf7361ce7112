/**
 * Why this file exists: real Node is the judge of order. A program is stripped of its types by TypeScript, nothing else
 * is changed, and it runs in a process of its own. What it prints and its exit code are what the simulation must give.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';

/** What a program prints to stdout, and its exit code; `timed-out` when it had to be killed. */
export interface Printed {
  readonly stdout: string;
  readonly exitCode: number | 'timed-out';
}

export interface Source {
  readonly text: string;
  readonly module: boolean;
}

export interface NodeRun extends Printed {
  /** Two timers fell due so close together that the order of what they start is chance. */
  readonly nearRace: boolean;
}

const killAfterMs = 8000;

/** Runs a program in real Node. `watch` also looks for timers that are nearly due together; it costs a little time. */
export async function runInNode(source: Source, watch = false): Promise<NodeRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'loopscope-oracle-'));
  try {
    const file = path.join(folder, source.module ? 'program.mjs' : 'program.cjs');
    await writeFile(file, withoutTypes(source));
    if (!watch) return { ...(await run([file])).printed, nearRace: false };
    const watcher = path.join(folder, 'watcher.cjs');
    await writeFile(watcher, watcherText);
    const { printed, watched } = await run(['--require', watcher, file]);
    return { ...printed, nearRace: watched.includes('near-race') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function withoutTypes({ text, module }: Source): string {
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: module ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** Same lines and same exit code. */
export function samePrinted(one: Printed, other: Printed): boolean {
  return one.stdout === other.stdout && one.exitCode === other.exitCode;
}

/** Runs `runs` more times; true when Node is not of one mind, or its order hangs on how fast it happens to be. */
export async function isUnstable(source: Source, first: Printed, runs: number): Promise<boolean> {
  if (first.exitCode === 'timed-out') return true;
  for (let run = 0; run < runs; run += 1) {
    const again = await runInNode(source, run === 0);
    if (again.nearRace || !samePrinted(first, again)) return true;
  }
  return false;
}

function run(args: readonly string[]): Promise<{ printed: Printed; watched: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore', 'pipe'], env: {} });
    const texts: [string, string] = ['', ''];
    let late = false;
    const killer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, killAfterMs);
    for (const [index, stream] of [child.stdout, child.stdio[3]].entries()) {
      stream?.on('data', (chunk: Buffer) => {
        texts[index === 0 ? 0 : 1] += chunk.toString('utf8');
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(killer);
      resolve({ printed: { stdout: texts[0], exitCode: late ? 'timed-out' : (code ?? 1) }, watched: texts[1] });
    });
  });
}

/**
 * Preloaded into the watched run: notes when each timer is due, and at exit says whether two were due so close together
 * (on a busy machine each drifts by 1 or 2 ms) that chance decides: which of two lengths comes first, or whether an
 * immediate of the first runs before the second.
 */
const watcherText = `'use strict';
const fs = require('node:fs');
const due = [];
let immediates = false;
for (const name of ['setTimeout', 'setInterval']) {
  const real = globalThis[name];
  globalThis[name] = function (callback, delay, ...rest) {
    const length = delay >= 1 ? delay : 1;
    due.push([performance.now() + length, length]);
    return real(callback, delay, ...rest);
  };
}
const realImmediate = globalThis.setImmediate;
globalThis.setImmediate = function (...args) {
  immediates = true;
  return realImmediate(...args);
};
process.on('exit', () => {
  due.sort((a, b) => a[0] - b[0]);
  const near = due.some(([time, length], i) => due.slice(i + 1, i + 20).some(([t, l]) => (immediates || l !== length) && t - time < 4));
  if (near) fs.writeSync(3, 'near-race');
});
`;
