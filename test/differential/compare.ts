/** Why this file exists: the simulation beside real Node, over many seeds; what differs is made small. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generate, shrink } from './generate';
import { isUnstable, runInNode, samePrinted } from './oracle';
import type { Printed } from './oracle';
import type { Program } from './program';
import { programText } from './render/program-text';
import type { ProgramText } from './render/program-text';
import type { Simulate, Simulated } from './simulation';

export interface Difference {
  readonly seed: number;
  readonly program: ProgramText;
  readonly node: Printed;
  readonly simulated: Simulated;
}

export interface Summary {
  readonly compared: number;
  readonly equal: number;
  /** Real Node printed something else another time, so that there is nothing to compare with. */
  readonly discarded: readonly number[];
  readonly different: readonly Difference[];
}

/** Programs in one call of the simulation. */
const batchSize = 20;
/** Runs of Node that must agree before a difference counts. */
const confirmations = 4;

type Verdict = 'equal' | 'discarded' | Difference;

/** Compares the programs of seeds `first` … `first + count - 1`. */
export async function compareSeeds(
  first: number, count: number, simulate: Simulate, progress: (done: number) => void = () => undefined,
): Promise<Summary> {
  const verdicts = new Map<number, Verdict>();
  for (let start = 0; start < count; start += batchSize) {
    const seeds = Array.from({ length: Math.min(batchSize, count - start) }, (_, index) => first + start + index);
    for (const [seed, verdict] of await compareBatch(seeds, simulate)) verdicts.set(seed, verdict);
    progress(verdicts.size);
  }
  return summarize(verdicts);
}

function summarize(verdicts: ReadonlyMap<number, Verdict>): Summary {
  const entries = [...verdicts];
  return {
    compared: entries.length,
    equal: entries.filter(([, verdict]) => verdict === 'equal').length,
    discarded: entries.filter(([, verdict]) => verdict === 'discarded').map(([seed]) => seed),
    different: entries.map(([, verdict]) => verdict).filter((verdict) => typeof verdict !== 'string'),
  };
}

async function compareBatch(seeds: readonly number[], simulate: Simulate): Promise<(readonly [number, Verdict])[]> {
  const programs = seeds.map((seed) => programText(generate(seed)));
  const [simulated, printed] = await Promise.all([simulateTexts(programs, simulate), inLanes(programs, 3, runInNode)]);
  const verdicts: (readonly [number, Verdict])[] = [];
  for (const [index, seed] of seeds.entries()) {
    const [program, ours, theirs] = [programs[index], simulated[index], printed[index]];
    if (program === undefined || ours === undefined || theirs === undefined) throw new Error(`no answer for seed ${seed}`);
    verdicts.push([seed, await judge({ seed, program, node: theirs, simulated: ours })]);
  }
  return verdicts;
}

async function judge(found: Difference): Promise<Verdict> {
  if (samePrinted(found.node, found.simulated)) return 'equal';
  return (await isUnstable(found.program, found.node, confirmations)) ? 'discarded' : found;
}

async function simulateTexts(programs: readonly ProgramText[], simulate: Simulate): Promise<readonly Simulated[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'loopscope-differential-'));
  try {
    const files = programs.map((program, index) => path.join(folder, `program${index}${program.extension}`));
    await Promise.all(files.map((file, index) => writeFile(file, programs[index]?.text ?? '')));
    return await simulate(files);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Maps with at most `lanes` at a time; the answers are in the order of the items. */
async function inLanes<T, U>(items: readonly T[], lanes: number, map: (item: T) => Promise<U>): Promise<U[]> {
  const answers: U[] = [];
  const queue = items.entries();
  async function lane(): Promise<void> {
    for (const [index, item] of queue) answers[index] = await map(item);
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return answers;
}

/** The difference on a smaller program, if one is found in time. */
export async function shrinkDifference(found: Difference, simulate: Simulate, timeMs: number): Promise<Difference> {
  let smallest = found;
  await shrink(found.seed, async (program: Program) => {
    const verdict = await compareOne(found.seed, programText(program), simulate);
    if (typeof verdict === 'string') return false;
    smallest = verdict;
    return true;
  }, timeMs);
  return smallest;
}

async function compareOne(seed: number, program: ProgramText, simulate: Simulate): Promise<Verdict> {
  const [[simulated], node] = await Promise.all([simulateTexts([program], simulate), runInNode(program)]);
  if (simulated === undefined) throw new Error(`no answer for seed ${seed}`);
  if (samePrinted(node, simulated)) return 'equal';
  return (await isUnstable(program, node, 1)) ? 'discarded' : { seed, program, node, simulated };
}

/** What differs first, in a few lines. */
export function describeDifference({ seed, node, simulated }: Difference): string {
  const [theirs, ours] = [node.stdout.split('\n'), simulated.stdout.split('\n')];
  const line = theirs.findIndex((text, index) => text !== ours[index]);
  const at = line === -1 ? theirs.length : line;
  const parts = [`seed ${seed}: line ${at + 1}: Node ${show(theirs[at])}, simulation ${show(ours[at])}`];
  if (node.exitCode !== simulated.exitCode) parts.push(`  exit code: Node ${node.exitCode}, simulation ${simulated.exitCode}`);
  if (simulated.outcome !== 'completed') parts.push(`  outcome ${simulated.outcome}: ${simulated.stderr.split('\n')[0] ?? ''}`);
  if (simulated.racy.length > 0) parts.push(`  said to be racy: ${JSON.stringify(simulated.racy)}`);
  return parts.join('\n');
}

function show(line: string | undefined): string {
  return line === undefined ? 'nothing more' : JSON.stringify(line);
}

/** Writes the program and both outputs below test/output/, to look at and to run again. */
export async function keepDifference(found: Difference, folder = 'test/output/differential'): Promise<string> {
  await mkdir(folder, { recursive: true });
  const stem = path.join(folder, `seed-${found.seed}`);
  const { stdout, exitCode } = found.node;
  await writeFile(`${stem}${found.program.extension}`, found.program.text);
  await writeFile(`${stem}.node.txt`, `${stdout}exit code ${exitCode}\n`);
  await writeFile(`${stem}.simulated.txt`, `${found.simulated.stdout}exit code ${found.simulated.exitCode}\n`);
  return `${stem}${found.program.extension}`;
}
