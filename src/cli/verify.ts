/** Why this file exists: `loopscope verify` runs programs for real, after asking, and says where they part. */
import { createInterface } from 'node:readline/promises';
import { defaultLimits } from '../simulation/request';
import type { Simulator } from '../simulator/simulator';
import type { Compared, Verification } from '../verify/verification';
import { verify } from '../verify/verify';
import { parse } from './arguments';
import { comparedText } from './format/comparison';
import { shown } from './paths';
import { existingFile, limitsOf, openSimulator } from './run';
import { UsageError } from './usage-error';

const help = `Usage: loopscope verify FILE… [OPTIONS]

Simulates each file, runs it with real Node (${process.version}), and prints "equal", or the first difference with the lines around it.
This executes the code, with your rights, in the working directory: it asks first.

  --yes           do not ask
  --timeout MS    milliseconds for the simulation, and for each real run (${defaultLimits.wallMs})
  --json          one line of JSON a file
  --help, --version

Where they differ, Node runs three times: when its own runs differ, it is a race, and is said to be one.
Exit code: 0 equal, 1 different or not simulated, 2 misuse.
`;

export async function verifyCommand(args: string[]): Promise<number> {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      yes: { type: 'boolean', short: 'y', default: false },
      timeout: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length === 0) throw new UsageError('Name a file to verify: loopscope verify FILE');
  const files = await Promise.all(positionals.map(existingFile));
  const limits = limitsOf(undefined, values.timeout);
  if (!values.yes && !(await isAllowed(files))) return 2;
  const stop = new AbortController();
  const interrupted = (): void => { stop.abort(new Interrupted()); };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  const simulator = openSimulator();
  try {
    return await verifyFiles(simulator, files, limits, values.json, stop.signal);
  } catch (error) {
    if (error instanceof Interrupted) return 130; // what a shell says of a program that was interrupted
    throw error;
  } finally {
    await simulator.dispose();
    process.removeListener('SIGINT', interrupted);
    process.removeListener('SIGTERM', interrupted);
  }
}

class Interrupted extends Error {}

/** Asks a person; where there is none, the code is not run. */
async function isAllowed(files: readonly string[]): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError('verify runs the code for real: add --yes to allow it.');
  }
  const what = files.length === 1 ? shown(files[0] ?? '') : `${files.length} files`;
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await reader.question(`This runs ${what} with real Node, with your rights. Go on? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    reader.close();
  }
}

async function verifyFiles(
  simulator: Simulator, files: readonly string[], limits: typeof defaultLimits, json: boolean, signal: AbortSignal,
): Promise<number> {
  let worst = 0;
  for (const entry of files) {
    const found = await verify(simulator, { entry, limits, node: process.execPath, cwd: process.cwd() }, signal);
    process.stdout.write(json ? `${JSON.stringify(jsonLine(entry, found))}\n` : comparedText(shown(entry), found));
    worst = Math.max(worst, exitCodeOf(found));
  }
  return worst;
}

function exitCodeOf(found: Verification): number {
  if (found.kind === 'not-simulated') return found.isMistake ? 2 : 1;
  return found.kind === 'equal' ? 0 : 1;
}

function jsonLine(file: string, found: Verification): object {
  if (found.kind === 'not-simulated') return { file, result: 'not-simulated', message: found.message };
  const { kind, race, simulation, node, difference }: Compared = found;
  return { file, result: kind, race, simulation, node, difference: difference ?? null };
}
