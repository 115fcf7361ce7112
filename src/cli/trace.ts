/**
 * Why this file exists: `loopscope trace` simulates a program and writes what happened, as JSON or as a page that plays
 * it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lineStarts, offsetAt } from '../base/text';
import { renderPage } from '../player/page';
import type { SimulationRequest, Start } from '../simulation/request';
import type { Simulator } from '../simulator/simulator';
import type { Trace } from '../trace/trace';
import { parse } from './arguments';
import { entryStart } from './entry';
import { existingFile, hostOf, limitsOf, openSimulator, refused } from './run';
import { UsageError } from './usage-error';

const help = `loopscope trace FILE [OPTIONS]

Simulates a file, sealed off and on virtual time, and writes what happened, step by step.

  --entry NAME          start with this function, instead of the whole file
  --select L1:C1-L2:C2  start with this selection; lines and columns count from 1
  --host node           the host to simulate
  --scenario FILE       what the world outside answers
  --max-steps N         statements, calls and loop turns before it is stopped
  --timeout MS          wall-clock milliseconds before it is stopped
  -o OUT.html           one page that plays it, offline
  -o OUT.json           the trace itself (without -o it goes to stdout)
`;

/** The command. Answers the exit code: 0 when the trace was written. */
export async function traceCommand(args: string[]): Promise<number> {
  const { values, positionals } = parse({
    args,
    allowPositionals: true,
    options: {
      entry: { type: 'string' },
      select: { type: 'string' },
      host: { type: 'string' },
      scenario: { type: 'string' },
      'max-steps': { type: 'string' },
      timeout: { type: 'string' },
      output: { type: 'string', short: 'o' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const [path] = positionals;
  if (path === undefined || positionals.length > 1)
    throw new UsageError('Name one file to trace: loopscope trace FILE');
  if (values.entry !== undefined && values.select !== undefined)
    throw new UsageError('Use --entry or --select, not both.');
  const output = outputOf(values.output);
  const file = await existingFile(path);
  const start = values.select === undefined ? entryStart(values.entry) : selection(file, values.select);
  const limits = limitsOf(values['max-steps'], values.timeout);
  const host = hostOf(values.host);
  const scenario = values.scenario === undefined ? {} : { scenarioFile: await existingFile(values.scenario) };
  const simulator = openSimulator();
  try {
    const request = { entry: file, start, ...(host && { host }), ...scenario, limits, record: true };
    const reply = await simulator.simulate(request);
    if (reply.kind === 'refused') return refused(reply, file, false);
    if (reply.trace === undefined) throw new UsageError(reply.stderr.trim().replace(/^loopscope: /, ''));
    const others = output?.endsWith('.html') === true ? await otherOrders(reply.trace, request, simulator) : [];
    await write(reply.trace, others, output, basename(file));
    return 0;
  } finally {
    await simulator.dispose();
  }
}

/** A page brings along the other orders of so many races, of runs that are no longer than that. */
const [mostOthers, mostEvents] = [3, 10_000];

/** The runs that take the other order where real Node may go either way. */
async function otherOrders(trace: Trace, request: SimulationRequest, simulator: Simulator): Promise<readonly Trace[]> {
  const others: Trace[] = [];
  if (trace.events.length > mostEvents) return others;
  for (const { otherOrder } of trace.notes) {
    if (otherOrder === undefined || others.length === mostOthers) continue;
    const reply = await simulator.simulate({ ...request, nudges: otherOrder });
    if (reply.kind === 'simulated' && reply.trace !== undefined) others.push(reply.trace);
  }
  return others;
}

function outputOf(path: string | undefined): string | undefined {
  if (path === undefined || /\.(html|json)$/.test(path)) return path;
  throw new UsageError(`-o takes a name that ends in .html or .json, not "${path}".`);
}

function selection(file: string, text: string): Start {
  const match = /^(\d+):(\d+)-(\d+):(\d+)$/.exec(text);
  if (match === null) throw new UsageError(`--select takes L1:C1-L2:C2, such as 3:1-9:2, not "${text}".`);
  const [line1 = 1, column1 = 1, line2 = 1, column2 = 1] = match.slice(1).map(Number);
  const source = readFileSync(file, 'utf8');
  const starts = lineStarts(source);
  return {
    kind: 'range',
    start: offsetAt(source, starts, { line: line1, column: column1 }),
    end: offsetAt(source, starts, { line: line2, column: column2 }),
  };
}

async function write(trace: Trace, others: readonly Trace[], output: string | undefined, name: string): Promise<void> {
  if (output === undefined) {
    process.stdout.write(`${JSON.stringify(trace)}\n`);
    return;
  }
  writeOut(
    output,
    output.endsWith('.json')
      ? JSON.stringify(trace)
      : await renderPage({
          trace,
          others,
          title: name,
          script: readFileSync(join(__dirname, 'player.js'), 'utf8'),
          style: readFileSync(join(__dirname, 'player.css'), 'utf8'),
        }),
  );
}

function writeOut(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`Cannot write "${path}": ${error instanceof Error ? error.message : String(error)}`);
  }
}
