import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { helloTrace } from '../../unit/trace/programs';
import { boxes, openBrowser } from './page';
import { openWebview, send, told } from './webview-page';

describe('player: in a webview', () => {
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  it('says that it is ready, plays what it is sent, and tells where it stands', async () => {
    const { page, problems, close } = await openWebview(browser);
    assert.equal((await told(page, 'ready')).length, 1);
    await send(page, { kind: 'busy', message: 'Simulating hello.ts' });
    assert.match((await page.textContent('[role=status]')) ?? '', /Simulating hello\.ts/);
    await send(page, { kind: 'trace', trace: helloTrace(), title: 'load(2)' });
    assert.equal(await page.textContent('h1'), 'load(2)');
    await page.keyboard.press('n');
    const last = (await told(page, 'step')).at(-1);
    assert.deepEqual(last?.running, { file: 'hello.ts', line: 8, column: 1, endLine: 8, endColumn: 48 });
    assert.deepEqual(last.suspended.map(place => [place.label, place.line]), [['load(2)', 3]]);
    assert.deepEqual(last.notes.map(({ line, mark, text }) => [line, mark, text]), [[3, 'parked', 'load(2)'], [8, 'running', '']]);
    await page.keyboard.press('r');
    const inside = (await told(page, 'step')).at(-1);
    assert.deepEqual(inside?.notes.find(({ mark }) => mark === 'value'), { file: 'hello.ts', line: 1, mark: 'value', text: 'id = 2' });
    await send(page, { kind: 'reveal-line', file: 'hello.ts', line: 4 });
    assert.deepEqual((await boxes(page))['running'], ['4']);
    assert.deepEqual(problems, []);
    await close();
  });

  it('shows made-up values before playing, and asks for a run with the edited ones', async () => {
    const { page, problems, close } = await openWebview(browser);
    const parameters = [{ name: 'id', type: 'number', expression: '1' }];
    await send(page, { kind: 'parameters', title: 'load', parameters });
    await page.fill('.parameters input', '42');
    await page.keyboard.press('Enter');
    assert.deepEqual(await told(page, 'rerun'), [{ kind: 'rerun', values: { id: '42' } }]);
    await send(page, { kind: 'trace', trace: helloTrace(), title: 'load(42)', parameters: [{ name: 'id', type: 'number', expression: '42' }] });
    await page.click('.parameters button');
    assert.equal((await told(page, 'rerun')).length, 2);
    assert.deepEqual(problems, []);
    await close();
  });

  it('keeps the last run under an error, and leads to its place', async () => {
    const { page, problems, close } = await openWebview(browser);
    await send(page, { kind: 'trace', trace: helloTrace(), title: 'hello.ts' });
    await send(page, { kind: 'error', message: 'Line 3 does not parse: a bracket is missing.', file: 'hello.ts', line: 3 });
    assert.match((await page.textContent('[role=alert]')) ?? '', /does not parse/);
    assert.ok(await page.isVisible('.stage'));
    await page.click('[role=alert] button');
    assert.deepEqual(await told(page, 'open-location'), [{ kind: 'open-location', file: 'hello.ts', line: 3, column: 1 }]);
    await page.click('[aria-label="Save as a page"]');
    assert.equal((await told(page, 'save')).length, 1);
    await page.keyboard.press('s');
    await page.click('[data-share=program]');
    assert.equal((await told(page, 'link')).length, 1);
    assert.deepEqual(problems, []);
    await close();
  });

  it('marks the steps of the editor’s line, and keeps its place when the same is played again', async () => {
    const { page, problems, close } = await openWebview(browser);
    await send(page, { kind: 'trace', trace: helloTrace(), title: 'hello.ts' });
    await send(page, { kind: 'cursor', file: 'hello.ts', line: 3 });
    assert.equal(await page.locator('.strip .cursor-mark').count(), 2);
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    const before = await page.textContent('.readout b');
    await send(page, { kind: 'outdated', message: 'The last run is kept.' });
    assert.equal(await page.textContent('.readout b'), before);
    await send(page, { kind: 'trace', trace: helloTrace(), title: 'hello.ts', keepPlace: true });
    assert.equal(await page.textContent('.readout b'), before);
    assert.equal(await page.locator('.notice').count(), 0);
    await page.keyboard.press('c');
    assert.match(await page.textContent('.panel-compare .number') ?? '', /print the same lines/);
    assert.equal(await page.locator('.run').count(), 2);
    assert.deepEqual(problems, []);
    await close();
  });

  it('pays no heed to other messages', async () => {
    const { page, problems, close } = await openWebview(browser);
    await page.evaluate(() => {
      for (const value of [null, 7, 'trace', { kind: 'toString' }, { data: 1 }]) window.postMessage(value, '*');
    });
    await send(page, { kind: 'trace', trace: { format: 'other' } as never, title: 'x' });
    assert.match((await page.textContent('[role=alert]')) ?? '', /not a Loopscope trace/);
    assert.deepEqual(problems, []);
    await close();
  });
});
