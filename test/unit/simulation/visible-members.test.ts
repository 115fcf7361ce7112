/**
 * Why this file exists: what a program can see on Node's classes and objects has no name that real Node's have not: a
 * member of ours could be met by a class of the program's own that has one of that name.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSimulator, ranText } from './engine';

const modules = [
  'assert', 'async_hooks', 'buffer', 'child_process', 'cluster', 'crypto', 'diagnostics_channel', 'dns', 'dns/promises', 'events', 'fs',
  'fs/promises', 'http', 'https', 'net', 'os', 'path', 'perf_hooks', 'process', 'punycode', 'querystring', 'readline', 'readline/promises',
  'stream', 'stream/consumers', 'stream/promises', 'stream/web', 'string_decoder', 'timers', 'timers/promises', 'tls', 'tty', 'url',
  'util', 'util/types', 'worker_threads', 'zlib', 'globalThis',
];

/** Newer than Node 20: a program that uses it means it. */
const newer = new Set([
  'Array fromAsync', 'ArrayBuffer.prototype detached', 'ArrayBuffer.prototype transfer', 'ArrayBuffer.prototype transferToFixedLength',
  'DataView.prototype getFloat16', 'DataView.prototype setFloat16', 'Map groupBy', 'Math f16round', 'Object groupBy', 'Promise try',
  'Promise withResolvers', 'RegExp escape', 'Blob.prototype bytes', 'File.prototype bytes',
  ...['difference', 'intersection', 'isDisjointFrom', 'isSubsetOf', 'isSupersetOf', 'symmetricDifference', 'union'].map((each) => `Set.prototype ${each}`),
]);

/**
 * Prints what can be seen of each member, by way of its prototypes too; `>` before what is looked at, for what is not
 * modelled ends the run. `skip`: where it ended before.
 */
function listing(name: string, skip: readonly string[]): string {
  const owner = name === 'globalThis' ? name : `require('node:${name}')`;
  return `
const skip = new Set(${JSON.stringify(skip)}), lines = [];
const say = (line) => process.stdout.write(line + '\\n');
const ends = new Set([Object.prototype, Function.prototype, Array.prototype, Uint8Array.prototype, Promise.prototype]);
const chain = (path, object) => {
  const names = new Set();
  for (let at = object; at !== null && !ends.has(at); at = Object.getPrototypeOf(at)) for (const key of Reflect.ownKeys(at)) names.add(String(key));
  for (const each of names) say(path + ' ' + each);
};
const owner = ${owner};
for (const key of Reflect.ownKeys(owner)) {
  const path = String(key);
  say('. ' + path);
  if (skip.has(path) || path === 'process' && owner === globalThis || path === 'mainModule') continue;
  say('> ' + path);
  const value = owner[key];
  if (typeof value !== 'object' && typeof value !== 'function' || value === null || value === globalThis || path === 'env') continue;
  chain(path, value);
  const prototype = typeof value === 'function' ? Object.getOwnPropertyDescriptor(value, 'prototype')?.value : undefined;
  if (typeof prototype === 'object' && prototype !== null) chain(path + '.prototype', prototype);
}`;
}

/**
 * Functions of ours have a prototype of their own where Node's are async or methods; symbols of the streams' steps and
 * of disposing are called otherwise in Node.
 */
function seen(printed: string): string[] {
  return printed.split('\n').filter((line) => line !== '' && !line.startsWith('>') && !/ prototype$|\.prototype constructor$| Symbol\(\[\[/.test(line))
    .map((line) => line.replace(/Symbol\((?:nodejs|Symbol)\.(dispose|asyncDispose)\)/, 'Symbol($1)'));
}

function inNode(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'loopscope-members-'));
  try {
    writeFileSync(path.join(folder, 'main.cjs'), text);
    return execFileSync(process.execPath, [path.join(folder, 'main.cjs')], { encoding: 'utf8', input: '', stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 1e8 });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('simulation: what can be seen on the classes of Node', () => {
  const simulator = openSimulator();
  after(() => simulator.dispose());

  async function simulated(name: string): Promise<string[]> {
    const skip: string[] = [];
    for (;;) {
      const { stdout, outcome, stderr } = await ranText(simulator, listing(name, skip), { name: 'main.cjs' });
      if (outcome === 'completed') return seen(stdout);
      const last = stdout.split('\n').findLast((line) => line.startsWith('> '))?.slice(2);
      assert.ok(outcome === 'unsupported' && last !== undefined && !skip.includes(last), stderr);
      skip.push(last);
    }
  }

  for (const name of modules) {
    it(`is Node's alone: ${name}`, async function () {
      this.timeout(60_000);
      const real = new Set(seen(inNode(listing(name, []))));
      const extra = (await simulated(name)).filter((line) => !real.has(line) && !newer.has(line) && !line.endsWith('Error isError'));
      assert.deepEqual(extra, []);
    });
  }
});
