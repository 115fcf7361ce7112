/** Why this file exists: every control of the player, as a reader uses it in a real browser. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { helloTrace, lostTrace } from '../../unit/trace/programs';
import type { Trace } from '../../../src/trace/trace';
import { axeFindings, beat, headline, pagesOfTheirOwn, press } from './on-page';
import { boxes } from './page';

/** Where the timeline's hand stands, in points. */
async function hand(page: Page): Promise<number> {
  return page.evaluate(() => parseFloat(document.querySelector<HTMLElement>('.lane-stack .hand')?.style.transform.slice('translateX('.length) ?? ''));
}

async function lanes(page: Page): Promise<readonly string[]> {
  return page.$$eval('.lanes .lane .lane-label', labels => labels.map(label => label.lastChild?.textContent ?? ''));
}

/** The same run, with what the suspended function took along. */
function parkedTrace(): Trace {
  const trace = helloTrace();
  const locals = `id = 2\ntags = ['a']`;
  return { ...trace, events: trace.events.map(event => event.kind === 'frame-suspended' ? { ...event, locals } : event) };
}

describe('player: controls in Chromium', () => {
  const onPage = pagesOfTheirOwn();

  onPage('steps over and out of a call by key and by button', helloTrace, async page => {
    await page.click('[data-line="8"]');
    await press(page, 'o');
    assert.deepEqual((await boxes(page))['stack'], ['hello.ts']);
    assert.deepEqual((await boxes(page))['suspended'], ['load(2)']);
    await press(page, 'Shift+O');
    await press(page, 'ArrowRight');
    assert.deepEqual((await boxes(page))['stack'], ['load(2)', 'hello.ts']);
    await page.click('[data-control=out]');
    assert.deepEqual((await boxes(page))['suspended'], ['load(2)']);
    await page.click('[data-control=over]');
    assert.deepEqual((await boxes(page))['stack'], ['hello.ts']);
  });

  onPage('says what a suspended function waits for and what it took along, and shows values in the source', parkedTrace, async page => {
    await press(page, 'n');
    assert.deepEqual(await page.locator('.box-suspended .under').allTextContents(), ['waits for sleep(20)', `id = 2 · tags = ['a']`]);
    assert.match(await page.getAttribute('.box-suspended .token', 'title') ?? '', /its variables when it parked:\n {2}id = 2\n {2}tags = \['a'\]$/);
    await press(page, 'r');
    assert.equal(await page.textContent('[data-line="1"] .notes'), 'id = 2');
    assert.equal(await page.textContent('[data-line="3"] .notes'), `gets 'user 2'`);
    await press(page, 'ArrowRight');
    assert.equal(await page.textContent('[data-line="3"] .notes'), `user = 'user 2'`);
  });

  onPage('goes to the same function’s next resume, and back to where the reader was', helloTrace, async page => {
    await press(page, 'n');
    const before = await beat(page);
    await press(page, 'r');
    assert.match(await headline(page), /load\(2\) is back on the stack at line 3/);
    await press(page, 'z');
    assert.equal(await beat(page), before);
    await press(page, 'Shift+Z');
    assert.match(await headline(page), /is back on the stack/);
  });

  onPage('tells why a token is here, and leads to each place of its story', helloTrace, async page => {
    await press(page, 't');
    await press(page, 'z');
    await press(page, 'n');
    await press(page, 'ArrowRight', 4);
    await page.click('.box-timers .token >> text=() => {…}');
    const card = page.locator('.panel-story');
    assert.match(await card.textContent() ?? '', /put into the timers by hello\.ts, due at 12 ms/);
    assert.equal(await page.getAttribute('.box-timers .token.followed', 'aria-pressed'), 'true');
    await card.locator('.episode >> text=starts on an empty stack').click();
    assert.match(await headline(page), /A timer’s callback/);
    assert.match(await card.locator('[aria-current=step]').textContent() ?? '', /starts/);
    await press(page, 'Escape');
    assert.equal(await card.count(), 0);
    await page.click('.box-promises .promise >> nth=0');
    await press(page, 'e');
    assert.match(await page.textContent('.panel-story .now') ?? '', /is fulfilled|begins to wait|is made/);
  });

  onPage('draws lanes that are told apart by shape and word, and goes to what is clicked', helloTrace, async page => {
    assert.deepEqual(await lanes(page), ['hello.ts', 'load(2)', `() => console.log('tick')`, '() => {…}', `() => console.log('micro')`]);
    const shapes = await page.$$eval('.lanes .lane', all => all.map(lane => [...lane.querySelectorAll('.stretch')].map(each => each.getAttribute('class')?.split(' ')[1])));
    assert.deepEqual(shapes[1], ['running', 'suspended', 'ready', 'running', 'ready', 'running']);
    assert.equal(await page.textContent('.lanes .suspended text'), 'sleep(20)');
    await page.locator('.lanes .lane').nth(1).locator('.suspended rect').click();
    assert.match(await headline(page), /load\(2\) is suspended/);
    const words = await page.$$eval('.timeline .hidden li', items => items.map(item => item.textContent));
    assert.ok(words.includes('load(2): suspended 1 time'), words.join('; '));
  });

  onPage('shows a lost rejection as a line that goes nowhere', lostTrace, async page => {
    assert.equal(await page.textContent('.lanes .ending.lost text'), 'lost: nobody handles the error');
    assert.equal(await page.locator('.lanes .edge.chain').count(), 0);
    assert.equal(await page.locator('.lanes .edge.fork').count(), 1);
  });

  onPage('comes nearer and goes farther, by steps or by time', helloTrace, async page => {
    await press(page, 'p', 3);
    const whole = await hand(page);
    await press(page, ']', 2);
    const near = await hand(page);
    assert.notEqual(whole, near);
    await press(page, '0');
    assert.equal(await hand(page), whole);
    await press(page, 'x');
    assert.equal(await page.textContent('[data-control=axis]'), 'time');
    assert.notEqual(await hand(page), whole);
    const times = await page.$$eval('.times text', all => all.map(text => text.textContent));
    assert.ok(times.includes('10 ms'), times.join(' '));
    await press(page, 'x');
    await page.click('[data-control=zoom-in]');
    await page.click('[data-control=zoom-out]');
    assert.equal(await hand(page), whole);
  });

  onPage('shows both views, the machine, or the timeline', helloTrace, async page => {
    const seen = async (): Promise<readonly boolean[]> => Promise.all(['.machine', '.timeline'].map(view => page.isVisible(view)));
    assert.deepEqual(await seen(), [true, true]);
    await press(page, 'v');
    assert.deepEqual(await seen(), [true, false]);
    await press(page, 'v');
    assert.deepEqual(await seen(), [false, true]);
    await press(page, 'v');
    assert.deepEqual(await seen(), [true, true]);
  });

  onPage('has large type and few boxes on a projector, and steps by one key', helloTrace, async page => {
    const before = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    await press(page, 'w');
    const size = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
    assert.ok(size >= before * 1.3 && size >= 18, String(size));
    assert.deepEqual(await Promise.all(['.box-immediates', '.box-promises', '.timeline'].map(box => page.isVisible(box))), [false, false, false]);
    assert.deepEqual(await Promise.all(['.box-stack', '.box-suspended', '.box-timers', '.box-console'].map(box => page.isVisible(box))), [true, true, true, true]);
    await press(page, 'ArrowRight');
    assert.ok(await beat(page) > 1);
  });

  onPage('says what was found, and leads there', lostTrace, async page => {
    assert.equal(await page.textContent('[data-control=findings] .badge'), '1');
    await press(page, 'f');
    assert.match(await page.textContent('.panel-findings') ?? '', /save\(\) was rejected with Error: no room, and nobody handles it/);
    await page.click('.finding');
    assert.match(await headline(page), /Lost: save\(\)/);
    await press(page, 'Escape');
    assert.equal(await page.locator('.panel-findings').count(), 0);
  });

  onPage('searches, from find to find, and gives the focus back', helloTrace, async page => {
    await page.focus('[data-control=search]');
    await press(page, '/');
    await page.keyboard.type('load(2)');
    assert.match(await page.textContent('.search [role=status]') ?? '', /^0 of [3-9]$/);
    await press(page, 'Enter');
    const first = await beat(page);
    await press(page, 'Enter');
    assert.ok(await beat(page) > first);
    await press(page, 'Shift+Enter');
    assert.equal(await beat(page), first);
    await press(page, 'Escape');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-control')), 'search');
  });

  onPage('keeps bookmarks on the strip, and repeats a passage', helloTrace, async page => {
    await press(page, 'p', 2);
    await press(page, 'b');
    assert.equal(await page.locator('.strip .bookmark').count(), 1);
    const marked = await beat(page);
    await press(page, 'Home');
    await press(page, 'Shift+B');
    assert.equal(await beat(page), marked);
    await press(page, 'l');
    await press(page, 'ArrowRight', 2);
    await press(page, 'l');
    assert.match(await page.textContent('.remark') ?? '', /repeats steps/);
    await page.selectOption('.speed select', '8');
    await page.locator('.speed select').blur();
    await press(page, ' ');
    const seen = new Set<number>();
    for (let n = 0; n < 20; n++) {
      seen.add(await beat(page));
      await page.waitForTimeout(60);
    }
    await press(page, ' ');
    assert.ok([...seen].every(each => each >= marked && each <= marked + 2) && seen.size >= 2, [...seen].join(' '));
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    onPage(`has nothing for axe in any view or panel, ${colorScheme}`, lostTrace, async page => {
      for (const keys of [['n', 'v'], ['v', 'x'], ['v', 'f'], ['Escape', '/'], ['Escape', 'w']]) {
        for (const key of keys) await press(page, key);
        assert.deepEqual(await axeFindings(page), [], `after ${keys.join(' ')}`);
      }
      await press(page, 'w');
      await page.click('.box-suspended .token');
      assert.deepEqual(await axeFindings(page), [], 'with a story');
    }, { colorScheme, bypassCSP: true });
  }
});
