/**
 * Why this file exists: whatever a program does to run on, it is stopped, told why, and what it had printed is kept;
 * nothing of it sees the stop.
 */
import assert from 'node:assert/strict';
import type { Limits } from '../../../src/simulation/request';
import type { Outcome } from '../../../src/trace/trace';
import { openSimulator, ranText, tracedText } from './engine';

type Budget = Extract<Outcome, { kind: 'budget-spent' }>['budget'];

interface Endless {
  readonly name: string;
  readonly text: string;
  /** What may be spent first: where two are listed, either is right. */
  readonly spent: readonly Budget[];
  readonly limits?: Partial<Limits>;
}

const megabyte = 1024 * 1024;
const small: Partial<Limits> = { steps: 200_000, wallMs: 8000, memory: 48 * megabyte, turns: 2000 };
/** For what runs inside the engine, where no step is counted. */
const short: Partial<Limits> = { ...small, wallMs: 600 };

const endless: readonly Endless[] = [
  { name: 'an empty loop', text: 'for (;;) {}', spent: ['steps'] },
  { name: 'an empty while', text: 'while (true);', spent: ['steps'] },
  { name: 'a loop of continue', text: 'let i = 0; do { i++; continue; } while (true);', spent: ['steps'] },
  { name: 'awaits without end', text: 'async function f() { while (true) await null; } void f();', spent: ['steps'] },
  { name: 'microtasks without end', text: 'function f() { queueMicrotask(f); } f();', spent: ['steps'] },
  { name: 'promise jobs without end', text: 'function f(): any { return Promise.resolve().then(f); } void f();', spent: ['steps', 'memory', 'time'] },
  { name: 'ticks without end', text: 'function f() { process.nextTick(f); } f();', spent: ['steps'] },
  { name: 'an interval', text: 'setInterval(() => {}, 10);', spent: ['turns'] },
  { name: 'timers without end', text: 'function f() { setTimeout(f, 5); } f();', spent: ['turns'] },
  { name: 'immediates without end', text: 'function f() { setImmediate(f); } f();', spent: ['turns'] },
  { name: 'beforeExit that revives for ever', text: "process.on('beforeExit', () => setTimeout(() => {}, 1));", spent: ['turns'] },
  { name: 'exponential recursion', text: 'function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); } fib(60);', spent: ['steps'] },
  { name: 'a generator without end', text: 'function* g() { while (true) yield 1; } for (const x of g()) void x;', spent: ['steps'] },
  { name: 'yield* of itself', text: 'function* g(): any { yield 1; yield* g(); } for (const x of g()) void x;', spent: ['steps', 'memory', 'time'], limits: short },
  { name: 'an async generator without end', text: 'async function* g() { while (true) yield 1; } void (async () => { for await (const x of g()) void x; })();', spent: ['steps'] },
  { name: 'a getter that loops', text: 'const o = { get x() { for (;;); } }; o.x;', spent: ['steps'] },
  { name: 'a trap that loops', text: 'const p: any = new Proxy({}, { get() { while (true); } }); p.x;', spent: ['steps'] },
  { name: 'traps of keys that loop', text: 'const p = new Proxy({}, { ownKeys() { for (;;); } }); Object.keys(p);', spent: ['steps'] },
  { name: 'a comparison that loops', text: '[2, 1].sort(() => { for (;;); });', spent: ['steps'] },
  { name: 'a thenable that loops', text: 'void (async () => { await ({ then() { for (;;); } } as any); })();', spent: ['steps'] },
  { name: 'a custom inspect that loops', text: "console.log({ [Symbol.for('nodejs.util.inspect.custom')]() { for (;;); } });", spent: ['steps'] },
  { name: 'pushing without end', text: 'const a: number[] = []; for (;;) a.push(1, 2, 3, 4, 5, 6, 7, 8);', spent: ['memory'], limits: { steps: 100_000_000 } },
  { name: 'strings that double', text: "for (;;) { let s = 'x'; try { for (;;) s += s; } catch { void s; } }", spent: ['memory', 'steps', 'time'], limits: short },
  { name: 'strings that pile up', text: "const a = []; for (let i = 0; ; i++) a.push('x'.repeat(100_000) + i);", spent: ['memory'] },
  { name: 'a Map that grows', text: 'const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });', spent: ['memory', 'time'], limits: { steps: 100_000_000 } },
  { name: 'promises that pile up', text: 'const a = []; for (;;) a.push(new Promise(() => {}).then(() => {}));', spent: ['memory', 'time'], limits: { steps: 100_000_000 } },
  { name: 'a list of four hundred million', text: 'const a = Array.from({ length: 4e8 }, () => 0); console.log(a.length);', spent: ['memory', 'time', 'steps'], limits: short },
  { name: 'a regular expression that explodes', text: "/^(a+)+$/.test('a'.repeat(40) + 'b');", spent: ['time'], limits: short },
  { name: 'sorting a huge list', text: 'const a = Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5003); for (;;) a.sort();', spent: ['time', 'memory'], limits: { ...short, steps: 100_000_000, memory: 192 * megabyte } },
  { name: 'catching the stop', text: "for (;;) { try { for (;;); } catch { console.log('caught'); } finally { console.log('finally'); continue; } }", spent: ['steps'] },
  { name: 'catching the stop in an async function', text: "void (async () => { for (;;) { try { await null; for (;;); } catch { console.log('caught'); } finally { console.log('finally'); continue; } } })();", spent: ['steps'] },
  { name: 'listeners that wait for the stop', text: "process.on('exit', () => console.log('exit')); process.on('uncaughtException', () => console.log('uncaught')); for (;;);", spent: ['steps'] },
  { name: 'a finally that returns over the stop', text: "function f(): number { try { for (;;); } finally { return 1; } } console.log('got', f());", spent: ['steps'] },
];

/** Each fills the heap, bit by bit or at once. */
const fills: readonly (readonly [name: string, text: string])[] = [
  ['small objects', 'const a: unknown[] = []; for (;;) a.push({ a: [1, 2, 3] });'],
  ['one large list', "new Array(3e7).fill('x').map((x) => [x]);"],
  ['a chain', 'let a: unknown; for (;;) a = { a };'],
  ['strings', "const a: string[] = []; for (let i = 0; ; i++) a.push('y'.repeat(1_000_000) + i);"],
  ['one string', "'y'.repeat(500_000_000);"],
  ['a string that grows', "let s = ''; for (let i = 0; ; i++) s += `piece ${i} ${'y'.repeat(10_000)}`;"],
  ['padded strings', "const a: string[] = []; for (let i = 0; ; i++) a.push(String(i).padEnd(2_000_000, 'ab'));"],
  ['joined strings', "const a: string[] = []; const p = new Array(1000).fill('q'.repeat(1000)); for (;;) a.push(p.join(' '));"],
  ['pieces of a string', "const a: unknown[] = []; const s = 'a,'.repeat(1e5); for (;;) a.push(s.split(','));"],
  ['JSON', "const o = { a: 'x'.repeat(1e6) }; const a: string[] = []; for (;;) a.push(JSON.stringify([o, o, o]));"],
  ['lists that double', 'let a: unknown[] = [1]; for (;;) a = a.concat(a);'],
  ['typed arrays', 'const a: Uint8Array[] = []; for (;;) a.push(new Uint8Array(1_000_000));'],
  ['one typed array', 'new Float64Array(1e8);'],
  ['buffers', 'const a: ArrayBuffer[] = []; for (;;) a.push(new ArrayBuffer(3_000_000));'],
  ['closures', 'const a: (() => unknown)[] = []; for (let i = 0; ; i++) { const b = [i]; a.push(() => b); }'],
  ['entries of a Map', "const m = new Map(); for (let i = 0; ; i++) m.set(`key ${i}`, 'v'.repeat(50_000));"],
  ['members of a Set', 'const m = new Set(); for (let i = 0; ; i++) m.add([i]);'],
  ['promises', 'const a: unknown[] = []; for (;;) a.push(new Promise(() => {}).then(() => {}));'],
];

/** Each catches what is thrown and tries again, for ever. */
const caught = {
  'sync': (fill: string) => `let tries = 0;\nfor (;;) { try { ${fill} } catch (e) { tries++; if (tries < 5) console.log('caught'); } }`,
  'a microtask': (fill: string) => `function f() { try { ${fill} } catch { console.log('caught'); } queueMicrotask(f); }\nqueueMicrotask(f);`,
  'an async function': (fill: string) => `void (async () => { for (;;) { try { await null; ${fill} } catch { console.log('caught'); } } })();`,
  'a timer': (fill: string) => `function f() { try { ${fill} } catch { console.log('caught'); } finally { setTimeout(f, 1); } }\nsetTimeout(f, 1);`,
  'a promise': (fill: string) => `function f(): any { return new Promise(() => { ${fill} }).catch(() => { console.log('caught'); return f(); }); }\nvoid f();`,
  'a listener': (fill: string) => `process.on('uncaughtException', () => { console.log('caught'); });\nsetInterval(() => { ${fill} }, 1);`,
};

describe('simulation: limits', function () {
  this.timeout(60_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  async function stillAnswers(): Promise<void> {
    assert.equal((await ranText(simulator, "console.log('next')")).stdout, 'next\n');
  }

  for (const { name, text, spent, limits } of endless) {
    it(`${name}: stopped, exit code 124, the output is kept`, async () => {
      const reply = await ranText(simulator, `console.log('before');\n${text}\nconsole.log('after');`, { limits: { ...small, ...limits } });
      assert.equal(reply.outcome, 'budget-spent');
      assert.equal(reply.exitCode, 124);
      assert.match(reply.stderr, new RegExp(`^loopscope: the (limit of \\d+ )?(${spent.map(wordsOf).join('|')})`, 'm'));
      const lines = reply.stdout.split('\n');
      assert.equal(lines[0], 'before');
      const rest = lines.slice(1).filter((line) => line !== '' && line !== 'after' && !/^x+$/.test(line));
      assert.deepEqual(rest, [], 'something saw the stop');
      await stillAnswers();
    });
  }

  it('ends what the engine itself never looks up from, and answers the next request', async () => {
    const started = performance.now();
    const text = "console.log('before'); Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1); console.log('after');";
    const reply = await ranText(simulator, text, { limits: { ...small, wallMs: 300 } });
    assert.equal(reply.outcome, 'budget-spent');
    assert.equal(reply.exitCode, 124);
    assert.match(reply.stderr, /time limit/);
    assert.equal(reply.stdout, 'before\n');
    assert.ok(performance.now() - started < 30_000);
    await stillAnswers();
  });

  it('keeps all that was printed before the thread had to be ended, in both streams', async () => {
    const text = `for (let i = 0; i < 3000; i++) { console.log(i, 'é'.repeat(20)); console.error('e' + i); }
const a = Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 200_003);
for (;;) a.sort();`;
    const limits = { ...small, steps: 100_000_000, wallMs: 1500, memory: 192 * megabyte };
    const { outcome, stdout, stderr } = await ranText(simulator, text, { limits });
    assert.equal(outcome, 'budget-spent');
    assert.equal(stdout, Array.from({ length: 3000 }, (_, i) => `${i} ${'é'.repeat(20)}\n`).join(''));
    assert.equal(stderr.split('\n').filter((line) => /^e\d+$/.test(line)).length, 3000);
    await stillAnswers();
  });

  it('lets recursion be 8,000 frames deep, recorded too', async () => {
    const text = 'function depth(n: number): number { return n === 0 ? 0 : 1 + depth(n - 1); }\nconsole.log(depth(8000));';
    assert.equal((await ranText(simulator, text)).stdout, '8000\n');
    assert.equal((await ranText(simulator, text, { record: true })).stdout, '8000\n');
  });

  it('ends a program that prints without end, and keeps what it printed', async () => {
    const limits = { ...small, steps: 100_000_000 };
    const reply = await ranText(simulator, "for (;;) console.log('x'.repeat(100_000));", { limits });
    assert.deepEqual([reply.outcome, reply.exitCode], ['budget-spent', 124]);
    assert.match(reply.stderr, /million characters of output/);
    assert.match(reply.stdout, /^x{100000}\nx{100000}\n/);
    await stillAnswers();
  });

  it('keeps what was printed when the heap is full', async () => {
    const text = "const a: unknown[] = [];\nfor (let i = 0; ; i++) { a.push(new Array(1000).fill(i)); if (i % 1000 === 0) console.log(i, 'x'.repeat(1000)); }";
    const { outcome, stdout, stderr } = await ranText(simulator, text, { limits: { ...small, steps: 100_000_000 } });
    assert.equal(outcome, 'budget-spent');
    assert.match(stderr, /memory limit/);
    assert.match(stdout, /^0 x{1000}\n1000 x{1000}\n2000 /);
    await stillAnswers();
  });

  for (const [name, fill] of fills) {
    it(`lets no program go on that catches a heap full of ${name}`, () => endsForMemory(caught.sync(fill)));
  }

  for (const [place, wrap] of Object.entries(caught)) {
    for (const [name, fill] of fills.filter(([each]) => ['small objects', 'strings', 'one typed array', 'closures'].includes(each))) {
      if (place !== 'sync') it(`nor in ${place}: ${name}`, () => endsForMemory(wrap(fill)));
    }
  }

  /** With the time that is left over: the clock must not be what ends it. */
  async function endsForMemory(text: string): Promise<void> {
    const limits = { ...small, steps: 100_000_000, wallMs: 30_000, memory: 24 * megabyte };
    const reply = await ranText(simulator, text, { limits });
    assert.deepEqual([reply.outcome, reply.exitCode, reply.stdout], ['budget-spent', 124, '']);
    assert.match(reply.stderr, /memory limit/);
    await stillAnswers();
  }

  it('lets async recursion be 2,000 frames deep', async () => {
    const text = 'async function depth(n: number): Promise<number> { return n === 0 ? 0 : 1 + (await depth(n - 1)); }\nvoid depth(2000).then(console.log);';
    assert.equal((await ranText(simulator, text)).stdout, '2000\n');
  });

  for (const [name, code] of [
    ['a function', 'function f(): number { return 1 + f(); } const go = f;'],
    ['an async function', 'async function f(): Promise<number> { return 1 + (await f()); } const go = () => { let e: any; f().catch((x) => { e = x; console.log(e.message, e instanceof RangeError); }); throw new RangeError("Maximum call stack size exceeded"); };'],
    ['a getter', 'const o = { get x(): number { return this.x; } }; const go = () => o.x;'],
    ['a trap', 'const p: any = new Proxy({}, { get: (_t, k, r) => r[k] }); const go = () => p.x;'],
    ['a constructor', 'class A { b = new A(); } const go = () => new A();'],
    ['toString', 'const o = { toString(): string { return `${o}`; } }; const go = () => String(o);'],
    ['toJSON', 'const o = { toJSON(): unknown { return JSON.stringify(o); } }; const go = () => JSON.stringify(o);'],
  ] as const) {
    it(`endless recursion of ${name} throws V8's RangeError, soon, and can be caught`, async () => {
      const text = `${code}\ntry { go(); } catch (e) { console.log((e as Error).message, e instanceof RangeError); }\nconsole.log('goes on');`;
      const { stdout, outcome } = await ranText(simulator, text);
      assert.equal(outcome, 'completed');
      assert.match(stdout, /^Maximum call stack size exceeded true\ngoes on\n/);
      await stillAnswers();
    });
  }

  it('ends a program whose endless recursion nobody catches, as Node does', async () => {
    const { outcome, exitCode, stderr } = await ranText(simulator, 'function f(): number { return 1 + f(); }\nf();');
    assert.equal(outcome, 'uncaught');
    assert.equal(exitCode, 1);
    assert.match(stderr, /RangeError: Maximum call stack size exceeded/);
  });

  it('shows nothing in the trace of what a program does that catches a heap full of strings', async () => {
    const text = `console.log('before');\n${caught.sync("'y'.repeat(500_000_000);")}`;
    const trace = await tracedText(simulator, text, { limits: { ...small, memory: 24 * megabyte } });
    assert.deepEqual(trace.outcome, { kind: 'budget-spent', budget: 'memory', message: 'the memory limit of 24 MB is spent.' });
    assert.deepEqual(trace.events.flatMap((event) => (event.kind === 'console-printed' ? [event.text] : [])), ['before\n']);
  });

  it('keeps the trace of what happened before the stop', async () => {
    const trace = await tracedText(simulator, "console.log('before');\nfor (;;) {}", { limits: small });
    assert.equal(trace.outcome.kind, 'budget-spent');
    assert.equal(trace.exitCode, 124);
    assert.ok(trace.events.some((event) => event.kind === 'console-printed'));
    assert.equal(trace.events.at(-1)?.kind, 'program-ended');
  });

  it('records only the first events, says so, and runs on', async () => {
    const text = "for (let i = 0; i < 500; i++) console.log(i);\nconsole.log('end');";
    const { trace, stdout } = await ranText(simulator, text, { record: true, limits: { events: 200 } });
    assert.match(stdout, /end\n$/);
    assert.ok(trace !== undefined && trace.events.length <= 201);
    assert.ok(trace.notes.some(({ kind }) => kind === 'recording-thinned'));
  });

  it('gives up at once when it is asked to', async () => {
    const stop = new AbortController();
    const running = simulator.simulate(
      { entry: '/nowhere/a.ts', start: { kind: 'file' }, host: 'node', record: false, limits: { steps: 1e15, wallMs: 60_000, memory: 64 * megabyte, events: 1, turns: 1 } },
      { '/nowhere/a.ts': 'for (;;) {}' },
      stop.signal,
    );
    setTimeout(() => { stop.abort(new Error('changed my mind')); }, 100);
    await assert.rejects(running, /changed my mind/);
    await stillAnswers();
  });
});

function wordsOf(budget: Budget): string {
  return { steps: 'steps? ', time: 'time limit', memory: 'memory limit|stack', events: 'events', turns: 'turns of the event loop' }[budget];
}
