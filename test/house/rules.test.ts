/**
 * Why this file exists: one list of rules decides what the manifest and the README say and which files must exist.
 * `UPDATE=1` writes the manifest and the README anew.
 */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { ruleIds } from '../../src/analysis/finding';
import { rules } from '../../src/analysis/rules/all';
import { incompleteRules, orphans } from './repository';
import { manifestWithRules, readmeWithRules, schemaWithRules } from './rules';

const folders = ['src/analysis/rules', 'test/fixtures/rules', 'media/rules'];
const files = folders.flatMap((folder) => fs.readdirSync(folder).map((name) => `${folder}/${name}`));

function agrees(file: string, made: (text: string) => string): void {
  const text = fs.readFileSync(file, 'utf8');
  if (process.env['UPDATE'] === '1') fs.writeFileSync(file, made(text));
  else assert.equal(text, made(text), `${file} does not list the rules as they are: run this test with UPDATE=1.`);
}

describe('every rule', () => {
  it('has its code, fixture and pages', () => {
    assert.deepEqual(incompleteRules(ruleIds, files), []);
    const complete = [
      'src/analysis/rules/a-rule.ts', 'test/fixtures/rules/a-rule.ts', 'media/rules/a-rule.md',
      'media/rules/a-rule.ru.md',
    ];
    assert.deepEqual(incompleteRules(['a-rule'], complete), []);
    for (const missing of complete) {
      assert.equal(incompleteRules(['a-rule'], complete.filter((file) => file !== missing)).length, 1);
    }
  });

  it('is there for every page', () => {
    assert.deepEqual(orphans(ruleIds, files), []);
    assert.deepEqual(orphans(['a-rule'], ['media/rules/gone.md', 'media/rules/a-rule.md']), ['media/rules/gone.md']);
  });

  it('is registered under its own name', () => {
    assert.deepEqual(ruleIds.map((id) => rules[id].id), ruleIds);
  });

  it('has its setting in the manifest and in the schema, and its row in the README', () => {
    agrees('media/schema/loopscope.json', schemaWithRules);
    agrees('package.json', manifestWithRules);
    agrees('README.md', readmeWithRules);
  });
});
