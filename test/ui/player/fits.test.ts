/**
 * Why this file exists: a lecturer sees the running line, stack, queues, caption and console at once, without
 * scrolling.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Trace } from '../../../src/trace/trace';
import { outAside, outOfSight } from './in-sight';
import { goToStep, press } from './on-page';
import { openBrowser, openExported } from './page';
import { recorder } from './recorded';
import { openWebview, send } from './webview-page';

/** Every queue in use, a deep stack, many promises, much output. */
const crowded = `
const sleep = (ms: number): Promise<number> => new Promise(resolve => setTimeout(() => resolve(ms), ms));

async function worker(id: number): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    console.log(\`worker \${id}, turn \${turn}: this is a line that is rather long, as lines of real programs are\`);
    queueMicrotask(() => console.log(\`microtask of worker \${id}\`));
    await sleep(id + turn);
  }
  return id;
}

function deep(n: number): number {
  if (n > 0) return deep(n - 1);
  process.nextTick(() => console.log('tick'));
  setImmediate(() => console.log('immediate'));
  for (let i = 0; i < 12; i++) queueMicrotask(() => console.log('micro', i));
  return 0;
}

async function main(): Promise<void> {
  deep(6);
  const all = await Promise.all(Array.from({ length: 20 }, (_, id) => worker(id)));
  console.log(all.join(' '));
}
void main();
`;

/** Two agents, messages that wait, and a wait. The bundle of the tests would put its own address into the text. */
const meta = 'import' + '.meta';
const agents = `
import * as threads from 'node:worker_threads';
const { Worker, parentPort } = threads;
if (threads.isMainThread) {
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const url = new URL(${meta}.url);
  const worker = new Worker(url, { workerData: shared });
  let left = 4;
  worker.on('message', (told: string) => {
    console.log(told);
    if (--left === 0) void worker.terminate();
  });
  for (let n = 0; n < 4; n++) worker.postMessage({ n, text: 'a rather long message' });
  setTimeout(() => {
    Atomics.store(shared, 0, 1);
    Atomics.notify(shared, 0);
  }, 60);
} else {
  const shared = threads.workerData;
  parentPort?.on('message', (message: { n: number }) => {
    Atomics.wait(shared, 0, 0);
    void Promise.resolve(message.n).then(value => parentPort?.postMessage(value));
    console.log('awake', message.n);
  });
}
`;

/** As VS Code lays it out: beside the editor in a window of 1440×900 and of 1280×720, and alone in one of 1024×768. */
const webviews = [[691, 798], [611, 618], [966, 666]] as const;
const pages = [[1440, 900], [1280, 720], [1024, 768]] as const;

describe('player: everything essential fits', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'loopscope-fits-'));
  const record = recorder();
  const traces = new Map<string, Trace>();
  let browser: Browser;
  before(async () => {
    const file = path.join(folder, 'crowded.ts');
    writeFileSync(file, crowded);
    const several = path.join(folder, 'agents.mts');
    writeFileSync(several, agents);
    for (const program of [file, several, 'examples/02-hello-await.ts', 'examples/05-one-by-one-or-together.ts']) {
      traces.set(path.basename(program), (await record(program)).trace);
    }
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  /** At some thirty steps of the run, and at its end. */
  async function fitsThroughout(page: Page, trace: Trace): Promise<void> {
    const all = Number(await page.getAttribute('.scrub', 'max'));
    assert.ok(all > 30 && trace.events.length > all);
    const early = Array.from({ length: 15 }, (_, n) => 1 + n * 4);
    const steps = [...early, ...Array.from({ length: 16 }, (_, n) => Math.round(((n + 1) * all) / 16))];
    for (const step of steps) {
      await goToStep(page, step);
      assert.deepEqual(await outOfSight(page.locator('body')), [], `at step ${step} of ${all}`);
    }
  }

  for (const name of ['crowded.ts', 'agents.mts', '02-hello-await.ts', '05-one-by-one-or-together.ts']) {
    for (const [width, height] of webviews) {
      it(`in a webview of ${width} × ${height}: ${name}`, async () => {
        const trace = traces.get(name);
        assert.ok(trace !== undefined);
        const { page, problems, close } = await openWebview(browser, { viewport: { width, height }, reducedMotion: 'reduce' });
        await send(page, { kind: 'trace', trace, title: name });
        await fitsThroughout(page, trace);
        assert.deepEqual(problems, []);
        await close();
      });
    }
    for (const [width, height] of pages) {
      it(`in a page of ${width} × ${height}: ${name}`, async () => {
        const trace = traces.get(name);
        assert.ok(trace !== undefined);
        const { page, problems, close } = await openExported(browser, trace, { viewport: { width, height }, reducedMotion: 'reduce' }, name);
        await fitsThroughout(page, trace);
        assert.deepEqual(problems, []);
        await close();
      });
    }
  }

  /** The last is a panel of 690 × 800 at 200 %. */
  for (const [width, height] of [[560, 800], [481, 620], [400, 640], [320, 640], [345, 400]] as const) {
    it(`keeps every control, and nothing stands out aside, at ${width} × ${height}`, async () => {
      const trace = traces.get('crowded.ts');
      assert.ok(trace !== undefined);
      const { page, problems, close } = await openWebview(browser, { viewport: { width, height }, reducedMotion: 'reduce' });
      await send(page, { kind: 'trace', trace, title: 'crowded.ts' });
      await page.click('[data-control=last]');
      assert.equal(await page.textContent('.readout b'), await page.getAttribute('.scrub', 'max'));
      await page.click('[data-control=first]');
      assert.equal(await page.textContent('.readout b'), '0');
      await press(page, 'p', 3);
      assert.deepEqual(await outAside(page.locator('body')), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), 0);
      await page.locator('.box-console li').last().scrollIntoViewIfNeeded();
      assert.ok(await page.locator('.box-console li').last().isVisible());
      assert.deepEqual(problems, []);
      await close();
    });
  }
});
