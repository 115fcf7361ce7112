/** Why this file exists: of a page the player shows the loop of a browser: its queues, its phases, its words. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Trace } from '../../../src/trace/trace';
import { openSimulator, tracedText } from '../../unit/simulation/engine';
import { openBrowser, openExported } from './page';

const program = path.resolve(import.meta.dirname, '../../fixtures/browser-host/frames-then-tasks.ts');

describe('player: the loop of a browser', () => {
  let browser: Browser;
  let trace: Trace;
  before(async () => {
    const simulator = openSimulator();
    trace = await tracedText(simulator, readFileSync(program, 'utf8'), { host: 'browser' });
    await simulator.dispose();
    browser = await openBrowser();
  });
  after(() => browser.close());

  const titles = (page: Page): Promise<string[]> => page.locator('.queues .box h2 span:first-child').allTextContents();

  it('has tasks, microtasks, timers and frames, and no ticks', async () => {
    const { page, problems, close } = await openExported(browser, trace);
    assert.deepEqual(await titles(page), ['Tasks', 'Microtasks', 'Timers', 'Frames and idle', 'Console']);
    assert.deepEqual(await page.locator('.ring .arc text').allTextContents(), ['task', 'rendering', 'idle']);
    const seen = new Set<string>();
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press('ArrowRight');
      for (const phase of await page.locator('.ring .arc.here text').allTextContents()) seen.add(phase);
    }
    assert.deepEqual([...seen], ['task', 'rendering']);
    assert.equal(await page.locator('.box-console').getByText('next frame').count(), 1);
    assert.deepEqual(problems, []);
    await close();
  });

  it('says so in Russian', async () => {
    const { page, problems, close } = await openExported(browser, trace, {}, 'program.ts', 'ru');
    assert.deepEqual(await titles(page), ['Задачи', 'Микрозадачи', 'Таймеры', 'Кадры и простой', 'Консоль']);
    assert.deepEqual(problems, []);
    await close();
  });
});
