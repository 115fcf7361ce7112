/** Why this file exists: the thread pool as traces tell it: who waits, who works, what is told, and what is a race. */
import assert from 'node:assert/strict';
import { captionsInRussian } from '../../../src/trace/captions-ru';
import { captionOf } from '../../../src/trace/caption';
import { openHistory } from '../../../src/trace/history';
import { brokenLaws } from '../../../src/trace/laws';
import { observe } from '../../../src/trace/observations';
import { printMoments } from '../../../src/trace/print';
import { indexTrace } from '../../../src/trace/trace-index';
import type { Trace, TraceEvent, TraceEventKind } from '../../../src/trace/trace';
import { openSimulator, ranText, tracedText } from './engine';

type EventOf<Kind extends TraceEventKind> = Extract<TraceEvent, { kind: Kind }>;

const hashes = `const { pbkdf2 } = require('crypto');
for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) pbkdf2('secret', name, 100_000, 64, 'sha512', () => console.log(name));
require('fs').stat('.', () => console.log('stat'));
`;

describe('simulation: the thread pool', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());
  const name = 'main.cjs';

  function eventsOf<Kind extends TraceEventKind>(trace: Trace, kind: Kind): readonly EventOf<Kind>[] {
    return trace.events.filter((event): event is EventOf<Kind> => event.kind === kind);
  }

  it('has four threads, which take the first of the queue as they become free', async () => {
    const trace = await tracedText(simulator, hashes, { name });
    assert.deepEqual(brokenLaws(trace), []);
    assert.deepEqual(eventsOf(trace, 'pool-opened').map(({ threads }) => threads), [4]);
    const started = eventsOf(trace, 'work-started');
    const taken = started.map(({ work, thread }) => [work, thread]);
    assert.deepEqual(taken, [[1, 1], [2, 2], [3, 3], [4, 4], [5, 1], [6, 2], [7, 3]]);
    assert.deepEqual(started.map(({ at }) => Math.round(at / 10)), [0, 0, 0, 0, 10, 10, 10]);
    const printed = eventsOf(trace, 'console-printed').map(({ text }) => text.trim());
    assert.deepEqual(printed, ['a', 'b', 'c', 'd', 'stat', 'e', 'f']);
  });

  it('has as many threads as UV_THREADPOOL_SIZE says when it is first used', async () => {
    for (const [size, threads] of [['2', 2], ['0', 1], ['many', 1], ['9999', 1024]] as const) {
      const text = `process.env.UV_THREADPOOL_SIZE = '${size}';\nrequire('fs').stat('.', () => { process.env.UV_THREADPOOL_SIZE = '7'; });\n`;
      const trace = await tracedText(simulator, text, { name });
      assert.deepEqual(eventsOf(trace, 'pool-opened').map((event) => event.threads), [threads]);
    }
  });

  it('goes through a file trip by trip, each told in a turn of its own', async () => {
    const text = "require('fs').readFile('main.cjs', function read() { console.log('read'); });\n";
    const trace = await tracedText(simulator, text, { name });
    assert.deepEqual(eventsOf(trace, 'work-queued').map(({ work, trip, label }) => `${work} ${trip} ${label}`),
      ["1 open readFile('main.cjs')", "1 fstat readFile('main.cjs')", "1 read readFile('main.cjs')", "1 close readFile('main.cjs')"]);
    const told = eventsOf(trace, 'task-queued').filter(({ queue }) => queue === 'completed');
    assert.deepEqual(told.map(({ label, work }) => `${label} ${work}`), ["readFile('main.cjs'): open 1", "readFile('main.cjs'): fstat 1", "readFile('main.cjs'): read 1", 'read 1']);
    const turns = trace.events.flatMap((event) => event.kind === 'phase-entered' && event.phase === 'poll' ? [event.turn] : []);
    assert.deepEqual(turns, [1, 2, 3, 4]);
  });

  it('is a box of its own in the state of a step', async () => {
    const trace = await tracedText(simulator, hashes, { name });
    const step = trace.events.findIndex((event) => event.kind === 'work-started' && event.work === 4);
    const moment = printMoments(trace, [step]);
    assert.match(moment, /pool: +thread 1: pbkdf2\('secret', 'a', 100000, …\)\n +thread 2: .*\n +thread 3: .*\n +thread 4: .*\n +waits: pbkdf2\('secret', 'e', 100000, …\)\n +waits: .*'f'.*\n +waits: stat\('\.'\): stat/);
    const history = openHistory(trace);
    const { pool } = history.stateAt(trace.events.length - 1);
    assert.deepEqual(pool?.threads, [undefined, undefined, undefined, undefined]);
    assert.equal(history.stateAt(0).pool, undefined);
  });

  it('is said to be full when something waits for a thread for long', async () => {
    const trace = await tracedText(simulator, hashes, { name });
    const full = observe(indexTrace(trace)).list.flatMap((one) => one.kind === 'pool-saturated' ? [one] : []);
    assert.deepEqual(full.map(({ threads, waited, ms }) => [threads, waited, Math.round(ms)]), [[4, 3, 100]]);
    const calm = await tracedText(simulator, "for (let i = 0; i < 4; i++) require('fs').stat('.', () => undefined);\n", { name });
    assert.deepEqual(observe(indexTrace(calm)).list.filter(({ kind }) => kind === 'pool-saturated'), []);
  });

  it('has captions in both languages, also for what waits', async () => {
    const trace = await tracedText(simulator, hashes, { name });
    const [history, index] = [openHistory(trace), indexTrace(trace)];
    const isOfPool = (event: TraceEvent): boolean =>
      event.kind.startsWith('work-') || (event.kind === 'task-queued' && event.queue === 'completed');
    const steps = trace.events.flatMap((event, step) => isOfPool(event) ? [step] : []);
    const english = steps.map((step) => captionOf(history, index, step));
    assert.ok(english.some(({ headline }) => headline === "`pbkdf2('secret', 'a', 100000, …)` is handed to the thread pool."));
    assert.ok(english.some(({ rule }) => rule.endsWith('All 4 threads are busy: it waits for one.')) || english.some(({ rule }) => /It waited 100(\.\d+)? ms for a thread/.test(rule)));
    for (const step of steps) assert.match(captionOf(history, index, step, captionsInRussian).headline, /[а-я]/);
  });

  it('notes what a real Node may do in either order, and nothing else', async () => {
    const racesOf = async (text: string): Promise<readonly number[]> => {
      const { races } = await ranText(simulator, text, { name });
      return races.map(({ line }) => line);
    };
    const fs = "const fs = require('fs');\n";
    assert.deepEqual(await racesOf(`${fs}fs.stat('.', () => {});\nsetImmediate(() => {});\n`), [2]);
    assert.deepEqual(await racesOf(`${fs}fs.readFile('main.cjs', () => {});\nsetImmediate(() => {});\n`), []);
    assert.deepEqual(await racesOf(`${fs}fs.readFile('main.cjs', () => {});\nsetTimeout(() => {}, 1);\n`), [2]);
    assert.deepEqual(await racesOf(`${fs}fs.readFile('main.cjs', () => {});\nsetTimeout(() => {}, 100);\n`), []);
    assert.deepEqual(await racesOf(`${fs}fs.stat('.', () => {});\nfs.stat('main.cjs', () => {});\n`), [3]);
    assert.deepEqual(await racesOf(`${fs}fs.stat('.', () => {\n  fs.stat('main.cjs', () => {});\n  setImmediate(() => {});\n});\n`), []);
    assert.deepEqual(await racesOf(`process.env.UV_THREADPOOL_SIZE = '1';\n${fs}fs.stat('.', () => {});\nfs.stat('main.cjs', () => {});\n`), []);
  });

  it('works while the program does, and sees what it did until then', async () => {
    const text = `const fs = require('fs');
fs.writeFileSync('file', 'first');
fs.readFile('file', 'utf8', (error, text) => console.log('read', text));
const end = performance.now() + 5;
while (performance.now() < end);
fs.writeFileSync('file', 'second');
fs.readFile('file', 'utf8', (error, text) => console.log('read', text));
fs.mkdir('folder', () => undefined);
while (performance.now() < end + 5);
console.log(fs.existsSync('folder'));
`;
    const plain = await ranText(simulator, text, { name });
    const recorded = await ranText(simulator, text, { name, record: true });
    assert.equal(plain.stdout, 'true\nread second\nread second\n');
    assert.equal(recorded.stdout, plain.stdout);
    assert.equal(recorded.virtualMs, plain.virtualMs);
    assert.ok(recorded.trace !== undefined);
    const finished = eventsOf(recorded.trace, 'work-finished').filter(({ at }) => at < 5);
    assert.ok(finished.length >= 1, 'a thread was done while the main script ran');
  });

  it('ends a run that asks for more than can be computed, and says so', async () => {
    const started = performance.now();
    const { outcome, stderr } = await ranText(simulator, "require('crypto').pbkdf2Sync('a', 'b', 2_000_000_000, 64, 'sha512');\n", { name });
    assert.equal(outcome, 'unsupported');
    assert.match(stderr, /main\.cjs:1: This pbkdf2 takes too long to be simulated/);
    assert.ok(performance.now() - started < 5000);
  });

  it('is passed by with UV_USE_IO_URING=1, by those calls for files that libuv hands to the kernel', async () => {
    // Measured with Node 20, its one thread kept busy by pbkdf2: what comes before it went through the ring.
    const text = `const fs = require('fs');
const fd = fs.openSync('main.cjs', 'r');
require('crypto').pbkdf2('a', 'b', 200_000, 64, 'sha512', () => console.log('pbkdf2'));
for (const [name, ...args] of [['stat', '.'], ['fstat', fd], ['open', 'main.cjs', 'r'], ['mkdir', 'made'], ['readFile', 'main.cjs'], ['readdir', '.'], ['access', '.']])
  fs[name](...args, () => console.log(name));
`;
    const first = (lines: readonly string[]): readonly string[] => lines.slice(0, lines.indexOf('pbkdf2')).toSorted();
    const printed = (trace: Trace): readonly string[] => eventsOf(trace, 'console-printed').map((event) => event.text.trim());
    const off = await tracedText(simulator, text, { name, whatIf: { threads: 1 } });
    assert.deepEqual(first(printed(off)), []);
    assert.ok(eventsOf(off, 'work-queued').every(({ ring }) => ring === undefined));
    const on = await tracedText(simulator, text, { name, whatIf: { threads: 1, ioUring: true } });
    assert.deepEqual(first(printed(on)), ['fstat', 'mkdir', 'open', 'readFile', 'stat']);
    assert.deepEqual(brokenLaws(on), []);
    const ringed = eventsOf(on, 'work-queued').filter(({ ring }) => ring === 1).map(({ trip }) => trip);
    assert.deepEqual([...new Set(ringed)].toSorted(), ['close', 'fstat', 'mkdir', 'open', 'read', 'stat']);
    const set = `process.env.UV_USE_IO_URING = '1';\n${text}`;
    const own = await tracedText(simulator, set, { name, whatIf: { threads: 1 } });
    assert.deepEqual(first(printed(own)), first(printed(on)));
    const history = openHistory(on);
    const index = indexTrace(on);
    const captions = on.events.map((_, step) => captionOf(history, index, step).headline);
    assert.ok(captions.some((headline) => /`?stat.*handed to the kernel/.test(headline)), captions.join('\n'));
    const step = on.events.findIndex((event) => event.kind === 'work-queued' && event.ring === 1);
    assert.equal(history.stateAt(step).pool?.inKernel?.size, 1);
  });
});
