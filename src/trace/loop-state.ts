/**
 * Why this file exists: the state of one moment of the event loop, as every screen and every text print reads it.
 * States are immutable and share what did not change; `fold.ts` makes them, nothing else does.
 */
import type { AgentId, FrameColor, FrameId, Phase, PromiseId, PromiseOrigin, QueueName, SiteId, TaskId, TaskOrigin, Trace, VirtualMs, WorkId } from './trace';
import { emptyIdMap, firstValues, lastValues } from './id-map';
import type { IdMap } from './id-map';

/** A call that has begun and not ended, on the stack or parked. */
export interface Frame {
  readonly frame: FrameId;
  readonly label: string;
  /** The function's own site. */
  readonly site: SiteId;
  readonly color: FrameColor | 'module';
  /**
   * Where it stands: the statement it reached last, or the await or yield where it parked. Absent before its first
   * statement.
   */
  readonly here?: SiteId;
  /** The promise that the call returned. */
  readonly promise?: PromiseId;
  /** The task during which it was put on the stack for the first time. */
  readonly task?: TaskId;
}

export interface SuspendedFrame extends Frame {
  readonly on: 'await' | 'yield';
  /** What it waits for. */
  readonly awaited?: PromiseId;
  /** What is awaited or yielded, as text. */
  readonly value: string;
  /** Its variables as it parked: `sum = 3`. */
  readonly locals: readonly string[];
  readonly since: VirtualMs;
}

/** The stack as a list from the top down: pushing and popping share the rest. */
export interface Stack {
  readonly frame: Frame;
  readonly below: Stack | undefined;
  readonly depth: number;
}

export interface Task {
  readonly task: TaskId;
  readonly queue: QueueName;
  readonly origin: TaskOrigin;
  readonly label: string;
  readonly site?: SiteId;
  /** The frame that queued it. */
  readonly by?: FrameId;
  readonly during?: TaskId;
  readonly promise?: PromiseId;
  /** The suspended frame that it will resume. */
  readonly frame?: FrameId;
  readonly queuedAt: VirtualMs;
  /** The place that was running then. */
  readonly queuedFrom?: SiteId;
  readonly due?: VirtualMs;
  /** What the thread pool has done, of a task in 'completed'. */
  readonly work?: WorkId;
  readonly refed?: boolean;
}

/** An operation that the thread pool has to do or is doing. */
export interface Work {
  readonly work: WorkId;
  readonly label: string;
  readonly trip: string;
  readonly site?: SiteId;
  readonly by?: FrameId;
  readonly queuedAt: VirtualMs;
  readonly startedAt?: VirtualMs;
}

/** libuv's thread pool: what waits for a thread, first in, first out, and what each thread does. */
export interface Pool {
  readonly queue: IdMap<Work>;
  readonly threads: readonly (Work | undefined)[];
  /** What went past it to the kernel (io_uring), which has no queue. */
  readonly inKernel?: IdMap<Work>;
}

/**
 * `waiting`: suspended frames and promises made by `then` that its settling will move. `awaitedEver`: somebody asked
 * for its fate once. `lost`: rejected, and the host found nobody to handle it.
 */
export interface PromiseNode {
  readonly promise: PromiseId;
  readonly label: string;
  readonly origin: PromiseOrigin;
  readonly state: 'pending' | 'fulfilled' | 'rejected';
  readonly value?: string;
  readonly site?: SiteId;
  readonly parent?: PromiseId;
  readonly frame?: FrameId;
  /** Tied to another promise's fate; 'foreign' for a thenable of the program's own. */
  readonly follows?: PromiseId | 'foreign';
  readonly waitingFrames: readonly FrameId[];
  readonly waitingPromises: readonly PromiseId[];
  readonly awaitedEver: boolean;
  readonly lost: boolean;
}

export interface ConsoleLine {
  readonly index: number;
  readonly step: number;
  readonly at: VirtualMs;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  readonly site?: SiteId;
}

/** What an agent has of its own: its stack, its loop, its queues. */
export interface Machine {
  /** Turn 0 is the main script. */
  readonly turn: number;
  /** Absent before the first phase. */
  readonly phase: Phase | undefined;
  readonly stack: Stack | undefined;
  readonly suspended: IdMap<SuspendedFrame>;
  /** Ticks, microtasks and immediates in the order in which they will run; timers by id (`timersByDue` orders them). */
  readonly queues: Readonly<Record<QueueName, IdMap<Task>>>;
  /** Absent as long as nothing was handed to it. */
  readonly pool: Pool | undefined;
  /** The task whose callback is running. */
  readonly task: Task | undefined;
  /** Every promise so far. */
  readonly promises: IdMap<PromiseNode>;
  /** Those whose story goes on: pending, or settled with somebody still to be told. */
  readonly open: IdMap<PromiseId>;
  /** Settled, and nobody has ever waited for them. */
  readonly unread: IdMap<PromiseId>;
  /** Rejected, and the host found no handler. */
  readonly lost: IdMap<PromiseId>;
}

/** An agent as the others see it. */
export interface AgentNode {
  readonly agent: AgentId;
  /** What it runs; '' for the main program. */
  readonly label: string;
  readonly status: 'starting' | 'started' | 'blocked' | 'ended';
  /** Where it was made, or where it waits. */
  readonly site?: SiteId;
  readonly exitCode?: number;
  /** Of a process of its own. */
  readonly pid?: number;
}

/** The machine is that of the agent to which the last event belongs. */
export interface LoopState extends Machine {
  readonly trace: Trace;
  /** Index of the last event folded; −1 before the first. */
  readonly step: number;
  readonly at: VirtualMs;
  readonly agent: AgentId;
  /** All agents so far; the main program is the first. */
  readonly agents: readonly AgentNode[];
  /** The machines of the other agents. */
  readonly others: ReadonlyMap<AgentId, Machine>;
  readonly console: IdMap<ConsoleLine>;
  /** Set by the last event of the trace. */
  readonly exitCode?: number;
}

/** The same moment, as another agent's machine shows it. */
export function seenBy(state: LoopState, agent: AgentId): LoopState {
  if (agent === state.agent) return state;
  const { turn, phase, stack, suspended, queues, pool, task, promises, open, unread, lost } = state;
  const own = { turn, phase, stack, suspended, queues, pool, task, promises, open, unread, lost };
  const others = new Map(state.others).set(state.agent, own);
  const machine = others.get(agent) ?? newMachine();
  others.delete(agent);
  return { ...state, ...machine, agent, others };
}

export function newMachine(): Machine {
  return {
    turn: 0, phase: undefined, stack: undefined, suspended: emptyIdMap(), task: undefined,
    queues: {
      ticks: emptyIdMap(), microtasks: emptyIdMap(), timers: emptyIdMap(), immediates: emptyIdMap(),
      completed: emptyIdMap(), messages: emptyIdMap(),
      tasks: emptyIdMap(), frames: emptyIdMap(), idle: emptyIdMap(),
    },
    pool: undefined, promises: emptyIdMap(), open: emptyIdMap(), unread: emptyIdMap(), lost: emptyIdMap(),
  };
}

/** Frames from the top down. */
export function stackFrames(state: LoopState, limit = Infinity): readonly Frame[] {
  const frames: Frame[] = [];
  for (let cell = state.stack; cell !== undefined && frames.length < limit; cell = cell.below) frames.push(cell.frame);
  return frames;
}

export function stackDepth(state: LoopState): number {
  return state.stack?.depth ?? 0;
}

/** The place that is running: where the frame on top of the stack stands. */
export function runningSite(state: LoopState): SiteId | undefined {
  return state.stack?.frame.here ?? state.stack?.frame.site;
}

/** Timers in the order in which they will fire: by due time, then by start. */
export function timersByDue(state: LoopState): readonly Task[] {
  return firstValues(state.queues.timers).toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0) || a.task - b.task);
}

/** The tasks of a queue in the order in which they will run. */
export function tasksIn(state: LoopState, queue: QueueName, limit = Infinity): readonly Task[] {
  return queue === 'timers' ? timersByDue(state).slice(0, limit) : firstValues(state.queues[queue], limit);
}

/** The newest `limit` lines of the console, oldest first. */
export function consoleLines(state: LoopState, limit = Infinity): readonly ConsoleLine[] {
  return lastValues(state.console, limit);
}
