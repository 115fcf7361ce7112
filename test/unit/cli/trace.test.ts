/** Why this file exists: `loopscope trace` writes a sound trace or a page, or says in one line why not. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brokenLaws } from '../../../src/trace/laws';
import { parseTrace } from '../../../src/trace/parse';
import type { Trace } from '../../../src/trace/trace';

const cli = path.resolve('dist/cli.js');
const text = "async function load(id: number) {\n  await null;\n  console.log('load', id);\n}\nvoid load(5);\nconsole.log('end');\n";

describe('loopscope trace', function () {
  this.timeout(60_000);
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'loopscope-trace-')));

  before(() => {
    writeFileSync(path.join(directory, 'program.ts'), text);
    writeFileSync(path.join(directory, 'broken.ts'), 'async function f( {\n');
    writeFileSync(path.join(directory, 'throws.ts'), "throw new Error('at once');\n");
    writeFileSync(path.join(directory, 'endless.ts'), "console.log('before');\nfor (;;) {}\n");
  });

  after(() => {
    rmSync(directory, { recursive: true });
  });

  function loopscope(...args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'trace', ...args], { cwd: directory, encoding: 'utf8', maxBuffer: 1 << 28 });
    assert.doesNotMatch(stderr, /^\s+at .*:\d+:\d+/m, 'a stack of ours is shown');
    return { code: status, stdout, stderr };
  }

  function soundTrace(json: string): Trace {
    const parsed = parseTrace(JSON.parse(json));
    assert.ok(parsed.kind === 'parsed', 'this is no trace');
    assert.deepEqual(brokenLaws(parsed.trace), []);
    return parsed.trace;
  }

  function refused(message: RegExp, ...args: readonly string[]): void {
    const { code, stdout, stderr } = loopscope(...args);
    assert.match(stderr, message);
    assert.match(stderr, /^loopscope: .+\n$/);
    assert.deepEqual({ code, stdout, lines: stderr.trimEnd().split('\n').length }, { code: 2, stdout: '', lines: 1 });
  }

  it('writes the trace to stdout', () => {
    const { code, stdout, stderr } = loopscope('program.ts');
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const trace = soundTrace(stdout);
    assert.deepEqual(trace.files.map((file) => file.path), ['program.ts']);
    assert.equal(trace.files[0]?.text, text);
    assert.deepEqual(consoleOf(trace), ['end\n', 'load 5\n']);
  });

  it('writes the trace into a file', () => {
    const { code, stdout } = loopscope('program.ts', '-o', 'out.json');
    assert.deepEqual({ code, stdout }, { code: 0, stdout: '' });
    assert.deepEqual(consoleOf(soundTrace(readFileSync(path.join(directory, 'out.json'), 'utf8'))), ['end\n', 'load 5\n']);
  });

  it('writes one page that needs nothing else', () => {
    assert.equal(loopscope('program.ts', '-o', 'out.html').code, 0);
    const page = readFileSync(path.join(directory, 'out.html'), 'utf8');
    assert.match(page, /^<!doctype html>/i);
    assert.match(page, /Content-Security-Policy/);
    assert.doesNotMatch(page.replaceAll('http://www.w3.org/', ''), /(src|href)\s*=\s*["']https?:/);
    assert.ok(page.includes("console.log('load', id)") || page.includes('console.log(&#39;load') || page.includes("console.log(\\u0027load"));
  });

  it('keeps a program from breaking out of its page', () => {
    writeFileSync(path.join(directory, 'script.ts'), "console.log('</script><script>alert(1)</script>', '<!--');\n// </script>\n");
    assert.equal(loopscope('script.ts', '-o', 'script.html').code, 0);
    assert.doesNotMatch(readFileSync(path.join(directory, 'script.html'), 'utf8'), /<script>alert\(1\)/);
  });

  it('starts with a function, or with a selection', () => {
    assert.deepEqual(consoleOf(soundTrace(loopscope('program.ts', '--entry', 'load').stdout)), ['load 1\n']);
    assert.deepEqual(consoleOf(soundTrace(loopscope('program.ts', '--select', '3:3-3:28').stdout)), ['load 1\n']);
    assert.deepEqual(consoleOf(soundTrace(loopscope('program.ts', '--select', '6:1-6:20').stdout)), ['end\n']);
  });

  it('tells of a program that fails or never ends, too', () => {
    const failed = loopscope('throws.ts');
    assert.equal(failed.code, 0);
    assert.equal(soundTrace(failed.stdout).outcome.kind, 'uncaught');
    const endless = loopscope('endless.ts', '--max-steps', '20000');
    assert.equal(endless.code, 0);
    const trace = soundTrace(endless.stdout);
    assert.deepEqual([trace.outcome.kind, trace.exitCode, consoleOf(trace)], ['budget-spent', 124, ['before\n']]);
  });

  it('refuses what it cannot trace, in one line', () => {
    refused(/Name one file/);
    refused(/Name one file/, 'program.ts', 'throws.ts');
    refused(/There is no file "missing\.ts"/, 'missing.ts');
    refused(/broken\.ts:\d:\d+: /, 'broken.ts');
    refused(/no function 'nobody'/, 'program.ts', '--entry', 'nobody');
    refused(/--entry or --select, not both/, 'program.ts', '--entry', 'load', '--select', '1:1-2:2');
    refused(/--select takes L1:C1-L2:C2/, 'program.ts', '--select', 'all');
    refused(/./, 'program.ts', '--select', '3:5-3:5');
    refused(/./, 'program.ts', '--select', '900:1-901:1');
    refused(/-o takes a name/, 'program.ts', '-o', 'out.txt');
    refused(/Cannot write/, 'program.ts', '-o', 'no/such/folder/out.json');
    refused(/--host is node or browser/, 'program.ts', '--host', 'deno');
    refused(/unknown/i, 'program.ts', '--nonsense');
    assert.equal(existsSync(path.join(directory, 'out.txt')), false);
  });

  it('explains itself', () => {
    const { code, stdout } = loopscope('--help');
    assert.equal(code, 0);
    for (const option of ['--entry', '--select', '--host', '--max-steps', '--timeout', '-o']) assert.ok(stdout.includes(option), option);
  });
});

function consoleOf(trace: Trace): string[] {
  return trace.events.flatMap((event) => (event.kind === 'console-printed' ? [event.text] : []));
}
