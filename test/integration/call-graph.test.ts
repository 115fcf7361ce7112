/** Why this file exists: the call graph, function colours and the status bar, as a person meets them in the editor. */
import assert from 'node:assert/strict';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';

describe('the call graph in colours', () => {
  let workbench: Workbench;
  before(async () => {
    const settings = { 'workbench.colorTheme': 'Default Dark Modern', 'loopscope.functionColors': 'both', 'loopscope.inlayHints': 'all' };
    workbench = await startWorkbench({ folder: 'test/fixtures/editor', settings });
    await workbench.open('scratch.ts');
  });
  after(() => workbench.close());

  const rows = async (): Promise<readonly string[]> => {
    const found = await workbench.page.locator('.pane-body .monaco-list-row').allInnerTexts();
    return found.map((text) => text.replace(/\s+/g, ' ').trim());
  };

  it('lists the functions of the file with their colours', async () => {
    await workbench.command('Focus on Async call graph View');
    const shown = await eventually(async () => {
      const found = await rows();
      assert.ok(found.some((row) => row.startsWith('handle')), found.join(' | '));
      return found;
    });
    assert.ok(shown.includes('saveasync'), shown.join(' | '));
    assert.ok(shown.includes('handleasync · blocks: loadConfig → readFileSync'), shown.join(' | '));
  });

  it('walks the chain to what blocks', async () => {
    await workbench.moveCursor(17, 3);
    await workbench.command('Why does this block?');
    await eventually(async () => {
      const found = await rows();
      assert.ok(found.some((row) => row.startsWith('readFileSyncsync')), found.join(' | '));
    });
  });

  it('shows colours and suspensions in the code', async () => {
    await eventually(async () => {
      const text = (await workbench.page.locator('.monaco-editor .view-lines').first().innerText()).replace(/\s+/g, ' ');
      assert.match(text, /suspends here/);
      assert.match(text, /async · blocks/);
    });
    await workbench.screenshot('call-graph');
    assert.ok(await workbench.page.locator('.monaco-editor .glyph-margin-widgets .cgmr').count() > 0);
  });

  it('says in the status bar how much waits and how much blocks', async () => {
    await eventually(async () => {
      assert.match(await workbench.statusBar(), /3\s+2/);
    });
  });

  it('leaves the lenses where they were', async () => {
    await eventually(async () => {
      assert.match((await workbench.codeLenses()).join('\n'), /blocks via loadConfig/);
    });
  });

  it('hides the colours by its command', async () => {
    await workbench.command('Show function colours');
    await eventually(async () => {
      assert.equal(await workbench.page.locator('.monaco-editor .glyph-margin-widgets .cgmr').count(), 0);
    });
  });

  it('has logged no error', () => {
    assert.doesNotMatch(workbench.log(), /\[error\].*[Ll]oopscope/);
  });
});
