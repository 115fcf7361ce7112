/**
 * Why this file exists: a trace may come from a file that somebody edited or that another version wrote. Here unknown
 * JSON becomes a Trace or one clear line.
 */
import { eventFields, siteKinds } from './event-fields';
import type { FieldType } from './event-fields';
import { traceFormat, traceVersion } from './trace';
import type { Trace } from './trace';

export type ParsedTrace = { readonly kind: 'parsed'; readonly trace: Trace } | { readonly kind: 'refused'; readonly message: string };

type Fields = Readonly<Record<string, unknown>>;

/** Reads a trace from text. */
export function parseTraceText(text: string): ParsedTrace {
  try {
    return parseTrace(JSON.parse(text));
  } catch {
    return refused('This is not JSON.');
  }
}

/** Values that were looked at and are traces: a page asks for its own more than once. */
const known = new WeakSet();

/** Checks that a value is a trace of this version, down to the fields of each event. */
export function parseTrace(value: unknown): ParsedTrace {
  const problem = isRecord(value) && known.has(value) ? undefined : problemOf(value);
  if (problem === undefined) known.add(value as Trace); // the same as below
  // Every field has been looked at; the type says no more than that.
  return problem === undefined ? { kind: 'parsed', trace: value as Trace } : refused(problem);
}

/** For who has read a trace field by field: it need not be looked at again. */
export function vouchFor(trace: Trace): void {
  known.add(trace);
}

function refused(message: string): ParsedTrace {
  return { kind: 'refused', message };
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function problemOf(value: unknown): string | undefined {
  if (!isRecord(value) || value['format'] !== traceFormat) return `This is not a Loopscope trace: "format" is not "${traceFormat}".`;
  if (value['version'] !== traceVersion) return `This trace has version ${JSON.stringify(value['version'])}; this Loopscope reads version ${String(traceVersion)}.`;
  const host = value['host'];
  if (!isRecord(host) || (host['kind'] !== 'node' && host['kind'] !== 'browser') || typeof host['model'] !== 'string') return wrong('host', 'a kind (node or browser) and a model');
  const outcome = value['outcome'];
  if (!isRecord(outcome) || !['completed', 'uncaught', 'budget-spent', 'deadlock', 'unsupported'].includes(String(outcome['kind']))) return wrong('outcome', 'an outcome');
  if (outcome['kind'] !== 'completed' && typeof outcome['message'] !== 'string') return wrong('outcome.message', 'text');
  for (const name of ['exitCode', 'steps', 'virtualMs']) if (typeof value[name] !== 'number') return wrong(name, 'a number');
  return nudgesProblem(value, 'nudges', 'nudges') ?? outsideProblem(value) ?? listProblem(value, 'files', fileProblem) ?? listProblem(value, 'sites', siteProblem) ?? listProblem(value, 'notes', noteProblem) ?? listProblem(value, 'events', eventProblem);
}

function wrong(path: string, wanted: string): string {
  return `The trace is damaged: "${path}" is not ${wanted}.`;
}

/** The scenario was looked at when it was read; here it only has to be one. */
function outsideProblem(trace: Fields): string | undefined {
  if (trace['scenario'] !== undefined && !isRecord(trace['scenario'])) return wrong('scenario', 'an object');
  for (const name of ['modelled', 'standIns'])
    if (trace[name] !== undefined && !isTexts(trace[name])) return wrong(name, 'a list of names');
  return trace['outside'] === undefined ? undefined : listProblem(trace, 'outside', callProblem);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function callProblem(call: Fields, path: string): string | undefined {
  if (!['call', 'event', 'http', 'command'].includes(String(call['kind'])))
    return wrong(`${path}.kind`, 'call, event, http or command');
  if (!['scenario', 'made-up', 'modelled', 'nothing'].includes(String(call['by']))) return wrong(`${path}.by`, 'who answered');
  if (typeof call['key'] !== 'string' || typeof call['count'] !== 'number') return wrong(path, 'a key and a count');
  return call['site'] === undefined || Number.isInteger(call['site']) ? undefined : wrong(`${path}.site`, 'a whole number');
}

type Check = (entry: Fields, path: string) => string | undefined;

function listProblem(trace: Fields, name: string, problem: Check): string | undefined {
  const list = trace[name];
  if (!Array.isArray(list)) return wrong(name, 'a list');
  // Where it is is worked out for the one that is wrong: there may be a million.
  const index = list.findIndex((entry: unknown) => !isRecord(entry) || problem(entry, '') !== undefined);
  if (index < 0) return undefined;
  const entry: unknown = list[index];
  const path = `${name}[${String(index)}]`;
  return isRecord(entry) ? problem(entry, path) : wrong(path, 'an object');
}

function fileProblem(file: Fields, path: string): string | undefined {
  return typeof file['path'] === 'string' && typeof file['text'] === 'string' ? undefined : wrong(path, 'a path and a text');
}

function siteProblem(site: Fields, path: string): string | undefined {
  for (const name of ['file', 'start', 'end']) if (!Number.isInteger(site[name])) return wrong(`${path}.${name}`, 'a whole number');
  return siteKinds.includes(String(site['kind'])) ? undefined : wrong(`${path}.kind`, `one of ${siteKinds.join(', ')}`);
}

/** Lists of nudges: of the run, and of a note. */
function nudgesProblem(owner: Fields, name: string, path: string): string | undefined {
  const nudges = owner[name];
  if (nudges === undefined) return undefined;
  const isFit = Array.isArray(nudges) && nudges.every((nudge: unknown) => isRecord(nudge)
    && ['moment', 'message', 'worker'].some((field) => Number.isInteger(nudge[field]))
    && ['addMs', 'rate', 'poolRate'].every((field) => ['number', 'undefined'].includes(typeof nudge[field])));
  return isFit ? undefined : wrong(path, 'a list of nudges');
}

function noteProblem(note: Fields, path: string): string | undefined {
  const nudges = nudgesProblem(note, 'otherOrder', `${path}.otherOrder`);
  if (nudges !== undefined) return nudges;
  return typeof note['kind'] === 'string' && typeof note['site'] === 'number' && typeof note['message'] === 'string' ? undefined : wrong(path, 'a note');
}

const fieldsOf = new Map(
  Object.entries(eventFields).map(([kind, fields]) => [kind, Object.entries<FieldType>(fields)]),
);

function eventProblem(event: Fields, path: string): string | undefined {
  const kind = event['kind'];
  const fields = typeof kind === 'string' ? fieldsOf.get(kind) : undefined;
  if (fields === undefined) return `The trace is damaged: "${path}.kind" is ${JSON.stringify(kind)}, which is no event of version ${String(traceVersion)}.`;
  if (typeof event['at'] !== 'number') return wrong(`${path}.at`, 'a time');
  if (!fits(event['agent'], 'id?')) return wrong(`${path}.agent`, 'a whole number');
  for (const [name, type] of fields) {
    if (!fits(event[name], type)) return wrong(`${path}.${name}`, typeof type === 'string' ? wordFor(type) : `one of ${type.join(', ')}`);
  }
  return undefined;
}

function fits(value: unknown, type: FieldType): boolean {
  if (typeof type !== 'string') return typeof value === 'string' && type.includes(value);
  switch (type) {
    case 'id': return Number.isInteger(value) && Number(value) >= 0;
    case 'id?': return value === undefined || fits(value, 'id');
    case 'number': return typeof value === 'number';
    case 'number?': return value === undefined || typeof value === 'number';
    case 'text': return typeof value === 'string';
    case 'text?': return value === undefined || typeof value === 'string';
    case 'boolean?': return value === undefined || typeof value === 'boolean';
  }
}

function wordFor(type: Exclude<FieldType, readonly string[]>): string {
  return { id: 'a whole number', 'id?': 'a whole number', number: 'a number', 'number?': 'a number', text: 'text', 'text?': 'text', 'boolean?': 'true or false' }[type];
}
