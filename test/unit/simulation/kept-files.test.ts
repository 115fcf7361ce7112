/** Why this file exists: a file that was kept is lowered as one that was not, wherever it stands in its program. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keptOutside, lowerKept } from '../../../src/simulation/lower/kept-files';
import { lowerFile, type LoweredFile, type SyntaxProblem } from '../../../src/simulation/lower/lower-file';
import type { SiteTable } from '../../../src/simulation/lower/sites';
import { createSimulator } from '../../../src/simulator/create-simulator';
import { openKeptTexts } from '../../../src/simulator/kept-texts';
import { defaultLimits } from '../../../src/simulation/request';

const text = `import { later } from './later.js';
export async function run(list) {
  for (const each of list) await later(each);
  try { list.none(); } catch (error) { throw new Error('no', { cause: error }); }
}
export class Box { #value = 1; get value() { return this.#value; } }
`;

/** A table in which others have so many places already. */
function tableAfter(count: number): SiteTable {
  const sites = Array.from({ length: count }, () => ({ file: 0, kind: 'statement', start: 0, end: 0 }) as const);
  return { sites, texts: sites.map(() => null) };
}

function comparable(lowered: LoweredFile | SyntaxProblem): unknown {
  assert.ok('code' in lowered);
  const code = lowered.code.replaceAll(/\b0X[\da-f]{8}\b/g, (number) => String(Number(number)));
  return { ...lowered, code, mappings: '' }; // numbers of one width move columns
}

describe('simulation: kept files', function () {
  this.timeout(60_000);

  it('are numbered anew for each program, as a file that was not kept', () => {
    for (const [index, count] of [[1, 0], [3, 17], [200, 90_000]] as const) {
      const file = { path: '/p/node_modules/box/index.js', text };
      const [ours, plain] = [tableAfter(count), tableAfter(count)];
      const kept = lowerKept(file, index, 'module', {}, ours);
      assert.deepEqual(comparable(kept), comparable(lowerFile(file, index, 'module', {}, plain, () => false)));
      assert.deepEqual(ours, plain);
    }
  });

  it('are not kept where their text has such numbers, or does not parse', () => {
    const written: string[] = [];
    keptOutside.store = { read: () => undefined, write: (_, value) => { written.push(value); } };
    try {
      const table = tableAfter(0);
      const lowered = lowerKept({ path: '/p/a.js', text: 'exports.id = 1000000007;' }, 1, 'commonjs', {}, table);
      assert.match('code' in lowered ? lowered.code : '', /id = 1000000007/);
      assert.ok('message' in lowerKept({ path: '/p/b.js', text: 'const = 1;' }, 1, 'commonjs', {}, table));
      assert.deepEqual(written, []);
    } finally {
      keptOutside.store = undefined;
    }
  });

  it('outlive the thread on the disk, and what is broken there is as if it were not', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'loopscope-kept-'));
    try {
      const root = path.join(folder, 'node_modules/box');
      mkdirSync(root, { recursive: true });
      writeFileSync(path.join(root, 'package.json'), '{"main":"index.js"}');
      const lines = ['exports.fail = async () => {', '  await 1;', "  throw new Error('of the box');", '};'];
      writeFileSync(path.join(root, 'index.js'), lines.join('\n'));
      const entry = path.join(folder, 'main.cjs');
      writeFileSync(entry, "require('box').fail().catch((error) => { console.log(error.stack.split('\\n')[1].trim()); });");
      const keepIn = path.join(folder, 'kept');
      const printed = async (): Promise<string> => {
        const simulator = createSimulator(path.join(__dirname, 'simulator.js'), keepIn);
        const request = { entry, start: { kind: 'file' }, host: 'node', limits: defaultLimits, record: false } as const;
        const reply = await simulator.simulate(request);
        await simulator.dispose();
        return reply.kind === 'simulated' ? reply.stdout + reply.stderr : reply.message;
      };
      const first = await printed();
      assert.match(first, /box\/index\.js:3:9/);
      const [name = '', ...others] = readdirSync(keepIn);
      assert.deepEqual(others, []);
      assert.match(readFileSync(path.join(keepIn, name), 'utf8'), /of the box/);
      assert.equal(await printed(), first);
      writeFileSync(path.join(keepIn, name), '{');
      assert.equal(await printed(), first);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('of several builds lie side by side', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'loopscope-kept-'));
    try {
      const [one, other] = [openKeptTexts(folder, __filename), openKeptTexts(folder, path.join(__dirname, 'simulator.js'))];
      assert.equal(one.read('a'), undefined);
      one.write('a', 'of one');
      assert.equal(other.read('a'), undefined);
      other.write('a', 'of the other');
      assert.deepEqual([one.read('a'), other.read('a')], ['of one', 'of the other']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('go, the oldest first, when there are too many or they are too large', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'loopscope-kept-'));
    try {
      for (const room of [{ files: 8, bytes: 10_000 }, { files: 100, bytes: 80 }]) {
        const store = openKeptTexts(folder, __filename);
        for (let i = 0; i < 10; i += 1) {
          store.write(`key ${i}`, '0123456789');
          for (const name of readdirSync(folder)) {
            const place = path.join(folder, name);
            utimesSync(place, 1_000_000, statSync(place).mtimeMs / 1000 - 60); // a minute older than what comes next
          }
        }
        openKeptTexts(folder, __filename, room).write('key 10', '0123456789');
        const left = Array.from({ length: 11 }, (_, i) => i).filter((i) => store.read(`key ${i}`) !== undefined);
        assert.deepEqual(left, [4, 5, 6, 7, 8, 9, 10]);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
