/** Why this file exists: `loopscope.json` and a baseline mean for every face what they say, and say what is wrong. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv from 'ajv';
import type { Finding } from '../../../src/analysis/finding';
import { openProject } from '../../../src/analysis/project';
import type { ProjectOptions } from '../../../src/analysis/project-options';
import { baselineText, newFindings, readBaseline } from '../../../src/analysis/settings/baseline';
import { matcherOf } from '../../../src/analysis/settings/globs';
import { readSettingsFile } from '../../../src/analysis/settings/settings-file';

const floating = 'declare function save(): Promise<void>;\nsave();\n';

describe('loopscope.json', function () {
  this.timeout(60_000);
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'loopscope-settings-'))).replaceAll('\\', '/');

  after(() => {
    rmSync(directory, { recursive: true });
  });

  function write(name: string, text: string): void {
    mkdirSync(path.dirname(`${directory}/${name}`), { recursive: true });
    writeFileSync(`${directory}/${name}`, text);
  }

  function severities(name: string, options: Partial<ProjectOptions> = {}): readonly string[] {
    const project = openProject({ root: directory, engine: 'typescript-6', ...options });
    const { findings } = project.analyse(`${directory}/${name}`);
    project.dispose();
    return findings.map(({ severity }) => severity);
  }

  before(() => {
    for (const name of ['a.ts', 'generated/b.ts', 'test/c.ts', 'test/special/d.ts', 'inner/e.ts']) write(name, floating);
    write('loopscope.json', `{
      // Comments are allowed.
      "rules": { "floating-promise": "warning" },
      "ignore": ["generated/"],
      "overrides": [
        { "files": ["test/**"], "rules": { "floating-promise": "information" } },
        { "files": ["**/special/*.ts"], "rules": { "floating-promise": "off" } },
      ],
    }`);
    write('inner/loopscope.json', '{}');
  });

  it('holds for the files below it, the nearest alone', () => {
    assert.deepEqual(severities('a.ts'), ['warning']);
    assert.deepEqual(severities('inner/e.ts'), ['error']);
  });

  it('ignores and overrides by globs', () => {
    assert.deepEqual(severities('generated/b.ts'), []);
    assert.deepEqual(severities('test/c.ts'), ['info']);
    assert.deepEqual(severities('test/special/d.ts'), []);
  });

  it('goes before the person, and the question before it', () => {
    assert.deepEqual(severities('a.ts', { rules: { 'floating-promise': 'off' } }), ['warning']);
    assert.deepEqual(severities('inner/e.ts', { rules: { 'floating-promise': 'hint' } }), ['hint']);
    assert.deepEqual(severities('a.ts', { forcedRules: { 'floating-promise': 'hint' } }), ['hint']);
  });

  it('is read again when it changes', () => {
    const project = openProject({ root: directory, engine: 'typescript-6' });
    function severity(): string | undefined {
      return project.analyse(`${directory}/inner/e.ts`).findings[0]?.severity;
    }
    assert.equal(severity(), 'error');
    write('inner/loopscope.json', '{ "rules": { "floating-promise": "hint" } }');
    project.update(`${directory}/inner/loopscope.json`, undefined);
    assert.equal(severity(), 'hint');
    write('inner/loopscope.json', '{');
    project.update(`${directory}/inner/loopscope.json`, undefined);
    assert.match(project.analyse(`${directory}/inner/e.ts`).settingsProblem ?? '', /inner\/loopscope\.json/);
    write('inner/loopscope.json', '{}');
    project.dispose();
  });

  const wrong: Readonly<Record<string, RegExp>> = {
    '{': /Cannot read/,
    '[]': /must be an object/,
    '{ "rule": {} }': /no setting "rule"/,
    '{ "rules": { "floting": "off" } }': /no rule "floting"/,
    '{ "rules": { "floating-promise": "loud" } }': /"off", "hint"/,
    '{ "ignore": "x" }': /must be a list/,
    '{ "ignore": [1] }': /must be a text/,
    '{ "overrides": [{ "files": ["x"] }] }': /must be an object/,
    '{ "overrides": [{ "files": ["x"], "rules": {}, "env": 1 }] }': /not "env"/,
  };

  it('says in one line what is wrong with it, and so does its schema', () => {
    const schema: unknown = JSON.parse(readFileSync('media/schema/loopscope.json', 'utf8'));
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema as object);
    for (const [text, message] of Object.entries(wrong)) {
      const read = readSettingsFile('/p/loopscope.json', text);
      assert.match(read.kind === 'unusable' ? read.message : 'can be used', message);
      if (text !== '{') assert.equal(validate(JSON.parse(text)), false, text);
    }
    const right = { $schema: 'x', rules: { 'floating-promise': 'off' }, ignore: ['a'], baseline: 'b.json', overrides: [{ files: ['a'], rules: {} }] };
    assert.ok(validate(right), JSON.stringify(validate.errors));
    assert.equal(readSettingsFile('/p/loopscope.json', JSON.stringify(right)).kind, 'settings');
  });
});

describe('globs', () => {
  it('count from their folder', () => {
    const cases: readonly [string, string, boolean][] = [
      ['*.gen.ts', '/p/a/b.gen.ts', true],
      ['src/*.ts', '/p/src/a.ts', true],
      ['src/*.ts', '/p/x/src/a.ts', false],
      ['src/**', '/p/src/a/b.ts', true],
      ['./src/', '/p/src/a/b.ts', true],
      ['generated/', '/p/x/generated/a.ts', true],
      ['generated', '/p/generated/a.ts', false],
      ['**', '/q/a.ts', false],
      ['.hidden/**', '/p/.hidden/a.ts', true],
      ['{a,b}/**', '/p/b/c.ts', true],
    ];
    for (const [glob, file, is] of cases) assert.equal(matcherOf([glob], '/p')(file), is, `${glob} ${file}`);
    assert.equal(matcherOf(['**'], '/')('/a.ts'), true);
  });
});

describe('a baseline', () => {
  function findingAt(start: number, file = '/p/src/a.ts'): Finding {
    const range = { start, end: start + 1 };
    return { rule: 'floating-promise', severity: 'error', file, range, message: '', related: [], fixes: [] };
  }

  it('knows findings by their line, wherever it is now', () => {
    const text = 'save();\nsave();\n';
    const written = baselineText('/p/ci/base.json', [findingAt(0), findingAt(8)], () => text);
    assert.deepEqual(JSON.parse(written), {
      version: 1,
      findings: [{ file: '../src/a.ts', rule: 'floating-promise', line: 'save();', count: 2 }],
    });
    const baseline = readBaseline('/p/ci/base.json', written);
    assert.ok(typeof baseline !== 'string');
    const later = 'load();\n\n  save();\n  save();\n  save();\n';
    const now = [0, 11, 21, 31].map((start) => findingAt(start));
    assert.deepEqual(newFindings(now, later, baseline).map(({ range }) => range.start), [0, 31]);
  });

  it('says when it cannot be used', () => {
    function problem(text: string | undefined): string {
      const read = readBaseline('/p/b.json', text);
      return typeof read === 'string' ? read : 'can be used';
    }
    assert.match(problem(undefined), /Cannot find the baseline \/p\/b\.json/);
    for (const text of ['', '[]', '{ "version": 2 }', '{ "version": 1, "findings": [{}] }'])
      assert.match(problem(text), /Cannot use the baseline/);
  });
});
