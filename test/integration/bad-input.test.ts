/** Why this file exists: what cannot be played is refused in one sentence that says why; nothing is lost by it. */
import assert from 'node:assert/strict';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';
import { playerWindow } from './player-window';
import type { PlayerWindow } from './player-window';

describe('input that cannot be played, or hardly', () => {
  let workbench: Workbench;
  let player: PlayerWindow;
  before(async () => {
    workbench = await startWorkbench({ folder: 'test/fixtures/editor', settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    player = playerWindow(workbench);
    await workbench.open('program.ts');
    await workbench.moveCursor(22, 1);
    await workbench.command('Visualize event loop');
    await player.titled('program.ts');
    await workbench.press('Mod+1');
  });
  afterEach(async function () { if (this.currentTest?.state === 'failed') await workbench.screenshot('failed'); });
  after(() => workbench.close());

  /** One sentence without a stack trace, and the last recording still there under it. */
  async function refused(expected: RegExp): Promise<void> {
    await eventually(async () => { assert.match(await player.refusal(), expected); });
    assert.doesNotMatch(await player.refusal(), /\bat \S+ \(|\bat \S+:\d+:\d+|TypeError|ReferenceError/);
    assert.ok(await workbench.webview().locator('.stage').isVisible());
  }

  it('refuses a selection of blanks', async () => {
    await workbench.select(22, 1, 23, 1);
    await workbench.command('Visualize event loop');
    await refused(/The selection is empty/);
  });

  it('refuses a file that does not parse, and leads to the place', async () => {
    await workbench.press('Mod+1');
    await workbench.open('broken.ts');
    await workbench.command('Visualize event loop');
    await refused(/does not parse: [^]*broken\.ts:1/);
    await workbench.screenshot('refused');
    await workbench.press('Mod+1');
    await workbench.open('program.ts');
    await workbench.webview().locator('.notice.error button', { hasText: 'broken.ts:1' }).click();
    await workbench.page.locator('.tab.active[data-resource-name="broken.ts"]').first().waitFor();
  });

  it('says which import cannot be found, and where', async () => {
    await workbench.press('Mod+1');
    await workbench.open('missing.ts');
    await workbench.command('Visualize event loop');
    await refused(/gone/);
    assert.match(await player.refusal(), /missing\.ts:1|line 1/);
    await workbench.screenshot('missing-import');
  });

  it('plays a file outside any tsconfig, with findings and lens', async () => {
    await workbench.press('Mod+1');
    await workbench.open('outside/loose.ts');
    await eventually(async () => { assert.ok((await workbench.codeLenses()).some((lens) => lens.includes('Visualize event loop'))); });
    await workbench.command('Visualize event loop');
    await player.titled('loose.ts');
    await workbench.webview().locator('.stage').press('End'); // a narrow panel leaves the button out
    const expected = ['loose start', 'loose timer'];
    assert.deepEqual(await player.printed(expected), expected);
  });

  it('ends an endless loop with its budget, and plays the next program as ever', async () => {
    await workbench.press('Mod+1');
    await workbench.open('endless.ts');
    await workbench.command('Visualize event loop');
    await player.titled('endless.ts');
    assert.match(await player.refusal(), /budget|limit/);
    await workbench.press('Mod+1');
    await workbench.open('program.ts');
    await workbench.moveCursor(22, 1);
    await workbench.command('Visualize event loop');
    await player.titled('program.ts');
  });

  it('has not bothered anybody with notifications', async () => {
    assert.deepEqual(await workbench.notifications(), []);
  });
});
