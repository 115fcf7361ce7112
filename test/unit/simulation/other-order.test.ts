/**
 * Why this file exists: where real Node may go either way, the simulation takes one way and can take the other; and
 * back.
 */
import assert from 'node:assert/strict';
import type { Nudge } from '../../../src/trace/trace';
import { brokenLaws } from '../../../src/trace/laws';
import type { Simulator } from '../../../src/simulator/simulator';
import { openSimulator, ranText } from './engine';

interface Run {
  readonly lines: readonly string[];
  /** The nudges of each race, on top of those of the run. */
  readonly others: readonly (readonly Nudge[])[];
}

const files = { 'a.mjs': "console.log('a');", 'b.mjs': "console.log('b');" };

async function run(simulator: Simulator, text: string, nudges: readonly Nudge[] = []): Promise<Run> {
  const { stdout, trace } = await ranText(simulator, text, { name: 'racy.cjs', record: true, nudges, files });
  assert.ok(trace);
  assert.deepEqual(brokenLaws(trace), []);
  const others = trace.notes.flatMap(({ otherOrder }) => otherOrder === undefined ? [] : [[...nudges, ...otherOrder]]);
  return { lines: stdout.trim().split('\n'), others };
}

const immediate = "setImmediate(() => console.log('immediate'));";
const programs: Record<string, string> = {
  'a timer of the main script and an immediate': `setTimeout(() => console.log('timer'));${immediate}`,
  'the same after a line was printed': `console.log('start');setTimeout(() => console.log('timer'));${immediate}`,
  'a longer timer and an immediate, after work': `setTimeout(() => console.log('timer'), 2);let n = 0;
    for (let i = 0; i < 9000; i++) n += i;console.log('worked');${immediate}`,
  'a timer overtakes one that was set before it': `setTimeout(() => console.log('two'), 2);let n = 0;
    for (let i = 0; i < 14000; i++) n += i;setTimeout(() => console.log('one'), 1);`,
  'a timer nearly overtakes one that was set before it': `setTimeout(() => console.log('two'), 2);let n = 0;
    for (let i = 0; i < 24000; i++) n += i;setTimeout(() => console.log('one'), 1);`,
  'timers that timers set': `setTimeout(() => console.log('twelve'), 12);
    setTimeout(() => setTimeout(() => console.log('ten and one'), 1), 10);`,
  'two threads of the pool': `const { pbkdf2 } = require('node:crypto');
    for (const name of ['a', 'b']) pbkdf2(name, 'salt', 1000, 8, 'sha1', () => console.log(name));`,
  'a thread of the pool and a timer': `const { readFile } = require('node:fs');
    readFile('racy.cjs', () => console.log('read'));setTimeout(() => console.log('timer'), 2);`,
  'files that import() reads': "import('./a.mjs'); import('./b.mjs');",
  'a file that import() reads and a timer that comes later': `setTimeout(() => console.log('timer'), 8); import('./a.mjs');`,
  'a file that import() reads and a timer that came before': `setTimeout(() => console.log('timer'), 3); import('./a.mjs');`,
  'a file that import() reads and immediates': `let n = 9; const again = () => { if (n-- > 0) setImmediate(again); else console.log('over'); };
    again(); import('./a.mjs');`,
  'two commands': `const { exec } = require('node:child_process');
    for (const name of ['a', 'b']) exec('echo ' + name, (_, out) => console.log(out.trim()));`,
  'a command and a timer that comes later': `const { exec } = require('node:child_process');
    exec('echo a', () => console.log('command'));setTimeout(() => console.log('timer'), 5);`,
  'a command and a timer that came before': `const { exec } = require('node:child_process');
    exec('echo a', () => console.log('command'));setTimeout(() => console.log('timer'), 2);`,
  'two workers that post': worker(`for (const n of [1, 2]) new Worker(__filename, { workerData: n }).on('message', m => console.log(m));`,
    'parentPort.postMessage(workerData);'),
  'two workers that print': worker('for (const n of [1, 2]) new Worker(__filename, { workerData: n });', "console.log('worker', workerData);"),
  'two workers that end': worker(`for (const n of [1, 2]) new Worker(__filename).on('exit', () => console.log('exit', n));`, ''),
  'a worker and a timer that is due later': worker(`new Worker(__filename).on('message', m => console.log(m));
    setTimeout(() => console.log('timer'), 26);`, "parentPort.postMessage('message');"),
  'a worker and a timer that was due before': worker(`new Worker(__filename).on('message', m => console.log(m));
    setTimeout(() => console.log('timer'), 16);`, "parentPort.postMessage('message');"),
};

const processes: Readonly<Record<string, string>> = {
  'two processes that print': `for (const n of [1, 2]) fork(__filename, [String(n)]);`,
  'two processes that post': `for (const n of [1, 2]) fork(__filename, [String(n)]).on('message', m => console.log(m));`,
  'a process and a timer that prints': `fork(__filename, ['1']); setTimeout(() => console.log('timer'), 60);`,
  'a process that posts and a timer': `fork(__filename, ['2']).on('message', m => console.log(m));
    setTimeout(() => console.log('timer'), 60);`,
};
for (const [name, main] of Object.entries(processes)) {
  const act = name.includes('post') ? 'process.send(process.argv[2])' : 'console.log(process.argv[2])';
  programs[name] = `const { fork } = require('node:child_process'); if (process.send) ${act}; else { ${main} }`;
}

function worker(main: string, other: string): string {
  return `const { Worker, isMainThread, parentPort, workerData } = require('node:worker_threads');
    if (isMainThread) {
      ${main}
    } else {
      ${other}
    }`;
}

describe('the other order', () => {
  const simulator = openSimulator();
  after(() => simulator.dispose());

  for (const [name, text] of Object.entries(programs)) {
    it(name, async () => {
      const first = await run(simulator, text);
      // What a command says over its pipe races as well.
      assert.equal(first.others.length, name.includes('command and a timer') ? 2 : 1, 'each race is noted once');
      const other = await run(simulator, text, first.others.at(-1));
      assert.notDeepEqual(other.lines, first.lines);
      assert.deepEqual([...other.lines].sort(), [...first.lines].sort());
      // Of a run in which a timer was late, the script took its time or a command was slow, the way back is not said.
      if (/after work|timers that timers|command/.test(name)) return;
      assert.deepEqual((await run(simulator, text, other.others.at(-1))).lines, first.lines, 'and leads back');
    });
  }
});
