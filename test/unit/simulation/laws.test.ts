/** Why this file exists: random programs and the examples are told by sound traces, and recording changes nothing. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brokenLaws } from '../../../src/trace/laws';
import { parseTrace } from '../../../src/trace/parse';
import { generate } from '../../differential/generate';
import { programText } from '../../differential/render/program-text';
import { openSimulator, ranText } from './engine';

const firstSeed = 9001;
const count = 60;

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

  const examples = path.resolve('examples');
  for (const name of readdirSync(examples).filter((each) => each.endsWith('.ts'))) {
    it(`hold for ${name}`, () => check(readFileSync(path.join(examples, name), 'utf8'), name));
  }
});
