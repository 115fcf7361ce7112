/** Why this file exists: limits hold over all agents together, whatever workers do, and a deadlock is said. */
import assert from 'node:assert/strict';
import { openSimulator, ranText, type TextOptions } from './engine';

const head = "const { Worker, isMainThread, workerData, parentPort } = require('node:worker_threads');\n";

describe('simulation: workers and limits', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  const run = (text: string, options: TextOptions = {}): ReturnType<typeof ranText> =>
    ranText(simulator, head + text, { name: 'main.cjs', ...options });

  const endless = 'if (isMainThread) new Worker(__filename); else for (;;) Math.sqrt(2);';

  it('an endless worker spends the steps of the run', async () => {
    const { outcome, exitCode, stderr } = await run(endless, { limits: { steps: 100_000 } });
    assert.deepEqual({ outcome, exitCode }, { outcome: 'budget-spent', exitCode: 124 });
    assert.match(stderr, /steps/);
  });

  it('an endless worker ends with the time limit', async () => {
    const started = performance.now();
    const { outcome, stderr } = await run(endless, { limits: { wallMs: 400, steps: 2_000_000_000 } });
    assert.equal(outcome, 'budget-spent');
    assert.match(stderr, /time limit/);
    assert.ok(performance.now() - started < 10_000);
  });

  it('a memory bomb in a worker ends the run', async () => {
    const bomb = `if (isMainThread) { console.log('before'); new Worker(__filename); }
      else { const all = []; for (;;) { try { all.push(new Array(1000).fill(all.length)); } catch { all.push(1); } } }`;
    const { outcome, stdout, stderr } = await run(bomb, { limits: { memory: 24 * 1024 * 1024 } });
    assert.deepEqual({ outcome, stdout }, { outcome: 'budget-spent', stdout: 'before\n' });
    assert.match(stderr, /memory/);
  });

  it('memory is that of all workers together', async () => {
    const share = `if (isMainThread) for (let i = 0; i < 4; i++) new Worker(__filename);
      else { globalThis.kept = Array.from({ length: 90 }, () => new Uint8Array(100_000).fill(1)); setTimeout(() => {}, 1000); }`;
    assert.equal((await run(share, { limits: { memory: 24 * 1024 * 1024 } })).outcome, 'budget-spent');
    assert.equal((await run(share, { limits: { memory: 128 * 1024 * 1024 } })).outcome, 'completed');
  });

  it('messages that nobody reads are memory too', async () => {
    const flood = `const { MessageChannel } = require('node:worker_threads'); const { port1 } = new MessageChannel();
      const text = 'x'.repeat(100_000); for (;;) port1.postMessage(text);`;
    const { outcome, stderr } = await run(flood, { limits: { memory: 16 * 1024 * 1024 } });
    assert.equal(outcome, 'budget-spent');
    assert.match(stderr, /memory/);
  });

  it('workers that start workers are limited', async () => {
    const { outcome, stderr } = await run("setInterval(() => {}, 1000); new Worker(__filename);", { limits: { turns: 2000 } });
    assert.equal(outcome, 'unsupported');
    assert.match(stderr, /main\.cjs:2: More than 32 workers at once/);
  });

  it('a deadlock is said with its line', async () => {
    const text = `const cells = new Int32Array(isMainThread ? new SharedArrayBuffer(8) : workerData);
      if (isMainThread) { new Worker(__filename, { workerData: cells.buffer });
      Atomics.wait(cells, 0, 0); } else Atomics.wait(cells, 1, 0);`;
    const { outcome, exitCode, stderr } = await run(text);
    assert.deepEqual({ outcome, exitCode }, { outcome: 'deadlock', exitCode: 124 });
    assert.match(stderr, /main\.cjs:4: deadlock: the main program and worker 1 wait in Atomics\.wait/);
  });

  it('a program that waits for messages nobody can send is said to hang', async () => {
    const text = `const { MessageChannel } = require('node:worker_threads');
      globalThis.channel = new MessageChannel(); channel.port1.on('message', console.log);`;
    assert.equal((await run(text)).outcome, 'deadlock');
  });

  it('what is not modelled in a worker is said at its line', async () => {
    const text = `if (isMainThread) new Worker(__filename);
      else
        new WebAssembly.Module(new Uint8Array());`;
    const { outcome, stderr } = await run(text);
    assert.equal(outcome, 'unsupported');
    assert.match(stderr, /main\.cjs:4: WebAssembly is not modelled yet/);
  });

  it('a worker over its own memory limit is an error of the worker', async () => {
    const text = `if (isMainThread) {
        const worker = new Worker(__filename, { resourceLimits: { maxOldGenerationSizeMb: 8 } });
        worker.on('error', (error) => console.log(error.code, error.message));
        worker.on('exit', (code) => console.log('exit', code));
      } else { const all = []; for (;;) all.push(new Array(1000).fill(all.length)); }`;
    const { stdout, outcome } = await run(text);
    assert.equal(outcome, 'completed');
    assert.equal(stdout, 'ERR_WORKER_OUT_OF_MEMORY Worker terminated due to reaching memory limit: JS heap out of memory\nexit 1\n');
  });

  it('a worker that cannot be reached by constructors of the host', async () => {
    const text = `if (isMainThread) new Worker(__filename).on('message', console.log);
      else parentPort.postMessage(parentPort.constructor.constructor('return typeof process.binding + typeof require + this.constructor.name')());`;
    const { stdout, outcome, stderr } = await run(text);
    assert.ok(outcome === 'completed' || stderr.includes('not modelled'), stdout + stderr);
  });

  it('notes where messages of two workers, or a timer, may come first', async () => {
    const text = `if (isMainThread) {
        for (const n of [1, 2])
          new Worker(__filename, { workerData: n }).on('message', console.log);
        setTimeout(() => console.log('timer'), 22);
        setTimeout(() => console.log('late'), 500);
      } else parentPort.postMessage(workerData);`;
    const { races } = await run(text);
    assert.deepEqual(races.map(({ line }) => line).sort(), [4, 5]);
  });

  it('notes nothing where a worker answers', async () => {
    const text = `if (isMainThread) {
        const worker = new Worker(__filename);
        worker.on('message', (n) => { console.log(n); if (n < 3) worker.postMessage(n + 1); else worker.terminate(); });
        worker.postMessage(1);
      } else parentPort.on('message', (n) => parentPort.postMessage(n));`;
    const { races, stdout } = await run(text);
    assert.deepEqual([races, stdout], [[], '1\n2\n3\n']);
  });

  it('a run is the same again, and the same when it is recorded', async () => {
    const text = `if (isMainThread) for (let i = 0; i < 3; i++) new Worker(__filename, { workerData: i }).on('message', (m) => console.log(m, performance.now()));
      else { for (let i = 0; i < 5000 * (3 - workerData); i++) Math.sqrt(i); parentPort.postMessage(workerData); }`;
    const [first, second, recorded] = [await run(text), await run(text), await run(text, { record: true })];
    assert.equal(first.stdout.split('\n').length, 4);
    assert.equal(second.stdout, first.stdout);
    assert.equal(recorded.stdout, first.stdout);
    assert.equal(recorded.virtualMs, first.virtualMs);
  });
});
