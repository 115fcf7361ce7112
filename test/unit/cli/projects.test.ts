/**
 * Why this file exists: `check` on whole projects: several tsconfigs and references, settings files, a baseline, only
 * what changed, fixes, and SARIF that its schema accepts.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { default as Ajv } from 'ajv-draft-04';
import addFormats from 'ajv-formats';

const cli = path.resolve('dist/cli.js');
const sarifSchema = 'node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';

interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Report {
  readonly findings: readonly { readonly rule: string; readonly file: string; readonly line: number }[];
}

describe('loopscope check on projects', function () {
  this.timeout(120_000);
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'loopscope-projects-')));

  function loopscope(...args: readonly string[]): Answer {
    const result = spawnSync(process.execPath, [cli, ...args], { cwd: directory, encoding: 'utf8' });
    return { code: result.status, stdout: result.stdout, stderr: result.stderr };
  }

  /** `file:line rule` of each finding. */
  function found(...args: readonly string[]): readonly string[] {
    const { stdout, stderr } = loopscope('check', '--format', 'json', ...args);
    assert.equal(stderr, '');
    // The shape is the contract's, which has a test of its own.
    const { findings } = JSON.parse(stdout) as Report;
    return findings.map(({ rule, file, line }) => `${file}:${String(line)} ${rule}`);
  }

  function write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(directory, name)), { recursive: true });
    writeFileSync(path.join(directory, name), text);
  }

  function git(...args: readonly string[]): void {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b.c', '-c', 'init.defaultBranch=main'];
    const { status, stderr } = spawnSync('git', [...who, ...args], { cwd: directory, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  }

  const floating = 'declare function save(): Promise<void>;\nsave();\nexport {};\n';
  const composite = '{ "compilerOptions": { "composite": true, "module": "nodenext", "target": "es2022" }, "include": ["*.ts"]';

  beforeEach(() => {
    rmSync(directory, { recursive: true });
    mkdirSync(directory);
  });

  after(() => {
    rmSync(directory, { recursive: true });
  });

  /** Three packages, a blocking helper in the first, used by the second. */
  function monorepo(): void {
    write('tsconfig.json', '{ "files": [], "references": [{ "path": "core" }, { "path": "app" }] }');
    write('core/tsconfig.json', `${composite} }`);
    write('core/read.ts', "import { readFileSync } from 'node:fs';\nexport function read(): unknown {\n  return readFileSync('x');\n}\n");
    write('app/tsconfig.json', `${composite}, "references": [{ "path": "../core" }] }`);
    write('app/main.ts', "import { read } from '../core/read.js';\nexport async function main() {\n  return read();\n}\n");
    write('app/other.ts', floating);
    write('alone/loose.ts', floating);
  }

  it('follows the references of a solution, and calls across them', () => {
    monorepo();
    const expected = ['app/main.ts:3 transitive-blocking-call', 'app/other.ts:2 floating-promise'];
    assert.deepEqual(found('-p', 'tsconfig.json'), expected);
    assert.deepEqual(found(), expected);
    assert.deepEqual(found('app', 'alone'), ['alone/loose.ts:2 floating-promise', ...expected]);
    const { functions } = JSON.parse(loopscope('colors', '-p', 'tsconfig.json').stdout) as { functions: { name: string }[] };
    assert.deepEqual(functions.map(({ name }) => name).filter((name) => name !== '<module>'), ['main', 'read']);
  });

  it('takes each folder by its own tsconfig where none stands above', () => {
    monorepo();
    rmSync(path.join(directory, 'tsconfig.json'));
    assert.deepEqual(found(), [
      'alone/loose.ts:2 floating-promise',
      'app/main.ts:3 transitive-blocking-call',
      'app/other.ts:2 floating-promise',
    ]);
  });

  it('reads loopscope.json, before which an option goes, and says what is wrong with one', () => {
    monorepo();
    write('loopscope.json', '{ "ignore": ["alone/"], "rules": { "floating-promise": "off" } }');
    assert.deepEqual(found('app', 'alone'), ['app/main.ts:3 transitive-blocking-call']);
    const forced = found('app', 'alone', '--rule', 'floating-promise=hint', '--rule', 'transitive-blocking-call=off');
    assert.deepEqual(forced, ['app/other.ts:2 floating-promise']);
    write('loopscope.json', '{ "rules": { "floating-promise": "loud" } }');
    const { code, stdout, stderr } = loopscope('check');
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^loopscope: Cannot use [^\n]+loopscope\.json: rules\.floating-promise is one of [^\n]+\n$/);
  });

  it('knows what a baseline lists, and tells what is new', () => {
    write('a.ts', floating);
    assert.match(loopscope('check', '--write-baseline').stderr, /^Wrote 1 finding to loopscope-baseline\.json/);
    assert.deepEqual(found('--baseline', 'loopscope-baseline.json'), []);
    write('a.ts', `const first = 1;\n${floating}save();\nexport { first };\n`);
    assert.deepEqual(found('--baseline', 'loopscope-baseline.json'), ['a.ts:5 floating-promise']);
    write('loopscope.json', '{ "baseline": "loopscope-baseline.json" }');
    assert.deepEqual(found(), ['a.ts:5 floating-promise']);
    // What a baseline hides is written again.
    assert.match(loopscope('check', '--write-baseline').stderr, /^Wrote 2 findings/);
    assert.deepEqual(found(), []);
    const { code, stderr } = loopscope('check', '--baseline', 'none.json');
    assert.equal(code, 2);
    assert.match(stderr, /^loopscope: Cannot find the baseline [^\n]+\n$/);
  });

  it('looks only at what changed since a revision, and at what imports it', () => {
    monorepo();
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'a');
    assert.deepEqual(found('--since', 'HEAD'), []);
    write('core/read.ts', `${readFileSync(path.join(directory, 'core/read.ts'), 'utf8')}// changed\n`);
    assert.deepEqual(found('--since', 'HEAD'), ['app/main.ts:3 transitive-blocking-call']);
    write('app/new.ts', floating);
    assert.deepEqual(found('--since', 'HEAD'), ['app/main.ts:3 transitive-blocking-call', 'app/new.ts:2 floating-promise']);
    git('add', '.');
    git('commit', '-qm', 'b');
    assert.deepEqual(found('--since', 'HEAD'), []);
    assert.equal(found('--since', 'HEAD~1').length, 2);
    const { code, stderr } = loopscope('check', '--since', 'no-such');
    assert.deepEqual([code, stderr], [2, 'loopscope: git knows no revision "no-such".\n']);
  });

  it('looks at everything when a tsconfig changed', () => {
    monorepo();
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'a');
    write('core/tsconfig.json', `${composite}, "exclude": [] }`);
    assert.equal(found('--since', 'HEAD').length, 2);
  });

  it('says that --since needs a repository', () => {
    write('a.ts', floating);
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(directory) };
    const { status, stderr } = spawnSync(process.execPath, [cli, 'check', '--since', 'HEAD'], { cwd: directory, encoding: 'utf8', env });
    assert.equal(status, 2);
    assert.match(stderr, /^loopscope: --since needs git and a repository[^\n]+\n$/);
  });

  it('applies harmless fixes, and says how many files it changed', () => {
    const idle = '// loopscope-ignore-next-line floating-promise: no longer\n';
    write('a.ts', `\uFEFFdeclare function save(): Promise<void>;\r\n${idle.replace('\n', '\r\n')}void save();\r\n`);
    write('b.ts', floating);
    const { code, stdout } = loopscope('check', '--fix');
    assert.equal(code, 1);
    assert.match(stdout, /Fixed 1 file\. 1 error in 2 files/);
    assert.equal(readFileSync(path.join(directory, 'a.ts'), 'utf8'), '\uFEFFdeclare function save(): Promise<void>;\r\nvoid save();\r\n');
    assert.equal(readFileSync(path.join(directory, 'b.ts'), 'utf8'), floating);
  });

  it('writes SARIF that its schema accepts', () => {
    monorepo();
    const validate = addFormats(new Ajv({ strict: false, unicodeRegExp: false })).compile(JSON.parse(readFileSync(sarifSchema, 'utf8')) as object);
    const { stdout } = loopscope('check', 'app', 'alone', '--format', 'sarif');
    const log: unknown = JSON.parse(stdout);
    assert.ok(validate(log), JSON.stringify(validate.errors, undefined, 2));
    assert.equal((log as { runs: { results: unknown[] }[] }).runs[0]?.results.length, 3);
    const wrong = { ...(log as object), version: '2.0.0' };
    assert.equal(validate(wrong), false);
  });
});
