/**
 * Why this file exists: each program for a browser prints under the simulation what it prints in real Chromium.
 * Admitted are programs that Chromium itself runs in one order; a difference is looked at twice more.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { openSimulator, ranText } from '../../unit/simulation/engine';
import { openBrowser } from '../player/page';
import { printedInChromium } from './chromium-oracle';

const folder = path.resolve(import.meta.dirname, '../../fixtures/browser-host');
const files = readdirSync(folder).filter(name => name.endsWith('.ts')).sort();
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
    assert.ok(files.length >= leastPrograms, `there are ${files.length}`);
  });

  for (const name of files) {
    it(`prints what Chromium prints: ${name}`, async () => {
      const text = readFileSync(path.join(folder, name), 'utf8');
      const { stdout } = await ranText(simulator, text, { host: 'browser', name });
      const ours = stdout.split('\n').slice(0, -1);
      let real = await printedInChromium(browser, text, ours.length);
      for (let again = 0; again < 2 && !isSame(real, ours); again++)
        real = await printedInChromium(browser, text, ours.length);
      assert.deepEqual(ours, real);
    });
  }
});

function isSame(one: readonly string[], two: readonly string[]): boolean {
  return one.length === two.length && one.every((line, i) => line === two[i]);
}
