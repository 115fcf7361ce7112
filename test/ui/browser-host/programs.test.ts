/**
 * Why this file exists: each program for a browser prints under the simulation what it prints in real Chromium.
 * Admitted are programs that Chromium itself runs in one order; a difference is looked at twice more.
 */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { openSimulator, ranText } from '../../unit/simulation/engine';
import { openBrowser } from '../player/page';
import { printedInChromium } from './chromium-oracle';
import { hostPrograms } from './host-programs';

const programs = hostPrograms();
const leastPrograms = 60;

describe('the browser host', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await simulator.dispose();
  });

  it(`has ${leastPrograms} programs and more`, () => {
    assert.ok(programs.length >= leastPrograms, `there are ${programs.length}`);
  });

  for (const { name, text, files } of programs) {
    it(`prints what Chromium prints: ${name}`, async () => {
      const { stdout } = await ranText(simulator, text, { host: 'browser', name, files });
      const ours = stdout.split('\n').slice(0, -1);
      let real = await printedInChromium(browser, text, ours.length, files);
      for (let again = 0; again < 2 && !isSame(real, ours); again++)
        real = await printedInChromium(browser, text, ours.length, files);
      assert.deepEqual(ours, real);
    });
  }
});

function isSame(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length && one.every((line, i) => line === two[i]);
}
