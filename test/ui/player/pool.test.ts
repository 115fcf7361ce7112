/**
 * Why this file exists: the thread pool is in sight when a run uses it, and its tokens go from queue to thread, and on
 * to the stack.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Trace } from '../../../src/trace/trace';
import { outAside, outOfSight } from './in-sight';
import { goToStep } from './on-page';
import { openBrowser } from './page';
import { recorder } from './recorded';
import { openWebview, send } from './webview-page';

/** More hashes than threads, files, timers, immediates, ticks and microtasks. */
const program = `
import { pbkdf2 } from 'node:crypto';
import { readFile, stat } from 'node:fs';
import { access } from 'node:fs/promises';

for (const name of ['ann', 'bob', 'cid', 'dan', 'eve', 'fay']) pbkdf2('secret', name, 20_000, 64, 'sha512', (error, key) => console.log(name, key.length));
readFile('package.json', 'utf8', error => console.log('read', error === null));
stat('.', () => setImmediate(() => console.log('immediate')));
async function later(): Promise<void> {
  await access('.');
  process.nextTick(() => queueMicrotask(() => console.log('microtask')));
}
void later();
setTimeout(() => console.log('timer'), 5);
`;

const webviews = [[691, 798], [611, 618], [966, 666]] as const;

describe('player: the thread pool', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loopscope-pool-'));
  const record = recorder();
  let browser: Browser;
  let trace: Trace;
  before(async () => {
    const file = path.join(folder, 'pool.ts');
    writeFileSync(file, program);
    trace = (await record(file)).trace;
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  for (const [width, height] of webviews) {
    it(`fits with all the rest at ${width} × ${height}`, async () => {
      const { page, problems, close } = await openWebview(browser, { viewport: { width, height }, reducedMotion: 'reduce' });
      await send(page, { kind: 'trace', trace, title: 'pool.ts' });
      const all = Number(await page.getAttribute('.scrub', 'max'));
      for (let step = 1; step <= all; step += 3) {
        await goToStep(page, step);
        assert.deepEqual(await outOfSight(page.locator('body')), [], `at step ${step} of ${all}`);
        assert.ok(await page.locator('.box-pool h2').isVisible());
      }
      assert.deepEqual(await outAside(page.locator('body')), []);
      assert.deepEqual(problems, []);
      await close();
    });
  }

  it('shows what waits, what threads do and what is done, each token under one name', async () => {
    const { page, problems, close } = await openWebview(browser, { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
    await send(page, { kind: 'trace', trace, title: 'pool.ts' });
    const all = Number(await page.getAttribute('.scrub', 'max'));
    const places = new Set<string>();
    for (let step = 1; step <= all; step++) {
      await goToStep(page, step);
      const seen = await page.evaluate(() => {
        const columns = [...document.querySelectorAll('.box-pool .tokens')];
        const names = (root: Element | null | undefined): string => [...root?.querySelectorAll('[data-flip]') ?? []].map(token => token.getAttribute('data-flip')).join(' ');
        return [...columns.map(names), names(document.querySelector('.box-stack'))];
      });
      for (const [place, names] of seen.entries()) if (/\bwork-1\b/.test(names)) places.add(['queue', 'thread', 'completed', 'stack'][place] ?? '');
    }
    assert.deepEqual([...places], ['queue', 'thread', 'completed', 'stack']);
    assert.deepEqual(problems, []);
    await close();
  });

  it('is not there in a run without one', async () => {
    const file = path.join(folder, 'none.ts');
    writeFileSync(file, "setTimeout(() => console.log('timer'), 1);\n");
    const other = (await record(file)).trace;
    const { page, close } = await openWebview(browser, { viewport: { width: 966, height: 666 } });
    await send(page, { kind: 'trace', trace: other, title: 'none.ts' });
    assert.equal(await page.locator('.box-pool').count(), 0);
    await close();
  });
});
