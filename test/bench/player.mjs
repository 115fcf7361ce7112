/**
 * `npm run bench:player`: the player with long traces, in a real Chromium: how long until it can be used, how many frames a second scrubbing
 * keeps, how long a random state takes, how much memory it holds. The figures are the browser's own (frame times, heap). `--write` puts them
 * into README.md here; `--events 100000,1000000` chooses the lengths. Nothing is asserted.
 */
import { createRequire } from 'node:module';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from '../../esbuild.mjs';
import { bundleTests } from '../bundle.mjs';
import { needChromium } from '../host/chromium.mjs';
import { longTrace } from './cases/simulation.mjs';
import { median } from './measure.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.resolve(here, '../../dist');
const { values } = parseArgs({ options: { events: { type: 'string', default: '100000,1000000' }, write: { type: 'boolean', default: false } } });

await build({ production: true });
const [bundle] = await bundleTests(['test/bench/parts.ts']);
const parts = createRequire(import.meta.url)(bundle);
const browser = await chromium.launch({ executablePath: needChromium(), args: ['--no-sandbox', '--disable-gpu', '--enable-precise-memory-info'] });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'loopscope-bench-'));
const load = os.loadavg()[0].toFixed(1);
const rows = [];
let longest;
try {
  for (const wanted of values.events.split(',').map(Number)) rows.push(await measurePlayer(wanted));
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
}
const report = `Node ${process.versions.node}, ${os.cpus().length} cores, Chromium without GPU; load average ${load} before, ${os.loadavg()[0].toFixed(1)} after.\n\n`
  + `| events | page | until it can be used | scrubbing, median and slowest of 100 frames | a random state | a step forward | heap after |\n|---:|---:|---:|---:|---:|---:|---:|\n${rows.join('\n')}\n`;
console.log(`\n${report}`);
if (values.write) {
  const file = path.join(here, 'README.md');
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, text.replace(/(<!-- player -->\n)[\s\S]*(<!-- end of player -->)/, (_, before, after) => `${before}\n${report}\n${after}`));
}

/** One length of trace: a page of its own, opened and scrubbed. */
async function measurePlayer(wanted) {
  const trace = await traceOf(wanted);
  const file = path.join(folder, `${wanted}.html`);
  const read = name => fs.readFileSync(path.join(dist, name), 'utf8');
  fs.writeFileSync(file, parts.renderPage({ trace, script: read('player.js'), style: read('player.css'), title: 'long.ts' }));
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.setDefaultTimeout(300_000);
  await page.goto(`file://${file}`, { waitUntil: 'commit' });
  await page.waitForSelector('.lanes .lane');
  const usable = await page.evaluate(() => performance.now());
  const frames = await page.evaluate(scrub);
  const steps = await page.evaluate(press);
  const heap = await page.evaluate(() => { globalThis.gc?.(); return performance.memory.usedJSHeapSize; });
  const random = randomStates(trace);
  await page.close();
  const fps = 1000 / median(frames);
  return `| ${trace.events.length.toLocaleString('en')} | ${(fs.statSync(file).size / 1e6).toFixed(1)} MB | ${Math.round(usable)} ms `
    + `| ${median(frames).toFixed(1)} ms (${fps.toFixed(0)} a second), ${Math.max(...frames).toFixed(1)} ms | ${random.toFixed(2)} ms | ${median(steps).toFixed(1)} ms | ${Math.round(heap / 1e6)} MB |`;
}

/** A simulated trace of at least so many events; a longer one than the simulation records in a run is that one over and over. */
async function traceOf(wanted) {
  longest ??= await longTrace(parts, dist, 100_000);
  return parts.repeatTrace(longest, Math.ceil(wanted / longest.events.length));
}

/** Runs in the page: the strip is dragged from end to end, once a frame; answers how long each frame took. */
async function scrub() {
  const strip = document.querySelector('.scrub');
  const next = () => new Promise(resolve => { requestAnimationFrame(resolve); });
  const max = Number(strip.max);
  const times = [];
  await next();
  for (let n = 0; n < 100; n++) {
    const before = await next();
    strip.value = String(Math.round(((n * 37) % 100) / 100 * max));
    strip.dispatchEvent(new InputEvent('input', { bubbles: true }));
    times.push(await next() - before);
  }
  return times;
}

/** Runs in the page: single steps, each until it is drawn. */
async function press() {
  const times = [];
  for (let n = 0; n < 50; n++) {
    const before = performance.now();
    document.querySelector('[data-control=back]').click();
    await new Promise(resolve => { requestAnimationFrame(() => { setTimeout(resolve, 0); }); });
    times.push(performance.now() - before);
  }
  return times;
}

/** Milliseconds for one state at a random step, as the player asks for it. */
function randomStates(trace) {
  const history = parts.openHistory(trace);
  history.stateAt(trace.events.length - 1);
  let state = 7;
  const looks = 1000;
  const started = performance.now();
  for (let n = 0; n < looks; n++) history.stateAt((state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % trace.events.length);
  return (performance.now() - started) / looks;
}
