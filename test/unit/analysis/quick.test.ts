/**
 * Why this file exists: while one types, a quick answer asks the checker about what is edited alone. It must be the
 * whole answer wherever the edit changes nothing elsewhere, with every place where it is now.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Project } from '../../../src/analysis/project';
import { openProject } from '../../../src/analysis/project';
import { fileOf, fixtures, projectOf } from './samples';

/** Starts of lines where a comment may stand: not inside a template. */
function roomsFor(text: string): readonly number[] {
  const starts = [...text.matchAll(/^(?=[ \t]*\S)/gm)].map(({ index }) => index);
  return starts.filter((at) => (text.slice(0, at).match(/`/g) ?? []).length % 2 === 0);
}

interface Answer {
  readonly rules: readonly string[];
  readonly isWhole: boolean;
}

function answer(project: Project, name: string, isQuick: boolean): Answer {
  const { findings, isWhole } = project.analyse(fileOf(name), { isQuick });
  return { rules: findings.map((finding) => finding.rule), isWhole };
}

describe('quick answers', function () {
  this.timeout(240_000);

  it('are the whole ones after edits that mean nothing', () => {
    const project = openProject({ root: fixtures, tsconfig: `${fixtures}/tsconfig.json` });
    let compared = 0;
    for (const name of readdirSync(fixtures).filter((each) => /^[\w-]+\.ts$/.test(each))) {
      const text = readFileSync(fileOf(name), 'utf8');
      const rooms = roomsFor(text);
      project.analyse(fileOf(name));
      for (const share of [0.3, 0.8]) {
        const at = rooms[Math.floor(rooms.length * share)] ?? 0;
        project.update(fileOf(name), `${text.slice(0, at)}// a note\n${text.slice(at)}`);
        const quick = project.analyse(fileOf(name), { isQuick: true });
        const whole = project.analyse(fileOf(name));
        assert.ok(whole.isWhole);
        assert.deepEqual(quick.findings, whole.findings, `${name} at ${String(at)}`);
        assert.deepEqual(quick.model, whole.model, `${name} at ${String(at)}`);
        compared += quick.isWhole ? 0 : 1;
      }
      project.update(fileOf(name), undefined);
    }
    assert.ok(compared > 60, String(compared));
    project.dispose();
  });

  it('see the edit itself at once, and what it means elsewhere in the whole answer', () => {
    const plain = 'interface Store { save(): void }\nexport function use(store: Store) {\n  store.save();\n}\n';
    const project = projectOf({ 'quick.ts': plain });
    assert.deepEqual(answer(project, 'quick.ts', false), { rules: [], isWhole: true });
    const promised = plain.replace('void', 'Promise<void>');
    project.update(fileOf('quick.ts'), promised);
    assert.deepEqual(answer(project, 'quick.ts', true), { rules: [], isWhole: false });
    assert.deepEqual(answer(project, 'quick.ts', false), { rules: ['floating-promise'], isWhole: true });
    project.update(fileOf('quick.ts'), promised.replace('  store.save();', '  store.save();\n  store.save();'));
    assert.deepEqual(answer(project, 'quick.ts', true).rules, ['floating-promise', 'floating-promise']);
    project.update(fileOf('quick.ts'), promised.replace('  store.save();', '  void store.save();'));
    assert.deepEqual(answer(project, 'quick.ts', true).rules, []);
    assert.deepEqual(answer(project, 'quick.ts', false), { rules: [], isWhole: true });
    project.dispose();
  });

  it('follow key after key without a whole answer between', () => {
    const text = 'export class Store {\n  async save(): Promise<void> {}\n  a() { }\n  b() { this.save(); }\n}\n';
    const project = projectOf({ 'keys.ts': text });
    assert.deepEqual(answer(project, 'keys.ts', false).rules, ['floating-promise']);
    let now = text;
    for (const key of 'this.save();') {
      now = now.replace(/( \}\n {2}b)/, `${key}$1`);
      project.update(fileOf('keys.ts'), now);
      assert.ok(answer(project, 'keys.ts', true).rules.length >= 1, now);
    }
    assert.deepEqual(answer(project, 'keys.ts', true).rules, ['floating-promise', 'floating-promise']);
    assert.deepEqual(answer(project, 'keys.ts', false), { rules: ['floating-promise', 'floating-promise'], isWhole: true });
    project.dispose();
  });
});
