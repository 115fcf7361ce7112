/** Why this file exists: long comparisons by hand: `node test/differential/run.mjs --count 5000 --seed 1`. */
import { parseArgs } from 'node:util';
import { compareSeeds, describeDifference, keepDifference, shrinkDifference } from './compare';
import type { Difference } from './compare';
import { openSimulation } from './simulation';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** Seconds for making each failing program smaller; 0 leaves it as it is. */
    shrink: { type: 'string', default: '30' },
    /** How many failing programs are made smaller. */
    most: { type: 'string', default: '10' },
    /** Prints how many of the equal programs hold each construct. */
    constructs: { type: 'boolean', default: false },
    /** Leaves out the recorded run of each program, whose trace must keep the laws. */
    'without-laws': { type: 'boolean', default: false },
  },
});

const simulation = openSimulation(!values['without-laws']);

async function report(found: Difference, shrinkMs: number): Promise<void> {
  const smallest = shrinkMs > 0 ? await shrinkDifference(found, simulation, shrinkMs) : found;
  console.log(`\n${describeDifference(smallest)}\n  ${await keepDifference(smallest)}`);
}

function tell(done: number, found: Difference | undefined): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${values.count} `);
  if (found !== undefined) console.log(describeDifference(found));
}

async function main(): Promise<void> {
  const began = performance.now();
  const summary = await compareSeeds(Number(values.seed), Number(values.count), simulation, tell);
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  for (const [index, found] of summary.different.entries()) {
    await report(found, index < Number(values.most) ? Number(values.shrink) * 1000 : 0);
  }
  await simulation.dispose();
  const { compared, equal, discarded, different, racy, constructs } = summary;
  if (values.constructs) for (const [name, count] of [...constructs].sort()) console.log(`${String(count).padStart(6)}  ${name}`);
  console.log(`\ncompared ${compared} in ${minutes} minutes: equal ${equal}, discarded ${discarded.length}, different ${different.length}`);
  if (discarded.length > 0) console.log(`discarded (Node itself varies), seeds ${discarded.join(' ')}`);
  if (racy.length > 0) console.log(`equal but said to be racy, seeds ${racy.join(' ')}`);
  process.exitCode = different.length > 0 ? 1 : 0;
}

void main();
