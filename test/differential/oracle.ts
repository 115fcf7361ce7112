/**
 * Why this file exists: real Node is the judge of order. TypeScript emits a program's files as tsc does, and they run
 * in a process of their own. What that prints and its exit code are what the simulation must give.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import ts from 'typescript';
import type { ProgramText, TextFile } from './render/program-text';
import { stderrWords } from '../../src/verify/stderr-words';

/** What a program prints, and its exit code; `timed-out` when it had to be killed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | 'timed-out';
}

export interface NodeRun extends Printed {
  /** Two timers fell due so close together that the order of what they start is chance. */
  readonly nearRace: boolean;
}

type Source = Pick<ProgramText, 'files' | 'settings'>;

/** Longer than all timers of a program together, also when each is made longer. */
const killAfterMs = 60_000;

/**
 * Runs a program in real Node. `watch` also looks for timers that are nearly due together, and makes each `times` as
 * long.
 */
export async function runInNode(source: Source, watch?: { readonly times: number }): Promise<NodeRun> {
  const folder = await mkdtemp(path.join(tmpdir(), 'loopscope-oracle-'));
  try {
    const [entry, ...others] = source.files.map((file) => javaScript(file, source.settings));
    if (entry === undefined) throw new Error('a program without an entry');
    const type = source.files[0].format === 'module' ? 'module' : 'commonjs';
    const all = [entry, ...others, { name: 'package.json', text: `{ "type": "${type}" }` }];
    await Promise.all(all.map(({ name, text }) => writeFile(path.join(folder, name), text)));
    const file = path.join(folder, entry.name);
    if (watch === undefined) return { ...(await run([file], folder)).printed, nearRace: false };
    const watcher = path.join(folder, 'watcher.cjs');
    await writeFile(watcher, watcherText(watch.times));
    const { printed, watched } = await run(['--require', watcher, file], folder);
    return { ...printed, nearRace: watched.includes('near-race') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As tsc emits it: to ES2022, in the format that the file has. `.ts` and `.tsx` become `.js` beside a package.json. */
export function javaScript(file: TextFile, settings: Source['settings']): Pick<TextFile, 'name' | 'text'> {
  if (!/tsx?$/.test(file.name)) return file;
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: file.format === 'module' ? ts.ModuleKind.ESNext : ts.ModuleKind.NodeNext, // which keeps import() in CommonJS
    moduleDetection: ts.ModuleDetectionKind.Auto, // what has no import or export is a script
    esModuleInterop: true,
    ...settings,
  };
  const { outputText } = ts.transpileModule(file.text, { compilerOptions, fileName: file.name });
  return { name: file.name.replace(/tsx?$/, 'js'), text: outputText };
}

/** Same lines, same exit code, and the same words on stderr. */
export function samePrinted(one: Printed, other: Printed): boolean {
  if (one.stdout !== other.stdout || one.exitCode !== other.exitCode) return false;
  return stderrWords(one.stderr) === stderrWords(other.stderr);
}

/**
 * Runs `runs` more times, and once with longer timers, beside which the time that code and disk take is nothing; true
 * when Node is not of one mind, or its order hangs on how fast it happens to be.
 */
export async function isUnstable(source: Source, first: Printed, runs: number): Promise<boolean> {
  if (first.exitCode === 'timed-out') return true;
  const watched = await runInNode(source, { times: 1 });
  if (watched.nearRace || !samePrinted(first, watched)) return true;
  for (let run = 1; run < runs; run += 1) if (!samePrinted(first, await runInNode(source))) return true;
  return !samePrinted(first, await runInNode(source, { times: 30 }));
}

const mostRuns = 40;

/** Real Node prints this as well, if not each time. */
export async function printsAtTimes(source: Source, wanted: Printed): Promise<boolean> {
  for (let run = 0; run < mostRuns; run += 1) if (samePrinted(wanted, await runInNode(source))) return true;
  return false;
}

/** Into files: what a pipe does not take at once is lost when a program ends in the middle of its output. */
async function run(args: readonly string[], folder: string): Promise<{ printed: Printed; watched: string }> {
  const names = ['stdout', 'stderr', 'watched'].map((name) => `${folder}-${name}`);
  const [stdout, stderr, watched] = names.map((name) => openSync(name, 'w'));
  try {
    const exitCode = await exitCodeOf(spawn(process.execPath, args, { stdio: ['ignore', stdout, stderr, watched], env: {} }));
    const [out = '', error = '', noted = ''] = names.map((name) => readFileSync(name, 'utf8'));
    return { printed: { stdout: out, stderr: error, exitCode }, watched: noted };
  } finally {
    for (const fd of [stdout, stderr, watched]) if (fd !== undefined) closeSync(fd);
    for (const name of names) rmSync(name, { force: true });
  }
}

function exitCodeOf(child: ChildProcess): Promise<Printed['exitCode']> {
  return new Promise((resolve, reject) => {
    let late = false;
    const killer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, killAfterMs);
    child.on('error', reject);
    child.on('exit', (code) => {
      clearTimeout(killer);
      resolve(late ? 'timed-out' : (code ?? 1));
    });
  });
}

/**
 * Preloaded into the watched run: notes when each timer is due, and at exit says whether two were due so close together
 * (on a busy machine each drifts by 1 or 2 ms) that chance decides: which of two lengths comes first, or whether an
 * immediate of the first runs before the second. Each timer is `times` as long.
 */
function watcherText(times: number): string {
  return `'use strict';
const fs = require('node:fs');
const due = [];
let immediates = false;
function watched(real, place) {
  const replaced = function (...args) {
    const length = args[place] >= 1 ? args[place] : 1;
    due.push([performance.now() + length, length]);
    if (${times} > 1) args[place] = length * ${times};
    return real.apply(this, args);
  };
  return Object.defineProperties(replaced, Object.getOwnPropertyDescriptors(real));
}
for (const name of ['setTimeout', 'setInterval']) {
  globalThis[name] = require('node:timers')[name] = watched(globalThis[name], 1);
  const timers = require('node:timers/promises');
  timers[name] = watched(timers[name], 0);
}
const realImmediate = globalThis.setImmediate;
const setImmediate = function (...args) {
  immediates = true;
  return realImmediate(...args);
};
globalThis.setImmediate = Object.defineProperties(setImmediate, Object.getOwnPropertyDescriptors(realImmediate));
const { timeout } = AbortSignal;
AbortSignal.timeout = (delay) => timeout.call(AbortSignal, delay * ${times});
require('node:module').syncBuiltinESMExports();
process.on('exit', () => {
  due.sort((a, b) => a[0] - b[0]);
  const near = due.some(([time, length], i) => due.slice(i + 1, i + 20).some(([t, l]) => (immediates || l !== length) && t - time < 4));
  if (near) fs.writeSync(3, 'near-race');
});
`;
}
