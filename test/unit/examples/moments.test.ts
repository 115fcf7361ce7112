/**
 * Why this file exists: what the machine shows whenever an example prints, and at its end, as text beside the tests, so
 * that a change of the picture is seen and judged. UPDATE=1 rewrites them.
 */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { printMoments } from '../../../src/trace/print';
import { openSimulator, tracedText } from '../simulation/engine';

const folder = path.resolve('examples');
const goldens = path.resolve('test/fixtures/moments');
const updates = process.env['UPDATE'] === '1';

describe('the examples: golden moments', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  for (const name of readdirSync(folder).filter((each) => each.endsWith('.ts'))) {
    it(`${name} shows what is written down (UPDATE=1 rewrites it)`, async () => {
      const trace = await tracedText(simulator, readFileSync(path.join(folder, name), 'utf8'), { name });
      const last = trace.events.length - 1;
      const chosen = trace.events.flatMap(({ kind }, step) => (kind === 'console-printed' || step === last ? [step] : []));
      const printed = `${printMoments(trace, chosen)}\n`;
      const golden = path.join(goldens, name.replace(/\.ts$/, '.txt'));
      if (updates) {
        mkdirSync(goldens, { recursive: true });
        writeFileSync(golden, printed);
      }
      assert.equal(printed, readFileSync(golden, 'utf8'));
    });
  }
});
