/**
 * Why this file exists: source → Trace. Lowers the program, runs it in the sandbox and puts what it reports into the
 * trace's form.
 */
import { lineStarts, positionAt } from '../base/text';
import type { Scenario } from '../trace/scenario';
import {
  traceFormat,
  traceVersion,
  type Outcome,
  type Site,
  type Trace,
  type TraceEvent,
  type TraceNote,
} from '../trace/trace';
import { hostFor } from './lower/host';
import { lowerProgram } from './lower/program';
import { scenarioFor } from './lower/scenario-file';
import { slice } from './lower/start';
import type { Limits, Race, ReadText, SimulationRefused, SimulationReply, SimulationRequest } from './request';
import type { RunReport } from './run-report';
import { runAgents, type Stage, type AllRan, type Played } from './agents/run-agents';
import type { LateModule } from './late-modules';
import type { Slice } from './agents/slice';
import { stitch } from './agents/stitch';
import { castOf, type Cast, type Role } from './agents/cast';
import type { SpawnThread } from './agents/thread';
import { madeUpWords, modelledIn, outsideOf, packageThatFailed, standInsOf } from './outside-world';
import { maxPrinted, type Engine, type OnPrinted } from './sandbox';
import type { Compute } from './computing';
import type { OpenWorkspace } from './workspace';

const models = {
  node: 'Node 20–24, libuv ≥ 1.45',
  browser: 'the event loop of HTML as Chromium turns it, 60 frames a second',
} as const;
/** What the shell's `timeout` answers, and what the command line promises for a spent budget. */
export const budgetExitCode = 124;
export const unsupportedExitCode = 125;

/** What the face gives a program to see and to have computed. */
export interface Host {
  readonly openWorkspace: OpenWorkspace;
  readonly compute: Compute;
}

/**
 * Hears when files are read and lowered, when the program begins, both of which may be more than once (from the start),
 * and what it prints.
 */
export interface Listener {
  readonly onPrepare: () => void;
  readonly onStart: () => void;
  readonly onPrinted: OnPrinted;
}

/**
 * Simulates a request. `read` gives the files; `wallClock` answers milliseconds for the wall-clock limit only;
 * `listener` hears what the program does while it still runs; `spawn` lends a thread to each worker of the program.
 */
export async function simulate(
  request: SimulationRequest,
  read: ReadText,
  engine: Engine,
  wallClock: () => number,
  host: Host,
  listener: Listener = { onPrepare: () => undefined, onStart: () => undefined, onPrinted: () => undefined },
  spawn?: SpawnThread,
): Promise<SimulationReply> {
  const text = read(request.entry);
  if (text === undefined) return { kind: 'refused', message: `Cannot read '${request.entry}': check the path.` };
  if (text.includes('\0'))
    return { kind: 'refused', message: `'${request.entry}' is a binary file: choose a TypeScript or JavaScript file.` };
  const scenario = scenarioFor(request, read);
  if (isRefused(scenario)) return scenario;
  const kind = request.host ?? hostFor({ path: request.entry, text }, read);
  const sliced = slice({ path: request.entry, text }, request.start, read);
  if ('message' in sliced) return sliced;
  const late: LateModule[] = [];
  const standIns = new Set(request.standIns);
  for (;;) {
    const known = late.length;
    listener.onPrepare();
    const program = lowerProgram(sliced, read, late, undefined, kind, standIns);
    if ('kind' in program) {
      const { blamed, ...refusal } = program;
      if (!standsInFor(blamed, standIns)) return refusal;
      late.length = 0;
      continue;
    }
    const workspace = host.openWorkspace(program.roots.home);
    const own = { ...request, host: kind };
    const { compute } = host;
    const asked = { request: own, late, scenario, standIns };
    const stage = { ...asked, engine, read, program, wallClock, spawn, workspace, compute };
    const { answer, blamed } = await simulateProgram(stage, listener);
    if (standsInFor(blamed, standIns)) late.length = 0;
    else if (late.length === known) return answer;
  }
}

/** The package is stood in for from now on; false when it is already, or there is none. */
function standsInFor(name: string | undefined, standIns: Set<string>): boolean {
  if (name === undefined || standIns.has(name)) return false;
  standIns.add(name);
  return true;
}

function isRefused(given: Scenario | SimulationRefused | undefined): given is SimulationRefused {
  return given !== undefined && 'kind' in given;
}

/** An answer, and the package that could not run. */
interface Simulated {
  readonly answer: SimulationReply;
  readonly blamed?: string | undefined;
}

async function simulateProgram(stage: Stage, listener: Listener): Promise<Simulated> {
  const { request } = stage;
  const kind = request.host ?? 'node';
  const { record } = request;
  let roles: readonly Role[] = [];
  let slices: readonly Slice[] = [];
  const play = async (thinned: readonly object[], isRecorded: boolean, onPrinted: OnPrinted): Promise<Played> => {
    const played = await runAgents(stage, thinned, isRecorded, onPrinted);
    ({ roles, slices } = played);
    return played.run;
  };
  const heard = (thinned: readonly object[]): Promise<Played> => {
    listener.onStart();
    return play(thinned, record, listener.onPrinted);
  };
  const played = await withEndsOfLoops(await heard([]), heard);
  const run = record ? played : await withPlaces(played, () => play([], true, () => undefined));
  if (run.kind === 'broken')
    return { answer: { kind: 'refused', message: `The sandbox refused this program: ${run.message}`, file: request.entry } };
  const host = { kind, model: models[kind] };
  const program = { ...castOf(roles), roles, slices, host, scenario: stage.scenario };
  return { answer: reply(run, program, request), blamed: packageThatFailed(run.report, program) };
}

/**
 * Where a loop ends is known when it has ended. A run that left turns out is run again, step for step the same, and
 * then records each such loop's last turns as well.
 */
async function withEndsOfLoops(
  run: Played,
  play: (thinned: readonly object[]) => Promise<Played>,
): Promise<Played> {
  if (run.kind === 'broken' || run.spent !== undefined || run.report.ending?.kind === 'budget') return run;
  const { thinnedLoops } = run.report;
  return thinnedLoops.length > 0 ? play(thinnedLoops) : run;
}

/** Only a recorded run knows its lines: what must be said at a line is asked of one, step for step the same. */
async function withPlaces(run: Played, recorded: () => Promise<Played>): Promise<Played> {
  if (run.kind === 'broken' || run.spent !== undefined) return run;
  const { notes, ending, unanswered } = run.report;
  const isKnown = (ending?.kind !== 'unsupported' && ending?.kind !== 'deadlock') || ending.site > 0;
  const isPlaced = isKnown && unanswered !== 0 && notes.every((each) => each.site > 0);
  if (isPlaced) return run;
  const again = await recorded();
  if (again.kind === 'broken' || again.spent !== undefined) return run;
  const { notes: placed, ending: end, unanswered: asked } = again.report;
  return { ...run, report: { ...run.report, notes: placed, ending: end, unanswered: asked } };
}


/** Files and places of all agents, and who they were. */
type Program = Cast & { readonly roles: readonly Role[]; readonly slices: readonly Slice[]; readonly host: Trace['host']; readonly scenario: Scenario | undefined };

function reply(run: AllRan, program: Program, request: SimulationRequest): SimulationReply {
  const { report } = run;
  const outcome = outcomeOf(run, request.limits, program);
  const exitCode =
    outcome.kind === 'budget-spent' || outcome.kind === 'deadlock'
      ? budgetExitCode
      : outcome.kind === 'unsupported'
        ? unsupportedExitCode
        : report.exitCode;
  const notes = notesOf(report);
  const made = madeUpWords(program, request);
  const stderr =
    run.stderr +
    (made === undefined ? '' : `loopscope: ${made}\n`) +
    (outcome.kind !== 'completed' && outcome.kind !== 'uncaught' ? `loopscope: ${outcome.message}\n` : '');
  const result = {
    kind: 'simulated',
    stdout: run.stdout,
    stderr,
    turns: run.turns,
    exitCode,
    outcome: outcome.kind,
    steps: report.steps,
    virtualMs: report.virtualMs,
    races: notes.filter((each) => each.kind === 'order-unspecified').map((each) => raceOf(each, program)),
  } as const;
  if (!request.record) return result;
  const trace = traceOf(report, program, outcome, exitCode, notes);
  return { ...result, trace: request.nudges === undefined ? trace : { ...trace, nudges: request.nudges } };
}

function traceOf(
  report: RunReport,
  program: Program,
  outcome: Outcome,
  exitCode: number,
  notes: readonly TraceNote[],
): Trace {
  const [standIns, modelled] = [standInsOf(program), modelledIn(program)];
  const events = stitch(program.roles, program.offsets, program.slices, report.virtualMs);
  const last: TraceEvent = { kind: 'program-ended', at: report.virtualMs, exitCode };
  if (events[events.length - 1]?.kind !== 'program-ended') events.push(last);
  return {
    format: traceFormat,
    version: traceVersion,
    host: program.host,
    files: program.files,
    sites: program.sites,
    events,
    notes,
    outcome,
    exitCode,
    steps: report.steps,
    virtualMs: report.virtualMs,
    ...(modelled.length > 0 && { modelled }),
    ...(standIns.length > 0 && { standIns }),
    ...(program.scenario && { scenario: program.scenario }),
    ...(report.outside.length > 0 && { outside: outsideOf(report) }),
  };
}

function outcomeOf(run: AllRan, limits: Limits, program: Program): Outcome {
  const { ending, uncaught } = run.report;
  if (run.spent === 'time')
    return budget('time', `the time limit of ${limits.wallMs / 1000} s is spent: an endless loop, or raise --timeout.`);
  if (run.spent === 'memory') return budgetOfMemory(limits);
  if (run.spent === 'output')
    return budget('memory', `the limit of ${maxPrinted / 1048576} million characters of output is spent.`);
  if (run.spent === 'stack') return budget('memory', 'the stack is spent: something recursed too deeply.');
  if (ending?.kind === 'budget' && ending.message === 'memory') return budgetOfMemory(limits);
  if (ending?.kind === 'budget') {
    return ending.message === 'turns'
      ? budget('turns', `the limit of ${limits.turns} turns of the event loop is spent: something keeps it alive.`)
      : budget('steps', `the limit of ${limits.steps} steps is spent: an endless loop, or raise --max-steps.`);
  }
  if (ending?.kind === 'unsupported' || ending?.kind === 'deadlock') {
    const site = ending.site > 0 ? ending.site - 1 : undefined;
    const place = site === undefined ? undefined : placeOf(program, site);
    const message = place === undefined ? ending.message : `${place}: ${ending.message}`;
    return site === undefined ? { kind: ending.kind, message } : { kind: ending.kind, message, site };
  }
  return uncaught === null ? { kind: 'completed' } : { kind: 'uncaught', message: uncaught };
}

function budgetOfMemory(limits: Limits): Outcome {
  return budget('memory', `the memory limit of ${Math.round(limits.memory / 1048576)} MB is spent.`);
}

function budget(kind: Extract<Outcome, { kind: 'budget-spent' }>['budget'], message: string): Outcome {
  return { kind: 'budget-spent', budget: kind, message };
}

function placeOf(program: Program, site: number): string | undefined {
  const found: Site | undefined = program.sites[site];
  const file = found && program.files[found.file];
  if (found === undefined || file === undefined) return undefined;
  return `${file.path}:${positionAt(lineStarts(file.text), found.start).line}`;
}

function notesOf(report: RunReport): TraceNote[] {
  const notes: TraceNote[] = report.notes.map((each) => ({
    kind: each.kind,
    site: Math.max(each.site - 1, 0),
    message: each.message,
    ...(each.otherOrder === undefined ? {} : { otherOrder: each.otherOrder }),
  }));
  if (report.thinned)
    notes.push({
      kind: 'recording-thinned',
      site: 0,
      message: `Only the first ${report.events} events are recorded; the program itself ran on.`,
    });
  return notes;
}

function raceOf(note: TraceNote, program: Program): Race {
  const site = program.sites[note.site];
  const text = site && program.files[site.file]?.text;
  return { line: site && text !== undefined ? positionAt(lineStarts(text), site.start).line : 1, note: note.message };
}
