/** Why this file exists: one run of real Node may be chance; several tell a difference from a race. */
import { differenceOf } from './compare-printed';
import type { Compared, NodeRun, Printed } from './verification';

/** Runs of real Node before a difference counts; when they differ among themselves it is a race. */
const runs = 3;

/** Compares what the simulation printed with what `run` prints; runs it again where they differ. */
export async function compareRuns(simulation: Printed, run: () => Promise<NodeRun>): Promise<Compared> {
  const first = await run();
  const difference = differenceOf(first, simulation);
  if (difference === undefined && first.how === 'ended') return { kind: 'equal', simulation, node: [first], race: false };
  // A program that had to be stopped is not run again.
  const node = first.how === 'ended' ? [first, ...(await again(run))] : [first];
  const race = node.some((other) => differenceOf(first, other) !== undefined);
  const agrees = node.some((other) => other.how === 'ended' && differenceOf(other, simulation) === undefined);
  const kind = agrees ? 'equal' : 'different';
  return { kind, simulation, node, race, ...(kind === 'different' && difference ? { difference } : {}) };
}

async function again(run: () => Promise<NodeRun>): Promise<readonly NodeRun[]> {
  const answers: NodeRun[] = [];
  while (answers.length < runs - 1) answers.push(await run());
  return answers;
}
