/**
 * Why this file exists: the pictures that the README shows, taken of the installed extension in a real VS Code. They
 * go to test/output; with PICTURES=1 they replace those in media/screenshots.
 */
import assert from 'node:assert/strict';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';
import { playerWindow } from './player-window';

interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const folder = path.resolve(process.env['PICTURES'] === '1' ? 'media/screenshots' : 'test/output');
/** A README is read on slow lines too. */
const largest = 300_000;

async function take(workbench: Workbench, name: string, clip?: Clip): Promise<void> {
  await workbench.page.mouse.move(5, 5);
  await workbench.page.waitForTimeout(700); // tokens glide, a cursor's tooltip goes
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await workbench.page.screenshot({ path: file, ...(clip ? { clip } : {}) });
  assert.ok(statSync(file).size < largest, `${file}: ${statSync(file).size} bytes`);
}

/** The active editor, from its tabs down, `height` pixels of it. */
async function editorClip(workbench: Workbench, height: number): Promise<Clip> {
  const box = await workbench.page.locator('.editor-group-container.active').first().boundingBox();
  assert.ok(box);
  return { ...box, height: Math.min(height, box.height) };
}

describe('the pictures of the README', () => {
  let workbench: Workbench;
  afterEach(() => workbench.close());

  async function open(theme: string, width: number, height: number, fixture: string): Promise<void> {
    workbench = await startWorkbench({
      folder: fixture, viewport: { width, height },
      settings: {
        'workbench.colorTheme': theme, 'editor.minimap.enabled': false, 'breadcrumbs.enabled': false,
        'editor.occurrencesHighlight': 'off', 'editor.lightbulb.enabled': 'off', 'workbench.layoutControl.enabled': false,
      },
    });
    await workbench.press('Mod+b');
  }

  it('show the editor with findings and lenses, and the hover of an await', async () => {
    await open('Default Dark Modern', 1000, 700, 'test/fixtures/editor');
    await workbench.open('scratch.ts');
    await workbench.moveCursor(10, 1);
    await workbench.type("  save('draft');");
    // VS Code asks for no lenses once the editor has lost the focus; Problems takes it.
    await eventually(async () => { assert.ok((await workbench.codeLenses()).length >= 3); });
    await eventually(async () => {
      assert.equal((await workbench.problems()).filter(({ text }) => text.includes('loopscope')).length, 2);
    });
    await take(workbench, 'editor');
    await workbench.press('Mod+Shift+m');
    assert.match(await workbench.hover(5, 4), /Visualize/);
    await workbench.hoverElement().locator('img').first().waitFor();
    await take(workbench, 'hover', await editorClip(workbench, 400));
  });

  for (const [name, theme] of [['player-dark', 'Default Dark Modern'], ['player-light', 'Default Light Modern']] as const) {
    it(`show ${name}`, async () => {
      await open(theme, 1440, 900, 'examples');
      const player = playerWindow(workbench);
      await workbench.open('05-one-by-one-or-together.ts');
      await eventually(async () => { assert.ok((await workbench.codeLenses()).length > 3); });
      await workbench.moveCursor(4, 1);
      await workbench.command('Visualize event loop');
      await player.titled('05-one-by-one-or-together.ts');
      while (await player.tokens('timers').count() < 3) await player.control('forward');
      while (await player.tokens('stack').filter({ hasText: "nap('hen', 20)" }).count() > 0) await player.control('forward');
      await take(workbench, name);
    });
  }
});
