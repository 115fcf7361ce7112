/**
 * Why this file exists: a moment, and a whole trace, as plain text: for golden tests, bug reports and readers without
 * a screen.
 */
import { firstValues } from './id-map';
import { stackFrames, tasksIn, consoleLines } from './loop-state';
import type { Frame, LoopState, Pool, PromiseNode, SuspendedFrame, Task, Work } from './loop-state';
import { applyEvent, emptyState } from './fold';
import { indexTrace } from './trace-index';
import type { TraceIndex } from './trace-index';
import type { SiteId, Trace, TraceEvent, VirtualMs } from './trace';

/** One box a line; boxes with nothing in them are left out. */
export function printState(state: LoopState, index: TraceIndex = indexTrace(state.trace)): string {
  const boxes: [string, readonly string[]][] = [
    ['running', state.stack === undefined ? [] : [`${where(index, state.stack.frame.here)} ${index.snippet(state.stack.frame.here)}`.trim()]],
    ['stack', stackFrames(state).map(frame => printFrame(index, frame))],
    ['task', state.task === undefined ? [] : [printTask(index, state.task)]],
    ['suspended', firstValues(state.suspended).map(frame => printSuspended(index, state, frame))],
    ['ticks', tasksIn(state, 'ticks').map(task => printTask(index, task))],
    ['microtasks', tasksIn(state, 'microtasks').map(task => printTask(index, task))],
    ['timers', tasksIn(state, 'timers').map(task => `${printTask(index, task)} due ${time(task.due ?? 0)}`)],
    ['immediates', tasksIn(state, 'immediates').map(task => printTask(index, task))],
    ['pool', state.pool === undefined ? [] : printPool(state.pool)],
    ['completed', tasksIn(state, 'completed').map(task => printTask(index, task))],
    ['promises', firstValues(state.promises).filter(node => node.origin !== 'internal').map(node => printPromise(index, node))],
    ['console', consoleLines(state).map(line => `${line.stream === 'stderr' ? '! ' : ''}${line.text.replace(/\n$/, '')}`)],
  ];
  const head = `step ${String(state.step)} at ${time(state.at)} turn ${String(state.turn)}${state.phase === undefined ? '' : ` ${state.phase}`}`;
  return [head, ...boxes.filter(([, lines]) => lines.length > 0).map(([name, lines]) => `  ${`${name}:`.padEnd(11)} ${lines.join('\n              ')}`)].join('\n');
}

/** One event a line. */
export function printTrace(trace: Trace): string {
  const index = indexTrace(trace);
  const lines = trace.events.map((event, step) => `${String(step).padStart(4)} ${time(event.at).padStart(9)}  ${printEvent(index, event)}`);
  return [...lines, `outcome: ${trace.outcome.kind}${'message' in trace.outcome ? ` (${trace.outcome.message})` : ''}, exit code ${String(trace.exitCode)}`].join('\n');
}

/** The states after the given steps, each under its event. */
export function printMoments(trace: Trace, steps: readonly number[]): string {
  const index = indexTrace(trace);
  const printed: string[] = [];
  let state = emptyState(trace);
  for (const event of trace.events) {
    state = applyEvent(state, event);
    if (steps.includes(state.step)) printed.push(`${printEvent(index, event)}\n${printState(state, index)}`);
  }
  return printed.join('\n\n');
}

function time(at: VirtualMs): string {
  return `${String(Math.round(at * 1000) / 1000)} ms`;
}

function where(index: TraceIndex, site: SiteId | undefined): string {
  const place = index.place(site);
  return place === undefined ? '' : `${String(place.start.line)}:${String(place.start.column)}`;
}

function printFrame(index: TraceIndex, frame: Frame): string {
  return `${index.frameLabel(frame.frame)} [${frame.color}]${frame.here === undefined ? '' : ` at ${where(index, frame.here)}`}`;
}

function printSuspended(index: TraceIndex, state: LoopState, frame: SuspendedFrame): string {
  const awaited = index.promise(frame.awaited);
  const what = frame.on === 'yield' ? `yielded ${frame.value}` : `awaits ${awaited === undefined ? frame.value : `#${String(awaited.promise)} ${index.promiseLabel(awaited.promise)}`}`;
  const locals = frame.locals.length === 0 ? '' : ` with ${frame.locals.join(', ')}`;
  return `${printFrame(index, frame)} ${what} since ${time(frame.since)}${state.at > frame.since ? ` (${time(state.at - frame.since)})` : ''}${locals}`;
}

function printTask(index: TraceIndex, task: Task): string {
  return `${index.taskLabel(task.task)} (${task.origin})`;
}

/** What each busy thread does, then what waits for one. */
function printPool({ threads, queue, inKernel }: Pool): readonly string[] {
  const name = ({ label, trip }: Work): string => trip === '' ? label : `${label}: ${trip}`;
  const busy = threads.flatMap((work, thread) => work === undefined ? [] : [`thread ${String(thread + 1)}: ${name(work)}`]);
  const kernel = inKernel === undefined ? [] : firstValues(inKernel).map(work => `kernel: ${name(work)}`);
  return [...busy, ...kernel, ...firstValues(queue).map(work => `waits: ${name(work)}`)];
}

function printPromise(index: TraceIndex, node: PromiseNode): string {
  const state = node.state === 'pending' ? 'pending' : `${node.state} ${node.value ?? ''}`.trim();
  const follows = node.follows === undefined ? '' : ` follows ${node.follows === 'foreign' ? 'a thenable' : `#${String(node.follows)}`}`;
  const waiting = [...node.waitingFrames.map(frame => `frame ${String(frame)}`), ...node.waitingPromises.map(promise => `#${String(promise)}`)];
  const lost = node.lost ? ' LOST' : '';
  return `#${String(node.promise)} ${index.promiseLabel(node.promise)} ${state}${follows}${waiting.length > 0 ? ` ← ${waiting.join(', ')}` : ''}${lost}`;
}

/** The event's kind and its facts, in the order of the format; sites as line:column. */
function printEvent(index: TraceIndex, event: TraceEvent): string {
  const facts = Object.entries(event).flatMap(([name, value]: [string, unknown]) => {
    if (name === 'kind' || name === 'at' || value === undefined) return [];
    if (name === 'site' && typeof value === 'number') return [`at ${where(index, value)}`];
    return [`${name}=${JSON.stringify(value)}`];
  });
  return `${event.kind} ${facts.join(' ')}`.trim();
}
