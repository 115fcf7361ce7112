/**
 * Why this file exists: the command line's contract: exit codes, shapes, positions from 1, one line for every mistake.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const cli = path.resolve('dist/cli.js');

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

describe('loopscope check, colors and explain', function () {
  this.timeout(60_000);
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'loopscope-cli-')));

  function loopscope(...args: readonly string[]): Answer {
    const result = spawnSync(process.execPath, [cli, ...args], { cwd: directory, encoding: 'utf8' });
    return { code: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  function write(name: string, text: string): void {
    writeFileSync(path.join(directory, name), text);
  }

  before(() => {
    write(
      'bad.ts',
      "import { read } from './read';\nasync function save() { await Promise.reject(new Error('full')); }\nexport async function f() {\n  save();\n  return read();\n}\n",
    );
    write(
      'read.ts',
      "import { readFileSync } from 'node:fs';\nexport function read() {\n  return readFileSync('x');\n}\n",
    );
    write('good.ts', 'export const answer = 42;\n');
    write('broken.ts', 'export async function g( {\n');
    write('binary.ts', 'export const x = "\0";');
    write('tsconfig.bad.json', '{ "compilerOptions": { "target": "es99" } }');
  });

  after(() => {
    rmSync(directory, { recursive: true });
  });

  it('is silent and exits 0 when nothing is wrong', () => {
    const { code, stdout, stderr } = loopscope('check', 'good.ts');
    assert.equal(stderr, '');
    assert.equal(code, 0);
    assert.match(stdout, /^No findings in 1 file, 0 functions/);
  });

  it('prints the JSON of the contract, positions from 1, and exits 1', () => {
    const { code, stdout } = loopscope('check', 'bad.ts', '--format', 'json');
    assert.equal(code, 1);
    const report: unknown = JSON.parse(stdout);
    // The shape is asserted field by field below.
    const { findings, files, functions, ms } = report as Record<string, unknown> & {
      findings: Record<string, unknown>[];
    };
    assert.deepEqual([files, functions, typeof ms], [1, 2, 'number']);
    assert.deepEqual(
      findings.map(({ rule, severity, file, line, column, endLine, endColumn }) => [
        rule,
        severity,
        file,
        line,
        column,
        endLine,
        endColumn,
      ]),
      [
        ['floating-promise', 'error', 'bad.ts', 4, 3, 4, 9],
        ['transitive-blocking-call', 'warning', 'bad.ts', 5, 10, 5, 16],
      ],
    );
    assert.deepEqual(findings[1]?.['related'], [
      { file: 'bad.ts', line: 3, column: 23, message: 'Runs on the event loop: async `f`.' },
      { file: 'bad.ts', line: 5, column: 10, message: '`read` goes on to `readFileSync`.' },
      { file: 'read.ts', line: 3, column: 10, message: '`readFileSync` blocks.' },
    ]);
    assert.deepEqual((findings[0]?.['fixes'] as unknown[])[0], {
      title: 'Add await',
      edits: [{ file: 'bad.ts', line: 4, column: 3, endLine: 4, endColumn: 3, newText: 'await ' }],
    });
  });

  it('writes SARIF and GitHub annotations', () => {
    const log: unknown = JSON.parse(loopscope('check', 'bad.ts', '--format', 'sarif').stdout);
    const { version, runs } = log as { version: string; runs: { results: { ruleId: string; level: string }[] }[] };
    assert.equal(version, '2.1.0');
    assert.deepEqual(
      runs[0]?.results.map(({ ruleId, level }) => [ruleId, level]),
      [
        ['floating-promise', 'error'],
        ['transitive-blocking-call', 'warning'],
      ],
    );
    const { stdout } = loopscope('check', 'bad.ts', '--format', 'github');
    assert.match(
      stdout,
      /^::error file=bad\.ts,line=4,col=3,endLine=4,endColumn=9,title=floating-promise::Nothing waits/,
    );
  });

  it('takes severities and a number of warnings', () => {
    const quiet = ['--rule', 'floating-promise=off'];
    assert.equal(loopscope('check', 'bad.ts', ...quiet).code, 1);
    assert.equal(loopscope('check', 'bad.ts', ...quiet, '--max-warnings', '1').code, 0);
    assert.equal(loopscope('check', 'bad.ts', ...quiet, '--rule', 'transitive-blocking-call=info').code, 0);
  });

  it('tells what does not parse and checks the rest', () => {
    const { code, stdout } = loopscope('check', 'broken.ts', 'bad.ts');
    assert.equal(code, 1);
    assert.match(stdout, /^broken\.ts:2:1 does not parse: /);
    assert.match(stdout, /bad\.ts:4:3 error/);
  });

  it('answers colours and their boundaries', () => {
    const { code, stdout } = loopscope('colors', 'bad.ts', '--json');
    assert.equal(code, 0);
    const report: unknown = JSON.parse(stdout);
    const { functions } = report as { functions: { name: string; boundaries: unknown }[] };
    assert.deepEqual(
      functions.find(({ name }) => name === 'f'),
      {
        file: 'bad.ts',
        line: 3,
        column: 23,
        name: 'f',
        color: 'async',
        boundaries: [
          { line: 4, column: 3, kind: 'floating', callee: 'save', calleeColor: 'async' },
          { line: 5, column: 10, kind: 'blocking', callee: 'read', calleeColor: 'sync' },
        ],
      },
    );
  });

  it('explains a place', () => {
    assert.match(loopscope('explain', 'bad.ts:3:23').stdout, /^`f` is \*\*async\*\*/);
    assert.equal(loopscope('explain', 'bad.ts:2:1').code, 1);
  });

  it('answers every mistake in one line with exit code 2', () => {
    const mistakes = [
      [],
      ['chekc'],
      ['check', 'none.ts'],
      ['check', 'binary.ts'],
      ['check', '-p', 'tsconfig.none.json'],
      ['check', '-p', 'tsconfig.bad.json'],
      ['check', '--fromat', 'json'],
      ['check', '--format', 'xml'],
      ['check', '--rule', 'no-such=off'],
      ['check', '--rule', 'floating-promise=loud'],
      ['check', '--max-warnings', 'few'],
      ['explain', 'bad.ts'],
      ['explain', 'none.ts:1:1'],
      ['explain', 'bad.ts:99:1'],
    ];
    for (const args of mistakes) {
      const { code, stdout, stderr } = loopscope(...args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /^loopscope: [^\n]+\n$/, args.join(' '));
    }
  });

  it('has help for every command, and a version', () => {
    for (const args of [['--help'], ['check', '--help'], ['colors', '--help'], ['explain', '--help']]) {
      assert.match(loopscope(...args).stdout, /Usage: loopscope/);
    }
    assert.match(loopscope('--version').stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
