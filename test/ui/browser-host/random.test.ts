/** Why this file exists: random programs for a page print under the simulation what they print in real Chromium. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { brokenLaws } from '../../../src/trace/laws';
import { openSimulator, ranText } from '../../unit/simulation/engine';
import { openBrowser } from '../player/page';
import { printedInChromium } from './chromium-oracle';
import { randomProgram } from './random-program';

const firstSeed = 5001;
const count = 40;
/** Programs in which Chromium itself varies are left out; more than these would say that the recipe is no good. */
const mostDiscarded = 2;

describe('the browser host: random programs', function () {
  this.timeout(60_000);
  const simulator = openSimulator();
  let browser: Browser;
  let discarded = 0;
  before(async () => {
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await simulator.dispose();
  });

  for (let seed = firstSeed; seed < firstSeed + count; seed++) {
    it(`print what Chromium prints: seed ${seed}`, async () => {
      const text = randomProgram(seed);
      const { stdout, trace } = await ranText(simulator, text, { host: 'browser', name: 'main.js', record: true });
      assert.deepEqual(trace && brokenLaws(trace), []);
      const ours = stdout.split('\n').slice(0, -1);
      const real = await printedInChromium(browser, text, ours.length);
      if (JSON.stringify(real) === JSON.stringify(ours)) return;
      const again = await printedInChromium(browser, text, ours.length);
      if (JSON.stringify(real) !== JSON.stringify(again) && ++discarded <= mostDiscarded) return;
      assert.deepEqual(ours, real);
    });
  }
});
