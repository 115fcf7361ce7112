/** Why this file exists: every rule finds what its fixture marks with carets, there and nowhere else. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ruleIds } from '../../../src/analysis/finding';
import { lineStarts, positionAt } from '../../../src/base/text';
import { fileOf, projectOf } from './samples';

/** `line:column-column rule` of each `// ^^^ rule`, which stands under the code it marks. */
function marked(text: string): readonly string[] {
  const marks: string[] = [];
  let codeLine = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^\s*\/\/\s*(\^+) ([\w-]+)$/.exec(line) ?? /^\/\/(\^+) ([\w-]+)$/.exec(line);
    if (mark === null) codeLine = index + 1;
    else
      marks.push(
        `${String(codeLine)}:${String(line.indexOf('^') + 1)}-${String(line.lastIndexOf('^') + 2)} ${mark[2] ?? ''}`,
      );
  }
  return marks;
}

describe('rules', () => {
  const project = projectOf({});
  after(() => {
    project.dispose();
  });

  for (const rule of ruleIds) {
    it(`${rule} finds exactly what its fixture marks`, () => {
      const file = fileOf(`${rule}.ts`);
      const text = readFileSync(file, 'utf8');
      const starts = lineStarts(text);
      const expected = marked(text).filter((mark) => mark.endsWith(` ${rule}`));
      const found = project
        .analyse(file)
        .findings.filter((finding) => finding.rule === rule)
        .map(({ range }) => {
          const { line, column } = positionAt(starts, range.start);
          return `${String(line)}:${String(column)}-${String(positionAt(starts, range.end).column)} ${rule}`;
        });
      assert.ok(expected.length > 0);
      assert.deepEqual(found, expected);
    });
  }

  it('shows the chain across files, in the order of the calls', () => {
    const [finding] = project.analyse(fileOf('transitive-blocking-call.ts')).findings;
    assert.match(finding?.message ?? '', /`loadConfig` → `readJson` → `readFileSync`/);
    assert.deepEqual(
      finding?.related.map((place) => place.file.slice(place.file.lastIndexOf('/') + 1)),
      ['transitive-blocking-call.ts', 'transitive-blocking-call.ts', 'config.ts', 'config.ts'],
    );
  });
});
