/**
 * Why this file exists: simulated code cannot find anything of the host, whatever it tries, and cannot break the
 * runtime it runs on.
 */
import assert from 'node:assert/strict';
import { openSimulator, ranText, simulateText } from './engine';
import { everything, patches } from './patches';

/** Mocha's page of Node lacks them or loads them late. */
const notInMocha = ['console', 'process', 'crypto', 'navigator', 'require', 'module', 'exports'];

describe('simulation: sealed', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  async function prints(text: string, expected: string, name = 'main.ts'): Promise<void> {
    const { stdout, stderr } = await ranText(simulator, text, { name });
    assert.equal(stdout, expected, stderr);
  }

  it('has no global names beyond those of Node', async () => {
    const { stdout } = await ranText(simulator, 'console.log(JSON.stringify(Object.getOwnPropertyNames(globalThis)));');
    const ours = JSON.parse(stdout) as string[]; // written by the line above
    const real = new Set([...Object.getOwnPropertyNames(globalThis), ...notInMocha]);
    assert.deepEqual(ours.filter((name) => !real.has(name)), []);
  });

  it('shows no name of the runtime to the program', async () => {
    const text = `const found: string[] = [];
for (const name of ['__loopscope', 'loopscope', 'std', 'os', 'bjson', 'scriptArgs', 'print', 'gc', 'navigator', 'quickjs', 'stop', 'start', 'report', 'chunk']) if (name in globalThis) found.push(name);
console.log(found);`;
    await prints(text, '[]\n');
  });

  it('is stopped when text that becomes code would turn back the counter of its steps', async () => {
    for (const attempt of ["eval('$_n = -1e15')", "(0, eval)('$_lim = 1e15')", "new Function('$_n = -1e15')()", "eval('\\\\u0024_n = -1e15')"]) {
      const text = `console.log('before'); for (;;) { try { ${attempt}; } catch {} }`;
      const { outcome, exitCode, stdout } = await ranText(simulator, text, { limits: { wallMs: 5000 } });
      assert.deepEqual({ outcome, exitCode, stdout }, { outcome: 'unsupported', exitCode: 125, stdout: 'before\n' });
    }
  });

  it('does not run a program that has names of the runtime, and says which', async () => {
    const reply = await simulateText(simulator, 'let a = 1;\n$_n = 5;\ndeclare let $_n: number;');
    assert.deepEqual([reply.kind, reply.kind === 'refused' && reply.line], ['refused', 2]);
    assert.match(reply.kind === 'refused' ? reply.message : '', /'\$_n' is taken/);
    await prints('const o = { $_n: 1 };\nconsole.log(o.$_n);', '1\n');
  });

  it('ends a program that broke the runtime as one that failed, and keeps what it printed', async () => {
    const text = `console.log('before');
for (let i = 0; i < 10; i++) Object.defineProperty(Array.prototype, i, { set() { throw new Error('setter'); }, configurable: true });
setTimeout(() => console.log(['x']), 1);`;
    const { stdout, stderr, outcome, exitCode } = await ranText(simulator, text);
    assert.equal(stdout, 'before\n');
    assert.match(stderr, /setter/);
    assert.notEqual(exitCode, 0);
    assert.equal(outcome, 'uncaught');
  });

  for (const [name, code] of [
    ["constructor.constructor('return process')()", "({} as any).constructor.constructor('return process')()"],
    ['an async constructor from text', "(async () => {}).constructor('return process')()"],
    ['a generator constructor from text', "(function* () {}).constructor('yield process')().next().value"],
    ['indirect eval', "(0, eval)('process')"],
    ['new Function', "new Function('return process')()"],
  ] as const) {
    it(`${name} finds at most the simulated process`, async () => {
      const text = `let found: any;
try { found = ${code}; } catch (e) { console.log('threw', (e as Error).name); }
void Promise.resolve(found).then((p) => {
  console.log(p === undefined || p === process, p === undefined || (p.version === process.version && p.pid === process.pid));
  console.log(p === undefined || p.binding === (process as any).binding);
}, () => console.log('rejected'));`;
      const { stdout, stderr, outcome } = await ranText(simulator, text);
      assert.match(stdout, /^(threw \w+\n)?(true true\ntrue\n|rejected\n)$/);
      assert.deepEqual([outcome, stderr], ['completed', '']);
    });
  }

  for (const [name, text] of [
    ["import('node:net')", "console.log('before'); void import('node:net').then((net: any) => net.connect(80, 'example.com'), () => console.log('rejected'));"],
    ["require('child_process')", "console.log('before'); const c = require('child_process'); console.log(c.execSync('id').toString());"],
    ["require of a computed name", "console.log('before'); const n = ['f', 's'].join(''); const fs = require(n); console.log(fs.readFileSync('/etc/passwd', 'utf8'));"],
    ['node:vm', "console.log('before'); require('node:vm').runInThisContext('1');"],
    ['a snapshot of a heap', "console.log('before'); void new (require('worker_threads').Worker)('setTimeout(() => {}, 50)', { eval: true }).getHeapSnapshot();"],
    ["process.binding('spawn_sync')", "console.log('before'); (process as any).binding('spawn_sync').spawn({ file: '/bin/sh', args: ['sh', '-c', 'id'] });"],
    ["process.binding('fs')", "console.log('before'); const fs = (process as any).binding('fs'); console.log(fs.internalModuleReadJSON('/etc/passwd'));"],
    ['WebAssembly', "console.log('before'); new WebAssembly.Memory({ initial: 1 });"],
    ['fetch', "console.log('before'); void fetch('http://example.com/');"],
  ] as const) {
    it(`${name} is not modelled: the run says so and stops`, async () => {
      const { stdout, exitCode, outcome, stderr } = await ranText(simulator, `${text}\ndeclare const require: any;`, { name: 'main.cts' });
      assert.deepEqual({ stdout, exitCode, outcome }, { stdout: 'before\n', exitCode: 125, outcome: 'unsupported' });
      assert.match(stderr, /^loopscope: .*(?:not modelled|goes outside).*\n$/);
    });
  }

  it('refuses to read a file of the disk as a module that is not the program', async () => {
    const reply = await simulateText(simulator, "import x from '../../../etc/passwd';\nconsole.log(x);");
    assert.notEqual(reply.kind === 'simulated' && reply.outcome === 'completed', true);
  });

  it('has an environment, a folder and ids of its own', async () => {
    const text = "console.log(Object.keys(process.env).sort(), process.cwd(), process.argv, process.pid);";
    const { stdout } = await ranText(simulator, text);
    for (const secret of [process.cwd(), String(process.pid), process.env['USER'] ?? 'no user', process.execPath]) {
      if (secret.length > 4 && secret !== '/usr/local/bin/node') assert.ok(!stdout.includes(secret), secret);
    }
  });

  it('runs on a clock and a random source that are the same every time', async () => {
    const text = 'console.log(Date.now(), performance.now(), Math.random(), process.hrtime());\nsetTimeout(() => console.log(Date.now()), 50);';
    const [first, second] = [await ranText(simulator, text), await ranText(simulator, text)];
    assert.equal(first.stdout, second.stdout);
  });

  it('keeps nothing of a program for the next one', async () => {
    await ranText(simulator, "(globalThis as any).left = 1; Array.prototype.push = () => 0; (Promise as any).mark = 1; process.exitCode = 3; console.log = () => {};");
    await prints("console.log('left' in globalThis, [1].concat(2).length, (Promise as any).mark, process.exitCode, [].push(1 as never));", 'false 2 undefined undefined 1\n');
  });

  it('shows no frame of the runtime in a stack', async () => {
    const text = `async function f() { await null; throw new Error('x'); }
f().catch((e) => {
  const shown = [e.stack];
  setTimeout(() => { shown.push(new Error('y').stack); console.log(shown.join('\\n')); }, 1);
});
Promise.all([{ then() { console.log(new Error('z').stack); } }] as any);`;
    const { stdout } = await ranText(simulator, text);
    assert.doesNotMatch(stdout, /loopscope|guest|quickjs|\$_|program:\d/);
  });

  it('shows no frame of the runtime and no value of the host to a prepareStackTrace of the program', async () => {
    const text = `const seen: string[] = [], own = (process as any).binding;
(Error as any).prepareStackTrace = (error: Error, sites: any[]) => {
  for (const site of sites) {
    const f = site.getFunction?.();
    const self = site.getThis?.();
    seen.push(String(site.getFileName?.()));
    if (typeof f === 'function') for (const t of [() => f.constructor('return typeof require')(), () => f.constructor('own', 'return globalThis.process.binding === own ? undefined : 1')(own)]) if (![undefined, "undefined"].includes(t())) seen.push('LEAK function');
    if (self && self !== globalThis && 'memory' in Object(self)) seen.push('LEAK this');
  }
  return 'mine';
};
void new Promise((resolve) => { void new Error('a').stack; resolve(1); }).then(() => new Error('b').stack);
setTimeout(() => { void new Error('c').stack; console.log(seen.some((s) => /LEAK/.test(s)), seen.some((s) => /guest/.test(s))); }, 1);`;
    await prints(text, 'false false\n');
  });

  it('does not let Function.prototype.caller or arguments show the runtime', async () => {
    const text = `function callback(this: unknown): void {
  let found: unknown;
  try { found = (callback as any).caller; } catch { found = 'threw'; }
  console.log(found === null || found === undefined || found === 'threw', this === undefined || this === globalThis);
}
queueMicrotask(callback);
void Promise.resolve().then(callback);`;
    await prints(text, 'true true\ntrue true\n');
  });

  for (const [name, patch] of patches) {
    it(`works on after the program replaced ${name}`, async () => {
      const { stdout, outcome, stderr } = await ranText(simulator, `${patch}\n${everything}`, { name: 'main.cts' });
      assert.equal(outcome, 'completed', stderr);
      assert.equal(stdout, await unpatched());
    });

    it(`records on after the program replaced ${name}`, async () => {
      const { stdout, trace } = await ranText(simulator, `${patch}\n${everything}`, { name: 'main.cts', record: true });
      assert.equal(stdout, await unpatched());
      assert.ok(trace !== undefined && trace.events.length > 50);
    });
  }

  let known: string | undefined;
  async function unpatched(): Promise<string> {
    known ??= (await ranText(simulator, everything, { name: 'main.cts' })).stdout;
    return known;
  }
});
