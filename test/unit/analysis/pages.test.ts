/**
 * Why this file exists: the code on every rule's page is true: the bad blocks are found by the rule, the good ones are
 * not.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { atLeast, ruleIds } from '../../../src/analysis/finding';
import { fileOf, projectOf } from './samples';

interface Block {
  readonly heading: string;
  readonly code: string;
}

function blocksOf(page: string): readonly Block[] {
  return page.split(/^## /m).flatMap((section) => {
    const heading = section.slice(0, section.indexOf('\n'));
    return [...section.matchAll(/^```ts\n([^]*?)^```/gm)].map((match) => ({ heading, code: match[1] ?? '' }));
  });
}

describe('pages of the rules', () => {
  for (const rule of ruleIds) {
    it(`${rule}.md keeps its word`, () => {
      const blocks = blocksOf(readFileSync(`media/rules/${rule}.md`, 'utf8'));
      assert.ok(blocks.some(({ heading }) => heading === 'Bad') && blocks.some(({ heading }) => heading === 'Good'));
      const project = projectOf(Object.fromEntries(blocks.map(({ code }, index) => [nameOf(index), code])));
      for (const [index, { heading, code }] of blocks.entries()) {
        const { findings, syntaxProblems } = project.analyse(fileOf(nameOf(index)));
        assert.deepEqual(syntaxProblems, [], code);
        const loud = findings.filter((finding) => finding.rule === rule || atLeast(finding.severity, 'warning'));
        assert.deepEqual([...new Set(loud.map((finding) => finding.rule))], heading === 'Bad' ? [rule] : [], code);
      }
      project.dispose();
    });

    it(`${rule}.ru.md shows the same code`, () => {
      const [english, russian] = ['', '.ru'].map((language) => readFileSync(`media/rules/${rule}${language}.md`, 'utf8'));
      const codes = [english, russian].map((page) => blocksOf(page ?? '').map(({ code }) => code));
      assert.deepEqual(codes[1], codes[0]);
      assert.match(russian ?? '', /[а-я]{3}/);
    });
  }
});

function nameOf(index: number): string {
  return `page-${String(index)}.ts`;
}
