/**
 * Why this file exists: the whole trace of a few small programs, as text beside the program, so that a change of what
 * is recorded is seen and judged. UPDATE=1 rewrites them.
 */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { printTrace } from '../../../src/trace/print';
import { openSimulator, tracedText } from './engine';

const folder = path.resolve('test/fixtures/simulation/goldens');
const updates = process.env['UPDATE'] === '1';

describe('simulation: golden traces', function () {
  this.timeout(30_000);
  const simulator = openSimulator();
  after(() => simulator.dispose());

  for (const name of readdirSync(folder).filter((each) => each.endsWith('.ts'))) {
    it(`${name} is told as written down (UPDATE=1 rewrites it)`, async () => {
      const golden = path.join(folder, name.replace(/\.ts$/, '.trace.txt'));
      const trace = await tracedText(simulator, readFileSync(path.join(folder, name), 'utf8'), { name });
      const printed = `${printTrace(trace)}\n`;
      if (updates) writeFileSync(golden, printed);
      assert.equal(printed, readFileSync(golden, 'utf8'));
    });
  }
});
