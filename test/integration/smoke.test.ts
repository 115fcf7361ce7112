/** Why this file exists: the packaged .vsix installs into a real VS Code; opening a TypeScript file activates it. */
import assert from 'node:assert/strict';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';

describe('the installed extension', () => {
  let workbench: Workbench;
  before(async () => { workbench = await startWorkbench(); });
  after(() => workbench.close());

  it('is active once a TypeScript file is open', async () => {
    const { page } = workbench;
    await workbench.open('02-hello-await.ts');
    await workbench.command('Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Loopscope' });
    await row.filter({ hasText: /Activation: \d+ms/ }).waitFor();
    await workbench.screenshot('running-extensions');
    assert.doesNotMatch(await row.innerText(), /uncaught error|not responding/i);
    await workbench.press('Escape');
  });

  it('offers its commands in the palette', async () => {
    await workbench.open('02-hello-await.ts');
    const titles = await workbench.commandTitles('Visualize event loop');
    assert.ok(titles.some(title => title.endsWith('Visualize event loop')), titles.join(' | '));
  });
});
