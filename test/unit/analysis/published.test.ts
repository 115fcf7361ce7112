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
  this.timeout(120_000);

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

  it('and 323 texts of our own are answered as typescript-eslint does, but for what is listed', () => {
    // The file is ours and written in this shape.
    const { cases } = JSON.parse(
      readFileSync('test/fixtures/published/beside-typescript-eslint.json', 'utf8'),
    ) as { readonly cases: readonly Beside[] };
    assert.equal(cases.length, 323);
    const answers = findingsOf(cases);
    for (const [index, { code, lines, differs = [] }] of cases.entries()) {
      for (const [name, rules] of Object.entries(counterparts)) {
        const expected = new Set(lines[name] ?? []);
        for (const { line } of differs.filter(({ rule }) => rule === name)) {
          if (!expected.delete(line)) expected.add(line);
        }
        // What is no promise is awaited for nothing anywhere, which `return-await` only says of `return`.
        const ours = (answers[index] ?? []).filter(
          ({ rule, line }) =>
            rules.includes(rule) &&
            (name !== 'return-await' || rule !== 'await-non-thenable' || expected.has(line)),
        );
        const found = new Set(ours.map(({ line }) => line));
        assert.deepEqual([...found].sort(byNumber), [...expected].sort(byNumber), `${name}:\n${code}`);
      }
    }
  });
});

interface Beside {
  readonly code: string;
  readonly lines: Readonly<Record<string, readonly number[]>>;
  /** Where we answer otherwise on purpose. */
  readonly differs?: readonly { readonly rule: string; readonly line: number; readonly why: string }[];
  readonly jsx?: boolean;
}

function byNumber(a: number, b: number): number {
  return a - b;
}

/** For each text, the rules and lines of what we find. */
function findingsOf(cases: readonly { readonly code: string; readonly jsx?: boolean }[]) {
  const texts = cases.map((each, index) => [nameOf(each, index), `${each.code}\nexport {};`] as const);
  const project = projectOf(Object.fromEntries(texts));
  const found = cases.map((each, index) => {
    const { findings } = project.analyse(fileOf(nameOf(each, index)));
    const lines = linesOf(each.code, findings);
    return findings.map(({ rule }, at) => ({ rule, line: lines[at] ?? 0 }));
  });
  project.dispose();
  return found;
}

function measured(cases: readonly Case[], rules: readonly RuleId[]) {
  const answers = findingsOf(cases);
  let hit = 0;
  const missed: string[] = [];
  const extra: string[] = [];
  for (const [index, each] of cases.entries()) {
    const ours = (answers[index] ?? []).filter(({ rule }) => rules.includes(rule));
    const found = new Set(ours.map(({ line }) => line));
    const expected = new Set(each.lines);
    for (const line of expected) {
      if (found.has(line)) hit += 1;
      else missed.push(`${each.id}:${String(line)}`);
    }
    extra.push(...[...found].filter((line) => !expected.has(line)).map((line) => `${each.id}:${String(line)}`));
  }
  return { hit, missed, extra };
}

function nameOf({ jsx }: { readonly jsx?: boolean }, index: number): string {
  return `published-${String(index)}.${jsx === true ? 'tsx' : 'ts'}`;
}
