/**
 * Why this file exists: one run of a program with all its agents: the main program in this thread, each worker in a
 * thread of its own; what they report becomes one result.
 */
import { lineStarts, positionAt } from '../../base/text';
import type { Scenario } from '../../trace/scenario';
import type { ProcessRequest, WorkerStart } from '../agent-messages';
import type { LoweredProgram } from '../lower/program';
import { askForModule, lateModules, type LateModule } from '../late-modules';
import type { Compute } from '../computing';
import type { Limits, ReadText, SimulationRequest } from '../request';
import type { Printed, RunReport, RunResult } from '../run-report';
import type { Workspace } from '../workspace';
import { runInSandbox, type Engine, type OnPrinted } from '../sandbox';
import type { MainEnd, WorkerTask } from './agent';
import { createAgents } from './agents';
import { castOf, moved, type Role } from './cast';
import type { Slice } from './slice';
import type { AgentTask, SpawnThread } from './thread';
import { workerPrograms } from './worker-programs';

export interface Stage {
  readonly engine: Engine;
  readonly read: ReadText;
  readonly program: LoweredProgram;
  readonly request: SimulationRequest;
  readonly wallClock: () => number;
  readonly spawn: SpawnThread | undefined;
  readonly workspace: Workspace;
  readonly compute: Compute;
  readonly scenario: Scenario | undefined;
  /** Packages that could not run. */
  readonly standIns: ReadonlySet<string>;
  /** What the program asked for while it ran: it was lowered with it, or will be. */
  readonly late: LateModule[];
}

/** A loop that was thinned out, and whose it is. */
interface Thinned {
  readonly agent: number;
}

/** Runs the program once. `roles` are the agents that report, the main program first. */
export async function runAgents(
  stage: Stage,
  thinned: readonly object[],
  isRecorded: boolean,
  onPrinted: OnPrinted,
): Promise<{ readonly run: Played; readonly roles: readonly Role[]; readonly slices: readonly Slice[] }> {
  const { engine, read, program, request, wallClock, spawn, workspace, compute, late } = stage;
  const { limits, nudges = [] } = request;
  const programs = workerPrograms(program.roots, read, late, request.host ?? 'node', stage.standIns);
  const moduleOf = lateModules(program.roots.home, read, workspace, late);
  const lower = (own: LoweredProgram) => (text: string, flags: number): object =>
    flags === askForModule ? moduleOf(text) : own.lowerText(text, flags);
  const cast = new Map<number, LoweredProgram>();
  const loops = (agent: number): readonly object[] => thinned.filter((each) => (each as Thinned).agent === agent);
  const common = { record: isRecorded, limits, scenario: stage.scenario ?? {} };
  const printed = { stdout: '', stderr: '', turns: [0] };
  const hear: OnPrinted = (stream, text) => {
    printed[stream] += text;
    const isOwn = (printed.turns.length % 2 === 1) === (stream === 'stdout');
    printed.turns.push(text.length + (isOwn ? (printed.turns.pop() ?? 0) : 0));
    onPrinted(stream, text);
  };
  const agents = createAgents({
    limits,
    nudges,
    spawn,
    wallClock,
    onPrinted: hear,
    workspace,
    prepare: (question, { thread, threadId, pid }): WorkerTask => {
      const { program: own, fault, path } = programs.programFor(question);
      cast.set(thread, own);
      const isEval = question.program.kind === 'eval';
      const { port, env, sharedEnv = null, process: asked } = question;
      const process = asked ?? null;
      const worker = { thread, threadId, pid, port, isEval, fault, path, env, sharedEnv, process };
      const ownLimits = withMemory(limits, question.memoryMb);
      return {
        lower: lower(own),
        hasOwnLimit: question.memoryMb !== null,
        ports: process === null ? [port] : portsOf(process),
        task: (start): AgentTask => ({
          script: own.script,
          parts: process === null ? own.parts : withChannel(own.parts, process, env),
          limits: ownLimits,
          settings: settingsOf(own, common, loops(thread), nudges, { ...worker, ...start }),
        }),
      };
    },
  });
  const main = await runInSandbox(engine, program.script, {
    settings: settingsOf(program, common, loops(0), nudges, null),
    parts: program.parts,
    limits,
    lowerText: lower(program),
    workspace,
    compute,
    wallClock,
    onPrinted: hear,
    ask: agents.ask,
    sharedMemory: agents.sharedMemory,
    memoryOfAll: (own) => agents.memoryOfAll(0, own),
  });
  const results = agents.finish(endOfMain(main));
  if (main.kind === 'broken') return { run: main, roles: [], slices: [] };
  const roles: Role[] = [{ agent: 0, program, report: main.report }];
  for (const [agent, result] of results) {
    const own = cast.get(agent);
    if (own !== undefined && result.kind === 'ran') roles.push({ agent, program: own, report: result.report });
  }
  const verdict = agents.verdict();
  if (verdict?.result.kind === 'broken') return { run: verdict.result, roles, slices: [] };
  const run = joint({ ...main, ...printed }, roles, verdict?.thread, verdict?.result);
  return { run, roles, slices: agents.slices() };
}

/** The program's own end, not one that the host or a limit put to it. */
function endOfMain(main: RunResult): MainEnd {
  if (main.kind === 'broken') return { isPlain: false, at: 0, events: 0 };
  const { ending, virtualMs, events } = main.report;
  return { isPlain: main.spent === undefined && (ending === null || ending.kind === 'exit'), at: virtualMs, events };
}

/** Its ends of pipes. */
function portsOf({ stdio, channel }: ProcessRequest): readonly number[] {
  const pipes = stdio.filter((each) => typeof each === 'number');
  return channel === 0 ? pipes : [...pipes, channel];
}

/** What its channel, its part in a cluster and what it reads need before its program begins. */
function withChannel(
  parts: readonly string[],
  { channel, stdio }: ProcessRequest,
  env: Readonly<Record<string, string>>,
): readonly string[] {
  const input = typeof stdio[0] === 'number' && parts.includes('stream') ? ['net'] : [];
  const messages = channel === 0 ? [] : Object.hasOwn(env, 'NODE_UNIQUE_ID') ? ['ipc', 'cluster'] : ['ipc'];
  return [...new Set([...parts, ...input, ...messages])];
}

function withMemory(limits: Limits, mb: number | null): Limits {
  return mb === null ? limits : { ...limits, memory: Math.min(limits.memory, mb * 1024 * 1024) };
}

type Broken = Extract<RunResult, { kind: 'broken' }>;
type Ran = Extract<RunResult, { kind: 'ran' }>;
export type AllRan = Ran & Printed;
export type Played = AllRan | Broken;

/** One result: what the main program printed and answered, what all of them did. */
function joint(main: AllRan, roles: readonly Role[], thread: number | undefined, verdict: Ran | undefined): AllRan {
  const { offsets } = castOf(roles);
  const reports = roles.map((each, i) => moved(each.report, offsets[i] ?? 0));
  const who = roles.findIndex((each) => each.agent === thread);
  const ending = who > 0 ? (reports[who]?.ending ?? null) : main.report.ending;
  const loops = roles.flatMap(({ agent, report }) => report.thinnedLoops.map((loop) => ({ ...loop, agent })));
  const report: RunReport = {
    ...main.report,
    ending,
    notes: reports.flatMap((each) => each.notes),
    outside: reports.flatMap((each) => each.outside),
    unanswered: reports.map((each) => each.unanswered).find((site) => site >= 0) ?? -1,
    steps: reports.reduce((sum, each) => sum + each.steps, 0),
    virtualMs: reports.reduce((latest, each) => Math.max(latest, each.virtualMs), 0),
    thinned: reports.some((each) => each.thinned),
    thinnedLoops: loops,
  };
  return { ...main, report, spent: verdict?.spent ?? main.spent };
}

/** What the guest is told: guest/main.ts. */
function settingsOf(
  program: LoweredProgram,
  { record, limits, scenario }: { readonly record: boolean; readonly limits: Limits; readonly scenario: Scenario },
  thinned: readonly object[],
  nudges: readonly object[],
  worker: WorkerStart | null,
): string {
  return JSON.stringify({
    record,
    maxSteps: limits.steps,
    maxTurns: limits.turns,
    maxEvents: limits.events,
    siteNames: program.sites.map((site) => site.name ?? ''), // text that became code adds to them
    functionTexts: program.texts,
    maps: program.maps,
    awaits: awaitPlaces(program),
    sources: program.sources,
    thinned,
    nudges,
    scenario,
    worker,
  });
}

/**
 * Triples of site, file and position (line × 1,000,000 + column, both from 1), for the `at async` lines of stacks:
 * `yield*` waits as well.
 */
function awaitPlaces({ sites, files }: LoweredProgram): number[] {
  const starts = files.map((file) => lineStarts(file.text));
  return sites.flatMap((site, i) => {
    const lines = starts[site.file];
    if ((site.kind !== 'await' && site.kind !== 'yield') || lines === undefined) return [];
    const { line, column } = positionAt(lines, site.start);
    return [i, site.file, line * 1_000_000 + column];
  });
}
