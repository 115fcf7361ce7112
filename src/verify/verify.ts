/** Why this file exists: simulates a file, runs it for real, and says whether both did the same. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EmittedProgram, Limits, SimulationReply } from '../simulation/request';
import type { Overlay, Simulator } from '../simulator/simulator';
import { differenceOf } from './compare-printed';
import { runNode } from './run-node';
import type { Compared, NodeRun, Printed, Verification } from './verification';

export interface VerifyRequest {
  /** Absolute path with forward slashes. */
  readonly entry: string;
  readonly overlay?: Overlay;
  /** For the simulation; its time is also the real run's. */
  readonly limits: Limits;
  /** The executable of Node. */
  readonly node: string;
  /** Where the program runs. */
  readonly cwd: string;
}

/** Runs of real Node before a difference counts; when they differ among themselves it is a race. */
const runs = 3;
/** How the simulation calls the folder of the program. */
const simulatedRoot = '/project/';

/** Executes the user's code: ask first. Aborting ends both runs; the promise then rejects with the signal's reason. */
export async function verify(
  simulator: Simulator, request: VerifyRequest, signal?: AbortSignal,
): Promise<Verification> {
  const { entry, overlay = {}, limits } = request;
  const question = { entry, start: { kind: 'file' }, host: 'node', limits, record: false } as const;
  const simulated = await simulator.simulate(question, overlay, signal);
  const reason = whyNot(simulated);
  if (reason !== undefined) return reason;
  const program = await simulator.emit(entry, overlay);
  if (program.kind === 'refused') return { kind: 'not-simulated', message: program.message, isMistake: true };
  const { stdout, stderr, exitCode } = simulated as Printed; // whyNot has looked
  return inFolder(program, (run) => compare({ stdout, stderr, exitCode }, run), request, signal);
}

/** Why there is nothing to compare with. */
function whyNot(reply: SimulationReply): Verification | undefined {
  if (reply.kind === 'refused') {
    const place = reply.line === undefined ? '' : `${reply.file ?? ''}:${reply.line}:${reply.column ?? 1}: `;
    return { kind: 'not-simulated', message: `${place}${reply.message}`, isMistake: true };
  }
  if (reply.outcome === 'completed' || reply.outcome === 'uncaught') return undefined;
  const line = reply.stderr.trimEnd().split('\n').at(-1) ?? '';
  return { kind: 'not-simulated', message: line.replace(/^loopscope: /, ''), isMistake: false };
}

async function compare(simulation: Printed, run: () => Promise<NodeRun>): Promise<Compared> {
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

/** Writes the program into a temporary folder for as long as it is needed. */
async function inFolder(
  program: EmittedProgram, use: (run: () => Promise<NodeRun>) => Promise<Compared>,
  { node, cwd, limits }: VerifyRequest, signal: AbortSignal | undefined,
): Promise<Compared> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'loopscope-verify-')));
  try {
    for (const { name, text } of program.files) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const file = path.join(folder, program.entry);
    const roots = [`${folder.replaceAll('\\', '/')}/`, program.root];
    const request = { node, file, cwd, timeoutMs: limits.wallMs };
    return await use(async () => withoutRoots(await runNode(request, signal), roots));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Both sides call the program's folder by one name. */
function withoutRoots(run: NodeRun, roots: readonly string[]): NodeRun {
  function plain(text: string): string {
    return roots.reduce((result, root) => result.replaceAll(root, simulatedRoot), text);
  }
  return { ...run, stdout: plain(run.stdout), stderr: plain(run.stderr) };
}
