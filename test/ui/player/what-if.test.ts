/**
 * Why this file exists: what a run asked of the world outside is listed, said to be made up where it is, and changed;
 * each change is asked of the editor, and the two runs are compared.
 */
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { defaultLimits } from '../../../src/simulation/request';
import { createSimulator } from '../../../src/simulator/create-simulator';
import type { Scenario } from '../../../src/trace/scenario';
import type { HostKind, Trace } from '../../../src/trace/trace';
import { axeFindings, press } from './on-page';
import { openBrowser } from './page';
import { openWebview, send, told } from './webview-page';

const folder = '/nowhere/project';
const files = {
  'main.mts': `import { order } from 'shop';
import { stat } from 'node:fs';
stat('.', () => console.log('stat'));
setTimeout(() => console.log('25 ms'), 25);
order(1).then((found) => console.log(found.id), (error) => console.log(error.message));
`,
  'node_modules/shop/package.json': '{ "name": "shop", "types": "index.d.ts" }',
  'node_modules/shop/index.js': "exports.order = undefined;\nrequire('http2').connect('x');\n",
  'node_modules/shop/index.d.ts': 'export declare function order(id: number): Promise<{ id: number }>;\n',
};

describe('player: what if', function () {
  this.timeout(60_000);
  const simulator = createSimulator(path.join(__dirname, 'simulator.js'));
  let browser: Browser;
  before(async () => { browser = await openBrowser(); });
  after(async () => {
    await browser.close();
    await simulator.dispose();
  });

  async function traced(whatIf: Scenario = {}): Promise<Trace> {
    const overlay = Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
    const entry = `${folder}/main.mts`;
    const request = { entry, start: { kind: 'file' }, limits: defaultLimits, record: true, whatIf } as const;
    const reply = await simulator.simulate(request, overlay);
    assert.ok(reply.kind === 'simulated' && reply.trace !== undefined);
    return reply.trace;
  }

  /** The editor's part: plays what was asked for last. */
  async function answer(page: Page): Promise<Scenario> {
    const asked = (await told(page, 'what-if')).at(-1);
    assert.ok(asked !== undefined, 'nothing was asked of the editor');
    await send(page, { kind: 'trace', trace: await traced(asked.whatIf), title: 'main.mts', keepPlace: true, whatIf: asked.whatIf });
    return asked.whatIf;
  }

  async function printed(page: Page): Promise<readonly string[]> {
    await press(page, 'End');
    return page.locator('.box-console .lines li').allInnerTexts();
  }

  it('lists what was asked, and says what is made up', async () => {
    const { page, problems, close } = await openWebview(browser, { bypassCSP: true });
    await send(page, { kind: 'trace', trace: await traced(), title: 'main.mts' });
    assert.match(await page.textContent('.made-up-bar') ?? '', /made up.*shop/);
    assert.match(await page.textContent('.tabs .made-up') ?? '', /made-up\.mjs.*made up/);
    await press(page, 'n');
    await page.click('.made-up-bar button');
    const panel = page.locator('.panel-what-if');
    assert.match(await panel.locator('[data-asked="shop.order"]').innerText(), /made up[^]*line 5/);
    assert.match(await panel.locator('.origins').innerText(), /real[^]*1 file[^]*modelled[^]*fs[^]*made up[^]*shop/);
    assert.deepEqual(await axeFindings(page), []);
    assert.deepEqual(problems, []);
    await close();
  });

  it('marks calls of what is made up on the stack', async () => {
    const { page, close } = await openWebview(browser);
    const trace = await traced();
    await send(page, { kind: 'trace', trace, title: 'main.mts' });
    let found = false;
    for (let n = 0; n < 40 && !found; n++) {
      await press(page, 'ArrowRight');
      found = await page.locator('.box-stack .token .made-up').count() > 0;
    }
    assert.ok(found);
    assert.match(await page.locator('.box-stack .token', { has: page.locator('.made-up') }).first().innerText(), /order\(1\)/);
    await close();
  });

  it('changes a latency, a failure and the pool, replays, and compares', async () => {
    const { page, problems, close } = await openWebview(browser);
    await send(page, { kind: 'trace', trace: await traced(), title: 'main.mts' });
    assert.deepEqual(await printed(page), ['stat', '1', '25 ms']);
    await press(page, 'i');
    await page.fill('.panel-what-if [aria-label^="Milliseconds"]', '40');
    await press(page, 'Tab');
    assert.deepEqual(await answer(page), { calls: { 'shop.order': { latencyMs: 40 } } });
    assert.equal(await page.inputValue('.panel-what-if [aria-label^="Milliseconds"]'), '40');
    await page.check('.panel-what-if [aria-label="shop.order fails"]');
    await answer(page);
    await page.fill('.panel-what-if [aria-label="The error of shop.order"]', 'gone');
    await press(page, 'Tab');
    await page.waitForTimeout(50);
    assert.deepEqual(await answer(page), { calls: { 'shop.order': { latencyMs: 40, fails: 'gone' } } });
    await page.fill('[data-what-if="threads"]', '2');
    await press(page, 'Tab');
    const whatIf = await answer(page);
    assert.equal(whatIf.threads, 2);
    await page.check('[data-what-if="ring"]');
    assert.equal((await answer(page)).ioUring, true);
    await page.click('[data-what-if="compare"]');
    assert.match(await page.textContent('.panel-compare .number') ?? '', /same lines/);
    await press(page, 'Escape');
    assert.deepEqual(await printed(page), ['stat', '25 ms', 'gone']);
    await press(page, 'i');
    await page.click('[data-what-if="forget"]');
    assert.deepEqual(await answer(page), {});
    await page.click('[data-what-if="scenario"]');
    assert.deepEqual(await told(page, 'open-scenario'), [{ kind: 'open-scenario' }]);
    assert.deepEqual(problems, []);
    await close();
  });

  it('plays the same in the other host, and compares the two', async () => {
    const { page, problems, close } = await openWebview(browser);
    const text = "setTimeout(() => console.log(typeof setTimeout(() => {})));\nconsole.log('first');\n";
    const run = async (host: HostKind): Promise<Trace> => {
      const entry = `${folder}/host.js`;
      const reply = await simulator.simulate({ entry, start: { kind: 'file' }, limits: defaultLimits, record: true, host }, { [entry]: text });
      assert.ok(reply.kind === 'simulated' && reply.trace !== undefined);
      return reply.trace;
    };
    await send(page, { kind: 'trace', trace: await run('node'), title: 'host.js' });
    assert.deepEqual(await printed(page), ['first', 'object']);
    await press(page, 'i');
    await page.click('[data-what-if="host"]');
    const [asked] = await told(page, 'other-host');
    assert.equal(asked?.host, 'browser');
    await send(page, { kind: 'trace', trace: await run('browser'), title: 'host.js' });
    assert.match(await page.locator('[data-what-if="host"]').innerText(), /Play it in Node/);
    await page.click('[data-what-if="compare"]');
    assert.match(await page.textContent('.panel-compare .number') ?? '', /differs from line 2 on/);
    assert.deepEqual(problems, []);
    await close();
  });
});
