/** Why this file exists: random programs and the examples are told by sound traces, and recording changes nothing. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brokenLaws } from '../../../src/trace/laws';
import { parseTrace } from '../../../src/trace/parse';
import type { TraceEvent } from '../../../src/trace/trace';
import { generate } from '../../differential/generate';
import { programText } from '../../differential/render/program-text';
import { openSimulator, ranText, tracedText } from './engine';

const firstSeed = 9001;
const count = 60;

/** How, the text, and the exit code; Node calls the listeners of `exit` in all but the last three. */
const ends: readonly (readonly [how: string, text: string, code: number])[] = [
  ['by itself', 'setTimeout(() => {}, 1);', 0],
  ['by an error', "setTimeout(() => {}, 1);\nthrow new Error('no room');", 1],
  ['by an error in a timer', "setTimeout(() => { throw new Error('no room'); }, 1);", 1],
  ['by a rejection', "void Promise.reject(new Error('no room'));", 1],
  ['by process.exit', 'function deep() { process.exit(3); }\nsetTimeout(deep, 1);', 3],
  ['by process.exit in a listener', "process.on('exit', () => process.exit(5));", 5],
  ['by an error in a listener of exit', "process.on('exit', () => { throw new Error('no room'); });", 1],
  ['by an error in a listener of errors', "process.on('uncaughtException', () => { throw new Error('no room'); });\nthrow new Error('first');", 7],
  ['by a signal', "process.kill(process.pid, 'SIGTERM');", 143],
  ['by process.abort', 'process.abort();', 134],
];

describe('simulation: the laws of traces', function () {
  this.timeout(60_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  async function check(text: string, name: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
    const plain = await ranText(simulator, text, { name, files });
    const { trace, ...recorded } = await ranText(simulator, text, { name, files, record: true });
    assert.deepEqual(recorded, plain, 'recording changes what happens');
    assert.ok(trace !== undefined);
    assert.deepEqual(brokenLaws(trace), []);
    assert.equal(parseTrace(JSON.parse(JSON.stringify(trace))).kind, 'parsed');
    const printed = trace.events.flatMap((event) => (event.kind === 'console-printed' && event.stream === 'stdout' ? [event.text] : []));
    assert.equal(printed.join(''), plain.stdout);
  }

  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    it(`hold for the random program of seed ${seed}`, async () => {
      const { files: [entry, ...others], settings } = programText(generate(seed));
      const files = Object.fromEntries(others.map(({ name, text }) => [name, text]));
      const config = settings === null ? {} : { 'tsconfig.json': JSON.stringify({ compilerOptions: settings }) };
      await check(entry.text, entry.name, { ...files, ...config });
    });
  }

  for (const [how, text, code] of ends) {
    it(`hold for a program that ends ${how}: it passes the phase exit, and its listeners run in it`, async () => {
      await check(`process.on('exit', function listener() { console.log('exit'); });\n${text}`, 'main.ts');
      const trace = await tracedText(simulator, `process.on('exit', function listener() { console.log('exit'); });\n${text}`);
      const isExit = (event: TraceEvent): boolean => event.kind === 'phase-entered' && event.phase === 'exit';
      assert.equal(trace.exitCode, code);
      assert.equal(trace.events.filter(isExit).length, 1);
      const listeners = trace.events.flatMap((event, step) => (event.kind === 'frame-pushed' && event.label.startsWith('listener') ? [step] : []));
      assert.equal(listeners.length, trace.events.some((event) => event.kind === 'console-printed' && event.text === 'exit\n') ? 1 : 0);
      assert.ok(listeners.every((step) => step > trace.events.findIndex(isExit)));
    });
  }

  const examples = path.resolve('examples');
  for (const name of readdirSync(examples).filter((each) => each.endsWith('.ts'))) {
    it(`hold for ${name}`, () => check(readFileSync(path.join(examples, name), 'utf8'), name));
  }
});
