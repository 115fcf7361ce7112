/**
 * Why this file exists: findings as one types, their fix, lenses and the hover, as a person meets them in the editor.
 */
import assert from 'node:assert/strict';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';

describe('findings in the editor', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await startWorkbench({ folder: 'test/fixtures/editor', settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    await workbench.open('scratch.ts');
  });
  after(() => workbench.close());

  it('underline a floating promise while one types', async () => {
    await workbench.moveCursor(10, 1);
    await workbench.type("  save('draft');");
    const problem = await eventually(async () => {
      const found = (await workbench.problems()).find(({ text }) => text.includes('floating-promise'));
      assert.ok(found);
      return found;
    });
    assert.equal(problem.severity, 'error');
    assert.match(problem.text, /loopscope/);
  });

  it('show what blocks through a helper, with the way there', async () => {
    const texts = (await workbench.problems()).map(({ text }) => text);
    assert.ok(texts.some((text) => text.includes('transitive-blocking-call')), texts.join('\n'));
  });

  it('look right', async () => {
    await workbench.screenshot('editor-findings');
    assert.ok((await workbench.squiggles()).some(({ severity, count }) => severity === 'error' && count === 1));
  });

  it('are mended by their fix', async () => {
    await workbench.moveCursor(10, 4);
    const titles = await workbench.quickFixes();
    const add = titles.find((title) => title.includes('await'));
    assert.ok(add, titles.join(' | '));
    await workbench.applyFix(add);
    await workbench.save();
    assert.match(workbench.savedText('scratch.ts'), /^ {2}await save\('draft'\);$/m);
    await eventually(async () => {
      const left = (await workbench.problems()).filter(({ text }) => text.includes('floating-promise'));
      assert.deepEqual(left, []);
    });
  });

  it('come with lenses that say colour and awaits', async () => {
    await workbench.moveCursor(5, 4); // VS Code asks for lenses only while the editor has the focus
    const lenses = await eventually(async () => {
      const shown = await workbench.codeLenses();
      assert.equal(shown.length, 3);
      return shown;
    });
    assert.match(lenses[0] ?? '', /^▶ Visualize event loop · async · 1 await$/);
    assert.match(lenses[2] ?? '', /^▶ Visualize event loop · async · 1 await · blocks via loadConfig$/);
  });

  it('leave an await explained in its hover, with a picture and a link', async () => {
    const text = await workbench.hover(5, 4);
    assert.match(text, /save/);
    assert.match(text, /[Vv]isualize/);
    const picture = workbench.hoverElement().locator('img').first();
    await picture.waitFor();
    assert.ok(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth) > 50);
    await workbench.screenshot('hover-await');
  });
});
