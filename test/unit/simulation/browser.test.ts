/** Why this file exists: the browser as host: which programs are for it, what it refuses, how sound its traces are. */
import assert from 'node:assert/strict';
import { brokenLaws } from '../../../src/trace/laws';
import { openHistory } from '../../../src/trace/history';
import { captionOf } from '../../../src/trace/caption';
import { captionsInEnglish } from '../../../src/trace/captions-en';
import { captionsInRussian } from '../../../src/trace/captions-ru';
import { indexTrace } from '../../../src/trace/trace-index';
import { parseTrace } from '../../../src/trace/parse';
import { hostPrograms } from '../../ui/browser-host/host-programs';
import { openSimulator, ranText, tracedText } from './engine';


describe('simulation: a browser', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  const printed = async (text: string): Promise<string> => (await ranText(simulator, text, { host: 'browser' })).stdout;
  /** The compiler options, with packages that are there, make this host. */
  const hostFor = async (options: object, text: string, more: Record<string, string> = {}): Promise<string> => {
    const config = { 'tsconfig.json': JSON.stringify({ compilerOptions: options }), ...more };
    return (await ranText(simulator, text, { host: undefined, files: config })).stdout.trim();
  };

  for (const { name, text, files } of hostPrograms()) {
    it(`is told by a sound trace: ${name}`, async () => {
      const plain = await ranText(simulator, text, { host: 'browser', name, files });
      const { trace, ...recorded } = await ranText(simulator, text, { host: 'browser', name, files, record: true });
      assert.deepEqual(recorded, plain, 'recording changes what happens');
      assert.ok(trace !== undefined);
      assert.equal(trace.host.kind, 'browser');
      assert.deepEqual(brokenLaws(trace), []);
      assert.equal(parseTrace(JSON.parse(JSON.stringify(trace))).kind, 'parsed');
    });
  }

  const kind = "console.log(typeof window === 'undefined' ? 'node' : 'browser');";

  it('is chosen where the tsconfig has the DOM and nothing of Node', async () => {
    assert.equal(await hostFor({ lib: ['ES2022', 'DOM'] }, kind), 'browser');
    assert.equal(await hostFor({ lib: ['ES2022', 'DOM'], types: ['node'] }, kind), 'node');
    assert.equal(await hostFor({ lib: ['ES2022'] }, kind), 'node');
    assert.equal(await hostFor({}, kind), 'node');
    assert.equal(await hostFor({ lib: ['dom'] }, kind, { 'node_modules/@types/node/package.json': '{}' }), 'node');
    assert.equal(await hostFor({ lib: ['dom'] }, `import os from 'node:os';\n${kind}\nvoid os;`), 'node');
  });

  it('goes before what the tsconfig says when it is asked for', async () => {
    assert.equal((await ranText(simulator, kind, { host: 'browser', files: { 'tsconfig.json': '{"compilerOptions":{"lib":["ES2022"]}}' } })).stdout, 'browser\n');
  });

  it('says at the line what is not modelled', async () => {
    for (const use of ["fetch('https://example.org/')", "fetch('/', { method: 'POST' })", "localStorage.setItem('a', 'b')", "new BroadcastChannel('c')", 'crypto.randomUUID()', "alert('x')", 'document.body.getBoundingClientRect()', 'document.cookie', 'document.body.animate([])', 'document.startViewTransition(() => {})', 'document.body.offsetWidth', "navigator.clipboard.writeText('x')", 'new IntersectionObserver(() => {})', 'new RTCPeerConnection()', 'screen.width', "location = '/there'", "location.href = '/there'", 'performance.memory.usedJSHeapSize']) {
      const { exitCode, outcome, stderr } = await ranText(simulator, `console.log('one');\n${use};`, { host: 'browser' });
      assert.equal(outcome, 'unsupported', use);
      assert.equal(exitCode, 125);
      assert.match(stderr, /main\.ts:2: .+ is not modelled yet/);
    }
  });

  it('says so in a worker, and of a frame that is named', async () => {
    const files = { 'w.js': "if ('locks' in navigator)\n  navigator.locks.query();" };
    const { outcome, stderr } = await ranText(simulator, "new Worker('./w.js');", { host: 'browser', files });
    assert.equal(outcome, 'unsupported');
    assert.match(stderr, /w\.js:2: locks of WorkerNavigator is not modelled yet/);
    const frame = await ranText(simulator, '// loopscope: page <iframe name="fr"></iframe>\nfr.focus();', { host: 'browser' });
    assert.match(frame.stderr, /main\.ts:2: The window of a frame is not modelled yet/);
  });

  it('has a page that outlives its errors, and counts them', async () => {
    const { stdout, stderr, exitCode, outcome } = await ranText(simulator, "setTimeout(() => console.log('later'), 1);\nthrow new Error('no room');", { host: 'browser' });
    assert.equal(stdout, 'later\n');
    assert.match(stderr, /^Uncaught Error: no room\n/);
    assert.equal(exitCode, 1);
    assert.equal(outcome, 'uncaught');
  });

  it('prints an unhandled rejection as one', async () => {
    const { stderr, exitCode } = await ranText(simulator, "Promise.reject(new TypeError('lost'));", { host: 'browser' });
    assert.match(stderr, /^Uncaught \(in promise\) TypeError: lost\n/);
    assert.equal(exitCode, 1);
  });

  it('is quiet about an error that a listener prevents', async () => {
    const { stderr, exitCode } = await ranText(simulator, "onerror = () => true;\nthrow new Error('known');", { host: 'browser' });
    assert.equal(stderr, '');
    assert.equal(exitCode, 0);
  });

  it('says where a frame may come before or after a task', async () => {
    const text = "requestAnimationFrame(() => console.log('frame'));\nsetTimeout(() => console.log('timeout'), 5);";
    const { races } = await ranText(simulator, text, { host: 'browser' });
    assert.deepEqual(races.map(({ line }) => line), [1]);
    const calm = await ranText(simulator, "requestAnimationFrame(() => console.log('frame'));", { host: 'browser' });
    assert.deepEqual(calm.races, []);
  });

  it('ends an animation that never ends by its budget', async () => {
    const { outcome, exitCode } = await ranText(simulator, 'const go = () => requestAnimationFrame(go);\ngo();', { host: 'browser', limits: { turns: 500 } });
    assert.equal(outcome, 'budget-spent');
    assert.equal(exitCode, 124);
  });

  it('refuses to click on what is not there', async () => {
    const { outcome, stderr } = await ranText(simulator, "// loopscope: click #nobody\nconsole.log('script');", { host: 'browser' });
    assert.equal(outcome, 'unsupported');
    assert.match(stderr, /#nobody/);
  });

  it('clicks when the text says', async () => {
    const text = "// loopscope: page <p id=p></p>\n// loopscope: click #p at 300\ndocument.querySelector('#p')?.addEventListener('click', () => console.log('clicked'));\n";
    assert.equal(await printed(`${text}setTimeout(() => console.log('200'), 200);\nsetTimeout(() => console.log('400'), 400);`), '200\nclicked\n400\n');
  });

  it('lets no program reach the host through the DOM', async () => {
    const text = "const f = document.body.constructor.constructor;\nconsole.log(typeof f('return typeof process')(), f('return typeof process')());\nconsole.log(document.createElement.constructor('return this')() === window);";
    assert.equal(await printed(text), 'string undefined\ntrue\n');
  });

  it('is told in words of its own', async () => {
    const ofNode = /\bticks?\b|\bNode\b|\bpolls?\b|libuv|process\.exit|(?<![а-я])тик(?:[аоиу]|ов)?(?![а-я])/i;
    for (const { name, text, files } of hostPrograms()) {
      const trace = await tracedText(simulator, text, { host: 'browser', name, files });
      const [history, index] = [openHistory(trace), indexTrace(trace)];
      for (const table of [captionsInEnglish, captionsInRussian]) {
        for (let step = 0; step < trace.events.length; step++) {
          const { headline, rule, mechanics } = captionOf(history, index, step, table);
          assert.doesNotMatch(`${headline} ${rule} ${mechanics}`.replaceAll(/`[^`]*`/g, ''), ofNode);
        }
      }
    }
  });
});
