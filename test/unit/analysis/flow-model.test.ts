/** Why this file exists: colours and boundaries of small functions, as a table. */
import assert from 'node:assert/strict';
import { analyse, fileOf, projectOf } from './samples';

const text = `
import fs from 'node:fs';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
export function plain() { return 1; }
export async function waits() { await job(); }
export const arrow = () => job();
export function* counts() { yield 1; }
export async function* streams() { yield 1; }
export function answers(path: string, done: (error: unknown) => void) { fs.stat(path, done); }
export function later(done: () => void) { setTimeout(() => done(), 1); }
export function sometimes(on: boolean): number | Promise<number> { return on ? 1 : job(); }
export function unclear(x: any) { return x; }
export class Store {
  constructor() { fs.readFileSync('x'); }
  get size() { return 1; }
  static { void job(); }
  async load() { const p = job(); job().then(String).catch(String); job(); await Promise.all([job(), p]); return job(); }
}
export function mixed() { setTimeout(plain, 1); new Worker('w.js').postMessage(1); promisify(fs.stat); [1].map(plain); }
async function job(): Promise<number> { return 1; }
`;

describe('flow model', () => {
  const { functions } = analyse(text).model;

  function named(name: string): (typeof functions)[number] {
    const found = functions.find((fn) => fn.name === name);
    assert.ok(found !== undefined, `no ${name} among ${functions.map((fn) => fn.name).join(', ')}`);
    return found;
  }

  it('colours every function', () => {
    const colors = Object.fromEntries(functions.map((fn) => [fn.name, fn.color]));
    assert.deepEqual(colors, {
      '<module>': 'sync',
      plain: 'sync',
      waits: 'async',
      arrow: 'async',
      counts: 'generator',
      streams: 'async-generator',
      answers: 'callback',
      later: 'callback',
      'setTimeout callback': 'sync',
      sometimes: 'either',
      unclear: 'either',
      'new Store': 'sync',
      'Store.size': 'sync',
      'Store static block': 'sync',
      'Store.load': 'async',
      mixed: 'sync',
      job: 'async',
    });
  });

  it('marks each boundary with its kind', () => {
    function kinds(name: string): readonly string[] {
      return named(name).boundaries.map((each) => `${each.kind} ${each.callee}`);
    }
    assert.deepEqual(kinds('waits'), ['awaited job']);
    assert.deepEqual(kinds('arrow'), ['returned job']);
    assert.deepEqual(kinds('counts'), ['yielded ']);
    assert.deepEqual(kinds('answers'), ['scheduled fs.stat']);
    assert.deepEqual(kinds('new Store'), ['blocking fs.readFileSync']);
    assert.deepEqual(kinds('Store.load'), [
      'collected job',
      'chained job',
      'floating job',
      'awaited Promise.all',
      'collected job',
      'returned job',
    ]);
    assert.deepEqual(kinds('mixed'), [
      'scheduled setTimeout',
      'posted new Worker.postMessage',
      'posted new Worker',
      'bridged promisify',
    ]);
  });

  it('knows what blocks, and through whom', () => {
    assert.deepEqual(
      named('new Store').effects.map(({ api, tier }) => [api.module, api.name, tier]),
      [['node:fs', 'readFileSync', 'high']],
    );
    assert.deepEqual(named('plain').effects, []);
  });
});

describe('colours across files', () => {
  const helpers =
    'export function later(done: () => void) { setTimeout(done, 1); }\nexport function now(done: () => void) { done(); }\n';
  const use =
    "import { later, now } from './helpers';\nexport function hands(done: () => void) { later(done); }\n" +
    'export function calls(done: () => void) { now(done); }\n' +
    'export function zalgo(fast: boolean, done: () => void) { if (fast) done(); else later(done); }\n' +
    'export function gives() { later(() => undefined); now(() => undefined); }\n';

  it('come from what a callback is handed to', () => {
    const project = projectOf({ 'helpers.ts': helpers, 'use.ts': use });
    const { functions } = project.analyse(fileOf('use.ts')).model;
    project.dispose();
    const colors = Object.fromEntries(functions.slice(1).map((fn) => [fn.name, fn.color]));
    assert.deepEqual(colors, {
      hands: 'callback',
      calls: 'sync',
      zalgo: 'either',
      gives: 'sync',
      'later callback': 'sync',
      'now callback': 'sync',
    });
    const gives = functions.find((fn) => fn.name === 'gives');
    assert.deepEqual(
      gives?.boundaries.map((each) => `${each.kind} ${each.callee} ${each.calleeColor}`),
      ['scheduled later callback'],
    );
  });
});
