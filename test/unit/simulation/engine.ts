/** Why this file exists: tests simulate texts that are on no disk, in the real worker thread. */
import path from 'node:path';
import assert from 'node:assert/strict';
import { defaultLimits } from '../../../src/simulation/request';
import type { Limits, SimulationReply, SimulationResult, Start } from '../../../src/simulation/request';
import { createSimulator } from '../../../src/simulator/create-simulator';
import type { Simulator } from '../../../src/simulator/simulator';
import type { Scenario } from '../../../src/trace/scenario';
import type { HostKind, Nudge, Trace } from '../../../src/trace/trace';

export interface TextOptions {
  /** Of the entry, which decides between CommonJS and module. */
  readonly name?: string;
  readonly start?: Start;
  readonly limits?: Partial<Limits>;
  readonly record?: boolean;
  /** Other files of the program, by name. */
  readonly files?: Readonly<Record<string, string>>;
  readonly nudges?: readonly Nudge[];
  readonly whatIf?: Scenario;
  /** Node when nothing is said; undefined: as the tsconfig says. */
  readonly host?: HostKind | undefined;
}

const root = '/nowhere/project';

/** A simulator on the built worker. Close it with `dispose`. */
export function openSimulator(): Simulator {
  return createSimulator(path.join(__dirname, 'simulator.js'));
}

/** Simulates a text as the entry of a program. */
export function simulateText(simulator: Simulator, text: string, options: TextOptions = {}): Promise<SimulationReply> {
  const { name = 'main.ts', start = { kind: 'file' }, limits = {}, record = false, files = {}, nudges, whatIf } = options;
  const host = 'host' in options ? options.host : 'node';
  const all = Object.entries({ ...files, [name]: text });
  const overlay = Object.fromEntries(all.map(([file, each]) => [`${root}/${file}`, each]));
  return simulator.simulate(
    {
      entry: `${root}/${name}`, start, ...(host && { host }), limits: { ...defaultLimits, ...limits }, record,
      ...(nudges === undefined ? {} : { nudges }), ...(whatIf && { whatIf }),
    },
    overlay,
  );
}

/** The same, for texts that run. */
export async function ranText(
  simulator: Simulator,
  text: string,
  options: TextOptions = {},
): Promise<SimulationResult> {
  const reply = await simulateText(simulator, text, options);
  if (reply.kind === 'refused') throw new assert.AssertionError({ message: `refused: ${reply.message}` });
  return reply;
}

/** The same, recorded. */
export async function tracedText(simulator: Simulator, text: string, options: TextOptions = {}): Promise<Trace> {
  const { trace } = await ranText(simulator, text, { ...options, record: true });
  assert.ok(trace !== undefined, 'there is no trace');
  return trace;
}
