/** Why this file exists: every rule finds what its fixture marks with carets, there and nowhere else. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { type Finding, ruleIds } from '../../../src/analysis/finding';
import { lineStarts, positionAt } from '../../../src/base/text';
import { fileOf, fixtures, projectOf } from './samples';

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

function mark({ range, rule }: Finding, text: string): string {
  const starts = lineStarts(text);
  const [start, end] = [positionAt(starts, range.start), positionAt(starts, range.end)];
  // A finding of several lines is marked as far as its first one goes.
  const lineLength = (starts[start.line] ?? text.length) - (starts[start.line - 1] ?? 0);
  const last = end.line === start.line ? end.column : lineLength;
  return `${String(start.line)}:${String(start.column)}-${String(last)} ${rule}`;
}

describe('rules', () => {
  const project = projectOf({});
  after(() => {
    project.dispose();
  });

  for (const rule of ruleIds) {
    it(`${rule} finds exactly what its fixtures mark`, () => {
      const names = readdirSync(fixtures).filter((name) => name.startsWith(`${rule}.`));
      for (const name of names) {
        const text = readFileSync(fileOf(name), 'utf8');
        const expected = marked(text).filter((mark) => mark.endsWith(` ${rule}`));
        const found = project.analyse(fileOf(name)).findings.filter((finding) => finding.rule === rule);
        assert.ok(expected.length > 0);
        assert.deepEqual(found.map((each) => mark(each, text)), expected);
      }
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
