/**
 * Why this file exists: what a step is about, as data, so that any language can tell it. Values and labels are the
 * program's own text.
 */
import { unreachable } from '../base/invariant';
import { firstValues, getId } from './id-map';
import { siteCode } from './labels';
import { stackFrames, timersByDue } from './loop-state';
import type { LoopState, PromiseNode } from './loop-state';
import type { TraceIndex } from './trace-index';
import type { FrameColor, Outcome, Phase, QueueName, SiteId, SkippedUnit, TaskOrigin, TraceEvent, TraceEventKind } from './trace';

type EventOf<Kind extends TraceEventKind> = Extract<TraceEvent, { kind: Kind }>;

/** Who goes on when a frame leaves the stack. */
export type Onward = { readonly kind: 'script' } | { readonly kind: 'call'; readonly label: string };

/** Labels of promises are '' when there is none. Lines count from 1; times are virtual milliseconds. */
export type Fact =
  | { readonly kind: 'nothing-yet' }
  | { readonly kind: 'statement'; readonly line: number; readonly text: string; readonly inside: string | undefined }
  | { readonly kind: 'module-begun'; readonly label: string }
  | { readonly kind: 'called'; readonly label: string; readonly color: FrameColor; readonly by: string | undefined; readonly line: number; readonly byHost: boolean }
  | { readonly kind: 'callback-called'; readonly label: string; readonly origin: TaskOrigin; readonly line: number; readonly queuedBy: string | undefined; readonly queuedAt: number | undefined }
  | { readonly kind: 'returned'; readonly label: string; readonly color: FrameColor | 'module'; readonly value: string; readonly threw: boolean; readonly to: Onward | undefined; readonly settled: Settled | undefined }
  | { readonly kind: 'await-suspended'; readonly label: string; readonly line: number; readonly awaited: string; readonly already: boolean; readonly yields: boolean; readonly to: Onward | undefined }
  | { readonly kind: 'yield-suspended'; readonly label: string; readonly line: number; readonly value: string; readonly to: Onward | undefined }
  | { readonly kind: 'resumed'; readonly label: string; readonly line: number; readonly value: string; readonly how: 'next' | 'throw' | 'return'; readonly after: 'await' | 'yield' }
  | { readonly kind: 'queued'; readonly origin: TaskOrigin; readonly queue: QueueName; readonly label: string; readonly ahead: number; readonly delay: number; readonly due: number; readonly again: boolean; readonly ring: boolean; readonly isChannel: boolean }
  | { readonly kind: 'task-begun'; readonly origin: TaskOrigin; readonly queue: QueueName; readonly label: string; readonly late: number; readonly due: number; readonly turn: number }
  | { readonly kind: 'cancelled'; readonly label: string; readonly origin: TaskOrigin }
  | ({ readonly kind: 'settled' } & Settled)
  | { readonly kind: 'followed'; readonly label: string; readonly target: string | undefined }
  | { readonly kind: 'chained'; readonly label: string; readonly already: boolean; readonly by: string }
  | { readonly kind: 'unhandled'; readonly label: string; readonly value: string; readonly line: number | undefined }
  | { readonly kind: 'handled-late'; readonly label: string }
  | { readonly kind: 'printed'; readonly text: string; readonly stream: 'stdout' | 'stderr'; readonly inside: string | undefined; readonly line: number | undefined }
  | { readonly kind: 'skipped'; readonly count: number; readonly unit: SkippedUnit; readonly line: number }
  | { readonly kind: 'slept'; readonly from: number; readonly to: number; readonly next: string | undefined }
  /** `ahead`: how many stand before it; `busy` and `threads`: of the pool. */
  | { readonly kind: 'work-queued'; readonly label: string; readonly trip: string; readonly ahead: number; readonly busy: number; readonly threads: number; readonly again: boolean; readonly ring: boolean }
  | { readonly kind: 'work-started'; readonly label: string; readonly trip: string; readonly thread: number; readonly waited: number }
  /** `worker`: its number; `what` it runs, or where it waits. */
  | { readonly kind: 'worker'; readonly what: 'created' | 'started' | 'ended'; readonly worker: number; readonly pid: number | undefined; readonly label: string; readonly exitCode: number }
  | { readonly kind: 'blocked'; readonly agent: number; readonly line: number; readonly over: 'ok' | 'timed-out' | undefined }
  | { readonly kind: 'message'; readonly what: 'posted' | 'arrived' | 'taken'; readonly label: string; readonly size: number; readonly from: number | undefined; readonly fromPid: number | undefined; readonly isChannel: boolean }
  | { readonly kind: 'phase'; readonly phase: Phase; readonly turn: number }
  | { readonly kind: 'ended'; readonly exitCode: number; readonly outcome: Outcome['kind']; readonly suspended: readonly string[] };

/** A promise that has got its fate, and who is told. */
export interface Settled {
  readonly label: string;
  readonly state: 'fulfilled' | 'rejected';
  readonly value: string;
  readonly waiters: readonly string[];
}

/** What the event at `step` is about. `before` is the state just before it. */
export function factOf(index: TraceIndex, before: LoopState, event: TraceEvent): Fact {
  switch (event.kind) {
    case 'statement-reached': return { kind: 'statement', line: lineOf(index, event.site), text: siteCode(index.trace, event.site, 72), inside: frameLabel(index, event.frame) };
    case 'frame-pushed': return called(index, before, event);
    case 'frame-popped': return returned(index, before, event);
    case 'frame-suspended': return suspended(index, before, event);
    case 'frame-resumed': return resumed(index, before, event);
    case 'promise-created': return { kind: 'statement', line: lineOf(index, event.site), text: promiseLabel(index, event.promise), inside: frameLabel(index, before.stack?.frame.frame) };
    case 'promise-followed': return { kind: 'followed', label: promiseLabel(index, event.promise), target: event.target === undefined ? undefined : promiseLabel(index, event.target) };
    case 'promise-settled': return { kind: 'settled', ...settledOf(index, before, event) };
    case 'promise-awaited': return chained(index, before, event);
    case 'rejection-unhandled': return unhandled(index, event);
    case 'rejection-handled': return { kind: 'handled-late', label: promiseLabel(index, event.promise) };
    case 'task-queued': return queued(index, before, event);
    case 'task-started': return begun(index, before, event);
    case 'task-finished': return { kind: 'phase', phase: before.phase ?? 'main', turn: before.turn };
    case 'task-cancelled': return { kind: 'cancelled', label: index.taskLabel(event.task), origin: index.task(event.task)?.origin ?? 'setTimeout' };
    case 'pool-opened': case 'work-queued': return workQueued(index, before, event);
    case 'work-started': return workStarted(index, before, event);
    case 'work-finished': return { kind: 'phase', phase: before.phase ?? 'main', turn: before.turn };
    case 'phase-entered': return { kind: 'phase', phase: event.phase, turn: event.turn };
    case 'clock-advanced': return { kind: 'slept', from: event.from, to: event.at, next: nextTimer(index, before, event.at) };
    case 'console-printed': return printed(index, before, event);
    case 'turns-skipped': return { kind: 'skipped', count: event.count, unit: event.unit, line: lineOf(index, event.site) };
    case 'worker-created': return { kind: 'worker', what: 'created', worker: event.worker, pid: event.pid, label: event.label, exitCode: 0 };
    case 'worker-started': return { kind: 'worker', what: 'started', worker: event.agent ?? 0, ...agentOf(before, event.agent), exitCode: 0 };
    case 'worker-ended': return { kind: 'worker', what: 'ended', worker: event.agent ?? 0, ...agentOf(before, event.agent), exitCode: event.exitCode };
    case 'agent-blocked': return { kind: 'blocked', agent: event.agent ?? 0, line: lineOf(index, event.site), over: undefined };
    case 'agent-unblocked': return { kind: 'blocked', agent: event.agent ?? 0, line: 0, over: event.how };
    case 'message-posted': return { kind: 'message', what: 'posted', label: event.label, size: event.size, from: event.agent ?? 0, fromPid: undefined, isChannel: event.channel === 1 };
    case 'message-arrived': return message(index, before, 'arrived', event.message);
    case 'message-taken': return message(index, before, 'taken', event.message);
    case 'program-ended': return ended(index, before, event);
    default: return unreachable(event);
  }
}

interface Who {
  readonly label: string;
  readonly pid: number | undefined;
}

function agentOf(before: LoopState, agent: number | undefined): Who {
  const node = before.agents.find(each => each.agent === agent);
  return { label: node?.label ?? '', pid: node?.pid };
}

function message(index: TraceIndex, before: LoopState, what: 'arrived' | 'taken', id: number): Fact {
  const posted = index.message(id);
  const { pid: fromPid } = agentOf(before, posted?.agent);
  return { kind: 'message', what, label: posted?.label ?? '', size: posted?.size ?? 0, from: posted?.agent ?? 0, fromPid, isChannel: posted?.channel === 1 };
}

function lineOf(index: TraceIndex, site: SiteId | undefined): number {
  return index.place(site)?.start.line ?? 0;
}

function frameLabel(index: TraceIndex, frame: number | undefined): string | undefined {
  const pushed = index.frame(frame);
  return pushed === undefined || index.trace.sites[pushed.site]?.kind === 'module' ? undefined : index.frameLabel(frame);
}

function promiseLabel(index: TraceIndex, promise: number | undefined): string {
  return index.promiseLabel(promise);
}

/** The frame below the one that leaves: who goes on. Undefined when the stack is empty then. */
function goesOn(index: TraceIndex, before: LoopState): Onward | undefined {
  const below = before.stack?.below?.frame;
  if (below === undefined) return undefined;
  return below.color === 'module' ? { kind: 'script' } : { kind: 'call', label: index.frameLabel(below.frame) };
}

function called(index: TraceIndex, before: LoopState, event: EventOf<'frame-pushed'>): Fact {
  const site = index.trace.sites[event.site];
  const label = index.frameLabel(event.frame);
  if (site?.kind === 'module') return { kind: 'module-begun', label };
  const task = before.stack === undefined ? before.task : undefined;
  const line = lineOf(index, event.site);
  if (task !== undefined) {
    const queuedBy = frameLabel(index, task.by);
    return { kind: 'callback-called', label, origin: task.origin, line, queuedBy, queuedAt: task.queuedAt };
  }
  return { kind: 'called', label, color: site?.color ?? 'sync', by: frameLabel(index, before.stack?.frame.frame), line, byHost: before.stack === undefined };
}

function returned(index: TraceIndex, before: LoopState, event: EventOf<'frame-popped'>): Fact {
  const frame = before.stack?.frame;
  const node = frame?.promise === undefined ? undefined : getId(before.promises, frame.promise);
  return {
    kind: 'returned', label: index.frameLabel(event.frame), color: frame?.color ?? 'sync', value: event.value, threw: event.how === 'threw', to: goesOn(index, before),
    settled: node === undefined ? undefined : { label: promiseLabel(index, node.promise), state: event.how === 'threw' ? 'rejected' : 'fulfilled', value: event.value, waiters: waitersOf(index, node) },
  };
}

function waitersOf(index: TraceIndex, node: PromiseNode): readonly string[] {
  const frames = node.waitingFrames.map(frame => index.frameLabel(frame));
  return [...frames, ...node.waitingPromises.map(promise => promiseLabel(index, promise))];
}

function suspended(index: TraceIndex, before: LoopState, event: EventOf<'frame-suspended'>): Fact {
  const label = index.frameLabel(event.frame);
  const line = lineOf(index, event.site);
  if (event.on === 'yield') return { kind: 'yield-suspended', label, line, value: event.value, to: goesOn(index, before) };
  const node = event.promise === undefined ? undefined : getId(before.promises, event.promise);
  const awaited = node === undefined || node.origin === 'await' ? event.value : promiseLabel(index, node.promise);
  return { kind: 'await-suspended', label, line, awaited, already: node?.state !== 'pending', yields: index.trace.sites[event.site]?.kind === 'yield', to: goesOn(index, before) };
}

function resumed(index: TraceIndex, before: LoopState, event: EventOf<'frame-resumed'>): Fact {
  const parked = getId(before.suspended, event.frame);
  return { kind: 'resumed', label: index.frameLabel(event.frame), line: lineOf(index, event.site), value: event.value, how: event.how, after: parked?.on ?? 'await' };
}

function settledOf(index: TraceIndex, before: LoopState, event: EventOf<'promise-settled'>): Settled {
  const node = getId(before.promises, event.promise);
  const waiters = node === undefined ? [] : waitersOf(index, node);
  return { label: promiseLabel(index, event.promise), state: event.state, value: event.value, waiters };
}

function chained(index: TraceIndex, before: LoopState, event: EventOf<'promise-awaited'>): Fact {
  const node = getId(before.promises, event.promise);
  const by = event.frame === undefined ? promiseLabel(index, event.derived) : index.frameLabel(event.frame);
  return { kind: 'chained', label: promiseLabel(index, event.promise), already: node !== undefined && node.state !== 'pending', by };
}

function unhandled(index: TraceIndex, event: EventOf<'rejection-unhandled'>): Fact {
  const site = index.promise(event.promise)?.site;
  return { kind: 'unhandled', label: promiseLabel(index, event.promise), value: event.value, line: site === undefined ? undefined : lineOf(index, site) };
}

function queued(index: TraceIndex, before: LoopState, event: EventOf<'task-queued'>): Fact {
  const due = event.due ?? event.at;
  return {
    kind: 'queued', origin: event.origin, queue: event.queue, label: index.taskLabel(event.task), ahead: before.queues[event.queue].size, delay: due - event.at, due, again: event.origin === 'setInterval' && before.stack === undefined,
    ring: index.work(event.work)?.ring === 1,
    isChannel: index.messageOf(event.task)?.channel === 1,
  };
}

function workQueued(index: TraceIndex, before: LoopState, event: EventOf<'pool-opened' | 'work-queued'>): Fact {
  const threads = before.pool?.threads ?? [];
  const busy = threads.filter(work => work !== undefined).length;
  const ahead = before.pool?.queue.size ?? 0;
  const pool = { kind: 'work-queued', ahead, busy, threads: threads.length } as const;
  if (event.kind === 'pool-opened')
    return { ...pool, threads: event.threads, label: '', trip: '', again: false, ring: false };
  const { label, trip, ring } = event;
  return { ...pool, label, trip, again: index.work(event.work) !== event, ring: ring === 1 };
}

function workStarted(index: TraceIndex, before: LoopState, event: EventOf<'work-started'>): Fact {
  const work = before.pool && getId(before.pool.queue, event.work);
  const label = work?.label ?? index.work(event.work)?.label ?? '';
  return { kind: 'work-started', label, trip: work?.trip ?? '', thread: event.thread, waited: event.at - (work?.queuedAt ?? event.at) };
}

function begun(index: TraceIndex, before: LoopState, event: EventOf<'task-started'>): Fact {
  const task = index.task(event.task);
  const due = task?.due ?? event.at;
  return { kind: 'task-begun', origin: task?.origin ?? 'internal', queue: task?.queue ?? 'microtasks', label: index.taskLabel(event.task), late: event.at - due, due, turn: before.turn };
}

function nextTimer(index: TraceIndex, before: LoopState, at: number): string | undefined {
  const timer = timersByDue(before).find(task => (task.due ?? Infinity) < at + 1);
  return timer === undefined ? undefined : index.taskLabel(timer.task);
}

function printed(index: TraceIndex, before: LoopState, event: EventOf<'console-printed'>): Fact {
  const frame = event.frame ?? stackFrames(before, 1)[0]?.frame;
  return { kind: 'printed', text: event.text.replace(/\n$/, ''), stream: event.stream, inside: frameLabel(index, frame), line: event.site === undefined ? undefined : lineOf(index, event.site) };
}

function ended(index: TraceIndex, before: LoopState, event: EventOf<'program-ended'>): Fact {
  const suspended = firstValues(before.suspended, 5).filter(frame => frame.on === 'await').map(frame => index.frameLabel(frame.frame));
  return { kind: 'ended', exitCode: event.exitCode, outcome: before.trace.outcome.kind, suspended };
}
