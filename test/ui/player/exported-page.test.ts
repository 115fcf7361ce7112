import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { helloTrace, lostTrace, manyTrace } from '../../unit/trace/programs';
import { axeFindings, beat, goToStep, headline, pagesOfTheirOwn, press } from './on-page';
import { boxes, openBrowser, openExported } from './page';

describe('player: the exported page in Chromium, under its policy', () => {
  const onPage = pagesOfTheirOwn();
  let browser: Browser;
  before(async () => {
    browser = await openBrowser();
  });
  after(() => browser.close());

  onPage('has the right lines in the right boxes after steps forward and back', helloTrace, async page => {
    await press(page, 'ArrowRight', 6);
    const suspended = await boxes(page);
    assert.deepEqual(suspended, {
      running: ['8'], parked: ['3'], stack: ['hello.ts'], suspended: ['load(2)'], ticks: [], microtasks: [], timers: ['resolve'], immediates: [],
      console: ['start', 'load 2'], caption: ['load(2) is suspended at line 3: it waits for sleep(20).'],
    });
    await press(page, 'ArrowRight', 3);
    const queued = await boxes(page);
    assert.deepEqual([queued['ticks'], queued['timers'], queued['running']], [['() => console.log(\'tick\')'], ['() => {…}', 'resolve'], ['10']]);
    await press(page, 'ArrowLeft', 3);
    assert.deepEqual(await boxes(page), suspended);
    await press(page, 'End');
    assert.deepEqual((await boxes(page))['console'], ['start', 'load 2', 'end', 'tick', 'micro', 'got user 2']);
  });

  onPage('does everything by keyboard', helloTrace, async page => {
    await press(page, 'n');
    assert.match(await headline(page), /load\(2\) is suspended/);
    await press(page, 'p');
    assert.match(await headline(page), /prints end/);
    await press(page, 't');
    assert.match(await headline(page), /A tick runs/);
    await press(page, 'Shift+N');
    assert.match(await headline(page), /load\(2\) is suspended/);
    const before = await beat(page);
    await press(page, 'Shift+ArrowRight');
    assert.equal(await beat(page), before + 1);
    await press(page, 'Home');
    assert.match(await headline(page), /Nothing has run yet/);
    await press(page, 'End');
    assert.match(await headline(page), /exit code 0/);
    await press(page, 'm');
    await page.waitForSelector('.caption .mechanics');
    await press(page, '?');
    await page.waitForSelector('dialog.help[open]');
    await press(page, 'Escape');
    await page.waitForSelector('dialog.help', { state: 'hidden' });
    await press(page, 'ArrowLeft');
    assert.doesNotMatch(await headline(page), /exit code 0/);
  });

  onPage('plays, pauses and stops at the end', helloTrace, async page => {
    await page.selectOption('.speed select', '8');
    await page.locator('.speed select').blur();
    await press(page, ' ');
    assert.equal(await page.getAttribute('[data-control=play]', 'aria-label'), 'Pause');
    await page.waitForFunction(() => Number(document.querySelector('.readout b')?.textContent) >= 3);
    await press(page, ' ');
    const stopped = await beat(page);
    await page.waitForTimeout(400);
    assert.equal(await beat(page), stopped);
    await press(page, 'End');
    await press(page, 'ArrowLeft');
    await press(page, ' ');
    await page.waitForFunction(() => document.querySelector('[data-control=play]')?.getAttribute('aria-label') === 'Play');
    assert.match(await headline(page), /exit code 0/);
  });

  onPage('scrubs by the strip, with a word for each step', helloTrace, async page => {
    await page.focus('.scrub');
    await press(page, 'Home');
    assert.match(await headline(page), /Nothing has run yet/);
    await press(page, 'ArrowRight', 3);
    assert.equal(await beat(page), 3);
    assert.match((await page.getAttribute('.scrub', 'aria-valuetext')) ?? '', /^step 3 of \d+: Line 8 runs/);
    const strip = await page.locator('.scrub').boundingBox();
    assert.ok(strip !== null);
    await page.mouse.click(strip.x + strip.width / 2, strip.y + strip.height / 2);
    assert.ok(Math.abs((await beat(page)) - 15) <= 2);
  });

  onPage('runs to a line that is clicked', helloTrace, async page => {
    await page.click('[data-line="4"]');
    assert.deepEqual((await boxes(page))['running'], ['4']);
    await page.click('[data-line="7"] .number');
    assert.deepEqual((await boxes(page))['running'], ['7']);
    await page.click('[data-line="6"]'); // an empty line never runs
    assert.deepEqual((await boxes(page))['running'], ['7']);
  });

  onPage('moves a token from its queue to the stack, and not when stillness is asked for', helloTrace, async page => {
    await page.evaluate(() => {
      const moved: string[] = [];
      Object.assign(window, { moved });
      const animate = Reflect.get(Element.prototype, 'animate');
      Element.prototype.animate = function (this: Element, ...given: Parameters<Element['animate']>) {
        moved.push(this.getAttribute('data-flip') ?? '');
        return Reflect.apply(animate, this, given);
      };
    });
    await press(page, 't');
    const moved = await page.evaluate(() => (window as unknown as { moved: string[] }).moved);
    assert.ok(moved.some(names => names.includes('task-')), String(moved));
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const count = moved.length;
    await press(page, 't');
    assert.equal(await page.evaluate(() => (window as unknown as { moved: string[] }).moved.length), count);
  });

  onPage('says how a run ended that did not end well', lostTrace, async page => {
    assert.match((await page.textContent('.notice.error')) ?? '', /Ended by an error/);
    await page.click('.notice.error button');
    assert.match(await headline(page), /exit code 1/);
    assert.match((await page.textContent('.box-promises')) ?? '', /nobody handles it/);
  });

  onPage('says that there is nothing to play', () => ({ ...helloTrace(), events: [] }), async page => {
    assert.match((await page.textContent('.notice')) ?? '', /nothing to play/);
    await press(page, 'ArrowRight');
    await press(page, ' ');
  });

  it('says in one line that a trace cannot be read', async () => {
    const open = await openExported(browser, { ...helloTrace(), version: 1 as 2 });
    assert.match((await open.page.textContent('.notice.error')) ?? '', /version 1; this Loopscope reads version 2/);
    assert.deepEqual(open.problems, []);
    await open.close();
  });

  it('keeps what a program contains from becoming markup', async () => {
    const hostile = '</script><img src=x onerror="document.title=1"><!--<script>`${1}`\u2028';
    const trace = helloTrace();
    const open = await openExported(browser, { ...trace, files: [{ path: hostile, text: trace.files[0]?.text ?? '' }] }, {}, hostile);
    await open.page.waitForSelector('.stage');
    assert.equal(await open.page.locator('img').count(), 0);
    assert.equal(await open.page.textContent('h1'), hostile);
    assert.deepEqual(open.problems, []);
    await open.close();
  });

  onPage('keeps up with 100,000 events', () => manyTrace(100_000), async page => {
    // It is packed: what is in it would be ten times as long.
    assert.ok((await page.content()).length < JSON.stringify(manyTrace(100_000)).length / 4);
    await press(page, 'End');
    assert.match(await headline(page), /exit code 0/);
    const jump = await page.evaluate(async () => {
      const scrub = document.querySelector<HTMLInputElement>('.scrub');
      if (scrub === null) throw new Error('no strip');
      const started = performance.now();
      for (let n = 0; n < 20; n++) {
        scrub.value = String((n * 7919) % Number(scrub.max));
        scrub.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await new Promise(resolve => requestAnimationFrame(resolve));
      }
      return (performance.now() - started) / 20;
    });
    if (process.env['LOOPSCOPE_FIGURES'] !== undefined) console.log(`      ${jump.toFixed(1)} ms a jump`);
    await press(page, 'Home');
    assert.equal(await page.inputValue('.scrub'), '0');
  });

  onPage('shows after scrubbing what it shows after a jump', () => manyTrace(3000), async page => {
    const { scrubbed, drawn } = await page.evaluate(async () => {
      const scrub = document.querySelector<HTMLInputElement>('.scrub');
      if (scrub === null) throw new Error('no strip');
      function move(to: number): Promise<number> {
        if (scrub === null) throw new Error('no strip');
        scrub.value = String(to);
        scrub.dispatchEvent(new InputEvent('input', { bubbles: true }));
        return new Promise(resolve => requestAnimationFrame(resolve));
      }
      const most = Number(scrub.max);
      let fewest = Infinity;
      for (const part of [0.9, 0.3, 0.8, 0.4, 0.95]) {
        await move(Math.round(part * most));
        fewest = Math.min(fewest, document.querySelectorAll('.box-console li').length);
      }
      return { scrubbed: Math.round(0.95 * most), drawn: fewest };
    });
    await page.waitForTimeout(400); // it stands still
    const after = await boxes(page);
    const lowest = await page.$eval('.box-console .lines', lines => lines.getBoundingClientRect().bottom);
    const end = await page.locator('.box-console li').last().boundingBox();
    assert.ok(end !== null && Math.abs(end.y + end.height - lowest) < 2, 'the console stands at its end');
    await press(page, 'Home');
    await page.waitForTimeout(200);
    await goToStep(page, scrubbed);
    assert.deepEqual(await boxes(page), after);
    assert.ok((after['console'] ?? []).length > drawn);
  });

  for (const colorScheme of ['dark', 'light'] as const) {
    for (const width of [1280, 360]) {
      onPage(`has nothing for axe in ${colorScheme} at ${width} px`, helloTrace, async page => {
        for (const keys of [[], ['n'], ['t', 't', 't'], ['?']]) {
          for (const key of keys) await press(page, key);
          assert.deepEqual(await axeFindings(page), [], `after ${keys.join(' ')}`);
        }
      }, { colorScheme, viewport: { width, height: 720 }, bypassCSP: true });
    }
  }

  onPage('fits a panel of 320 px and type twice as large', helloTrace, async page => {
    await press(page, 'n');
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.equal(overflow, 0);
  }, { viewport: { width: 320, height: 640 } });
});
