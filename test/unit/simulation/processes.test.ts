/**
 * Why this file exists: processes that are programs of Node are simulated like the program that starts them: nothing is
 * executed, limits hold for all of them together, and what may go either way is said.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { captionsInEnglish } from '../../../src/trace/captions-en';
import { captionsInRussian } from '../../../src/trace/captions-ru';
import { captionOf } from '../../../src/trace/caption';
import { openHistory } from '../../../src/trace/history';
import { brokenLaws } from '../../../src/trace/laws';
import { indexTrace } from '../../../src/trace/trace-index';
import { openSimulator, ranText, tracedText, type TextOptions } from './engine';

const head = "const { fork, spawn, spawnSync } = require('node:child_process'); const isChild = process.send !== undefined;\n";

describe('simulation: processes', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  const run = (text: string, options: TextOptions = {}): ReturnType<typeof ranText> =>
    ranText(simulator, head + text, { name: 'main.cjs', ...options });

  it('execute nothing: what a child writes is on no disk', async () => {
    const target = path.join(tmpdir(), `loopscope-never-${String(process.pid)}`);
    const text = `const code = "require('fs').writeFileSync(process.argv[1], 'x'); console.log(require('fs').readFileSync(process.argv[1], 'utf8'))";
      const { stdout, status } = spawnSync(process.execPath, ['-e', code, ${JSON.stringify(target)}], { encoding: 'utf8' });
      console.log(stdout, status);`;
    await run(text);
    assert.equal(existsSync(target), false);
  });

  it('see no environment and no numbers of the host', async () => {
    const text = `if (isChild) process.send([Object.keys(process.env).sort(), process.execPath, process.cwd()]);
      else fork(__filename).on('message', (seen) => console.log(JSON.stringify(seen)));`;
    const { stdout } = await run(text);
    assert.equal(stdout, '[["HOME","PATH","PWD"],"/usr/local/bin/node","/project"]\n');
  });

  it('have a clock that starts with them, on the one time of all, and chance of their own', async () => {
    const text = `const facts = () => [performance.now(), Date.now() - performance.timeOrigin - performance.now(), process.uptime(), Math.random()];
      const [own, mine] = [facts(), Date.now()];
      if (isChild) process.send([own, mine]);
      else fork(__filename).on('message', ([theirs, later]) => console.log(JSON.stringify([own, theirs, later - mine])));`;
    const { stdout } = await run(text);
    const [own, theirs, later] = JSON.parse(stdout) as [number[], number[], number]; // as the program writes it
    for (const [now = 0, apart = 9, uptime = 0] of [own, theirs])
      assert.ok(now >= 30 && now < 31 && Math.abs(apart) < 1 && uptime < 0.031);
    assert.ok(later >= 45 && later < 60, String(later));
    assert.notEqual(own[3], theirs[3]);
  });

  it('speak through a channel, and what they say is told so; a module begins with nothing of the loader', async () => {
    const text = `import { fork } from 'node:child_process';
      if (process.send === undefined) fork(process.argv[1]).on('message', (answer) => console.log(answer));
      else process.send('hello', () => process.disconnect());`;
    const trace = await tracedText(simulator, text, { name: 'main.mjs' });
    const [history, index] = [openHistory(trace), indexTrace(trace)];
    const steps = trace.events.flatMap(({ kind }, step) => kind.startsWith('message-') ? [step] : []);
    const queued = trace.events.flatMap((event, step) => event.kind === 'task-queued' && event.origin === 'message' ? [step] : []);
    assert.ok(steps.length >= 2 && queued.length >= 1);
    for (const [table, words] of [[captionsInEnglish, /channel|process/], [captionsInRussian, /канал|процесс/]] as const) {
      const said = [...steps, ...queued].map((step) => Object.values(captionOf(history, index, step, table)).join(' '));
      for (const each of said) assert.match(each, words);
      assert.doesNotMatch(said.join(' '), /\bports?\b|порт/);
    }
    const awaits = trace.events.filter((event) => event.kind === 'task-queued' && event.origin === 'await');
    assert.deepEqual(awaits, [], 'the loader waits, not the program');
    assert.deepEqual(brokenLaws(trace), []);
  });

  it('an endless child spends the steps of the run', async () => {
    const text = 'if (isChild) for (;;) Math.sqrt(2); else fork(__filename);';
    const { outcome, exitCode, stderr } = await run(text, { limits: { steps: 100_000 } });
    assert.deepEqual([outcome, exitCode], ['budget-spent', 124]);
    assert.match(stderr, /steps/);
  });

  it('a child that starts itself again and again is stopped', async function () {
    this.timeout(120_000); // 32 threads are started
    const { outcome, stderr } = await run('setInterval(() => {}, 1000); fork(__filename);', { limits: { turns: 2000, wallMs: 60_000 } });
    assert.equal(outcome, 'unsupported');
    assert.match(stderr, /main\.cjs:2: More than 32 workers at once/);
  });

  it('memory is that of all processes together', async () => {
    const text = `if (isChild) { globalThis.kept = Array.from({ length: 90 }, () => new Uint8Array(100_000).fill(1)); setTimeout(() => {}, 1000); }
      else for (let i = 0; i < 4; i++) fork(__filename);`;
    assert.equal((await run(text, { limits: { memory: 32 * 1024 * 1024 } })).outcome, 'budget-spent');
    assert.equal((await run(text, { limits: { memory: 256 * 1024 * 1024 } })).outcome, 'completed');
  });

  it('messages that nobody reads are memory too', async () => {
    const text = `if (isChild) { const text = 'x'.repeat(100_000); for (;;) process.send(text); }
      else { fork(__filename).once('message', () => { for (;;) Math.sqrt(2); }); }`;
    const { outcome, stderr } = await run(text, { limits: { memory: 24 * 1024 * 1024 } });
    assert.equal(outcome, 'budget-spent', stderr);
  });

  it('whoever waits for a process that waits for nobody ends with it', async () => {
    const text = `const code = "require('net').createServer().listen(9000)";
      console.log('before'); spawnSync(process.execPath, ['-e', code]); console.log('never');`;
    const { stdout, outcome } = await run(text);
    assert.deepEqual([stdout, outcome], ['before\n', 'completed']);
  });

  it('what is not modelled in a child is said at its line', async () => {
    const text = `if (isChild)
        new WebAssembly.Module(new Uint8Array());
      else fork(__filename);`;
    const { outcome, stderr } = await run(text);
    assert.equal(outcome, 'unsupported');
    assert.match(stderr, /main\.cjs:3: WebAssembly is not modelled yet/);
  });

  it('are told apart in the trace by their numbers, which the laws hold', async () => {
    const text = `if (isChild) process.once('message', (n) => process.send(n + 1));
      else { const child = fork(__filename); child.send(1); child.on('message', (n) => console.log(n, child.pid)); }`;
    const trace = await tracedText(simulator, head + text, { name: 'main.cjs' });
    assert.deepEqual(brokenLaws(trace), []);
    const created = trace.events.find((event) => event.kind === 'worker-created');
    assert.ok(created?.kind === 'worker-created' && created.pid !== undefined);
    const history = openHistory(trace);
    const last = history.stateAt(trace.events.length - 1);
    assert.deepEqual(last.agents.map(({ pid, status }) => [pid, status]), [[undefined, 'started'], [created.pid, 'ended']]);
    const step = trace.events.indexOf(created);
    for (const [words, expected] of [[captionsInEnglish, /Process \d+ is started: `main\.cjs`/], [captionsInRussian, /Запущен процесс \d+/]] as const)
      assert.match(captionOf(history, indexTrace(trace), step, words).headline, expected);
  });

  it('two that print at once are a race, one that answers is none', async () => {
    const atOnce = "if (isChild) console.log(process.argv[2]);\nelse for (const name of ['a', 'b']) fork(__filename, [name]);";
    assert.deepEqual((await run(atOnce)).races.map(({ line }) => line), [2]);
    const inTurn = `if (isChild) process.on('message', (n) => { console.log('child', n); process.send(n + 1); if (n > 3) process.disconnect(); });
      else { const child = fork(__filename); child.on('message', (n) => { console.log('parent', n); if (child.connected) child.send(n + 1); }); child.send(1); }`;
    const { races, stdout } = await run(inTurn);
    assert.deepEqual([races, stdout], [[], 'child 1\nparent 2\nchild 3\nparent 4\nchild 5\nparent 6\n']);
  });

  it('servers that nobody calls any more end the run with a note', async () => {
    const text = `const cluster = require('node:cluster'); const http = require('node:http');
      if (cluster.isPrimary) { for (let i = 0; i < 2; i++) cluster.fork(); cluster.on('exit', () => console.log('never')); }
      else http.createServer((req, res) => res.end('x')).listen(8000, () => console.log('listens', cluster.worker.id));`;
    const { stdout, outcome, exitCode } = await run(text);
    assert.deepEqual([outcome, exitCode, stdout], ['completed', 0, 'listens 1\nlistens 2\n']);
  });

  it('a run is the same again, and the same when it is recorded', async () => {
    const text = `if (isChild) process.send(performance.now());
      else for (let i = 0; i < 3; i++) fork(__filename).on('message', (at) => console.log(i, at, performance.now()));`;
    const [first, second, recorded] = [await run(text), await run(text), await run(text, { record: true })];
    assert.equal(first.stdout.split('\n').length, 4);
    assert.equal(second.stdout, first.stdout);
    assert.equal(recorded.stdout, first.stdout);
    assert.equal(recorded.virtualMs, first.virtualMs);
  });
});
