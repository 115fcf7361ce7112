/** Why this file exists: the examples are what people see first; each must print what real Node prints. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { runInNode } from '../../differential/oracle';
import type { ProgramText } from '../../differential/render/program-text';
import { openSimulation } from '../../differential/simulation';
import type { Simulated } from '../../differential/simulation';

const folder = path.resolve('examples');
const files = readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => path.join(folder, name));

/** The examples are modules by their syntax: an import or an export at the start of a line. */
function programOf(file: string): ProgramText {
  const text = readFileSync(file, 'utf8');
  const format = /^(import|export)\b/m.test(text) ? 'module' : 'commonjs';
  return { files: [{ name: path.basename(file), text, format }], settings: null, counts: new Map() };
}

/** On a busy machine Node's own timers may be late: then it is asked again. */
async function printedInNode(file: string, expected: string): Promise<{ stdout: string; exitCode: number | 'timed-out' }> {
  for (let asked = 1; ; asked += 1) {
    const { stdout, exitCode } = await runInNode(programOf(file));
    if (stdout === expected || asked === 4) return { stdout, exitCode };
  }
}

describe('the examples', () => {
  const simulated = new Map<string, Simulated>();

  before(async function () {
    this.timeout(60_000);
    const simulation = openSimulation(true);
    for (const file of files) simulated.set(file, await simulation.simulate(programOf(file)));
    await simulation.dispose();
  });

  it('are ten, in order', () => {
    assert.deepEqual(files.map((file) => path.basename(file).slice(0, 3)), Array.from({ length: 10 }, (_, i) => `${String(i + 1).padStart(2, '0')}-`));
  });

  for (const file of files) {
    it(`${path.basename(file)} prints what Node prints`, async () => {
      const answer = simulated.get(file);
      assert.ok(answer !== undefined);
      const { stdout, exitCode } = answer;
      assert.notEqual(stdout, '');
      assert.deepEqual(answer.broken, []);
      assert.deepEqual({ stdout, exitCode }, await printedInNode(file, stdout));
      assert.equal(answer.outcome, 'completed');
    });

    it(`${path.basename(file)} has 15 to 45 lines and begins with its question`, () => {
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
      assert.ok(lines.length >= 15 && lines.length <= 45, `${lines.length} lines`);
      assert.match(lines[0] ?? '', /^\/\/ Predict: /);
    });
  }
});
