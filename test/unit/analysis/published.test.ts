/** Why this file exists: `floating-promise` must answer the published cases of typescript-eslint, line by line. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileOf, linesOf, projectOf } from './samples';

interface Published {
  readonly cases: readonly { readonly id: string; readonly code: string; readonly lines: readonly number[] }[];
}

describe('published cases of no-floating-promises', () => {
  it('are answered with recall and precision of at least 0.97', function () {
    this.timeout(60_000);
    // The file is ours and written in this shape.
    const { cases } = JSON.parse(
      readFileSync('test/fixtures/published/no-floating-promises.json', 'utf8'),
    ) as Published;
    const texts = Object.fromEntries(cases.map(({ code }, index) => [nameOf(index), `${code}\nexport {};`]));
    const project = projectOf(texts);
    const wrong: string[] = [];
    let [hit, missed, extra] = [0, 0, 0];
    for (const [index, { id, code, lines }] of cases.entries()) {
      const findings = project
        .analyse(fileOf(nameOf(index)))
        .findings.filter((finding) => finding.rule === 'floating-promise');
      const found = new Set(linesOf(code, findings));
      const expected = new Set(lines);
      for (const line of expected) if (found.has(line)) hit += 1;
      for (const line of expected)
        if (!found.has(line)) missed += wrong.push(`${id}: missed line ${String(line)}`) > 0 ? 1 : 0;
      for (const line of found)
        if (!expected.has(line)) extra += wrong.push(`${id}: extra line ${String(line)}`) > 0 ? 1 : 0;
    }
    project.dispose();
    assert.ok(cases.length >= 50 && hit >= 50, 'the cases are there');
    assert.ok(hit / (hit + missed) >= 0.97, `recall ${String(hit / (hit + missed))}: ${wrong.join('; ')}`);
    assert.ok(hit / (hit + extra) >= 0.97, `precision ${String(hit / (hit + extra))}: ${wrong.join('; ')}`);
  });
});

function nameOf(index: number): string {
  return `published-${String(index)}.ts`;
}
