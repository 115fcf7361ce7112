/**
 * Why this file exists: the panel as VS Code lays it out, in windows of usual sizes, shows everything essential at
 * once.
 */
import assert from 'node:assert/strict';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { outOfSight } from '../ui/player/in-sight';
import { eventually } from './eventually';
import { playerWindow } from './player-window';

describe('the panel beside the editor', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await startWorkbench({ settings: { 'workbench.colorTheme': 'Default Light Modern' }, viewport: { width: 1440, height: 900 } });
    const player = playerWindow(workbench);
    await workbench.press('Mod+b');
    await workbench.open('05-one-by-one-or-together.ts');
    await eventually(async () => { assert.ok((await workbench.codeLenses()).length > 3); });
    await workbench.moveCursor(4, 1);
    await workbench.command('Visualize event loop');
    await player.titled('05-one-by-one-or-together.ts');
    while (await player.tokens('timers').count() < 3) await player.control('forward');
  });
  after(() => workbench.close());

  async function fits(width: number, height: number): Promise<void> {
    await workbench.page.setViewportSize({ width, height });
    const body = workbench.webview().locator('body');
    await eventually(async () => { assert.deepEqual(await outOfSight(body), []); });
    const size = await body.evaluate(() => `${window.innerWidth} × ${window.innerHeight}`);
    console.log(`      in a window of ${width} × ${height} it has ${size}`);
    await workbench.screenshot(`player-${width}`);
  }

  it('fits a window of 1440 × 900', () => fits(1440, 900));
  it('fits a window of 1280 × 720', () => fits(1280, 720));
  it('fits a window of 1024 × 768 when it has it for itself', async () => {
    await workbench.command('Toggle Maximize Editor Group');
    await fits(1024, 768);
  });
});
