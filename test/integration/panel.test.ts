/** Why this file exists: what else the panel and the commands do: explain an await, save a page, outlive a reload. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';
import { playerWindow } from './player-window';
import type { PlayerWindow } from './player-window';

describe('the panel and the other commands', () => {
  let workbench: Workbench;
  let player: PlayerWindow;
  before(async () => {
    workbench = await startWorkbench({
      folder: 'test/fixtures/editor', settings: { 'workbench.colorTheme': 'Default High Contrast', 'editor.minimap.enabled': false },
    });
    player = playerWindow(workbench);
    await workbench.press('Mod+b');
    await workbench.open('program.ts');
    await eventually(async () => { assert.ok((await workbench.codeLenses()).length > 0); });
  });
  after(() => workbench.close());

  it('explain the await of the cursor’s line', async () => {
    await workbench.moveCursor(19, 3);
    await workbench.command('Explain this await');
    await eventually(async () => { assert.match(await workbench.hoverElement().innerText(), /main[^]*Visualize from here/); });
    await workbench.page.locator('.statusbar-item', { hasText: 'Ln 19, Col 16' }).first().waitFor();
    await workbench.press('Escape');
  });

  it('say quietly that a line has no await', async () => {
    await workbench.moveCursor(1, 1);
    await workbench.command('Explain this await');
    await eventually(async () => { assert.match(await workbench.statusBar(), /no await on this line/); });
  });

  it('play from a lens, and look right in high contrast', async () => {
    await workbench.clickCodeLens('top level');
    await player.titled('program.ts');
    while (await player.tokens('suspended').count() < 2) await player.control('forward');
    await workbench.page.waitForTimeout(600); // tokens glide
    await workbench.screenshot('player-high-contrast');
  });

  it('save the animation as a page that plays by itself', async () => {
    await workbench.webview().locator('[aria-label="Save as a page"]').click();
    const input = workbench.page.locator('.quick-input-widget:visible input.input');
    await eventually(async () => { assert.match(await input.inputValue(), /program-ts\.html$/); });
    await workbench.press('Enter');
    const file = path.join(workbench.folder, 'program-ts.html');
    await eventually(() => { assert.ok(existsSync(file)); });
    await eventually(() => { assert.match(readFileSync(file, 'utf8'), /<\/html>\s*$/); });
    const page = await workbench.page.context().newPage();
    await page.goto(`file://${file}`);
    await page.locator('.stage').waitFor();
    await page.keyboard.press('End');
    assert.match(await page.locator('.box-console').innerText(), /user 1/);
    await page.close();
  });

  it('come back after the window was reloaded', async () => {
    await workbench.page.reload();
    await workbench.page.locator('.monaco-workbench .tab', { hasText: 'Event loop' }).first().waitFor({ timeout: 60_000 });
    await player.titled('program.ts');
    await player.control('last');
    const expected = ['start', 'end', 'user 2', 'user 1'];
    assert.deepEqual(await player.printed(expected), expected);
  });

  it('have not bothered anybody with notifications', async () => {
    assert.deepEqual(await workbench.notifications(), []);
  });
});
