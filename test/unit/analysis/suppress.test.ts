/** Why this file exists: a comment ignores what it names on the next line, says why, and does not outlive its use. */
import assert from 'node:assert/strict';
import { edited, harmlessEdits } from '../../../src/analysis/fix-all';
import type { Finding } from '../../../src/analysis/finding';
import { analyse, applied, fileOf, linesOf } from './samples';

const save = 'declare function save(): Promise<number>;\n';

/** `line severity rule` of each finding. */
function found(text: string, name = 'sample.ts'): readonly string[] {
  const { findings } = analyse(text, name);
  const lines = linesOf(text, findings);
  return findings.map(({ severity, rule }, index) => `${String(lines[index])} ${severity} ${rule}`);
}

function ignoring(comment: string): readonly string[] {
  return found(`${save}${comment}\nsave();\nexport {};\n`);
}

describe('comments that ignore', () => {
  it('leave out what they name on the next line, when they say why', () => {
    assert.deepEqual(ignoring('// loopscope-ignore-next-line floating-promise: the process ends here'), []);
    assert.deepEqual(ignoring('/* loopscope-ignore-next-line floating-promise: the process ends here */'), []);
    assert.deepEqual(ignoring('//loopscope-ignore-next-line   floating-promise : why'), []);
  });

  it('ask for a reason', () => {
    assert.deepEqual(ignoring('// loopscope-ignore-next-line floating-promise'), ['2 warning ignore-comment']);
    assert.deepEqual(ignoring('// loopscope-ignore-next-line floating-promise: '), ['2 warning ignore-comment']);
  });

  it('ignore only what they name', () => {
    const other = ignoring('// loopscope-ignore-next-line blocking-call-in-async: why');
    assert.deepEqual(other, ['2 hint ignore-comment', '3 error floating-promise']);
    assert.deepEqual(ignoring('// loopscope-ignore-next-line floting-promise: why'), [
      '2 warning ignore-comment',
      '3 error floating-promise',
    ]);
    assert.deepEqual(ignoring('// loopscope-ignore-next-line'), ['2 warning ignore-comment', '3 error floating-promise']);
  });

  it('may name several rules, and stand above each other', () => {
    const text = `import { readFileSync } from 'node:fs';\n${save}export async function f() {
  // loopscope-ignore-next-line floating-promise, blocking-call-in-async: both are meant
  save(); readFileSync('x');
  // loopscope-ignore-next-line floating-promise: this
  // loopscope-ignore-next-line blocking-call-in-async: and that
  save(); readFileSync('x');
}\n`;
    assert.deepEqual(found(text), []);
  });

  it('are no comments inside texts, templates and patterns', () => {
    const word = 'loopscope-ignore-next-line floating-promise: no';
    const text = `${save}export const all = ['// ${word}', \`\n// ${word}\n\${(save(), 1)}\n// ${word}\`, /\\/\\/ ${word}/];\n`;
    assert.deepEqual(found(text), ['4 error floating-promise'].slice(1));
    assert.deepEqual(found(`${save}export const s = \`\n// ${word}\n\`; save();\n`), ['4 error floating-promise']);
  });

  it('are no comments inside other comments', () => {
    const word = '// loopscope-ignore-next-line floating-promise: no';
    for (const comment of [`/** Write \`${word}\`. */`, `// as in ${word}`, `/*\n ${word}\n*/`])
      assert.deepEqual(found(`${save}${comment}\nsave();\nexport {};\n`).map((each) => each.slice(2)), ['error floating-promise']);
  });

  it('say when there is nothing to ignore, with a fix that takes them away', () => {
    const text = `${save}export async function f() {
  // loopscope-ignore-next-line floating-promise: no longer
  await save();
  await save(); // loopscope-ignore-next-line floating-promise, blocking-call-in-async: no
  save();
}\n`;
    const { findings } = analyse(text);
    const after = edited(text, harmlessEdits(findings));
    assert.equal(after, `${save}export async function f() {
  await save();
  await save(); // loopscope-ignore-next-line floating-promise: no
  save();
}\n`);
    assert.deepEqual(found(after), []);
  });

  it('are written by the finding itself, where a comment can stand', () => {
    function after(text: string, name: string): string {
      const finding: Finding | undefined = analyse(text, name).findings[0];
      assert.ok(finding?.ignore !== undefined);
      return applied(text, fileOf(name), { title: '', edits: [finding.ignore] });
    }
    const plain = `${save}export function f() {\n  save();\n}\n`;
    assert.equal(
      after(plain, 'sample.ts'),
      plain.replace('  save();', '  // loopscope-ignore-next-line floating-promise: \n  save();'),
    );
    assert.deepEqual(found(after(plain, 'sample.ts')), ['3 warning ignore-comment']);
    const jsx = `${save}declare const React: { createElement(...all: unknown[]): object };
export const view = <p>
  {(() => { save(); })()}
</p>;\n`;
    assert.deepEqual(found(after(jsx, 'sample.tsx'), 'sample.tsx'), ['4 warning ignore-comment']);
    const template = `${save}export const s = \`\n\${(() => { save(); })()}\`;\n`;
    assert.equal(analyse(template).findings[0]?.ignore, undefined);
  });
});
