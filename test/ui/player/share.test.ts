/** Why this file exists: what the player hands out is whole: pictures that draw, traces that parse, links that play. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { renderPage } from '../../../src/player/page';
import { parseTraceText } from '../../../src/trace/parse';
import { helloTrace, lostTrace, manyTrace } from '../../unit/trace/programs';
import { axeFindings, beat, pagesOfTheirOwn, press } from './on-page';
import { boxes, playerParts } from './page';

/** Clicks a button of the panel and answers what was downloaded. */
async function downloaded(page: Page, what: string): Promise<{ readonly name: string; readonly bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-share=${what}]`)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describe('player: save and share, in Chromium', () => {
  const onPage = pagesOfTheirOwn();

  onPage('saves the timeline as an SVG that stands by itself', lostTrace, async page => {
    await page.click('[data-control=share]');
    const { name, bytes } = await downloaded(page, 'svg');
    assert.equal(name, 'a-program.svg');
    const svg = bytes.toString('utf8');
    const parsed = await page.evaluate(text => {
      const found = new DOMParser().parseFromString(text, 'image/svg+xml');
      const texts = [...found.querySelectorAll('text')].map(each => each.textContent);
      const unstyled = [...found.querySelectorAll('rect')].filter(each => !each.hasAttribute('fill')).length;
      return { broken: found.querySelectorAll('parsererror').length, texts, unstyled };
    }, svg);
    assert.deepEqual([parsed.broken, parsed.unstyled], [0, 0]);
    assert.ok(parsed.texts.includes('lost: nobody handles the error') && parsed.texts.some(text => text.endsWith('save()')), parsed.texts.join('; '));
    assert.equal(/var\(--|class=|color\(srgb/.exec(svg)?.[0], undefined);
    assert.ok(svg.length < 20_000, String(svg.length));
    await press(page, 'Escape');
    await press(page, 'v');
    await press(page, 's');
    await page.click('[data-share=svg]');
    assert.match(await page.textContent('.panel-share [role=status]') ?? '', /not on show/);
  });

  onPage('saves the trace as it was', helloTrace, async page => {
    await press(page, 's');
    const { name, bytes } = await downloaded(page, 'trace');
    assert.equal(name, 'a-program.json');
    assert.deepEqual(parseTraceText(bytes.toString('utf8')), { kind: 'parsed', trace: helloTrace() });
  });

  onPage('draws an animated picture whose frames differ, and comes back to where it was', helloTrace, async page => {
    await press(page, 'p', 2);
    const before = await beat(page);
    await press(page, 'l');
    await press(page, 'ArrowRight', 3);
    await press(page, 'l');
    const at = await beat(page);
    await press(page, 's');
    const { name, bytes } = await downloaded(page, 'gif');
    assert.equal(name, 'a-program.gif');
    assert.equal(bytes.subarray(0, 6).toString('latin1'), 'GIF89a');
    assert.deepEqual([bytes.readUInt16LE(6), bytes.readUInt16LE(8)], [960, 540]);
    assert.equal(bytes.at(-1), 0x3b);
    const frames = await framesOf(page, bytes);
    assert.equal(frames.count, 4);
    assert.equal(new Set(frames.sums).size, 4, frames.sums.join(' '));
    assert.ok(frames.colors > 20, String(frames.colors));
    assert.equal(await beat(page), at);
    assert.equal(at, before + 3);
  }, { bypassCSP: true });

  onPage('carries a run in the fragment of a link', helloTrace, async page => {
    await press(page, 's');
    await page.click('[data-share=link]');
    await page.waitForFunction(() => location.hash.startsWith('#run='));
    const { hash } = new URL(page.url());
    assert.ok(hash.length < 5000, String(hash.length));
    const other = path.join(mkdtempSync(path.join(os.tmpdir(), 'loopscope-link-')), 'other.html');
    writeFileSync(other, await renderPage({ trace: lostTrace(), ...playerParts(), title: 'another program' }));
    await page.goto(`file://${other}${hash}`);
    await page.waitForSelector('.stage');
    rmSync(path.dirname(other), { recursive: true });
    assert.equal(await page.textContent('h1'), 'a program');
    await press(page, 'End');
    assert.deepEqual((await boxes(page))['console'], ['start', 'load 2', 'end', 'tick', 'micro', 'got user 2']);
  });

  onPage('says that a long run is too long for a link', () => manyTrace(20_000), async page => {
    await press(page, 's');
    await page.click('[data-share=link]');
    await page.waitForFunction(() => document.querySelector('.panel-share [role=status]')?.textContent.includes('too long'));
    assert.equal(new URL(page.url()).hash, '');
  });

  onPage('has nothing for axe', helloTrace, async page => {
    await press(page, 's');
    assert.deepEqual(await axeFindings(page), []);
  }, { bypassCSP: true });
});

/** Decodes a GIF by the browser's own decoder. */
async function framesOf(page: Page, bytes: Buffer): Promise<{ count: number; sums: number[]; colors: number }> {
  return page.evaluate(async text => {
    const data = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    const decoder = new ImageDecoder({ data, type: 'image/gif' });
    await decoder.tracks.ready;
    const count = decoder.tracks.selectedTrack?.frameCount ?? 0;
    const sums: number[] = [];
    const colors = new Set<number>();
    for (let frameIndex = 0; frameIndex < count; frameIndex++) {
      const { image } = await decoder.decode({ frameIndex });
      const canvas = new OffscreenCanvas(image.displayWidth, image.displayHeight);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      sums.push(pixels.reduce((sum, pixel, n) => (sum + pixel * ((n % 997) + 1)) % 1_000_000_007, 0));
      for (const pixel of pixels) colors.add(pixel);
    }
    return { count, sums, colors: colors.size };
  }, bytes.toString('base64'));
}
