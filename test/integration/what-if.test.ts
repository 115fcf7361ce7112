/**
 * Why this file exists: the world outside as the reader meets it in the editor: a package that cannot run is said to be
 * made up, a latency is changed in the panel, and the scenario is made, edited and followed.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';
import { playerWindow } from './player-window';
import type { PlayerWindow } from './player-window';

/** A package that needs a module that is not modelled. */
const shop = {
  'package.json': '{ "name": "shop", "version": "1.0.0", "types": "index.d.ts" }',
  'index.js': "exports.orders = undefined;\nrequire('http2').connect('x');\n",
  'index.d.ts': 'export declare function orders(): Promise<{ id: number }[]>;\n',
};

describe('the world outside', () => {
  let workbench: Workbench;
  let player: PlayerWindow;
  before(async () => {
    const settings = { 'editor.minimap.enabled': false };
    workbench = await startWorkbench({ folder: 'test/fixtures/outside', settings });
    for (const [name, text] of Object.entries(shop)) {
      const file = path.join(workbench.folder, 'node_modules/shop', name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    player = playerWindow(workbench);
    await workbench.press('Mod+b');
    await workbench.open('orders.mts');
    await eventually(async () => { assert.ok((await workbench.codeLenses()).length > 0); });
  });
  after(() => workbench.close());

  const expected = ['10 ms', '30 ms', '2 orders', 'gone'];

  function inPanel(selector: string): Locator {
    return workbench.webview().locator(`.panel-what-if ${selector}`);
  }

  async function prints(lines: readonly string[]): Promise<void> {
    await eventually(async () => {
      await workbench.webview().locator('[data-control=last]').click({ force: true }); // it may be there already
      assert.deepEqual(await player.printed(expected), lines);
    });
  }

  it('is made up where a package cannot run, and said to be', async () => {
    await workbench.command('Visualize event loop');
    await player.titled('orders.mts');
    assert.match(await workbench.webview().locator('.made-up-bar').innerText(), /shop: made up from its types/);
    await prints(['10 ms', '2 orders', '30 ms']);
  });

  it('answers later where the reader says so in the panel, and the two runs are compared', async () => {
    await workbench.webview().locator('.made-up-bar button').click();
    await inPanel('[aria-label^="Milliseconds"]').fill('40');
    await inPanel('[aria-label^="Milliseconds"]').press('Tab');
    await prints(['10 ms', '30 ms', '2 orders']);
    await workbench.screenshot('what-if');
    await inPanel('[data-what-if=compare]').click();
    assert.match(await workbench.webview().locator('.panel-compare').innerText(), /differs from line 2 on/);
    await workbench.webview().locator('.panel-compare h2 button').click();
  });

  it('has a scenario that is made of what the run asked', async () => {
    await workbench.command('Open scenario');
    const file = path.join(workbench.folder, 'orders.scenario.json');
    await eventually(() => { assert.ok(existsSync(file)); });
    const { calls } = JSON.parse(readFileSync(file, 'utf8')) as { readonly calls: Readonly<Record<string, { readonly returns?: unknown }>> };
    assert.deepEqual(Object.keys(calls), ['shop.orders']);
    assert.deepEqual(calls['shop.orders']?.returns, [{ id: 1 }, { id: 2 }]);
    await workbench.page.locator('.tab.active', { hasText: 'orders.scenario.json' }).waitFor();
  });

  it('is played anew when the scenario is edited, saved or not', async () => {
    await workbench.open('orders.scenario.json');
    await workbench.press('Mod+a');
    await workbench.type('{ "calls": { "shop.orders": { "fails": "gone" } } }');
    for (let n = 0; n < 4; n++) await workbench.press('Delete'); // brackets that the editor closed by itself
    await prints(['10 ms', 'gone', '30 ms']);
  });
});
