/** Why this file exists: `loopscope run` keeps its contract: output, exit codes, JSON, one line for a mistake. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const cli = path.resolve('dist/cli.js');
/** A line of a stack in our own files. */
const ownFrames = /^\s+at .*(dist|node_modules|src)[\\/].*:\d+:\d+/m;
/** Of the contract, in its order. */
const jsonKeys = ['file', 'stdout', 'stderr', 'exitCode', 'outcome', 'steps', 'virtualMs', 'wallMs', 'racy'];

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Line {
  readonly file: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  readonly outcome: string;
  readonly steps: number;
  readonly virtualMs: number;
  readonly wallMs: number;
  readonly racy: readonly { readonly line: number; readonly note: string }[];
}

describe('loopscope run', function () {
  this.timeout(60_000);
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'loopscope-run-')));
  after(() => {
    rmSync(directory, { recursive: true });
  });

  function loopscope(...args: readonly string[]): Answer {
    const env = { ...process.env, NO_COLOR: '1' };
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: directory, encoding: 'utf8', env });
    assert.doesNotMatch(stderr, ownFrames, 'a stack of ours is shown');
    return { code: status, stdout, stderr };
  }

  function write(name: string, text: string | Buffer): string {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), text);
    return name;
  }

  function jsonOf(...args: readonly string[]): readonly Line[] {
    const { stdout } = loopscope('run', '--json', ...args);
    return stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line);
  }

  /** A mistake of a person: exit code 2, one line on stderr, nothing on stdout. */
  function refused(message: RegExp, ...args: readonly string[]): void {
    const { code, stdout, stderr } = loopscope('run', ...args);
    assert.match(stderr, message);
    assert.deepEqual({ code, stdout, lines: stderr.trimEnd().split('\n').length }, { code: 2, stdout: '', lines: 1 });
    assert.match(stderr, /^loopscope: .+\n$/);
  }

  it('prints to both streams in the order in which the program writes', () => {
    const file = write('both.js', 'console.error("a"); console.log("b"); console.log("c"); console.error("d"); console.log("e");');
    const both = path.join(directory, 'both.txt');
    const to = openSync(both, 'w');
    spawnSync(process.execPath, [cli, 'run', file], { cwd: directory, stdio: ['ignore', to, to] });
    closeSync(to);
    assert.equal(readFileSync(both, 'utf8'), 'a\nb\nc\nd\ne\n');
  });

  it('prints stdout to stdout and stderr to stderr, and exits with the code of the program', () => {
    write('both.ts', "console.log('out');\nconsole.error('err');\nprocess.exitCode = 7;\n");
    assert.deepEqual(loopscope('run', 'both.ts'), { code: 7, stdout: 'out\n', stderr: 'err\n' });
  });

  it('exits 1 for an uncaught error, and names it on stderr', () => {
    write('throws.ts', "console.log('before');\nthrow new TypeError('nobody catches this');\n");
    const { code, stdout, stderr } = loopscope('run', 'throws.ts');
    assert.deepEqual({ code, stdout }, { code: 1, stdout: 'before\n' });
    assert.match(stderr, /TypeError: nobody catches this/);
    assert.match(stderr, /throws\.ts:2:\d+/);
  });

  it('exits 124 when the budget of steps is spent, and keeps what was printed', () => {
    write('endless.ts', "console.log('before');\nfor (;;) {}\n");
    const { code, stdout, stderr } = loopscope('run', 'endless.ts', '--max-steps', '10000');
    assert.deepEqual({ code, stdout }, { code: 124, stdout: 'before\n' });
    assert.match(stderr, /^loopscope: the limit of 10000 steps is spent/);
  });

  it('exits 124 when the time is spent', () => {
    write('slow.ts', "console.log('before');\n/^(a+)+$/.test('a'.repeat(50) + 'b');\n");
    const { code, stdout, stderr } = loopscope('run', 'slow.ts', '--timeout', '300');
    assert.deepEqual({ code, stdout }, { code: 124, stdout: 'before\n' });
    assert.match(stderr, /^loopscope: the time limit of 0\.3 s is spent/);
  });

  it('exits 125 for what is not modelled', () => {
    write('udp.ts', "console.log('before');\nrequire('node:dgram').createSocket('udp4');\n");
    const { code, stdout, stderr } = loopscope('run', 'udp.ts');
    assert.deepEqual({ code, stdout }, { code: 125, stdout: 'before\n' });
    assert.equal(stderr, 'loopscope: udp.ts:2: createSocket of node:dgram is not modelled yet\n');
  });

  it('answers one line of JSON a file, with the keys of the contract', () => {
    write('fine.ts', "setTimeout(() => console.log('late'), 250);\nconsole.error('e');\n");
    const lines = jsonOf('fine.ts', 'both.ts', 'throws.ts', 'udp.ts');
    assert.deepEqual(lines.map((line) => [path.basename(line.file), line.exitCode, line.outcome]), [
      ['fine.ts', 0, 'completed'],
      ['both.ts', 7, 'completed'],
      ['throws.ts', 1, 'uncaught'],
      ['udp.ts', 125, 'unsupported'],
    ]);
    for (const line of lines) assert.deepEqual(Object.keys(line), jsonKeys);
    const [fine] = lines;
    assert.deepEqual([fine?.stdout, fine?.stderr, fine?.racy], ['late\n', 'e\n', []]);
    assert.ok(fine !== undefined && fine.virtualMs >= 250 && fine.virtualMs < 300);
    assert.ok(fine.steps >= 1 && fine.wallMs > 0);
  });

  it('says in JSON that a budget is spent, and goes on with the next file', () => {
    const lines = jsonOf('endless.ts', 'fine.ts', '--max-steps', '5000');
    assert.deepEqual(lines.map(({ outcome, exitCode }) => [outcome, exitCode]), [['budget-spent', 124], ['completed', 0]]);
  });

  it('names the lines whose order real Node does not fix', () => {
    write('racy.ts', "setTimeout(() => console.log('timer'), 0);\nsetImmediate(() => console.log('immediate'));\n");
    const [line] = jsonOf('racy.ts');
    assert.ok(line !== undefined && line.racy.length > 0);
    for (const { line: number, note } of line.racy) {
      assert.ok(number >= 1 && number <= 2);
      assert.match(note, /\S/);
    }
  });

  it('simulates several files one after the other, each apart', () => {
    write('first.ts', "(globalThis as any).left = 1;\nconsole.log('first');\n");
    write('second.ts', "console.log('second', (globalThis as any).left);\n");
    assert.deepEqual(loopscope('run', 'first.ts', 'second.ts'), { code: 0, stdout: 'first\nsecond undefined\n', stderr: '' });
    assert.equal(loopscope('run', 'first.ts', 'throws.ts', 'both.ts').code, 1);
  });

  it('starts with a function by name', () => {
    write('functions.ts', "console.log('not this');\nexport async function load(id: number) {\n  await null;\n  console.log('load', id);\n}\n");
    assert.deepEqual(loopscope('run', 'functions.ts', '--entry', 'load'), { code: 0, stdout: 'load 1\n', stderr: '' });
    refused(/no function 'nobody'/, 'functions.ts', '--entry', 'nobody');
  });

  it('decides between CommonJS and module as Node does', () => {
    const probe = "console.log(typeof require, typeof module);\n";
    write('formats/a.mts', probe);
    write('formats/b.cts', probe);
    write('formats/plain.ts', probe);
    write('formats/syntax.ts', `export {};\n${probe}`);
    write('formats/awaits.ts', `await null;\n${probe}`);
    write('formats/typed/package.json', '{ "type": "module" }');
    write('formats/typed/c.ts', probe);
    write('formats/typed/d.cjs', probe);
    write('formats/common/package.json', '{ "type": "commonjs" }');
    write('formats/common/e.ts', `export async function f() {}\n${probe}`);
    const files = ['a.mts', 'b.cts', 'plain.ts', 'syntax.ts', 'awaits.ts', 'typed/c.ts', 'typed/d.cjs', 'common/e.ts'];
    const lines = jsonOf(...files.map((file) => `formats/${file}`));
    const isModule = [true, false, false, true, true, true, false, false];
    assert.deepEqual(lines.map(({ stdout, stderr }) => stdout + stderr), isModule.map((each) => (each ? 'undefined undefined\n' : 'function object\n')));
  });

  it('runs a CommonJS file that exports classes, constants and enums, and one with a shebang', () => {
    write('formats/common/shop.ts', 'export class Shop { open = true; }\nexport const size = 3;\nexport enum Day { mon, tue }\nexport default size;\n');
    write('formats/common/town.ts', "import def, { Shop, size, Day } from './shop';\nimport all = require('./shop');\n"
      + 'console.log(new Shop(), size, Day.tue, def, all.Day[0]);\n');
    write('shebang.ts', "#!/usr/bin/env node\nconsole.log('shebang');\n");
    assert.deepEqual(loopscope('run', 'formats/common/town.ts'), { code: 0, stdout: "Shop { open: true } 3 1 3 mon\n", stderr: '' });
    assert.deepEqual(loopscope('run', 'shebang.ts'), { code: 0, stdout: 'shebang\n', stderr: '' });
  });

  it('follows imports, in cycles too', () => {
    write('cycle/a.ts', "import { b } from './b';\nexport const a = 'a';\nconsole.log('a sees', b);\n");
    write('cycle/b.ts', "import { a } from './a';\nexport const b = 'b';\nsetTimeout(() => console.log('b sees', a), 1);\n");
    assert.deepEqual(loopscope('run', 'cycle/a.ts'), { code: 0, stdout: 'a sees b\nb sees a\n', stderr: '' });
  });

  it('refuses in one line what it cannot read', () => {
    write('binary.ts', Buffer.from([0, 1, 2, 255, 0]));
    write('broken.ts', 'const fine = 1;\nasync function f( {\n');
    write('lost.ts', "const x = 1;\nimport { y } from './not-there';\nconsole.log(x, y);\n");
    write('package-import.ts', "import _ from 'lodash';\nconsole.log(_);\n");
    write('await-in-script.cts', 'await null;\n');
    write('huge.ts', `const x = '${'x'.repeat(17 * 1024 * 1024)}';\n`);
    refused(/There is no file "missing\.ts"/, 'missing.ts');
    refused(/binary/, 'binary.ts');
    refused(/broken\.ts:\d:\d+: /, 'broken.ts');
    refused(/lost\.ts:2:\d+: Cannot find '\.\/not-there'/, 'lost.ts');
    refused(/lodash/, 'package-import.ts');
    refused(/await/, 'await-in-script.cts');
    refused(/huge\.ts/, 'huge.ts');
    refused(/./, '.');
  });

  it('answers a refused file in JSON as well, and the files after it', () => {
    const lines = jsonOf('broken.ts', 'fine.ts');
    assert.deepEqual(lines.map(({ exitCode }) => exitCode), [2, 0]);
    assert.deepEqual(Object.keys(lines[0] ?? {}), jsonKeys);
    assert.match(lines[0]?.stderr ?? '', /broken\.ts:\d:\d+: /);
  });

  it('refuses wrong options in one line', () => {
    refused(/Name a file/);
    refused(/--max-steps takes a whole number/, 'fine.ts', '--max-steps', 'many');
    refused(/--max-steps takes a whole number/, 'fine.ts', '--max-steps', '0');
    refused(/--timeout takes a whole number/, 'fine.ts', '--timeout', '1.5');
    refused(/--host is node or browser/, 'fine.ts', '--host', 'deno');
    refused(/unknown/i, 'fine.ts', '--nonsense');
    refused(/--entry/, 'fine.ts', '--entry');
  });

  it('explains itself', () => {
    const { code, stdout } = loopscope('run', '--help');
    assert.equal(code, 0);
    for (const option of ['--entry', '--host', '--max-steps', '--timeout', '--json']) assert.ok(stdout.includes(option), option);
    assert.match(loopscope('run', '--version').stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('runs an empty file, a file of comments, and one with a mark before its text', () => {
    write('empty.ts', '');
    write('comments.ts', '// nothing\n/* at all */\n');
    write('marked.ts', "\uFEFFconsole.log('marked');\n");
    write('dos.ts', "console.log('dos');\r\nconsole.log('lines');\r\n");
    const lines = jsonOf('empty.ts', 'comments.ts', 'marked.ts', 'dos.ts');
    assert.deepEqual(lines.map(({ stdout, exitCode }) => [stdout, exitCode]), [['', 0], ['', 0], ['marked\n', 0], ['dos\nlines\n', 0]]);
  });

  it('prints everything into a pipe, however much', () => {
    write('much.ts', "for (let i = 0; i < 20000; i++) console.log('line', i);\nprocess.exit(3);\n");
    const { code, stdout } = loopscope('run', 'much.ts');
    assert.equal(code, 3);
    assert.ok(stdout.endsWith('line 19999\n'));
  });

  it('follows the scenario beside the file, or the one that --scenario names', () => {
    write('pool/main.cjs', "console.log(process.env.UV_THREADPOOL_SIZE);\n");
    write('pool/main.scenario.json', '{ "threads": 2 }');
    const other = write('pool/other.json', '{ "threads": 3 }');
    assert.equal(loopscope('run', 'pool/main.cjs').stdout, '2\n');
    assert.equal(loopscope('run', '--scenario', other, 'pool/main.cjs').stdout, '3\n');
    const wrong = write('pool/wrong.json', '{\n  "thread": 3\n}');
    refused(/wrong\.json:2:3: The scenario is wrong: the scenario has no "thread"/, '--scenario', wrong, 'pool/main.cjs');
    refused(/There is no file "gone\.json"/, '--scenario', 'gone.json', 'pool/main.cjs');
  });
});
