/**
 * Why this file exists: lanes and the edges between them are read from the events in one pass: who was running when a
 * lane began, and who was running when what it waited for was settled. Nothing is guessed from names.
 */
import { stackOf } from '../../trace/agent-stacks';
import type { FrameId, PromiseId, TaskId, TraceEvent, TraceEventKind } from '../../trace/trace';
import type { Recording } from '../player-state';
import type { Lane, Lanes, LaneState } from './lanes';
import { finishLanes, type Walk } from './lane-books';

type EventOf<Kind extends TraceEventKind> = Extract<TraceEvent, { kind: Kind }>;

/** The lanes of a recording in order of appearance. */
export function walkLanes(recording: Recording): Lanes {
  const walk: Walk = {
    index: recording.index, lanes: [], edges: [], ofFrame: new Map(), ofTask: new Map(), ofWork: new Map(),
    ofInterval: new Map(), ofPromise: new Map(),
    settledIn: new Map(), awaitedBy: new Map(), awaited: new Set(), lost: new Set(),
    agent: 0, stack: [], stacks: new Map(), tasks: new Map(), posted: new Map(), pids: new Map(),
  };
  const { beats, trace } = recording;
  let beat = 0;
  for (const [step, event] of trace.events.entries()) {
    while (step > (beats[beat]?.last ?? Infinity)) beat += 1;
    enter(walk, event, beat);
  }
  return finishLanes(walk, beats.length);
}

function enter(walk: Walk, event: TraceEvent, beat: number): void {
  if (event.kind === 'statement-reached') return; // most of them; a lane only goes on
  walk.agent = event.agent ?? 0;
  walk.stack = stackOf(walk.stacks, event);
  switch (event.kind) {
    case 'frame-pushed': push(walk, event, beat); return;
    case 'frame-popped': pop(walk, event, beat); return;
    case 'frame-suspended': suspend(walk, event, beat); return;
    case 'frame-resumed': resume(walk, event, beat); return;
    case 'promise-created': create(walk, event); return;
    case 'promise-settled': settle(walk, event.promise, event.state === 'rejected', beat); return;
    case 'promise-followed': walk.awaited.add(event.target ?? 0); return;
    case 'promise-awaited': walk.awaited.add(event.promise); return;
    case 'rejection-unhandled': walk.lost.add(event.promise); return;
    case 'work-queued': handToPool(walk, event, beat); return;
    case 'work-started': become(walk.ofWork.get(event.work), 'in-thread', beat); return;
    case 'task-queued': queue(walk, event, beat); return;
    case 'task-started': start(walk, event.task, beat); return;
    case 'task-finished': become(walk.ofTask.get(event.task), undefined, beat + 1); walk.tasks.delete(walk.agent); return;
    case 'task-cancelled': become(walk.ofTask.get(event.task), undefined, beat); return;
    case 'worker-created':
      if (event.pid !== undefined) walk.pids.set(event.worker, event.pid);
      touch(current(walk));
      return;
    case 'worker-ended': touch(current(walk)); return;
    case 'agent-blocked': become(current(walk), 'suspended', beat, 'Atomics.wait'); return;
    case 'agent-unblocked': become(current(walk), 'running', beat); return;
    case 'message-posted': post(walk, event, beat); return;
    case 'message-arrived': arrive(walk, event, beat); return;
    case 'console-printed': touch(current(walk)); return;
    default:
  }
}

function post(walk: Walk, { message }: EventOf<'message-posted'>, beat: number): void {
  touch(current(walk));
  walk.posted.set(message, { lane: current(walk), beat });
}

/** A message ties the lane that posted it to the one that will hear of it. */
function arrive(walk: Walk, { message, task }: EventOf<'message-arrived'>, beat: number): void {
  const from = walk.posted.get(message);
  const to = walk.ofTask.get(task);
  if (from?.lane === undefined || to === undefined) return;
  walk.edges.push({ kind: 'fork', from: from.lane, fromBeat: from.beat, to, toBeat: beat, failed: false });
}

/** The lane that is running: of the topmost frame that has one, else of the task. */
function current(walk: Walk): Lane | undefined {
  for (let n = walk.stack.length - 1; n >= 0; n--) {
    const lane = walk.ofFrame.get(walk.stack[n] ?? 0);
    if (lane !== undefined) return lane;
  }
  const task = walk.tasks.get(walk.agent);
  return task === undefined ? undefined : walk.ofTask.get(task);
}

function touch(lane: Lane | undefined): void {
  if (lane !== undefined) lane.touched = true;
}

function push(walk: Walk, event: EventOf<'frame-pushed'>, beat: number): void {
  const color = walk.index.trace.sites[event.site]?.color ?? 'sync';
  const below = current(walk);
  const isBottom = walk.stack.length === 0;
  touch(below);
  walk.stack.push(event.frame);
  if (color === 'sync' && below !== undefined) return;
  const lane = isBottom && below !== undefined ? below : newLane(walk, walk.index.frameLabel(event.frame), color);
  lane.color = color === 'sync' && isBottom && below !== undefined ? 'callback' : color;
  lane.touched = true;
  lane.isCalled ||= lane !== below && below !== undefined;
  if (event.promise !== undefined) {
    lane.promise = event.promise;
    walk.ofPromise.set(event.promise, lane);
  }
  walk.ofFrame.set(event.frame, lane);
  if (lane !== below) fork(walk, below, lane, beat);
  become(lane, 'running', beat);
}

/** One lane begins another: it waits below as long as the other runs. */
function fork(walk: Walk, from: Lane | undefined, to: Lane, beat: number): void {
  if (from === undefined) return;
  walk.edges.push({ kind: 'fork', from, fromBeat: beat, to, toBeat: beat, failed: false });
  become(from, 'below', beat);
}

function leave(walk: Walk, frame: FrameId): void {
  const place = walk.stack.lastIndexOf(frame);
  if (place >= 0) walk.stack.length = place;
}

function pop(walk: Walk, event: EventOf<'frame-popped'>, beat: number): void {
  const lane = walk.ofFrame.get(event.frame);
  leave(walk, event.frame);
  if (lane === undefined) return;
  become(lane, undefined, beat + 1);
  if (event.how === 'threw') Object.assign(lane, { end: 'failed', endValue: event.value });
  else lane.endValue = event.value;
  comeBack(walk, lane, beat + 1);
}

/** What was below goes on. */
function comeBack(walk: Walk, from: Lane, beat: number): void {
  const lane = current(walk);
  if (lane !== undefined && lane !== from) become(lane, 'running', beat);
}

function suspend(walk: Walk, event: EventOf<'frame-suspended'>, beat: number): void {
  const lane = walk.ofFrame.get(event.frame);
  leave(walk, event.frame);
  const promise = walk.index.promise(event.promise);
  const label = promise === undefined || promise.origin === 'await' ? event.value : walk.index.promiseLabel(promise.promise);
  if (event.promise !== undefined && event.on === 'await') walk.awaitedBy.set(event.frame, event.promise);
  // A continuation that was queued before the frame left waits already.
  const isQueued = lane?.stretches.at(-1)?.state === 'ready';
  if (lane !== undefined && !isQueued) become(lane, 'suspended', beat + 1, event.on === 'yield' ? `yield ${event.value}` : label);
  if (lane !== undefined) comeBack(walk, lane, beat + 1);
}

function resume(walk: Walk, event: EventOf<'frame-resumed'>, beat: number): void {
  const lane = walk.ofFrame.get(event.frame);
  const below = current(walk);
  walk.stack.push(event.frame);
  if (lane === undefined) return;
  if (below !== undefined && below !== lane) become(below, 'below', beat);
  become(lane, 'running', beat);
  const promise = walk.awaitedBy.get(event.frame);
  walk.awaitedBy.delete(event.frame);
  if (promise !== undefined) chain(walk, promise, lane, beat);
}

/** Edges from where a promise was settled; of a combinator, from where each of its promises was. */
function chain(walk: Walk, promise: PromiseId, to: Lane, beat: number): void {
  const members = walk.index.members(promise);
  const sources = (members.length > 0 ? members : [promise]).map(id => walk.settledIn.get(id));
  for (const source of sources) {
    if (source === undefined || source.lane === to) continue;
    const { lane, beat: fromBeat, failed } = source;
    walk.edges.push({ kind: 'chain', from: lane, fromBeat, to, toBeat: beat, failed });
  }
}

function create(walk: Walk, event: EventOf<'promise-created'>): void {
  const { promise, parent } = event;
  if (parent === undefined) return;
  const lane = walk.ofPromise.get(parent);
  if (lane !== undefined && walk.index.collector(promise) === promise) walk.ofPromise.set(promise, lane);
}

function settle(walk: Walk, promise: PromiseId, failed: boolean, beat: number): void {
  const lane = walk.ofPromise.get(promise) ?? current(walk);
  if (lane !== undefined) walk.settledIn.set(promise, { lane, beat, failed });
}

/** What the thread pool does for the program is a lane of its own, from the call on. */
function handToPool(walk: Walk, event: EventOf<'work-queued'>, beat: number): void {
  const known = walk.ofWork.get(event.work);
  const lane = known ?? newLane(walk, event.label, 'callback');
  walk.ofWork.set(event.work, lane);
  touch(lane);
  become(lane, event.ring === 1 ? 'in-thread' : 'ready', beat, event.trip);
  const from = current(walk);
  if (known === undefined && from !== undefined) {
    walk.edges.push({ kind: 'fork', from, fromBeat: beat, to: lane, toBeat: beat, failed: false });
  }
}

function queue(walk: Walk, event: EventOf<'task-queued'>, beat: number): void {
  if (event.origin === 'module' || event.origin === 'internal' || event.origin === 'thenable') return;
  // What hands a result on, from promise to promise, is the machinery's own.
  if (event.origin === 'then' && event.site === undefined) return;
  if (event.frame !== undefined) {
    become(walk.ofFrame.get(event.frame), 'ready', beat);
    return;
  }
  const begun = walk.ofTask.get(event.task) ?? walk.ofWork.get(event.work ?? 0);
  const known = begun ?? laneOfChain(walk, event) ?? laneOfInterval(walk, event);
  const lane = known ?? newLane(walk, walk.index.taskLabel(event.task), 'callback');
  walk.ofTask.set(event.task, lane);
  if (event.origin === 'setInterval' && event.site !== undefined) walk.ofInterval.set(event.site, lane);
  const isTimer = event.due !== undefined && event.due > event.at;
  become(lane, isTimer ? 'waiting' : 'ready', beat, isTimer ? `${Math.round(event.due - event.at)} ms` : '');
  const from = current(walk);
  if (known === undefined && from !== undefined) {
    walk.edges.push({ kind: 'fork', from, fromBeat: beat, to: lane, toBeat: beat, failed: false });
  }
}

/** A `then` callback goes on in the lane of the promise it hangs on, unless that lane is busy. */
function laneOfChain(walk: Walk, event: EventOf<'task-queued'>): Lane | undefined {
  if (event.origin !== 'then' || event.promise === undefined) return undefined;
  const lane = walk.ofPromise.get(event.promise);
  return lane?.stretches.at(-1)?.to === Infinity ? undefined : lane;
}

function laneOfInterval(walk: Walk, event: EventOf<'task-queued'>): Lane | undefined {
  if (event.origin !== 'setInterval' || event.site === undefined) return undefined;
  const lane = walk.ofInterval.get(event.site);
  return lane?.stretches.at(-1)?.to === Infinity ? undefined : lane;
}

function start(walk: Walk, task: TaskId, beat: number): void {
  walk.tasks.set(walk.agent, task);
  become(walk.ofTask.get(task), 'running', beat);
}

function newLane(walk: Walk, label: string, color: Lane['color']): Lane {
  const { lanes, agent } = walk;
  const pid = walk.pids.get(agent);
  const own = pid === undefined ? {} : { pid };
  const fresh = { stretches: [], touched: false, isCalled: false };
  const lane: Lane = { index: lanes.length, agent, ...own, label, color, ...fresh };
  walk.lanes.push(lane);
  return lane;
}

/** Ends the lane's present stretch and begins another, if there is a state to begin. */
function become(lane: Lane | undefined, state: LaneState | undefined, beat: number, label = ''): void {
  if (lane === undefined) return;
  const last = lane.stretches.at(-1);
  if (last !== undefined && last.to > beat) {
    if (last.state === state && state !== 'suspended') return;
    last.to = Math.max(beat, last.from);
    if (last.to === last.from) lane.stretches.pop();
  }
  if (state === undefined) return;
  lane.stretches.push({ state, from: Math.max(beat, lane.stretches.at(-1)?.to ?? 0), to: Infinity, label });
}
