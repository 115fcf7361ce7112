/** Why this file exists: a generator that stopped writing some construct would keep every comparison green. */
import assert from 'node:assert/strict';
import { generate } from '../../differential/generate';
import { runInNode, samePrinted, withoutTypes } from '../../differential/oracle';
import { awaitForms } from '../../differential/program';
import { programText } from '../../differential/render/program-text';

const constructs: readonly string[] = [
  ...awaitForms.map((form) => `await ${form}`),
  ...['script', 'cts', 'mts', 'exports', 'top-level-await'].map((form) => `form ${form}`),
  ...['all', 'allSettled', 'any', 'race'].map((method) => `Promise.${method}`),
  ...['.then', '.then-both', '.catch', '.finally', 'handler throw', 'handler not-a-function', 'settled twice'],
  ...['object', 'getter', 'class', 'function', 'throwing-getter'].map((shape) => `thenable ${shape}`),
  ...['now', 'tick', 'microtask', 'job', 'timer', 'immediate'].map((when) => `settle resolve ${when}`),
  ...['async', 'sync', 'generator', 'async-generator'].flatMap((color) => [`function ${color}`, `call ${color}`]),
  ...['declaration', 'expression', 'arrow', 'method', 'static', 'object'].map((form) => `function form ${form}`),
  ...['next', 'throw', 'return'].flatMap((kind) => ['generator', 'async generator'].map((what) => `${what} ${kind}`)),
  ...['array', 'generator', 'async-generator', 'iterator'].map((kind) => `for await ${kind}`),
  ...['tick', 'microtask', 'timer', 'immediate'].map((queue) => `schedule ${queue}`),
  ...['timer cancel', 'timer unref', 'immediate cancel', 'clearTimeout', 'clearImmediate', 'interval', 'phases'],
  ...['async generator next queued', 'yield* sync', 'yield* async', 'finally block', 'start none', 'delay', 'sleep', 'exit'],
  ...['exit', 'beforeExit', 'unhandledRejection', 'uncaughtException', 'rejectionHandled'].map((hook) => `on ${hook}`),
];

describe('the generator of random programs', () => {
  it('gives the same program for the same seed', () => {
    assert.equal(programText(generate(7)).text, programText(generate(7)).text);
    assert.notEqual(programText(generate(7)).text, programText(generate(8)).text);
  });

  it('writes every construct within 600 programs, all of them valid syntax', () => {
    const written = new Set<string>();
    for (let seed = 1; seed <= 600; seed += 1) {
      const program = programText(generate(seed));
      for (const construct of program.counts.keys()) written.add(construct);
      if (seed <= 100) assert.notEqual(withoutTypes(program), '');
    }
    assert.deepEqual(constructs.filter((construct) => !written.has(construct)), []);
  });
});

describe('the oracle', () => {
  it('answers what Node prints and its exit code', async () => {
    const text = "console.log('a' as string);\nsetTimeout(() => { throw new Error('b'); }, 1);\n";
    assert.deepEqual(await runInNode({ text, module: false }), { stdout: 'a\n', exitCode: 1, nearRace: false });
  });

  it('tells a module from a script', async () => {
    const text = "process.nextTick(() => console.log('tick'));\nqueueMicrotask(() => console.log('microtask'));\n";
    const [script, module] = await Promise.all([runInNode({ text, module: false }), runInNode({ text, module: true })]);
    assert.equal(script.stdout, 'tick\nmicrotask\n');
    assert.equal(module.stdout, 'microtask\ntick\n');
    assert.ok(!samePrinted(script, module));
  });

  it('sees timers that are due together', async () => {
    const close = 'setTimeout(() => console.log(1), 20);\nsetTimeout(() => console.log(2), 21);\n';
    const apart = 'setTimeout(() => console.log(1), 20);\nsetTimeout(() => console.log(2), 40);\n';
    assert.ok((await runInNode({ text: close, module: false }, true)).nearRace);
    assert.ok(!(await runInNode({ text: apart, module: false }, true)).nearRace);
  });
});
