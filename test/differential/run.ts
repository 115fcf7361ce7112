/** Why this file exists: long comparisons by hand: `node test/differential/run.mjs --count 5000 --seed 1`. */
import { parseArgs } from 'node:util';
import { compareSeeds, describeDifference, keepDifference, shrinkDifference } from './compare';
import type { Difference } from './compare';
import { simulateFiles } from './simulation';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** Seconds for making each failing program smaller; 0 leaves it as it is. */
    shrink: { type: 'string', default: '30' },
    /** How many failing programs are made smaller. */
    most: { type: 'string', default: '10' },
  },
});

async function report(found: Difference, shrinkMs: number): Promise<void> {
  const smallest = shrinkMs > 0 ? await shrinkDifference(found, simulateFiles, shrinkMs) : found;
  console.log(`\n${describeDifference(smallest)}\n  ${await keepDifference(smallest)}`);
}

function showProgress(done: number): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${values.count} `);
}

async function main(): Promise<void> {
  const summary = await compareSeeds(Number(values.seed), Number(values.count), simulateFiles, showProgress);
  for (const [index, found] of summary.different.entries()) {
    await report(found, index < Number(values.most) ? Number(values.shrink) * 1000 : 0);
  }
  const { compared, equal, discarded, different } = summary;
  console.log(`\ncompared ${compared}, equal ${equal}, discarded ${discarded.length}, different ${different.length}`);
  if (discarded.length > 0) console.log(`discarded (Node itself varies), seeds ${discarded.join(' ')}`);
  process.exitCode = different.length > 0 ? 1 : 0;
}

void main();
