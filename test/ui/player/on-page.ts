/** Why this file exists: a test of the player gets a page of its own; whatever goes wrong in the page fails it. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Trace } from '../../../src/trace/trace';
import { openBrowser, openExported } from './page';

const require = createRequire(import.meta.url);

export type OnPage = (
  name: string, trace: () => Trace, test: (page: Page) => Promise<void>, options?: BrowserContextOptions,
) => void;

/** Opens a browser for the tests of the `describe` around it. */
export function pagesOfTheirOwn(): OnPage {
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());
  return (name, trace, test, options = {}) => {
    it(name, async () => {
      const open = await openExported(browser, trace(), options);
      try {
        await test(open.page);
        assert.deepEqual(open.problems, []);
      } finally {
        await open.close();
      }
    });
  };
}

export async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let n = 0; n < times; n++) await page.keyboard.press(key);
}

/** Moves the strip to a step, and lets the page be drawn. */
export async function goToStep(page: Page, step: number): Promise<void> {
  await page.evaluate(to => {
    const scrub = document.querySelector<HTMLInputElement>('.scrub');
    if (scrub === null) throw new Error('no strip');
    scrub.value = String(to);
    scrub.dispatchEvent(new InputEvent('input', { bubbles: true }));
    return new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, step);
}

export async function headline(page: Page): Promise<string> {
  return (await page.textContent('.caption .headline')) ?? '';
}

/** The step that the readout shows, counted in beats from 1. */
export async function beat(page: Page): Promise<number> {
  return Number(await page.textContent('.readout b'));
}

/** axe is brought in past the policy, which is tested by every other test. */
export async function axeFindings(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') }).catch(() => undefined);
  await page.waitForTimeout(400); // what glides is see-through for a moment
  return page.evaluate(async () => {
    interface Finding { id: string; nodes: { html: string; failureSummary?: string }[] }
    interface Axe { run(): Promise<{ violations: Finding[] }> }
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
  });
}
