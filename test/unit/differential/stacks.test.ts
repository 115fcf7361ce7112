/**
 * Why this file exists: frames, their names and places are Node's: see test/differential/stacks.ts. Seed and number
 * come from LOOPSCOPE_SEED and LOOPSCOPE_COUNT.
 */
import assert from 'node:assert/strict';
import { runInNode } from '../../differential/oracle';
import { openSimulation } from '../../differential/simulation';
import { bySeed, stackProgram } from '../../differential/stacks';

const first = Number(process.env['LOOPSCOPE_SEED'] ?? 50_000);
const count = Number(process.env['LOOPSCOPE_COUNT'] ?? 400);
const inOne = 50;
/** V8's parser gives some functions names of what stands beside them; the rest is listed in the note of a failure. */
const allowed = 0.01;

describe('stacks of random chains of calls', () => {
  const simulation = openSimulation(false);
  after(() => simulation.dispose());

  for (const isAsync of [false, true]) {
    it(`have Node's frames, ${isAsync ? 'async' : 'sync'} (${count} from seed ${first})`, async function () {
      this.timeout(120_000 + count * 400);
      const different: string[] = [];
      for (let seed = first; seed < first + count; seed += inOne) {
        const seeds = Array.from({ length: inOne }, (_, i) => seed + i);
        const files = [{ name: 'stacks.cjs', format: 'commonjs', text: stackProgram(seeds, isAsync) }] as const;
        const program = { files, settings: null };
        const [real, ours] = await Promise.all([runInNode(program), simulation.simulate(program)]);
        assert.equal(real.exitCode, 0, real.stderr);
        assert.equal(ours.exitCode, 0, ours.stderr);
        const [wanted, found] = [bySeed(real.stdout), bySeed(ours.stdout.replaceAll('/nowhere/project', ''))];
        for (const each of seeds.map(String))
          if (wanted.get(each) !== found.get(each)) different.push(`Node: ${wanted.get(each)}\nsimulation: ${found.get(each)}`);
      }
      assert.ok(different.length <= count * allowed, `${different.length} differ:\n${different.join('\n\n')}`);
    });
  }
});
