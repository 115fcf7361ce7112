/** Why this file exists: the thread that simulates is asked, stopped and replaced; nobody waits in vain for it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { defaultLimits } from '../../../src/simulation/request';
import type { SimulationReply, SimulationRequest } from '../../../src/simulation/request';
import { createSimulator } from '../../../src/simulator/create-simulator';
import type { Simulator } from '../../../src/simulator/simulator';

const entry = '/nowhere/main.ts';

function request(file = entry, more: Partial<SimulationRequest> = {}): SimulationRequest {
  return { entry: file, start: { kind: 'file' }, host: 'node', limits: defaultLimits, record: false, ...more };
}

describe('simulator', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(path.join(tmpdir(), 'loopscope-simulator-'));
  let simulator: Simulator;

  beforeEach(() => {
    simulator = createSimulator(path.join(__dirname, 'simulator.js'));
  });
  afterEach(() => simulator.dispose());
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (text: string, more: Partial<SimulationRequest> = {}, signal?: AbortSignal): Promise<SimulationReply> =>
    simulator.simulate(request(entry, more), { [entry]: text }, signal);

  const stdoutOf = (reply: SimulationReply): string => (reply.kind === 'simulated' ? reply.stdout : reply.message);

  it('answers many questions asked at once, each its own', async () => {
    const replies = await Promise.all([1, 2, 3, 4, 5].map((n) => run(`console.log(${n});`)));
    assert.deepEqual(replies.map(stdoutOf), ['1\n', '2\n', '3\n', '4\n', '5\n']);
  });

  it('prefers unsaved text to the file on the disk, for imports too', async () => {
    const [main, part] = ['main.mts', 'part.mts'].map((name) => path.join(folder, name).replaceAll(path.sep, '/'));
    assert.ok(main !== undefined && part !== undefined);
    writeFileSync(main, "import { x } from './part.mjs';\nconsole.log(x);\n");
    writeFileSync(part, "export const x = 'saved';\n");
    assert.equal(stdoutOf(await simulator.simulate(request(main))), 'saved\n');
    assert.equal(stdoutOf(await simulator.simulate(request(main), { [part]: "export const x = 'unsaved';" })), 'unsaved\n');
    writeFileSync(part, "export const x = 'saved again';\n");
    assert.equal(stdoutOf(await simulator.simulate(request(main))), 'saved again\n');
  });

  it('rejects at once for a signal that is already aborted', async () => {
    await assert.rejects(run('console.log(1);', {}, AbortSignal.abort(new Error('too late'))), /too late/);
    assert.equal(stdoutOf(await run('console.log(2);')), '2\n');
  });

  it('can be stopped in the middle, and asked again', async () => {
    const stop = new AbortController();
    const limits = { ...defaultLimits, steps: 1e15, wallMs: 50_000 };
    const running = run('for (;;) {}', { limits }, stop.signal);
    setTimeout(() => {
      stop.abort(new Error('stopped'));
    }, 200);
    await assert.rejects(running, /stopped/);
    assert.equal(stdoutOf(await run("console.log('again');")), 'again\n');
  });

  it('ends one that hangs, and those behind it have their own answers', async () => {
    const hangs = run("console.log('a'); for (;;) {}", { limits: { ...defaultLimits, steps: 1e15, wallMs: 300 } });
    const behind = [1, 2].map((n) => run(`console.log(${n});`, { limits: { ...defaultLimits, wallMs: 10_000 } }));
    const stop = new AbortController();
    const givenUp = run('console.log(3);', {}, stop.signal);
    stop.abort(new Error('given up'));
    await assert.rejects(givenUp, /given up/);
    const [first, ...others] = await Promise.all([hangs, ...behind]);
    assert.ok(first.kind === 'simulated');
    assert.deepEqual([first.outcome, first.stdout], ['budget-spent', 'a\n']);
    assert.deepEqual(others.map(stdoutOf), ['1\n', '2\n']);
  });

  it('rejects what still waits when it is closed', async () => {
    const running = run('for (;;) {}', { limits: { ...defaultLimits, steps: 1e15, wallMs: 50_000 } });
    const rejected = assert.rejects(running, /closed/);
    await simulator.dispose();
    await rejected;
  });

  it('gives the same trace every time, warm or cold', async () => {
    const text = 'async function f() { await null; console.log(Math.random(), Date.now()); }\nvoid f();\nsetTimeout(f, 10);';
    const first = await run(text, { record: true });
    assert.deepEqual(await run(text, { record: true }), first);
    await simulator.dispose();
    simulator = createSimulator(path.join(__dirname, 'simulator.js'));
    assert.deepEqual(await run(text, { record: true }), first);
  });

  it('refuses, and does not reject, what is wrong with the program', async () => {
    for (const text of ['const = 1;', "import './not-there';", 'a\0b', 'await (', '`', '/*', 'class { }', 'let a; let a;', '😀']) {
      const reply = await run(text);
      assert.ok(reply.kind === 'refused', text);
      assert.match(reply.message, /^[^\n]+$/);
    }
    assert.equal((await simulator.simulate(request('/nowhere/at-all.ts'))).kind, 'refused');
  });
});
