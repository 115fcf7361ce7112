/** Why this file exists: nothing is executed, so findings and the animation are there in an untrusted folder too. */
import assert from 'node:assert/strict';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';

describe('an untrusted folder', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await startWorkbench({
      folder: 'test/fixtures/editor', trustAll: false, settings: { 'security.workspace.trust.startupPrompt': 'never' },
    });
  });
  after(() => workbench.close());

  it('is in Restricted Mode', async () => {
    await eventually(async () => { assert.match(await workbench.statusBar(), /Restricted Mode/); });
  });

  it('has its findings and plays', async () => {
    await workbench.open('program.ts');
    await eventually(async () => { assert.ok((await workbench.codeLenses()).length > 0); });
    await workbench.moveCursor(22, 1);
    await workbench.command('Visualize event loop');
    await workbench.webview().locator('.stage').waitFor();
  });
});
