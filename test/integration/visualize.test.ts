/** Why this file exists: Visualize event loop, from the palette to the player's boxes, as a person uses it. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { startWorkbench } from '../host/workbench';
import type { Workbench } from '../host/workbench';
import { eventually } from './eventually';
import { playerWindow } from './player-window';
import type { PlayerWindow } from './player-window';

describe('visualize event loop', () => {
  let workbench: Workbench;
  let player: PlayerWindow;
  before(async () => {
    workbench = await startWorkbench({
      folder: 'test/fixtures/editor',
      settings: { 'workbench.colorTheme': 'Default Dark Modern', 'editor.minimap.enabled': false },
      viewport: { width: 1600, height: 1000 },
    });
    player = playerWindow(workbench);
    await workbench.press('Mod+b');
    await workbench.open('program.ts');
    await eventually(async () => { assert.ok((await workbench.codeLenses()).length > 0); });
  });
  after(() => workbench.close());

  function machine(): Promise<string> {
    return workbench.webview().locator('.machine').innerText();
  }

  /** Back from the player to the text, as the key for the first editor group goes. */
  async function cursorTo(line: number, column: number): Promise<void> {
    await workbench.press('Mod+1');
    await workbench.moveCursor(line, column);
  }

  /** The line of the editor that is marked as running, as it is drawn. */
  function markedLines(): Locator {
    return workbench.page.locator('.editor-instance .view-overlays .cdr[class*="TextEditorDecorationType"]');
  }

  it('plays a selection and puts the right lines into the right boxes', async () => {
    await workbench.select(23, 1, 31, 20);
    await workbench.command('Visualize event loop');
    await player.titled('lines 23–31 of program.ts');
    while (await player.tokens('microtasks').count() === 0) await player.control('forward');
    await player.runningLine(27);
    assert.match(await player.tokens('stack').first().innerText(), /line 27/);
    assert.match(await player.tokens('microtasks').innerText(), /line 27/);
    assert.equal(await player.tokens('timers').count(), 1);
    assert.match(await workbench.webview().locator('.box-console').innerText(), /start/);
  });

  it('steps forward to where a function is suspended', async () => {
    while (await player.tokens('suspended').count() === 0) await player.control('forward');
    assert.match(await player.tokens('suspended').innerText(), /load\(2\)[^]*line 9/);
    assert.match(await player.tokens('stack').first().innerText(), /main\(\)[^]*line 19/);
    assert.equal(await player.tokens('timers').count(), 2);
  });

  it('steps back to the same picture', async () => {
    const before = await machine();
    for (let i = 0; i < 3; i++) await player.control('forward');
    assert.notEqual(await machine(), before);
    for (let i = 0; i < 3; i++) await player.control('back');
    assert.equal(await machine(), before);
    await player.control('back');
    assert.equal(await player.tokens('suspended').count(), 0);
    await player.control('forward');
  });

  it('marks the running line in the editor, and looks right', async () => {
    for (let i = 0; i < 3; i++) await player.control('forward');
    await eventually(async () => { assert.ok(await markedLines().count() > 0); });
    await workbench.page.mouse.move(5, 5);
    await workbench.page.waitForTimeout(600); // tokens glide
    await workbench.screenshot('player-dark');
  });

  it('says that the animation is out of date when the text changes, and takes the mark away', async () => {
    await cursorTo(1, 1);
    await workbench.type('/');
    try {
      await workbench.page.locator('.tab', { hasText: '(text has changed)' }).waitFor();
      await workbench.webview().locator('.notice.outdated', { hasText: 'Play again' }).waitFor();
      await eventually(async () => { assert.equal(await markedLines().count(), 0); });
      await workbench.webview().locator('.notice.outdated', { hasText: 'The last run is kept' }).waitFor();
    } finally {
      await workbench.press('Backspace');
    }
  });

  it('plays anew when the reader pauses in typing, at the same step', async () => {
    const notice = workbench.webview().locator('.notice.outdated');
    await eventually(async () => { assert.equal(await notice.count(), 0); });
    await player.control('next-print');
    const before = await workbench.webview().locator('.readout b').innerText();
    await cursorTo(1, 1);
    await workbench.type('\n');
    await eventually(async () => {
      const shown = await workbench.webview().locator('.lines .line[data-line="1"] .text').innerText();
      assert.equal(shown.trim(), '');
    });
    assert.equal(await workbench.webview().locator('.readout b').innerText(), before);
    await workbench.press('Backspace');
    await eventually(async () => { assert.equal(await notice.count(), 0); });
  });

  it('plays the function at the cursor with values made from its types, which can be changed', async () => {
    await cursorTo(10, 5);
    await workbench.command('Visualize event loop');
    await player.titled('load');
    const field = workbench.webview().locator('.parameters input');
    assert.notEqual(await field.inputValue(), '');
    await field.fill('7');
    await workbench.webview().locator('.parameters button[type=submit]').click();
    await player.tokens('stack').filter({ hasText: 'load(7)' }).first().waitFor();
    await player.runningLine(8);
  });

  it('plays the whole file where no function is', async () => {
    await cursorTo(22, 1);
    await workbench.command('Visualize event loop');
    await player.titled('program.ts');
    await player.control('last');
    const expected = ['start', 'load 2', 'load 1', 'end', 'microtask', 'timer', 'loaded 1', 'loaded 2', 'user 2', 'user 1'];
    assert.deepEqual(await player.printed(expected), expected);
  });

  it('shows the first frame at once when warm', async () => {
    const times: number[] = [];
    for (let n = 0; n < 9; n++) {
      const [line, title] = n % 2 === 0 ? [10, 'load'] as const : [22, 'program.ts'] as const;
      await cursorTo(line, 1);
      await workbench.press('Mod+k');
      const began = performance.now();
      await workbench.press('Mod+v');
      await player.titled(title);
      times.push(Math.round(performance.now() - began));
    }
    const median = times.toSorted((a, b) => a - b)[4] ?? Infinity;
    console.log(`      from the keys to the first frame, warm: ${times.join(', ')} ms, median ${median} ms`);
    assert.equal(times.filter((ms) => ms > 0).length, times.length);
  });

  it('plays the other order where real Node may take either, and the first one again', async () => {
    await workbench.press('Mod+1');
    await workbench.open('racy.cjs');
    await workbench.command('Visualize event loop');
    await player.titled('racy.cjs');
    const expected = ['timer', 'immediate'];
    const atTheEnd = async (): Promise<readonly string[]> => {
      let printed: readonly string[] = [];
      await eventually(async () => { // a run that has just come begins at its first step
        await workbench.webview().locator('.stage').press('End');
        printed = await player.printed(expected);
        assert.equal(printed.length, 2);
      });
      return printed;
    };
    const first = await atTheEnd();
    await workbench.webview().locator('.other-order').click();
    await workbench.webview().locator('.another-order').waitFor();
    assert.deepEqual(await atTheEnd(), first.toReversed());
    await workbench.webview().locator('.first-order').click();
    await workbench.webview().locator('.other-order').waitFor();
    assert.deepEqual(await atTheEnd(), first);
  });

  it('is not offered where there is no TypeScript or JavaScript', async () => {
    await workbench.open('notes.md');
    const titles = await workbench.commandTitles('Visualize event loop');
    assert.ok(!titles.some((title) => title.endsWith('Visualize event loop')), titles.join(' | '));
  });

  it('has not bothered anybody with notifications', async () => {
    assert.deepEqual(await workbench.notifications(), []);
  });
});
