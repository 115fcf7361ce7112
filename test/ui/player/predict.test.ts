/** Why this file exists: the reader predicts first: lines are put in order, callbacks chosen, mistakes named. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Trace } from '../../../src/trace/trace';
import { TinyHost } from '../../unit/trace/tiny-host';
import { helloTrace } from '../../unit/trace/programs';
import { axeFindings, beat, headline, pagesOfTheirOwn, press } from './on-page';

const text = `async function load() {
  await pause();
  console.log('loaded');
}
load();
console.log('next line');
`;

/** The smallest program on which "await blocks" goes wrong. */
function loadTrace(): Trace {
  const host = new TinyHost(text, 'load.ts');
  return host.run(() => {
    host.line('load();');
    host.async('load()', text.slice(0, text.indexOf('\n}') + 2), function* (): ReturnType<Parameters<TinyHost['async']>[2]> {
      host.line('await pause();');
      const pause = host.promise('pause()');
      host.settle(pause, 'fulfilled', 'undefined');
      yield { on: pause, at: 'await pause()' };
      host.log('loaded');
      return 'undefined';
    });
    host.line(`console.log('next line');`);
    host.log('next line');
  });
}

async function order(page: Page): Promise<readonly string[]> {
  return page.$$eval('.order code', lines => lines.map(line => line.textContent));
}

/** Moves lines up by their buttons until they stand as wanted. */
async function arrange(page: Page, wanted: readonly string[]): Promise<void> {
  for (const [n, line] of wanted.entries()) {
    for (let at = (await order(page)).indexOf(line, n); at > n; at--) await page.locator('.order li').nth(at).locator('button').first().click();
  }
  assert.deepEqual(await order(page), wanted);
}

describe('player: predict first, in Chromium', () => {
  const onPage = pagesOfTheirOwn();

  onPage('names the misconception behind a wrong order, with the smallest program', loadTrace, async page => {
    await page.click('[data-control=predict]');
    await arrange(page, ['loaded', 'next line']);
    await page.click('.panel-predict .button.main');
    assert.match(await page.textContent('.verdict.wrong') ?? '', /await blocked whoever called/);
    assert.match(await page.textContent('.sample') ?? '', /It prints next line, loaded, and not loaded, next line/);
    assert.equal(await page.locator('.line-token.wrong').count(), 2);
    await arrange(page, ['next line', 'loaded']);
    await page.click('.panel-predict .button.main');
    assert.match(await page.textContent('.verdict.right') ?? '', /that is the order/);
    await page.click('.panel-predict .button:not(.main)');
    assert.equal(await page.getAttribute('[data-control=play]', 'aria-label'), 'Pause');
  });

  onPage('moves lines by keys, with the focus, and by dragging', helloTrace, async page => {
    await press(page, 'q');
    const before = await order(page);
    await page.locator('.line-token').nth(2).focus();
    await press(page, 'Alt+ArrowUp');
    await page.waitForFunction(wanted => document.activeElement?.textContent === wanted, before[2]);
    await press(page, 'Alt+ArrowUp');
    assert.deepEqual(await order(page), [before[2], before[0], before[1], ...before.slice(3)]);
    await page.locator('.order li').nth(0).dragTo(page.locator('.order li').nth(2));
    assert.deepEqual(await order(page), before);
    await arrange(page, ['start', 'load 2', 'end', 'tick', 'micro', 'got user 2']);
    await page.click('.panel-predict .button.main');
    assert.equal(await page.locator('.verdict.right').count(), 1);
  });

  onPage('lets the reader be the event loop, hides who is next, and says the rule', helloTrace, async page => {
    await press(page, 'y');
    assert.equal(await page.locator('.machine .token .badge').count(), 0);
    const choices = await page.$$eval('.choice code', all => all.map(each => each.textContent));
    assert.deepEqual(choices, ['resolve', `() => console.log('tick')`, '() => {…}']);
    await page.click('.choice >> text=resolve');
    assert.match(await page.textContent('.verdict.wrong') ?? '', /it is \(\) => console\.log\('tick'\)\. All ticks run before any microtask/);
    await page.click('.panel-loop .button.main');
    await page.click('.choice >> text=() => {…}');
    assert.match(await page.textContent('.verdict.right') ?? '', /the timer that was due first/);
    assert.match(await page.textContent('.panel-loop .buttons') ?? '', /1 of 2 right/);
    const there = await beat(page);
    await press(page, 'Escape');
    await press(page, 'ArrowRight');
    assert.equal(await beat(page), there); // the loop's choice is in the middle of that step
    assert.match(await headline(page), /A timer’s callback/);
  });

  onPage('has nothing for axe', helloTrace, async page => {
    await press(page, 'q');
    await page.click('.panel-predict .button.main');
    assert.deepEqual(await axeFindings(page), []);
    await press(page, 'Escape');
    await press(page, 'y');
    await page.click('.choice >> nth=0');
    assert.deepEqual(await axeFindings(page), []);
  }, { bypassCSP: true });
});
