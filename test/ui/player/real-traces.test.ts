import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { boxes, openBrowser, openExported } from './page';
import { recorder } from './recorded';

const examples = ['02-hello-await.ts', '04-ticks-and-phases.ts', '06-forgotten-await.ts', '08-queue-of-jobs.ts'];

describe('player: what the simulation records of the examples', () => {
  const record = recorder();
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  for (const name of examples) {
    it(`plays ${name} to its end, step by step, and back`, async () => {
      const { trace, stdout } = await record(`examples/${name}`);
      const { page, problems, close } = await openExported(browser, trace, { reducedMotion: 'reduce' }, name);
      const start = await boxes(page);
      for (;;) {
        const before = await page.textContent('.readout b');
        await page.keyboard.press('ArrowRight');
        if (await page.textContent('.readout b') === before) break;
      }
      const end = await boxes(page);
      assert.equal(end['console']?.join('\n'), stdout.trim().split('\n').map(line => line.trim()).join('\n'));
      for (const box of ['stack', 'ticks', 'microtasks', 'timers', 'immediates']) assert.deepEqual(end[box], [], box);
      for (;;) {
        const before = await page.textContent('.readout b');
        await page.keyboard.press('ArrowLeft');
        if (await page.textContent('.readout b') === before) break;
      }
      await page.keyboard.press('ArrowRight');
      assert.deepEqual(await boxes(page), start);
      assert.deepEqual(problems, []);
      await close();
    });
  }

  it('shows both greetings parked, and the running line in the main script', async () => {
    const { trace } = await record('examples/02-hello-await.ts');
    const { page, problems, close } = await openExported(browser, trace);
    await page.keyboard.press('n');
    await page.keyboard.press('n');
    const shown = await boxes(page);
    assert.deepEqual(shown['suspended'], [`hello('Vasya', 100)`, `hello('Petya', 30)`]);
    assert.deepEqual(shown['parked'], ['13']);
    assert.deepEqual(shown['running'], ['24']);
    assert.equal(shown['timers']?.length, 2);
    assert.deepEqual(problems, []);
    await close();
  });
});
