/** Why this file exists: the simulation beside real Node, over many seeds; what differs is made small. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generate, shrink } from './generate';
import { isUnstable, printsAtTimes, runInNode, samePrinted } from './oracle';
import type { Printed } from './oracle';
import type { Program } from './program';
import { programText } from './render/program-text';
import type { ProgramText } from './render/program-text';
import type { Simulated, Simulation } from './simulation';
import { stderrWords } from '../../src/verify/stderr-words';

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
  /** Equal programs that the simulation calls racy: each may be an alarm without a fire. */
  readonly racy: readonly number[];
  /** How many of the equal programs hold each construct. */
  readonly constructs: ReadonlyMap<string, number>;
}

/** Programs under way together: they mostly sleep. */
const lanes = 5;
/** Runs of Node that must agree before a difference counts, the first not among them. */
const confirmations = 3;

type Verdict =
  | { readonly kind: 'equal'; readonly racy: boolean; readonly constructs: readonly string[] }
  | { readonly kind: 'discarded' }
  | { readonly kind: 'different'; readonly found: Difference };

/** Compares the programs of seeds `first` … `first + count - 1`. `told` hears of each difference as it is found. */
export async function compareSeeds(
  first: number, count: number, simulation: Simulation,
  told: (done: number, found?: Difference) => void = () => undefined,
): Promise<Summary> {
  const verdicts = new Map<number, Verdict>();
  const seeds = Array.from({ length: count }, (_, index) => first + index).values();
  async function lane(): Promise<void> {
    for (const seed of seeds) {
      const verdict = await compareProgram(seed, programText(generate(seed)), simulation, confirmations);
      verdicts.set(seed, verdict);
      told(verdicts.size, verdict.kind === 'different' ? verdict.found : undefined);
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
  return summarize(verdicts);
}

function summarize(verdicts: ReadonlyMap<number, Verdict>): Summary {
  const entries = [...verdicts].sort(([a], [b]) => a - b);
  const equal = entries.flatMap(([seed, verdict]) => (verdict.kind === 'equal' ? [{ seed, ...verdict }] : []));
  const constructs = new Map<string, number>();
  for (const name of equal.flatMap((verdict) => verdict.constructs)) {
    constructs.set(name, (constructs.get(name) ?? 0) + 1);
  }
  return {
    compared: entries.length,
    equal: equal.length,
    discarded: entries.filter(([, verdict]) => verdict.kind === 'discarded').map(([seed]) => seed),
    different: entries.flatMap(([, verdict]) => (verdict.kind === 'different' ? [verdict.found] : [])),
    racy: equal.filter(({ racy }) => racy).map(({ seed }) => seed),
    constructs,
  };
}

async function compareProgram(
  seed: number, program: ProgramText, simulation: Simulation, runs: number,
): Promise<Verdict> {
  const [simulated, node] = await Promise.all([simulation.simulate(program), runInNode(program)]);
  const found: Verdict = { kind: 'different', found: { seed, program, node, simulated } };
  if (simulated.broken.length > 0) return found;
  const constructs = [...program.counts.keys()];
  if (samePrinted(node, simulated)) return { kind: 'equal', racy: simulated.racy.length > 0, constructs };
  if (await isUnstable(program, node, runs)) return { kind: 'discarded' };
  // Where the simulation says that Node may go either way, Node must be seen to go the simulation's way.
  const isRacy = simulated.racy.length > 0 && runs > 1;
  return isRacy && (await printsAtTimes(program, simulated)) ? { kind: 'discarded' } : found;
}

/** The difference on a smaller program, if one is found in time. */
export async function shrinkDifference(found: Difference, simulation: Simulation, timeMs: number): Promise<Difference> {
  let smallest = found;
  await shrink(found.seed, async (program: Program) => {
    const verdict = await compareProgram(found.seed, programText(program), simulation, 1);
    if (verdict.kind !== 'different' || topicOf(verdict.found) !== topicOf(found)) return false;
    smallest = verdict.found;
    return true;
  }, timeMs);
  return smallest;
}

/** In what way it differs, so that shrinking does not wander from one fault to another. */
export function topicOf({ node, simulated }: Difference): string {
  if (simulated.broken.length > 0) return 'law';
  if (simulated.outcome === 'refused' || simulated.outcome === 'unsupported') return simulated.outcome;
  if (node.stdout !== simulated.stdout) return 'stdout';
  return node.exitCode === simulated.exitCode ? 'stderr' : 'exit code';
}

/** What differs first, in a few lines. */
export function describeDifference(found: Difference): string {
  const { seed, node, simulated } = found;
  const parts = [`seed ${seed}: ${topicOf(found)}`, ...simulated.broken.slice(0, 3).map((law) => `  ${law}`)];
  if (node.stdout !== simulated.stdout) parts.push(`  stdout, ${firstLine(node.stdout, simulated.stdout)}`);
  if (node.exitCode !== simulated.exitCode) parts.push(`  exit code: Node ${node.exitCode}, simulation ${simulated.exitCode}`);
  const [theirs, ours] = [stderrWords(node.stderr), stderrWords(simulated.stderr)];
  if (theirs !== ours) parts.push(`  stderr, ${firstLine(theirs, ours)}`);
  if (simulated.racy.length > 0) parts.push(`  said to be racy: ${JSON.stringify(simulated.racy)}`);
  return parts.join('\n');
}

function firstLine(node: string, simulated: string): string {
  const [theirs, ours] = [node.split('\n'), simulated.split('\n')];
  const at = theirs.findIndex((text, index) => text !== ours[index]);
  const line = at === -1 ? theirs.length : at;
  return `line ${line + 1}: Node ${show(theirs[line])}, simulation ${show(ours[line])}`;
}

function show(line: string | undefined): string {
  return line === undefined ? 'nothing more' : JSON.stringify(line);
}

/** Writes the program and both outputs below test/output/, to look at and to run again. Answers the entry. */
export async function keepDifference(found: Difference, below = 'test/output/differential'): Promise<string> {
  const folder = path.join(below, `seed-${found.seed}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { files, settings } = found.program;
  const all = files.map(({ name, text }) => [name, text] as const);
  const config = JSON.stringify({ compilerOptions: settings ?? {} });
  for (const [name, text] of settings === null ? all : [...all, ['tsconfig.json', config] as const]) await writeFile(path.join(folder, name), text);
  for (const [name, { stdout, stderr, exitCode }] of [['node', found.node], ['simulated', found.simulated]] as const) {
    await writeFile(path.join(folder, `${name}.txt`), `${stdout}--- stderr\n${stderr}--- exit code ${exitCode}\n`);
  }
  return path.join(folder, files[0].name);
}
