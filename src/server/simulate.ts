/**
 * Why this file exists: the editor's request to play code, handed to the simulator with the texts as the editor has
 * them.
 */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { defaultLimits, type Limits, type MadeUpValue, type SimulationRefused, type Start } from '../simulation/request';
import type { Overlay, Simulator } from '../simulator/simulator';
import { scenarioPathOf } from '../trace/scenario';
import type { Trace } from '../trace/trace';
import type { Analyses } from './analyses';
import type { Documents, OpenDocument } from './documents';
import { baseName } from './paths';
import type { ParametersReply, Refused, SimulateParams, SimulateReply, StartParams } from './protocol';
import type { Settings, SettingsCache } from './settings';
import { startOf, withValues, type NamedStart } from './start';

export interface SimulateNeeds {
  readonly documents: Documents;
  readonly analyses: Analyses;
  readonly settings: SettingsCache;
  readonly simulator: Simulator;
}

/** Rejects with `signal`'s reason when it aborts. */
export async function simulate(
  params: SimulateParams, needs: SimulateNeeds, signal: AbortSignal,
): Promise<SimulateReply> {
  const began = performance.now();
  const prepared = await prepare(params, needs);
  if ('message' in prepared) return prepared;
  const { open, document, named } = prepared;
  const overlay = withScenario(prepared, params.scenario);
  if (params.version !== undefined && params.version !== document.version) {
    return refused('The text changed meanwhile; run the command again.');
  }
  const parameters = await parametersOf(open.path, named.start, overlay, needs.simulator);
  signal.throwIfAborted();
  const start = withValues(named.start, parameters, params.values ?? {});
  const limits = limitsOf(await needs.settings.of(open.uri));
  const { nudges = [], whatIf, standIns, host } = params;
  const request = {
    entry: open.path, start, limits, record: true, ...(nudges.length === 0 ? {} : { nudges }),
    ...(whatIf && { whatIf }), ...(standIns && { standIns }), ...(host && { host }),
  };
  const reply = await needs.simulator.simulate(request, overlay, signal);
  if (reply.kind === 'refused') return refusedAt(reply, open, needs.documents);
  if (!reply.trace) return refused(lastWord(reply.stderr));
  return {
    kind: 'simulated',
    title: named.title,
    version: document.version,
    trace: reply.trace,
    parameters: parameters.map((value) => ({ ...value, expression: params.values?.[value.name] ?? value.expression })),
    uris: urisOf(reply.trace, open, needs.documents),
    wallMs: performance.now() - began,
  };
}

/** The scenario may be open and not saved. */
function withScenario({ open, overlay }: Prepared, scenario: string | undefined): Overlay {
  return scenario === undefined ? overlay : { ...overlay, [scenarioPathOf(open.path)]: scenario };
}

/** The values that would be made up for what the reader pointed at. */
export async function parameters(params: StartParams, needs: SimulateNeeds): Promise<ParametersReply> {
  const prepared = await prepare(params, needs);
  if ('message' in prepared) return prepared;
  const { open, named, overlay } = prepared;
  return { kind: 'parameters', parameters: await parametersOf(open.path, named.start, overlay, needs.simulator) };
}

interface Prepared {
  readonly open: OpenDocument;
  readonly document: TextDocument;
  readonly named: NamedStart;
  readonly overlay: Overlay;
}

async function prepare({ uri, at }: StartParams, { documents, analyses }: SimulateNeeds): Promise<Prepared | Refused> {
  const open = documents.get(uri);
  if (!open) return refused('Loopscope plays TypeScript and JavaScript only; open such a file.');
  const document = open.snapshot();
  const overlay = documents.overlay();
  const named = await startOf(at, document, open.path, async () => (await analyses.of(uri, 0)).analysis.model);
  return 'kind' in named ? refused(named.message) : { open, document, named, overlay };
}

async function parametersOf(
  path: string, start: Start, overlay: Overlay, simulator: Simulator,
): Promise<readonly MadeUpValue[]> {
  return start.kind === 'file' ? [] : await simulator.parameters(path, start, overlay);
}

export function limitsOf({ maxSteps, timeout }: Settings): Limits {
  return { ...defaultLimits, steps: maxSteps, wallMs: timeout };
}

/** A run that had to be ended leaves no trace, only a line that says why. */
function lastWord(stderr: string): string {
  const line = stderr.trim().split('\n').at(-1)?.replace(/^loopscope: /, '') ?? '';
  return line === '' ? 'The simulation left no trace.' : line;
}

function refused(message: string): Refused {
  return { kind: 'refused', message };
}

function refusedAt(reply: SimulationRefused, open: OpenDocument, documents: Documents): Refused {
  if (reply.file === undefined || reply.line === undefined) return refused(reply.message);
  const start = { line: reply.line - 1, character: (reply.column ?? 1) - 1 };
  const uri = reply.file === open.path ? open.uri : documents.uriAt(reply.file);
  return { kind: 'refused', message: reply.message, uri, range: { start, end: start } };
}

/**
 * A trace names its files relative to the project; the first is the entry, the others are found from the entry's
 * folder upwards.
 */
function urisOf(trace: Trace, open: OpenDocument, documents: Documents): string[] {
  const [entry, ...others] = trace.files;
  const ending = entry && open.path.endsWith(`/${entry.path}`) ? entry.path : baseName(open.path);
  const root = open.path.slice(0, -ending.length);
  return [open.uri, ...others.map(({ path }) => documents.uriAt(path.startsWith('/') ? path : `${root}${path}`))];
}
