/**
 * Why this file exists: order is truth. Random programs print under the simulation what they print in real Node. Seed
 * and number come from LOOPSCOPE_SEED and LOOPSCOPE_COUNT; `node test/differential/run.mjs` makes long runs.
 */
import assert from 'node:assert/strict';
import { compareSeeds, describeDifference, keepDifference, shrinkDifference } from '../../differential/compare';
import { simulateFiles } from '../../differential/simulation';

const seed = Number(process.env['LOOPSCOPE_SEED'] ?? 20_000);
const count = Number(process.env['LOOPSCOPE_COUNT'] ?? 200);
/** In all, for the first program that differs. */
const shrinkMs = 20_000;

describe('random programs', () => {
  it(`print under the simulation what Node prints (${count} from seed ${seed})`, async function () {
    this.timeout(60_000 + count * 400);
    const { equal, discarded, different } = await compareSeeds(seed, count, simulateFiles);
    const [first, ...others] = different;
    if (first !== undefined) {
      const smallest = await shrinkDifference(first, simulateFiles, shrinkMs);
      const kept = await keepDifference(smallest);
      assert.fail(`${[smallest, ...others].map(describeDifference).join('\n')}\n${kept}:\n${smallest.program.text}`);
    }
    assert.ok(discarded.length <= count / 10, `Node itself varies on seeds ${discarded.join(' ')}`);
    assert.equal(equal, count - discarded.length);
  });
});
