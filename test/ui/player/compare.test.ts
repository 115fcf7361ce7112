/** Why this file exists: two runs on one clock: the one before an edit, or one from a file. */
import assert from 'node:assert/strict';
import { helloTrace, lostTrace } from '../../unit/trace/programs';
import { axeFindings, pagesOfTheirOwn, press } from './on-page';

describe('player: compare, in Chromium', () => {
  const onPage = pagesOfTheirOwn();

  onPage('lays a run from a file beside the one on show, on one clock', helloTrace, async page => {
    await press(page, 'c');
    assert.match(await page.textContent('.panel-compare') ?? '', /no earlier run/);
    const trace = helloTrace();
    const events = trace.events.map(event => event.kind === 'console-printed' && event.text === 'tick\n' ? { ...event, text: 'tock\n' } : event);
    const changed = { ...trace, events, virtualMs: 40 };
    await page.setInputFiles('.open-trace input', { name: 'changed.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(changed)) });
    await page.waitForSelector('.run');
    assert.match(await page.textContent('.panel-compare .number') ?? '', /differs from line 4 on/);
    const marked = await page.$$eval('.run-lines .differs', items => items.map(item => item.textContent));
    assert.deepEqual(marked, ['tock', 'tick']);
    const times = await page.$$eval('.run', runs => runs.map(run => [...run.querySelectorAll('.times text')].map(text => text.textContent).join(' ')));
    assert.equal(times[0], times[1]);
    assert.match(times[0] ?? '', /40 ms/);
    assert.deepEqual(await page.locator('.run-now').allTextContents(), ['is over', 'is over']);
    assert.equal(await page.locator('.run-lines .later').count(), 0);
    await page.locator('.common-clock input').fill('250'); // of 1000 parts of 40 ms
    assert.equal(await page.textContent('.common-clock output'), '10 ms');
    assert.deepEqual(await page.locator('.run-now').allTextContents(), ['waits', 'waits']);
    const printed = await page.$$eval('.run-lines', lists => lists.map(list => list.querySelectorAll('li:not(.later)').length));
    assert.equal(printed[0], printed[1]);
    assert.ok(Number(printed[0]) > 0 && await page.locator('.run-lines .later').count() > 0);
    await page.locator('.common-clock input').focus();
    await page.keyboard.press('Home');
    assert.equal(await page.textContent('.common-clock output'), '0 ms');
    assert.deepEqual(await axeFindings(page), []);
  }, { bypassCSP: true });

  onPage('says in one line what is wrong with a file', lostTrace, async page => {
    await press(page, 'c');
    await page.setInputFiles('.open-trace input', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('no') });
    await page.waitForSelector('.notice.error >> text=This is not JSON');
  });
});
