/** Why this file exists: how tests ask the simulation what programs print, and whether their traces keep the laws. */
import path from 'node:path';
import { defaultLimits } from '../../src/simulation/request';
import type { SimulationReply } from '../../src/simulation/request';
import { createSimulator } from '../../src/simulator/create-simulator';
import { brokenLaws } from '../../src/trace/laws';
import type { Printed } from './oracle';
import type { ProgramText } from './render/program-text';

export interface Simulated extends Printed {
  readonly exitCode: number;
  readonly outcome: string;
  readonly racy: readonly { readonly line: number; readonly note: string }[];
  /** What its recorded run breaks: laws of traces, or that recording must change nothing. */
  readonly broken: readonly string[];
}

type Source = Pick<ProgramText, 'files' | 'settings'>;

export interface Simulation {
  simulate(program: Source): Promise<Simulated>;
  dispose(): Promise<void>;
}

const folder = '/nowhere/project';
/** A busy machine is no reason to stop a program. */
const limits = { ...defaultLimits, wallMs: 60_000 };

/** The built simulator's own thread. `laws`: each program runs a second time, recorded, and its trace is checked. */
export function openSimulation(laws: boolean): Simulation {
  const simulator = createSimulator(path.join(__dirname, 'simulator.js'));
  async function answer(program: Source, record: boolean): Promise<SimulationReply> {
    const files = program.files.map(({ name, text }) => [`${folder}/${name}`, text] as const);
    const config = JSON.stringify({ compilerOptions: program.settings ?? {} });
    const overlay = Object.fromEntries(program.settings === null ? files : [...files, [`${folder}/tsconfig.json`, config]]);
    const entry = `${folder}/${program.files[0].name}`;
    return simulator.simulate({ entry, start: { kind: 'file' }, host: 'node', limits, record }, overlay);
  }
  return {
    async simulate(program) {
      try {
        const plain = await answer(program, false);
        return { ...printedBy(plain), broken: laws ? brokenBy(plain, await answer(program, true)) : [] };
      } catch (error) {
        return { stdout: '', stderr: '', exitCode: -1, outcome: 'crashed', racy: [], broken: [`it crashed: ${String(error)}`] };
      }
    },
    dispose: () => simulator.dispose(),
  };
}

function printedBy(reply: SimulationReply): Omit<Simulated, 'broken'> {
  if (reply.kind === 'refused') return { stdout: '', stderr: reply.message, exitCode: 2, outcome: 'refused', racy: [] };
  const { stdout, stderr, exitCode, outcome, races } = reply;
  return { stdout, stderr, exitCode, outcome, racy: races };
}

function brokenBy(plain: SimulationReply, recorded: SimulationReply): readonly string[] {
  if (plain.kind === 'refused' || recorded.kind === 'refused') return plain.kind === recorded.kind ? [] : ['only one of two runs is refused'];
  const { trace } = recorded;
  if (trace === undefined) return ['there is no trace'];
  const told = (stream: 'stdout' | 'stderr'): string =>
    trace.events.flatMap((event) => (event.kind === 'console-printed' && event.stream === stream ? [event.text] : [])).join('');
  return [
    ...brokenLaws(trace),
    ...(recorded.stdout === plain.stdout ? [] : ['recording changes what is printed']),
    ...(recorded.exitCode === plain.exitCode ? [] : ['recording changes the exit code']),
    ...(told('stdout') === plain.stdout ? [] : ['the trace tells of another stdout than was printed']),
  ];
}
