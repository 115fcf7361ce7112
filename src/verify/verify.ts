/** Why this file exists: simulates a file, runs it for real, and says whether both did the same. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EmittedProgram, Limits, SimulationReply } from '../simulation/request';
import type { Overlay, Simulator } from '../simulator/simulator';
import { compareRuns } from './compare-runs';
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
  return inFolder(program, (run) => compareRuns({ stdout, stderr, exitCode }, run), request, signal);
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
