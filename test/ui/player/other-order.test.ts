/**
 * Why this file exists: where real Node may go either way, the reader plays the other way: of a page of its own, which
 * brought it along, and in the editor, which simulates it.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { parseTraceText } from '../../../src/trace/parse';
import type { Trace } from '../../../src/trace/trace';
import { axeFindings, press } from './on-page';
import { openBrowser, watchPage } from './page';
import { openWebview, send, told } from './webview-page';

const program = "setTimeout(() => console.log('timer'));\nsetImmediate(() => console.log('immediate'));\n";

describe('player: the other order', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loopscope-order-'));
  let browser: Browser;
  before(async () => {
    writeFileSync(path.join(folder, 'racy.cjs'), program);
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  function traced(output: string): string {
    const file = path.join(folder, output);
    execFileSync(process.execPath, ['dist/cli.js', 'trace', path.join(folder, 'racy.cjs'), '-o', file]);
    return file;
  }

  function recorded(): Trace {
    const parsed = parseTraceText(execFileSync(process.execPath, ['dist/cli.js', 'trace', path.join(folder, 'racy.cjs')], { encoding: 'utf8' }));
    assert.ok(parsed.kind === 'parsed');
    return parsed.trace;
  }

  async function printed(page: Page): Promise<readonly string[]> {
    await press(page, 'End');
    return page.locator('.box-console .lines li').allInnerTexts();
  }

  it('comes with a page of its own, there and back, and is compared', async () => {
    const { page, problems, close } = await watchPage(browser, { bypassCSP: true });
    await page.goto(`file://${traced('racy.html')}`);
    const first = await printed(page);
    assert.deepEqual([...first].sort(), ['immediate', 'timer']);
    await page.click('.other-order');
    assert.match(await page.textContent('.another-order') ?? '', /another order that real Node may take/);
    assert.deepEqual(await printed(page), [...first].reverse());
    await page.click('.another-order button:text("Compare")');
    assert.match(await page.textContent('.panel-compare .number') ?? '', /differs from line 1 on/);
    assert.deepEqual(await axeFindings(page), []);
    await press(page, 'Escape');
    await page.click('.first-order');
    assert.deepEqual(await printed(page), first);
    assert.equal(await page.locator('.another-order').count(), 0);
    assert.deepEqual(problems, []);
    await close();
  });

  it('is asked of the editor, and so is the first one', async () => {
    const { page, problems, close } = await openWebview(browser);
    const trace = recorded();
    const nudges = trace.notes[0]?.otherOrder ?? [];
    assert.ok(nudges.length > 0);
    await send(page, { kind: 'trace', trace, title: 'racy.cjs' });
    await page.click('.other-order');
    assert.deepEqual(await told(page, 'other-order'), [{ kind: 'other-order', nudges }]);
    await send(page, { kind: 'trace', trace: { ...trace, nudges }, title: 'racy.cjs' });
    await page.click('.first-order');
    assert.deepEqual((await told(page, 'other-order'))[1], { kind: 'other-order', nudges: [] });
    assert.deepEqual(problems, []);
    await close();
  });
});
