/** Why this file exists: a program travels in a link, which VS Code’s own handler of links opens. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';
import { playerWindow } from './player-window';

describe('a link to a program', () => {
  let workbench: Workbench;
  let link = '';
  before(async () => {
    workbench = await startWorkbench({
      folder: 'test/fixtures/editor',
      settings: { 'extensions.confirmedUriHandlerExtensionIds': ['loopscope.loopscope'], 'editor.minimap.enabled': false },
    });
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await workbench.open('program.ts');
    await eventually(async () => { assert.ok((await workbench.codeLenses()).length > 0); }, 60_000);
  });
  after(() => workbench.close());

  async function followLinkOfLine(line: number): Promise<void> {
    await workbench.open('notes.md');
    await workbench.page.locator('.editor-group-container.active .detected-link').first().waitFor();
    await workbench.moveCursor(line, 20);
    await workbench.command('Open Link');
  }

  it('is copied', async () => {
    await workbench.command('Copy a link to this program');
    await eventually(async () => { assert.match(await workbench.statusBar(), /link to this program is in the clipboard/); });
    link = await workbench.page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /^[a-z-]+:\/\/loopscope\.loopscope\/typescript#[\w-]{100,}$/);
  });

  it('is played where it is clicked', async () => {
    writeFileSync(path.join(workbench.folder, 'notes.md'), `[a lesson](${link})\n\n[cut](${link.slice(0, -40)})\n`);
    await followLinkOfLine(1);
    const player = playerWindow(workbench);
    await player.titled('Untitled-1');
    await player.control('last');
    const expected = ['start', 'end', 'user 2', 'user 1'];
    assert.deepEqual(await player.printed(expected), expected);
    await workbench.screenshot('program-link');
  });

  it('that was cut off says so, and opens nothing', async () => {
    await followLinkOfLine(3);
    await eventually(async () => {
      assert.ok((await workbench.notifications()).some((text) => text.includes('carries no program')));
    });
  });
});
