/** Why this file exists: a generator that stopped writing some construct would keep every comparison green. */
import assert from 'node:assert/strict';
import ts from 'typescript';
import { generate } from '../../differential/generate';
import { runInNode, samePrinted } from '../../differential/oracle';
import { awaitForms, hookEvents } from '../../differential/program';
import { pieceForms } from '../../differential/render/pieces/all';
import { programText } from '../../differential/render/program-text';
import type { ProgramText } from '../../differential/render/program-text';
import { showMethods } from '../../differential/shapes';
import { stderrWords } from '../../../src/verify/stderr-words';

const constructs: readonly string[] = [
  ...awaitForms.map((form) => `await ${form}`),
  ...['script', 'cts', 'mts', 'exports', 'top-level-await', 'tsx', 'cjs', 'mjs'].map((form) => `form ${form}`),
  ...pieceForms.map((form) => `piece ${form}`),
  ...showMethods.map((method) => `show ${method}`),
  ...['literal', 'string', 'list', 'object', 'map', 'set', 'promise', 'error', 'circle', 'proxy', 'custom'].map((kind) => `shape ${kind}`),
  ...['side-effect', 'namespace', 'named', 'default', 're-export', 'star', 'dynamic', 'require'].map((kind) => `link ${kind}`),
  ...['module to module', 'module to commonjs', 'module to json', 'commonjs to commonjs', 'commonjs to module', 'to itself'].map((kind) => `link ${kind}`),
  ...['module', 'commonjs', 'json'].map((format) => `file ${format}`),
  ...['class', 'class extends', 'class decorated', 'parameter properties', 'settings', 'import read'],
  ...['field', 'method', 'accessors', 'static-block'].map((kind) => `member ${kind}`),
  ...['plain', 'private', 'computed', 'accessor'].flatMap((name) => [`field ${name}`, `field ${name} static`]),
  ...['nothing', 'schedule', 'exit-code', 'throw', 'print-all'].map((does) => `hook ${does}`),
  ...['all', 'allSettled', 'any', 'race'].map((method) => `Promise.${method}`),
  ...['.then', '.then-both', '.catch', '.finally', 'handler throw', 'handler not-a-function', 'settled twice'],
  ...['object', 'getter', 'class', 'function', 'throwing-getter'].map((shape) => `thenable ${shape}`),
  ...['now', 'tick', 'microtask', 'job', 'timer', 'immediate'].map((when) => `settle resolve ${when}`),
  ...['async', 'sync', 'generator', 'async-generator'].flatMap((color) => [`function ${color}`, `call ${color}`]),
  ...['declaration', 'expression', 'arrow', 'method', 'static', 'object', 'namespace'].map((form) => `function form ${form}`),
  ...['next', 'throw', 'return'].flatMap((kind) => ['generator', 'async generator'].map((what) => `${what} ${kind}`)),
  ...['array', 'generator', 'async-generator', 'iterator'].map((kind) => `for await ${kind}`),
  ...['tick', 'microtask', 'timer', 'immediate'].map((queue) => `schedule ${queue}`),
  ...['timer cancel', 'timer unref', 'immediate cancel', 'clearTimeout', 'clearImmediate', 'interval', 'phases'],
  ...['async generator next queued', 'yield* sync', 'yield* async', 'finally block', 'start none', 'delay', 'sleep', 'exit'],
  ...hookEvents.map((event) => `on ${event}`),
];

/** What is wrong with the syntax of a program's files. */
function syntaxProblems({ files, settings }: ProgramText): readonly string[] {
  return files.filter(({ format }) => format !== 'json').flatMap(({ name, text }) => {
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, ...settings };
    const { diagnostics = [] } = ts.transpileModule(text, { fileName: name, reportDiagnostics: true, compilerOptions });
    return diagnostics.map(({ messageText }) => `${name}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
}

function scriptOf(text: string, format: 'commonjs' | 'module' = 'commonjs'): ProgramText {
  return { files: [{ name: format === 'module' ? 'main.mts' : 'main.cts', text, format }], settings: null, counts: new Map() };
}

describe('the generator of random programs', () => {
  it('gives the same program for the same seed', () => {
    assert.deepEqual(programText(generate(7)), programText(generate(7)));
    assert.notDeepEqual(programText(generate(7)).files, programText(generate(8)).files);
  });

  it('writes every construct within 600 programs, all of them valid syntax', function () {
    this.timeout(60_000);
    const written = new Set<string>();
    for (let seed = 1; seed <= 600; seed += 1) {
      const program = programText(generate(seed));
      for (const construct of program.counts.keys()) written.add(construct);
      if (seed <= 100) assert.deepEqual(syntaxProblems(program), [], `seed ${seed}`);
    }
    assert.deepEqual(constructs.filter((construct) => !written.has(construct)), []);
  });
});

describe('the oracle', () => {
  it('answers what Node prints and its exit code', async () => {
    const text = "console.log('a' as string);\nconsole.error('e');\nsetTimeout(() => { throw new Error('b'); }, 1);\n";
    const { stdout, stderr, exitCode } = await runInNode(scriptOf(text));
    assert.deepEqual({ stdout, exitCode }, { stdout: 'a\n', exitCode: 1 });
    assert.equal(stderrWords(stderr), 'e\nError: b\nNode.js');
  });

  it('tells a module from a script', async () => {
    const text = "process.nextTick(() => console.log('tick'));\nqueueMicrotask(() => console.log('microtask'));\n";
    const [script, module] = await Promise.all([runInNode(scriptOf(text)), runInNode(scriptOf(text, 'module'))]);
    assert.equal(script.stdout, 'tick\nmicrotask\n');
    assert.equal(module.stdout, 'microtask\ntick\n');
    assert.ok(!samePrinted(script, module));
  });

  it('runs several files', async () => {
    const entry = { name: 'main.mts', text: "import { a } from './f.cjs';\nconsole.log(a);\n", format: 'module' } as const;
    const other = { name: 'f.cts', text: 'export const a: number = 1;\n', format: 'commonjs' } as const;
    assert.equal((await runInNode({ files: [entry, other], settings: null })).stdout, '1\n');
  });

  it('sees timers that are due together', async () => {
    const close = 'setTimeout(() => console.log(1), 20);\nsetTimeout(() => console.log(2), 21);\n';
    const apart = 'setTimeout(() => console.log(1), 20);\nsetTimeout(() => console.log(2), 40);\n';
    assert.ok((await runInNode(scriptOf(close), { times: 1 })).nearRace);
    assert.ok(!(await runInNode(scriptOf(apart), { times: 1 })).nearRace);
  });
});

describe('stderr', () => {
  it('is compared without frames, positions and the number of the process', () => {
    const node = '/a/main.cjs:3\n  throw e;\n  ^\n\nError: b\n    at f (/a/main.cjs:3:9) {\n  code: 1\n}\n\nNode.js v20.20.2\n(node:12) Warning: w\n';
    assert.equal(stderrWords(node), 'Error: b\n{\n  code: 1\n}\nNode.js\n(node) Warning: w');
    assert.notEqual(stderrWords('Error: a\n'), stderrWords('Error: b\n'));
  });
});
