/**
 * Why this file exists: a project answers for the text as it is now: after edits here and elsewhere, half-written,
 * cancelled, cyclic.
 */
import assert from 'node:assert/strict';
import { Cancelled, openProject, ProjectError } from '../../../src/analysis/project';
import { fileOf, fixtures, projectOf } from './samples';

const handler = "import { load } from './load';\nexport async function handle() {\n  load();\n}";
const quick = 'export function load(): number { return 1; }';
const blocking =
  "import { readFileSync } from 'fs';\nexport function load(): string { return readFileSync('x', 'utf8'); }";
const promised = 'export async function load(): Promise<number> { return 1; }';

describe('project', () => {
  it('sees an edit in a file that is imported', () => {
    const project = projectOf({ 'handler.ts': handler, 'load.ts': quick });
    function rules(): readonly string[] {
      return project.analyse(fileOf('handler.ts')).findings.map((finding) => finding.rule);
    }
    assert.deepEqual(rules(), []);
    project.update(fileOf('load.ts'), blocking);
    assert.deepEqual(rules(), ['transitive-blocking-call']);
    project.update(fileOf('load.ts'), promised);
    assert.deepEqual(rules(), ['floating-promise']);
    project.update(fileOf('load.ts'), quick);
    assert.deepEqual(rules(), []);
    project.dispose();
  });

  it('answers quickly with what was known of other files, and says so', () => {
    const middle = "import { load } from './load';\nexport function middle() { load(); }";
    const asks = "import { middle } from './middle';\nexport async function handle() {\n  middle();\n}";
    const project = projectOf({ 'handler.ts': asks, 'middle.ts': middle, 'load.ts': quick });
    const rules = (isQuick: boolean): readonly string[] => {
      const { findings, isWhole } = project.analyse(fileOf('handler.ts'), { isQuick });
      return [...findings.map((finding) => finding.rule), isWhole ? 'whole' : 'quick'];
    };
    assert.deepEqual(rules(true), ['whole']);
    project.update(fileOf('load.ts'), `${'\n'.repeat(5)}${blocking}`);
    assert.equal(rules(true).at(-1), 'quick');
    assert.deepEqual(rules(false), ['transitive-blocking-call', 'whole']);
    assert.deepEqual(rules(true), ['transitive-blocking-call', 'whole']);
    project.dispose();
  });

  it('sees a file that an import was waiting for', () => {
    const project = projectOf({ 'handler.ts': handler });
    assert.deepEqual(project.analyse(fileOf('handler.ts')).findings, []);
    project.update(fileOf('load.ts'), promised);
    assert.equal(project.analyse(fileOf('handler.ts')).findings.length, 1);
    project.dispose();
  });

  it('analyses what parses of a half-written file', () => {
    const text = 'async function save() {}\nexport async function f() {\n  save();\n  const x = ;\n}';
    const project = projectOf({ 'half.ts': text });
    const { findings, syntaxProblems } = project.analyse(fileOf('half.ts'));
    assert.deepEqual(
      findings.map((finding) => finding.rule),
      ['floating-promise'],
    );
    assert.deepEqual(
      syntaxProblems.map((problem) => problem.message),
      ['Expression expected.'],
    );
    project.dispose();
  });

  it('stops when it is told to, and answers whole afterwards', () => {
    const project = projectOf({ 'handler.ts': handler, 'load.ts': blocking });
    let asked = 0;
    assert.throws(() => project.analyse(fileOf('handler.ts'), { isCancelled: () => (asked += 1) > 1 }), Cancelled);
    assert.equal(project.analyse(fileOf('handler.ts')).findings.length, 1);
    project.dispose();
  });

  it('follows cyclic imports and recursion', () => {
    const a =
      "import { b } from './b';\nexport function a(n: number): void { if (n > 0) b(n - 1); }\nexport async function f() { a(3); }";
    const b =
      "import { a } from './a';\nimport { rmSync } from 'fs';\nexport function b(n: number): void { a(n); rmSync('x'); }";
    const project = projectOf({ 'a.ts': a, 'b.ts': b });
    assert.match(project.analyse(fileOf('a.ts')).findings[0]?.message ?? '', /`a` → `b` → `rmSync`/);
    project.dispose();
  });

  it('turns rules off and sets their severity', () => {
    const project = projectOf({ 'handler.ts': handler, 'load.ts': promised });
    project.configure({ 'floating-promise': 'info' });
    assert.equal(project.analyse(fileOf('handler.ts')).findings[0]?.severity, 'info');
    project.configure({ 'floating-promise': 'off' });
    assert.deepEqual(project.analyse(fileOf('handler.ts')).findings, []);
    project.dispose();
  });

  it('says in one line what it cannot use', () => {
    assert.throws(() => openProject({ root: fixtures, tsconfig: `${fixtures}/none.json` }), ProjectError);
    const project = projectOf({});
    assert.throws(() => project.analyse(fileOf('none.ts')), ProjectError);
    project.dispose();
  });
});
