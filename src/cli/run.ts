/** Why this file exists: `loopscope run` simulates programs and prints what they print. */
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { entryStart } from './entry';
import {
  defaultLimits,
  type Limits,
  type SimulationReply,
  type SimulationRequest,
  type SimulationResult,
} from '../simulation/request';
import { cacheFolder } from './cache-folder';
import { createSimulator } from '../simulator/create-simulator';
import type { Simulator } from '../simulator/simulator';
import { parse } from './arguments';
import { UsageError } from './usage-error';
import type { HostKind } from '../trace/trace';

const help = `loopscope run FILE… [OPTIONS]

Simulates each file, sealed off and on virtual time, and prints what real Node, or a real browser, would print.

  --entry NAME      start with this function, instead of the whole file
  --host NAME       the host to simulate: node or browser (by the tsconfig: browser where its lib has DOM and nothing is of Node)
  --scenario FILE   what the world outside answers (NAME.scenario.json beside NAME.ts, if it is there)
  --max-steps N     statements, calls and loop turns before it is stopped (${defaultLimits.steps})
  --timeout MS      wall-clock milliseconds before it is stopped (${defaultLimits.wallMs})
  --json            one line of JSON a file
  --no-cache        lower packages anew (else what they became is kept in node_modules/.cache/loopscope)

Exit code: the program's own; 1 for an uncaught error, 124 when its budget is spent, 125 when it uses something not modelled.
`;

interface Options {
  readonly files: readonly string[];
  readonly entry: string | undefined;
  readonly host: HostKind | undefined;
  readonly scenario: string | undefined;
  readonly limits: Limits;
  readonly json: boolean;
  readonly cache: boolean;
}

/** The command. Answers the exit code. */
export async function runCommand(args: string[]): Promise<number> {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      entry: { type: 'string' },
      host: { type: 'string' },
      scenario: { type: 'string' },
      'max-steps': { type: 'string' },
      timeout: { type: 'string' },
      json: { type: 'boolean' },
      'no-cache': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  if (positionals.length === 0) throw new UsageError('Name a file to simulate: loopscope run FILE');
  const [files, scenario] = await Promise.all([
    Promise.all(positionals.map(existingFile)),
    values.scenario === undefined ? undefined : existingFile(values.scenario),
  ]);
  return runFiles({
    files,
    entry: values.entry,
    host: hostOf(values.host),
    scenario,
    limits: limitsOf(values['max-steps'], values.timeout),
    json: values.json === true,
    cache: values['no-cache'] !== true,
  });
}

/** A path as the simulation knows files: absolute, with forward slashes. */
export async function existingFile(path: string): Promise<string> {
  const absolute = resolve(path);
  await access(absolute).catch(() => {
    throw new UsageError(`There is no file "${path}".`);
  });
  return absolute.replaceAll('\\', '/');
}

/** Undefined: the simulation chooses. */
export function hostOf(name: string | undefined): HostKind | undefined {
  if (name === undefined || name === 'node' || name === 'browser') return name;
  throw new UsageError(`--host is node or browser, not "${name}".`);
}

export function limitsOf(maxSteps: string | undefined, timeout: string | undefined): Limits {
  return {
    ...defaultLimits,
    steps: positive('--max-steps', maxSteps) ?? defaultLimits.steps,
    wallMs: positive('--timeout', timeout) ?? defaultLimits.wallMs,
  };
}

function positive(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UsageError(`${name} takes a whole number above 0, not "${text}".`);
  return value;
}

/** `cache`: what packages became is kept in the project's folder. */
export function openSimulator(cache = true): Simulator {
  const folder = cache ? cacheFolder() : undefined;
  return createSimulator(join(__dirname, 'simulator.js'), folder === undefined ? undefined : `${folder}/lowered`);
}

async function runFiles(options: Options): Promise<number> {
  const simulator = openSimulator(options.cache);
  let worst = 0;
  try {
    for (const file of options.files) {
      const code = await runFile(simulator, file, options);
      worst = worst === 0 ? code : worst;
    }
    return worst;
  } finally {
    await simulator.dispose();
  }
}

async function runFile(simulator: Simulator, file: string, options: Options): Promise<number> {
  const start = entryStart(options.entry);
  const { host, limits, scenario } = options;
  const how = { ...(host && { host }), ...(scenario !== undefined && { scenarioFile: scenario }) };
  const request: SimulationRequest = { entry: file, start, ...how, limits, record: false };
  const before = performance.now();
  const reply = await simulator.simulate(request);
  const wallMs = performance.now() - before;
  if (reply.kind === 'refused') return refused(reply, file, options.json);
  if (options.json) process.stdout.write(`${JSON.stringify(jsonLine(file, reply, wallMs))}\n`);
  else print(reply);
  return reply.exitCode;
}

/** In the order in which it was written. */
function print({ stdout, stderr, turns }: SimulationResult): void {
  const streams = [
    { to: process.stdout, text: stdout, at: 0 },
    { to: process.stderr, text: stderr, at: 0 },
  ];
  for (const [i, length] of [...turns, Infinity, Infinity].entries()) {
    const stream = streams[i % 2];
    if (stream === undefined) continue;
    const part = stream.text.slice(stream.at, stream.at + length);
    stream.at += part.length;
    if (part !== '') stream.to.write(part);
  }
}

function jsonLine(file: string, reply: SimulationResult, wallMs: number): object {
  const { stdout, stderr, exitCode, outcome, steps, virtualMs, races } = reply;
  return {
    file,
    stdout,
    stderr,
    exitCode,
    outcome,
    steps,
    virtualMs,
    wallMs: Math.round(wallMs * 10) / 10,
    racy: races,
  };
}

const refusedExitCode = 2;

/** A program that cannot be simulated at all is a person's mistake: one line, exit code 2. */
export function refused(reply: Extract<SimulationReply, { kind: 'refused' }>, file: string, json: boolean): number {
  const place = reply.line === undefined ? '' : `${reply.file ?? file}:${reply.line}:${reply.column ?? 1}: `;
  const message = `${place}${reply.message}`;
  if (json) {
    process.stdout.write(
      `${JSON.stringify({
        file,
        stdout: '',
        stderr: message,
        exitCode: refusedExitCode,
        outcome: 'unsupported',
        steps: 0,
        virtualMs: 0,
        wallMs: 0,
        racy: [],
      })}\n`,
    );
  } else process.stderr.write(`loopscope: ${message}\n`);
  return refusedExitCode;
}
