/** Why this file exists: what is said of a run must be true of it, and quiet where nothing is wrong. */
import assert from 'node:assert/strict';
import { observe } from '../../../src/trace/observations';
import type { Observation } from '../../../src/trace/observation';
import { indexTrace } from '../../../src/trace/trace-index';
import { openSimulator, tracedText } from '../simulation/engine';

const sleep = 'const sleep = (ms: number, value = 0) => new Promise<number>((resolve) => setTimeout(() => resolve(value), ms));\n';

describe('trace: observations', () => {
  const simulator = openSimulator();
  after(() => simulator.dispose());

  async function seen(text: string): Promise<readonly string[]> {
    const index = indexTrace(await tracedText(simulator, sleep + text));
    return observe(index).list.map(one => `${one.kind} ${index.place(one.site)?.start.line ?? '?'} ${more(one)}`.trim());
  }

  function more(one: Observation): string {
    switch (one.kind) {
      case 'floating': return one.label;
      case 'unhandled': return `${one.label} ${one.value}`;
      case 'blocked': return `${one.label} ${Math.round(one.ms)} late ${one.late}`;
      case 'serial': return `${one.label} ${one.count} ${Math.round(one.ms)} lost ${Math.round(one.lost)}`;
      case 'pool-saturated': return `${one.label} ${one.waited} of ${one.threads}`;
      case 'starved': return `${one.label} ${one.jobs >= 100 ? 'many' : 'few'}`;
    }
  }

  it('sees a call that nobody waits for, unless its writer said so or somebody waits', async () => {
    const program = `async function save(n: number) { await sleep(5); return n; }
async function careless() { save(1); await sleep(1); }
careless().then(() => undefined);
void save(2);
Promise.all([save(3)]).then(() => undefined);
setTimeout(async () => { await sleep(1); }, 3);`;
    assert.deepEqual(await seen(program), ['floating 3 save(1)']);
  });

  it('sees a rejection that nobody handles, once', async () => {
    const program = `process.on('unhandledRejection', () => undefined);
async function save() { await sleep(5); throw new Error('no room'); }
save();
save().catch(() => undefined);`;
    assert.deepEqual(await seen(program), ['unhandled 4 save() Error: no room']);
  });

  it('sees a stretch that blocks the loop, the line that took the time, and timers that were late', async () => {
    const program = `setTimeout(() => console.log('late'), 10);
function crunch(ms: number) { const end = Date.now() + ms;
  while (Date.now() < end);
}
setTimeout(() => {
  crunch(3);
}, 100);
crunch(40);`;
    assert.deepEqual(await seen(program), ['blocked 4 main.ts 40 late 1']);
  });

  it('sees kept awaits in a row that need not wait for each other', async () => {
    const program = `async function load(n: number) { return sleep(n * 10, n); }
async function slow() { const a = await load(1); const b = await load(2); const c = await load(3); return a + b + c; }
async function needed() { const a = await load(1); const b = await load(a); return b; }
async function paced() { await sleep(10); await sleep(10); }
async function loop() { const all: number[] = []; for (const n of [1, 2]) all.push(await load(n)); return all; }
async function main() { await slow(); await needed(); await paced(); await loop(); }
void main();`;
    assert.deepEqual(await seen(program), ['serial 3 slow() 3 60 lost 30', 'serial 6 loop() 2 30 lost 10']);
  });

  it('sees a timer that microtasks keep from running, and none where they end soon', async () => {
    const program = `let left = 150;
function again() { const end = Date.now() + 1; while (Date.now() < end); if (left-- > 0) queueMicrotask(again); }
setTimeout(function late() {}, 0);
queueMicrotask(again);`;
    assert.deepEqual(await seen(program), ['starved 4 late many']);
    assert.deepEqual(await seen(program.replace('150', '50')), []);
  });
});
