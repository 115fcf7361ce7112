/** Why this file exists: modules beyond the core are loaded where they are asked for, and say what they lack. */
import assert from 'node:assert/strict';
import { neededParts } from '../../../src/simulation/lower/needed-parts';
import { openSimulator, ranText } from './engine';

function needed(text: string, ...modules: readonly string[]): readonly string[] {
  const requests = { require: {}, import: Object.fromEntries(modules.map((name) => [name, name])) };
  return neededParts([{ text, requests }]);
}

/** What each of these prints or uses is not modelled: the run ends there and says so. */
const lacking: readonly (readonly [string, string])[] = [
  [`import { SlowBuffer } from 'node:buffer';\nconsole.log(SlowBuffer);`, 'SlowBuffer of node:buffer'],
  [`const kind = WebAssembly;\nnew kind.Module(new Uint8Array());`, 'WebAssembly'],
  [`import { PassThrough } from 'node:stream';\nconsole.log(new PassThrough());`, 'Showing what is inside a stream'],
  [`import { createCipheriv } from 'node:crypto';\ncreateCipheriv('aes-128-ccm', 'k', 'i');`, 'The cipher aes-128-ccm'],
  [`import * as readline from 'node:readline';\nreadline.emitKeypressEvents(process.stdin);`, 'emitKeypressEvents of node:readline'],
  [`import { PerformanceResourceTiming } from 'node:perf_hooks';\nconsole.log(PerformanceResourceTiming.name);`, 'PerformanceResourceTiming of node:perf_hooks'],
  [`import { createHook } from 'node:async_hooks';\nimport http from 'node:http'; createHook({}).enable(); http.createServer();`, 'What async_hooks.createHook hears of HTTP'],
  [`import { createHook } from 'node:async_hooks';\nimport { Worker } from 'node:worker_threads'; createHook({}).enable(); new Worker('./a.js');`, 'What async_hooks.createHook hears of workers'],
  [`const url = URL;\nurl.createObjectURL(new Blob([]));`, 'URL.createObjectURL'],
];

describe('simulation: parts', () => {
  const simulator = openSimulator();
  after(() => simulator.dispose());

  it('are loaded for an import and for the name of a global, and for nothing else', () => {
    assert.deepEqual(needed('console.log(1); // a buffer, a url'), []);
    assert.deepEqual(needed('', 'node:assert'), ['assert']);
    assert.deepEqual(needed('', 'buffer', 'path', 'fs-extra'), ['buffer']);
    assert.deepEqual(needed('globalThis.Buffer.from("x")'), ['buffer']);
    assert.deepEqual(needed('process.stdout.write("x"); performance.now()'), []);
    assert.deepEqual(needed('source.pipe(process.stdout.end())'), ['stream']);
  });

  it('leave nothing of the runtime where a program can find it', async () => {
    const text = `
      import assert from 'assert'; import 'url'; import 'stream'; import 'readline'; import 'perf_hooks'; import 'diagnostics_channel';
      const names = Reflect.ownKeys(globalThis).map(String);
      console.log(names.filter((name) => /loopscope|\\$|core|part/i.test(name)));
      console.log(typeof __loopscope, typeof $core, typeof $parts, typeof $part);
      console.log(assert.ok.toString(), Buffer.from.constructor('return typeof $core')());`;
    const { stdout, outcome } = await ranText(simulator, text, { name: 'main.js' });
    assert.equal(outcome, 'completed');
    assert.equal(stdout, '[]\nundefined undefined undefined undefined\nfunction ok() { [native code] } undefined\n');
  });

  it('give every run a fresh copy', async () => {
    const text = `import { Buffer } from 'buffer'; Buffer.poolSize += 1; Buffer.mine ??= 0; Buffer.mine++;
      console.log(Buffer.poolSize, Buffer.mine, Buffer.from('x').byteOffset);`;
    const first = await ranText(simulator, text, { name: 'main.mjs' });
    const second = await ranText(simulator, text, { name: 'main.mjs' });
    assert.equal(first.stdout, '8193 1 0\n');
    assert.equal(second.stdout, first.stdout);
  });

  for (const [text, what] of lacking) {
    it(`say that ${what} is not modelled, at its line`, async () => {
      const { exitCode, outcome, stderr } = await ranText(simulator, text, { name: 'main.mjs' });
      assert.deepEqual([exitCode, outcome], [125, 'unsupported'], stderr);
      assert.match(stderr, /main\.mjs:2: /);
      assert.ok(stderr.includes(`${what} is not modelled yet`), stderr);
    });
  }
});
