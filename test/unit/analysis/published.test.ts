/** Why this file exists: our rules must answer the published cases of typescript-eslint, line by line. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { RuleId } from '../../../src/analysis/finding';
import { fileOf, linesOf, projectOf } from './samples';

interface Published {
  readonly cases: readonly Case[];
}

interface Case {
  readonly id: string;
  readonly code: string;
  readonly lines: readonly number[];
  readonly jsx?: boolean;
}

/** By the name of their rule, ours that together answer the same question. */
const counterparts: Readonly<Record<string, readonly RuleId[]>> = {
  'no-floating-promises': ['floating-promise'],
  'no-misused-promises': [
    'promise-in-condition', 'async-callback-void', 'async-foreach', 'async-predicate', 'async-reduce',
    'async-timer-callback', 'promise-spread',
  ],
  'await-thenable': ['await-non-thenable', 'async-iterable-misuse'],
  'return-await': ['return-await-lost-catch', 'redundant-return-await', 'await-non-thenable'],
};

describe('published cases', function () {
  this.timeout(60_000);

  for (const [name, rules] of Object.entries(counterparts)) {
    it(`of ${name} are answered with recall and precision of at least 0.97`, () => {
      // The file is ours and written in this shape.
      const { cases } = JSON.parse(readFileSync(`test/fixtures/published/${name}.json`, 'utf8')) as Published;
      const { hit, missed, extra } = measured(cases, rules);
      const wrong = [...missed.map((each) => `missed ${each}`), ...extra.map((each) => `extra ${each}`)].join('\n');
      assert.ok(cases.length >= 25 && hit >= 10, 'the cases are there');
      const [recall, precision] = [hit / (hit + missed.length), hit / (hit + extra.length)];
      console.log(`      ${name}: recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}, ${String(hit)} lines`);
      assert.ok(recall >= 0.97, `recall ${String(recall)}:\n${wrong}`);
      assert.ok(precision >= 0.97, `precision ${String(precision)}:\n${wrong}`);
    });
  }
});

function measured(cases: readonly Case[], rules: readonly RuleId[]) {
  const texts = Object.fromEntries(cases.map((each, index) => [nameOf(each, index), `${each.code}\nexport {};`]));
  const project = projectOf(texts);
  let hit = 0;
  const missed: string[] = [];
  const extra: string[] = [];
  for (const [index, each] of cases.entries()) {
    const { findings } = project.analyse(fileOf(nameOf(each, index)));
    const ours = findings.filter((finding) => rules.includes(finding.rule));
    const found = new Set(linesOf(each.code, ours));
    const expected = new Set(each.lines);
    for (const line of expected) {
      if (found.has(line)) hit += 1;
      else missed.push(`${each.id}:${String(line)}`);
    }
    extra.push(...[...found].filter((line) => !expected.has(line)).map((line) => `${each.id}:${String(line)}`));
  }
  project.dispose();
  return { hit, missed, extra };
}

function nameOf({ jsx }: Case, index: number): string {
  return `published-${String(index)}.${jsx === true ? 'tsx' : 'ts'}`;
}
