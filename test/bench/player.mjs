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
let simulated;
try {
  for (const wanted of values.events.split(',').map(Number)) rows.push(await measurePlayer(wanted));
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
}
const report = `Node ${process.versions.node}, ${os.cpus().length} cores, Chromium without GPU; load average ${load} before, ${os.loadavg()[0].toFixed(1)} after.\n\n`
  + `| events | page | until it can be used, median of 5: by the clock, by the thread | a frame of scrubbing: by the clock (median of 200, 95th percentile, the slowest second), by the thread (mean) | a random state | a step forward | heap after |\n|---:|---:|---:|---:|---:|---:|---:|\n${rows.join('\n')}\n`;
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
  fs.writeFileSync(file, await parts.renderPage({ trace, script: read('player.js'), style: read('player.css'), title: 'long.ts' }));
  const loads = [];
  for (let n = 0; n < 4; n++) {
    const { page, ...times } = await openPage(file);
    loads.push(times);
    await page.close();
  }
  const { page, session, ...last } = await openPage(file);
  loads.push(last);
  const [usable, afterLoad] = [median(loads.map(each => each.usable)), median(loads.map(each => each.worked))];
  const beforeScrubbing = await busy(session);
  const frames = await page.evaluate(scrub);
  const scrubbing = (await busy(session) - beforeScrubbing) / frames.length;
  const steps = await page.evaluate(press);
  const heap = await page.evaluate(() => { globalThis.gc?.(); return performance.memory.usedJSHeapSize; });
  const random = randomStates(trace);
  await page.close();
  const fps = 1000 / median(frames);
  const slow = [...frames].sort((a, b) => a - b)[Math.floor(frames.length * 0.95)];
  return `| ${trace.events.length.toLocaleString('en')} | ${(fs.statSync(file).size / 1e6).toFixed(1)} MB | ${Math.round(usable)} ms, ${Math.round(afterLoad)} ms `
    + `| ${median(frames).toFixed(1)} ms (${fps.toFixed(0)} a second), ${slow.toFixed(1)} ms, ${slowestSecond(frames).toFixed(0)} frames, ${scrubbing.toFixed(1)} ms | ${random.toFixed(2)} ms | ${median(steps).toFixed(1)} ms | ${Math.round(heap / 1e6)} MB |`;
}

/** A page of its own, opened until its lanes are drawn and it listens. */
async function openPage(file) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  page.setDefaultTimeout(300_000);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.addInitScript(noteFirstPicture);
  await page.goto(`file://${file}`, { waitUntil: 'commit' });
  await page.waitForFunction(() => globalThis.firstPicture !== undefined);
  return { page, session, usable: await page.evaluate(() => globalThis.firstPicture), worked: await busy(session) };
}

/** A simulated trace of at least so many events: one run, over and over. */
async function traceOf(wanted) {
  simulated ??= await simulate();
  return parts.repeatTrace(simulated, Math.ceil(wanted / simulated.events.length));
}

/** Eight workers that load a hundred things each: calls, awaits, timers, prints. */
async function simulate() {
  const text = `const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
async function load(id: number): Promise<number> {
  await sleep(id % 7);
  console.log('load', id);
  return id;
}
async function worker(from: number): Promise<number> {
  let sum = 0;
  for (let id = from; id < from + 100; id++) sum += await load(id);
  return sum;
}
void Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(worker));
`;

  const engine = await parts.engineOf(dist);
  const limits = { ...parts.defaultLimits, wallMs: 300_000 };
  const request = { entry: '/bench/long.ts', start: { kind: 'file' }, host: 'node', limits, record: true };
  const reply = await parts.simulate(request, file => (file === request.entry ? text : undefined), engine, () => performance.now(), parts.host);
  if (reply.kind !== 'simulated' || reply.outcome !== 'completed') throw new Error(`The program did not complete: ${JSON.stringify(reply).slice(0, 300)}`);
  return reply.trace;
}

/** Milliseconds that the page's main thread has worked so far: other processes do not count. */
async function busy(session) {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
}

/** Runs in the page: when its lanes have been drawn for the first time, and it listens again. */
function noteFirstPicture() {
  const seen = new MutationObserver(() => {
    if (!document.querySelector('.lanes .lane')) return;
    seen.disconnect();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { globalThis.firstPicture = performance.now(); };
    requestAnimationFrame(() => port2.postMessage(''));
  });
  seen.observe(document, { childList: true, subtree: true });
}

/** Runs in the page: the strip is dragged to and fro, at every frame; answers how long each took. */
async function scrub() {
  const strip = document.querySelector('.scrub');
  const next = () => new Promise(resolve => { requestAnimationFrame(resolve); });
  const max = Number(strip.max);
  const times = [];
  let before = await next();
  for (let n = 0; n < 200; n++) {
    strip.value = String(Math.round(((n * 37) % 100) / 100 * max));
    strip.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const now = await next();
    times.push(now - before);
    before = now;
  }
  return times;
}

/** The fewest frames that any second of scrubbing had, of frames that took so many milliseconds. */
function slowestSecond(frames) {
  let [fewest, from, sum] = [Infinity, 0, 0];
  for (const [n, ms] of frames.entries()) {
    sum += ms;
    while (sum - frames[from] >= 1000) sum -= frames[from++];
    if (sum >= 1000) fewest = Math.min(fewest, (n + 1 - from) * 1000 / sum);
  }
  return fewest;
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
