/**
 * Why this file exists: the one meaning of a trace. The state of a step is the fold of the events up to it; stepping
 * back is folding again, so nothing is ever undone. Facts that do not fit (a pop of a frame that is not there) are
 * left out here and told by `laws.ts`.
 */
import { unreachable } from '../base/invariant';
import { deleteId, emptyIdMap, getId, setId } from './id-map';
import type { IdMap } from './id-map';
import { newMachine, seenBy } from './loop-state';
import type { AgentNode, Frame, LoopState, Pool, PromiseNode, Stack, SuspendedFrame, Task, Work } from './loop-state';
import type { FrameId, PromiseId, QueueName, TaskId, Trace, TraceEvent, TraceEventKind, WorkId } from './trace';

type EventOf<Kind extends TraceEventKind> = Extract<TraceEvent, { kind: Kind }>;

/** The moment before the first event. */
export function emptyState(trace: Trace): LoopState {
  const main: AgentNode = { agent: 0, label: '', status: 'started' };
  const machine = newMachine();
  return { ...machine, trace, step: -1, at: 0, agent: 0, agents: [main], others: new Map(), console: emptyIdMap() };
}

/** The state after one more event. */
export function applyEvent(before: LoopState, event: TraceEvent): LoopState {
  const state: LoopState = { ...seenBy(before, event.agent ?? 0), step: before.step + 1, at: event.at };
  switch (event.kind) {
    case 'statement-reached': return reachStatement(state, event);
    case 'frame-pushed': return { ...state, stack: onTop(state.stack, newFrame(state, event)) };
    case 'frame-popped': return { ...state, stack: without(state.stack, event.frame) };
    case 'frame-suspended': return suspend(state, event);
    case 'frame-resumed': return resume(state, event);
    case 'promise-created': return createPromise(state, event);
    case 'promise-followed': return followPromise(state, event);
    case 'promise-settled': return settlePromise(state, event);
    case 'promise-awaited': return awaitPromise(state, event);
    case 'rejection-unhandled': return markLost(state, event.promise, true);
    case 'rejection-handled': return markLost(state, event.promise, false);
    case 'task-queued': return withQueue(state, event.queue, setId(state.queues[event.queue], event.task, newTask(state, event)));
    case 'task-started': return startTask(state, event);
    case 'task-finished': return state.task?.task === event.task ? { ...state, task: undefined } : state;
    case 'task-cancelled': return leaveQueue(state, event.task);
    case 'pool-opened': return { ...state, pool: { ...state.pool, queue: emptyIdMap(), threads: Array.from({ length: event.threads }, () => undefined) } };
    case 'work-queued': return queueWork(state, event);
    case 'work-started': return startWork(state, event);
    case 'work-finished': return { ...state, pool: withoutWork(state.pool, event.work) };
    case 'phase-entered': return { ...state, phase: event.phase, turn: event.turn };
    case 'clock-advanced': return state;
    case 'console-printed': return print(state, event);
    case 'turns-skipped': return state;
    case 'worker-created': return { ...state, agents: [...state.agents, newWorker(event)] };
    case 'worker-started': return withAgent(state, { status: 'started' });
    case 'worker-ended': return { ...withAgent(state, { status: 'ended', exitCode: event.exitCode }), stack: undefined, task: undefined };
    case 'agent-blocked': return withAgent(state, event.site === undefined ? { status: 'blocked' } : { status: 'blocked', site: event.site });
    case 'agent-unblocked': return withAgent(state, { status: 'started' });
    case 'message-posted': case 'message-arrived': case 'message-taken': return state;
    case 'program-ended': return { ...state, exitCode: event.exitCode };
    default: return unreachable(event);
  }
}

function newWorker({ worker, label, site, pid }: EventOf<'worker-created'>): AgentNode {
  return { agent: worker, label, status: 'starting', ...(site === undefined ? {} : { site }), ...(pid === undefined ? {} : { pid }) };
}

function withAgent(state: LoopState, change: Partial<AgentNode>): LoopState {
  return { ...state, agents: state.agents.map(each => each.agent === state.agent ? { ...each, ...change } : each) };
}

function reachStatement(state: LoopState, event: EventOf<'statement-reached'>): LoopState {
  if (state.stack === undefined) return state;
  return { ...state, stack: onTop(state.stack.below, { ...state.stack.frame, here: event.site }) };
}

function onTop(below: Stack | undefined, frame: Frame): Stack {
  return { frame, below, depth: (below?.depth ?? 0) + 1 };
}

/** The stack without `frame`: it is at the top, unless frames above it were abandoned. */
function without(stack: Stack | undefined, frame: FrameId): Stack | undefined {
  for (let cell = stack; cell !== undefined; cell = cell.below) if (cell.frame.frame === frame) return cell.below;
  return stack;
}

function newFrame(state: LoopState, event: EventOf<'frame-pushed'>): Frame {
  const site = state.trace.sites[event.site];
  return {
    frame: event.frame, label: event.label, site: event.site,
    color: site?.kind === 'module' ? 'module' : site?.color ?? 'sync',
    ...optional(event.promise, state.task?.task),
  };
}

/** Fields of a frame that are there only when they have a value. */
function optional(promise: PromiseId | undefined, task: TaskId | undefined): { promise?: PromiseId; task?: TaskId } {
  return { ...(promise === undefined ? {} : { promise }), ...(task === undefined ? {} : { task }) };
}

function suspend(state: LoopState, event: EventOf<'frame-suspended'>): LoopState {
  const top = state.stack?.frame;
  if (top?.frame !== event.frame) return state;
  const parked: SuspendedFrame = {
    ...top, here: event.site, on: event.on, value: event.value, since: event.at, locals: event.locals?.split('\n') ?? [],
    ...(event.promise === undefined ? {} : { awaited: event.promise }),
  };
  return { ...state, stack: state.stack?.below, suspended: setId(state.suspended, event.frame, parked) };
}

function resume(state: LoopState, event: EventOf<'frame-resumed'>): LoopState {
  const parked = getId(state.suspended, event.frame);
  if (parked === undefined) return state;
  const { frame, label, site, color, awaited } = parked;
  const back: Frame = { frame, label, site, color, here: event.site, ...optional(parked.promise, parked.task) };
  const resumed = { ...state, stack: onTop(state.stack, back), suspended: deleteId(state.suspended, frame) };
  if (awaited === undefined) return resumed;
  return changePromise(resumed, awaited, node => ({
    ...node, waitingFrames: node.waitingFrames.filter(id => id !== frame),
  }));
}

function createPromise(state: LoopState, event: EventOf<'promise-created'>): LoopState {
  const node: PromiseNode = {
    promise: event.promise, label: event.label, origin: event.origin, state: 'pending',
    waitingFrames: [], waitingPromises: [], awaitedEver: false, lost: false,
    ...(event.site === undefined ? {} : { site: event.site }),
    ...(event.parent === undefined ? {} : { parent: event.parent }),
    ...(event.frame === undefined ? {} : { frame: event.frame }),
  };
  return putPromise(state, node);
}

function followPromise(state: LoopState, event: EventOf<'promise-followed'>): LoopState {
  const next = changePromise(state, event.promise, node => ({ ...node, follows: event.target ?? 'foreign' }));
  return tellParent(next, event.promise);
}

function settlePromise(state: LoopState, event: EventOf<'promise-settled'>): LoopState {
  const next = changePromise(state, event.promise, node => ({ ...node, state: event.state, value: event.value }));
  return tellParent(next, event.promise);
}

/** A promise that a `then` made has got its fate: the promise it hung on has told it. */
function tellParent(state: LoopState, promise: PromiseId): LoopState {
  const parent = getId(state.promises, promise)?.parent;
  if (parent === undefined) return state;
  return changePromise(state, parent, node => ({
    ...node, waitingPromises: node.waitingPromises.filter(id => id !== promise),
  }));
}

function awaitPromise(state: LoopState, event: EventOf<'promise-awaited'>): LoopState {
  return changePromise(state, event.promise, node => ({
    ...node, awaitedEver: true,
    waitingFrames: event.frame === undefined ? node.waitingFrames : [...node.waitingFrames, event.frame],
    waitingPromises: event.derived === undefined ? node.waitingPromises : [...node.waitingPromises, event.derived],
  }));
}

function markLost(state: LoopState, promise: PromiseId, lost: boolean): LoopState {
  const next = changePromise(state, promise, node => ({ ...node, lost }));
  return { ...next, lost: lost ? setId(next.lost, promise, promise) : deleteId(next.lost, promise) };
}

function changePromise(state: LoopState, promise: PromiseId, change: (node: PromiseNode) => PromiseNode): LoopState {
  const node = getId(state.promises, promise);
  return node === undefined ? state : putPromise(state, change(node));
}

/** Stores the node and keeps the short lists (`open`, `unread`) true. */
function putPromise(state: LoopState, node: PromiseNode): LoopState {
  const id = node.promise;
  const open = node.state === 'pending' || node.waitingFrames.length + node.waitingPromises.length > 0;
  const unread = node.state !== 'pending' && !node.awaitedEver;
  return {
    ...state, promises: setId(state.promises, id, node),
    open: member(state.open, id, open), unread: member(state.unread, id, unread),
  };
}

function member(set: IdMap<PromiseId>, id: PromiseId, belongs: boolean): IdMap<PromiseId> {
  if (belongs === (getId(set, id) !== undefined)) return set;
  return belongs ? setId(set, id, id) : deleteId(set, id);
}

function newTask(state: LoopState, event: EventOf<'task-queued'>): Task {
  const queuedFrom = state.stack?.frame.here;
  return { ...event, queuedAt: event.at, ...(queuedFrom === undefined ? {} : { queuedFrom }) };
}

function withQueue(state: LoopState, name: QueueName, queue: IdMap<Task>): LoopState {
  return { ...state, queues: { ...state.queues, [name]: queue } };
}

const queueNames: readonly QueueName[] = [
  'microtasks', 'ticks', 'timers', 'immediates', 'completed', 'messages', 'tasks', 'frames', 'idle',
];

function queueOf(state: LoopState, task: number): QueueName | undefined {
  return queueNames.find(name => getId(state.queues[name], task) !== undefined);
}

function leaveQueue(state: LoopState, task: number): LoopState {
  const name = queueOf(state, task);
  return name === undefined ? state : withQueue(state, name, deleteId(state.queues[name], task));
}

function startTask(state: LoopState, event: EventOf<'task-started'>): LoopState {
  const name = queueOf(state, event.task);
  const task = name === undefined ? undefined : getId(state.queues[name], event.task);
  return { ...leaveQueue(state, event.task), task };
}

function queueWork(state: LoopState, event: EventOf<'work-queued'>): LoopState {
  if (event.ring === 1) {
    const pool = state.pool ?? { queue: emptyIdMap(), threads: [] };
    const work = { ...event, queuedAt: event.at, startedAt: event.at };
    const inKernel = setId<Work>(pool.inKernel ?? emptyIdMap(), event.work, work);
    return { ...state, pool: { ...pool, inKernel } };
  }
  if (state.pool === undefined) return state;
  const queue = setId(state.pool.queue, event.work, { ...event, queuedAt: event.at });
  return { ...state, pool: { ...state.pool, queue } };
}

function startWork(state: LoopState, event: EventOf<'work-started'>): LoopState {
  const work = state.pool === undefined ? undefined : getId(state.pool.queue, event.work);
  if (state.pool === undefined || work === undefined) return state;
  const threads = state.pool.threads.with(event.thread - 1, { ...work, startedAt: event.at });
  return { ...state, pool: { ...state.pool, queue: deleteId(state.pool.queue, event.work), threads } };
}

function withoutWork(pool: Pool | undefined, work: WorkId): Pool | undefined {
  const inKernel = pool?.inKernel === undefined ? {} : { inKernel: deleteId(pool.inKernel, work) };
  return pool && { ...pool, ...inKernel, threads: pool.threads.map(busy => busy?.work === work ? undefined : busy) };
}

function print(state: LoopState, event: EventOf<'console-printed'>): LoopState {
  const index = state.console.size;
  const line = {
    index, step: state.step, at: event.at, stream: event.stream, text: event.text,
    ...(event.site === undefined ? {} : { site: event.site }),
  };
  return { ...state, console: setId(state.console, index, line) };
}
