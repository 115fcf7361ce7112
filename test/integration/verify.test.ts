/**
 * Why this file exists: **Run for real and compare** executes the user's code, so it must ask first, run nothing when
 * it is told no, and show where real Node and the simulation part.
 */
import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';

describe('run for real and compare', () => {
  let workbench: Workbench;
  let mark: string;
  before(async () => {
    workbench = await startWorkbench({ folder: 'test/fixtures/editor', settings: { 'workbench.colorTheme': 'Default Dark Modern' } });
    // Only real Node leaves it behind.
    mark = path.join(workbench.folder, 'ran.txt');
    await workbench.open('program.ts');
    await eventually(async () => { assert.ok((await workbench.codeLenses()).length > 0); }, 60_000);
    await workbench.open('elsewhere.ts');
  });
  after(() => workbench.close());

  function dialog(): Locator {
    return workbench.page.locator('.monaco-dialog-box');
  }

  async function answer(button: string): Promise<void> {
    await dialog().getByRole('button', { name: button, exact: true }).click();
    await dialog().waitFor({ state: 'hidden' });
  }

  async function told(sentence: RegExp): Promise<void> {
    await eventually(async () => {
      const shown = await workbench.notifications();
      assert.ok(shown.some((text) => sentence.test(text)), shown.join(' | '));
    }, 60_000);
  }

  it('asks first, and says what running means', async () => {
    await workbench.command('Run for real and compare');
    await dialog().waitFor();
    const text = await dialog().innerText();
    assert.match(text, /Run elsewhere\.ts with real Node\?/);
    assert.match(text, /outside of the sandbox and with your rights/);
    await workbench.screenshot('verify-asks');
  });

  it('runs nothing when the answer is no', async () => {
    await answer('Cancel');
    await workbench.moveCursor(1, 1);
    assert.equal(existsSync(mark), false);
    assert.equal(await workbench.page.locator('.tab', { hasText: '↔' }).count(), 0);
  });

  it('runs the file when the answer is yes, and shows both outputs side by side', async () => {
    await workbench.command('Run for real and compare');
    await dialog().waitFor();
    await answer('Run');
    await told(/elsewhere\.ts: different\./);
    assert.equal(existsSync(mark), true);
    await workbench.page.locator('.tab.active', { hasText: 'elsewhere.ts: real Node ↔ simulated' }).waitFor();
    const original = workbench.page.locator('.monaco-diff-editor .editor.original .view-lines');
    const modified = workbench.page.locator('.monaco-diff-editor .editor.modified .view-lines');
    await eventually(async () => {
      assert.match(await plain(original), /node is there: true/);
      assert.match(await plain(modified), /node is there: false/);
      assert.match(await plain(modified), /exit code 0/);
    });
    await workbench.screenshot('verify-differs');
    rmSync(mark);
  });

  it('asks each time, and says so where both print the same', async () => {
    await workbench.open('program.ts');
    await workbench.command('Run for real and compare');
    await dialog().waitFor();
    await answer('Run');
    await told(/program\.ts: equal\./);
  });
});

/** Editors draw blanks as no-break spaces. */
async function plain(lines: Locator): Promise<string> {
  return (await lines.innerText()).replaceAll('\u00a0', ' ');
}
