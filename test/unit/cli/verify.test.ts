/** Why this file exists: `loopscope verify` executes code only when it may, and tells what it found. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const cli = path.resolve('dist/cli.js');
/** Only real Node sees the environment: so a program can tell where it runs. */
const onlyForReal = 'const isReal = process.env.LOOPSCOPE_VERIFY_TEST !== undefined;\n';

describe('loopscope verify', function () {
  this.timeout(60_000);
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'loopscope-verify-test-')));
  const temporary = path.join(directory, 'temporary');
  const env = { ...process.env, NO_COLOR: '1', LOOPSCOPE_VERIFY_TEST: '1', TMPDIR: temporary };
  mkdirSync(temporary);
  after(() => {
    rmSync(directory, { recursive: true });
  });

  function write(name: string, text: string): string {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), text);
    return name;
  }

  function verify(...args: readonly string[]): { code: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'verify', ...args], { cwd: directory, encoding: 'utf8', env, input: '' });
    assert.deepEqual(readdirSync(temporary), [], 'something is left in the temporary folder');
    return { code: status, stdout, stderr };
  }

  it('says equal, for TypeScript over several files in both formats', () => {
    write('equal.mts', "import { a } from './part';\nimport type { T } from './nowhere';\nimport data from './data.json' with { type: 'json' };\n"
      + "const t: T = 1;\nprocess.nextTick(() => console.log('tick'));\nqueueMicrotask(() => console.log('microtask'));\nconsole.log(a, t, data);\nprocess.exitCode = 3;\n");
    write('part.ts', "import { b } from './deep/common.cjs';\nexport const a: string = 'a' + b;\n");
    write('deep/common.cts', 'enum E { b = 2 }\nexport const b: number = E.b;\n');
    write('data.json', '{ "x": 1 }');
    const { code, stdout, stderr } = verify('--yes', 'equal.mts');
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'equal.mts: equal (3 lines, exit code 3)\n', stderr: '' });
  });

  it('shows the first difference with the lines around it', () => {
    write('different.ts', `${onlyForReal}console.log('same');\nconsole.log(isReal ? 'real' : 'simulated');\nconsole.log('after');\n`);
    const { code, stdout } = verify('--yes', 'different.ts');
    assert.equal(code, 1);
    assert.equal(stdout, 'different.ts: different, stdout, line 2:\n            | same\n  real Node | real\n            | after\n            | \n'
      + '  simulated | simulated\n            | after\n            | \n');
  });

  it('compares uncaught errors at the user\'s own place', () => {
    write('throws.ts', "interface Shape { a: number }\n\nfunction f(s: Shape): never {\n  throw new Error('no');\n}\ntry {\n  f({ a: 1 });\n} catch (e) {\n"
      + "  console.log((e as Error).stack?.split('\\n').slice(0, 2).join('|'));\n}\n");
    assert.deepEqual(verify('--yes', 'throws.ts').stdout, 'throws.ts: equal (1 line, exit code 0)\n');
  });

  it('executes nothing without a terminal and without --yes', () => {
    write('writes.mts', `import fs from 'node:fs';\nfs.writeFileSync(${JSON.stringify(path.join(directory, 'written'))}, '');\n`);
    const { code, stdout, stderr } = verify('writes.mts');
    assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
    assert.match(stderr, /^loopscope: verify runs the code for real: add --yes to allow it\.\n$/);
    assert.ok(!existsSync(path.join(directory, 'written')));
  });

  it('executes nothing that is not simulated', () => {
    write('udp.mts', "import { createSocket } from 'node:dgram';\ncreateSocket('udp4');\n");
    const { code, stdout } = verify('--yes', 'udp.mts');
    assert.equal(code, 1);
    assert.match(stdout, /^udp\.mts: not run, since it is not simulated: .+\n$/);
    write('broken.ts', 'const = 1;\n');
    assert.equal(verify('--yes', 'broken.ts').code, 2);
  });

  it('says that a race is one', () => {
    write('race.ts', `${onlyForReal}console.log(isReal ? process.pid : 0);\n`);
    const { code, stdout } = verify('--yes', 'race.ts');
    assert.equal(code, 1);
    assert.match(stdout, /Real Node itself printed different things in 3 runs; none is the simulation's/);
  });

  it('stops a program that does not end', () => {
    write('endless.ts', `${onlyForReal}if (isReal) for (;;);\n`);
    const { code, stdout } = verify('--yes', '--timeout', '1500', 'endless.ts');
    assert.deepEqual({ code, stdout }, { code: 1, stdout: 'endless.ts: different: real Node did not end within its time, and was stopped.\n' });
  });

  it('answers one line of JSON a file', () => {
    const { code, stdout } = verify('--yes', '--json', 'throws.ts', 'different.ts', 'udp.mts');
    const lines = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(code, 1);
    assert.deepEqual(lines.map(({ result }) => result), ['equal', 'different', 'not-simulated']);
    assert.deepEqual(lines.map((line) => Object.keys(line)), [
      ['file', 'result', 'race', 'simulation', 'node', 'difference'], ['file', 'result', 'race', 'simulation', 'node', 'difference'],
      ['file', 'result', 'message'],
    ]);
  });

  it('refuses wrong options in one line', () => {
    for (const [args, message] of [[[], /Name a file/], [['nowhere.ts'], /There is no file/], [['--timeout', '0', 'race.ts'], /--timeout takes/]] as const) {
      const { code, stderr } = verify('--yes', ...args);
      assert.equal(code, 2);
      assert.match(stderr, message);
      assert.match(stderr, /^loopscope: .+\n$/);
    }
  });

  it('ends the real run when it is interrupted', async () => {
    const place = path.join(directory, 'pid');
    write('waits.ts', `${onlyForReal}if (isReal) {\n  const fs = (process as any).getBuiltinModule('fs');\n`
      + `  fs.writeFileSync(${JSON.stringify(place)}, String(process.pid));\n  setTimeout(() => {}, 60_000);\n}\n`);
    const child = spawn(process.execPath, [cli, 'verify', '--yes', '--timeout', '50000', 'waits.ts'], { cwd: directory, env, stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => { child.once('close', resolve); });
    while (!existsSync(place) || readFileSync(place, 'utf8') === '') await new Promise((resolve) => { setTimeout(resolve, 50); });
    child.kill('SIGINT');
    assert.equal(await ended, 130);
    assert.throws(() => process.kill(Number(readFileSync(place, 'utf8')), 0), /ESRCH/);
    assert.deepEqual(readdirSync(temporary), []);
  });
});
