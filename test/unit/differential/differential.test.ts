/**
 * Why this file exists: order is truth. Random programs print under the simulation what they print in real Node. Seed
 * and number come from LOOPSCOPE_SEED and LOOPSCOPE_COUNT; `node test/differential/run.mjs` makes long runs.
 */
import assert from 'node:assert/strict';
import { compareSeeds, describeDifference, keepDifference, shrinkDifference } from '../../differential/compare';
import { openSimulation } from '../../differential/simulation';

const seed = Number(process.env['LOOPSCOPE_SEED'] ?? 20_000);
const count = Number(process.env['LOOPSCOPE_COUNT'] ?? 220);
/** In all, for the first program that differs. */
const shrinkMs = 20_000;

describe('random programs', () => {
  const simulation = openSimulation(true);
  after(() => simulation.dispose());

  it(`print under the simulation what Node prints, and keep the laws (${count} from seed ${seed})`, async function () {
    this.timeout(120_000 + count * 4000);
    const { equal, discarded, different } = await compareSeeds(seed, count, simulation);
    const [first, ...others] = different;
    if (first !== undefined) {
      const smallest = await shrinkDifference(first, simulation, shrinkMs);
      const kept = await keepDifference(smallest);
      const texts = smallest.program.files.map(({ name, text }) => `// ${name}\n${text}`);
      assert.fail(`${[smallest, ...others].map(describeDifference).join('\n')}\n${kept}:\n${texts.join('\n')}`);
    }
    assert.ok(discarded.length <= count / 11, `Node itself varies on seeds ${discarded.join(' ')}`);
    assert.equal(equal, count - discarded.length);
  });
});
