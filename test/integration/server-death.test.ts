/** Why this file exists: a server that is killed comes back by itself, and nothing that was open is lost. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';

describe('the death of the server', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await startWorkbench({ folder: 'test/fixtures/editor' });
    await workbench.open('scratch.ts');
  });
  after(() => workbench.close());

  /** Server processes of this workbench's own copy of the extension. */
  function servers(): readonly number[] {
    const own = path.dirname(workbench.folder);
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isServer(name, own)).map(Number);
  }

  function floating(): Promise<boolean> {
    return workbench.problems().then((problems) => problems.some(({ text }) => text.includes('floating-promise')));
  }

  it('is mended: diagnostics come back, also those of unsaved text', async function () {
    if (process.platform !== 'linux') this.skip();
    await workbench.moveCursor(10, 1);
    await workbench.type("  save('draft');");
    await eventually(async () => { assert.ok(await floating()); });
    const [killed, ...others] = servers();
    assert.ok(killed !== undefined && others.length === 0, `${servers().length} servers`);
    process.kill(killed, 'SIGKILL');
    await eventually(() => {
      const [next] = servers();
      assert.ok(next !== undefined && next !== killed);
    });
    await workbench.moveCursor(10, 3);
    await workbench.type('await ');
    await eventually(async () => { assert.ok(!await floating()); });
    for (let i = 0; i < 6; i++) await workbench.press('Backspace');
    await eventually(async () => { assert.ok(await floating()); });
    assert.deepEqual(await workbench.notifications(), []);
  });
});

function isServer(pid: string, folder: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command.includes(`${folder}/`) && command.includes('/dist/server.js');
  } catch {
    return false; // it has just ended
  }
}
