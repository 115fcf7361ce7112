/**
 * The Trace: what happened when a program was simulated, as facts in order. It is the joint of the house: the
 * simulation writes it, the player, the command line and exported pages read it. Nothing is inferred later; what a
 * screen needs stands here.
 *
 * A step is an index into `events`; the state of step n is the fold of events 0…n. Times are virtual milliseconds since
 * the program started (fractions allowed) and never decrease. Ranges are UTF-16 offsets into the user's own text.
 */
import type { TextRange } from '../base/text';
import type { OutsideCall, Scenario } from './scenario';

export const traceFormat = 'loopscope-trace';
export const traceVersion = 2;

/** Index into `Trace.sites`. */
export type SiteId = number;
/** Ids are unique within a trace and their kind, counted from 1 in order of creation. */
export type FrameId = number;
export type PromiseId = number;
export type TaskId = number;
/** An operation of the thread pool: it may be queued again and again, once for each trip. */
export type WorkId = number;
/** 0 is the main program, others are workers and processes of their own, counted from 1. */
export type AgentId = number;
export type MessageId = number;
/** Virtual milliseconds since the program started. */
export type VirtualMs = number;

/** Whose event loop is modelled. */
export type HostKind = 'node' | 'browser';

export interface Trace {
  readonly format: typeof traceFormat;
  readonly version: typeof traceVersion;
  /** The host that is modelled, e.g. `{ kind: 'node', model: 'Node 20–24, libuv ≥ 1.45' }`. */
  readonly host: { readonly kind: HostKind; readonly model: string };
  /** `files[0]` is the entry; paths are relative to the project, with forward slashes. */
  readonly files: readonly TraceFile[];
  readonly sites: readonly Site[];
  readonly events: readonly TraceEvent[];
  /** Places where real hosts may go either way, or where something is only modelled. */
  readonly notes: readonly TraceNote[];
  readonly outcome: Outcome;
  readonly exitCode: number;
  /** Cost in steps of the budget: statements, calls and loop turns, recorded or not. */
  readonly steps: number;
  readonly virtualMs: VirtualMs;
  /** What made this run take another of the legal orders; absent when nothing did. */
  readonly nudges?: readonly Nudge[];
  /** Modules of the host that the program asks for: they are modelled; absent when it asks for none. */
  readonly modelled?: readonly string[];
  /** Packages that are made up from their types, since they cannot run; absent when none is. */
  readonly standIns?: readonly string[];
  /** What the run was told of the world outside; absent when nothing was. */
  readonly scenario?: Scenario;
  /** What it asked of the world outside, and who answered; absent when nothing was asked. */
  readonly outside?: readonly OutsideCall[];
}

export interface TraceFile {
  readonly path: string;
  readonly text: string;
  /** Of a package whose real code ran, or made up in place of one; absent: the program's own. */
  readonly origin?: 'package' | 'made-up';
}

/** A place in the user's text that events refer to. */
export interface Site extends TextRange {
  readonly file: number;
  readonly kind: 'module' | 'function' | 'statement' | 'await' | 'yield' | 'expression';
  /** Of a function: its name as V8 would show it, '' when anonymous. */
  readonly name?: string;
  /** Of a function: what its body is. */
  readonly color?: FrameColor;
}

export type FrameColor = 'sync' | 'async' | 'generator' | 'async-generator';

export type Outcome =
  | { readonly kind: 'completed' }
  | { readonly kind: 'uncaught'; readonly message: string; readonly site?: SiteId }
  | { readonly kind: 'budget-spent'; readonly budget: 'steps' | 'time' | 'memory' | 'events' | 'turns'; readonly message: string }
  /** Every agent waits for another, or for something that nobody can send: a real program would hang. */
  | { readonly kind: 'deadlock'; readonly message: string; readonly site?: SiteId }
  | { readonly kind: 'unsupported'; readonly message: string; readonly site?: SiteId };

export interface TraceNote {
  readonly kind: 'order-unspecified' | 'modelled' | 'recording-thinned';
  readonly site: SiteId;
  readonly message: string;
  /** Of an order that is unspecified: what, besides the nudges of this run, makes the program take the other one. */
  readonly otherOrder?: readonly Nudge[];
}

/**
 * How a run is led to another legal order, step for step the same up to there. What happens then happens in life: a
 * process has to wait, a processor or a disk is faster or slower, a worker starts sooner.
 */
export type Nudge = TimedNudge | MessageNudge | WorkerNudge;

/**
 * Of the main program. The simulation counts the moments at which a timer is set, something is asked of the thread
 * pool, or the loop starts, from 1; at one of them time is added, or the program goes on at another speed. `rate` is
 * what a step costs from then on, against the modelled cost; `poolRate` what the threads take for what is asked of them
 * at that moment.
 */
export interface TimedNudge {
  readonly moment: number;
  readonly addMs?: VirtualMs;
  readonly rate?: number;
  readonly poolRate?: number;
}

/** The agent that posts this message has to wait before. */
export interface MessageNudge {
  readonly message: number;
  readonly addMs: VirtualMs;
}

/** This worker takes longer to start, or less long where it is negative. */
export interface WorkerNudge {
  readonly worker: AgentId;
  readonly addMs: VirtualMs;
}

/**
 * Queues of the loop that hold tasks. A microtask of a promise reaction is a job; 'completed' is what the thread pool
 * has done and the poll phase has not told yet.
 */
export type QueueName =
  | 'ticks' | 'microtasks' | 'timers' | 'immediates' | 'completed' | 'messages'
  // Of a browser: events and other tasks, callbacks of the next frame, and those for when the page is idle.
  | 'tasks' | 'frames' | 'idle';

/**
 * Parts of a turn of Node's loop, in libuv's order; 'main' is the entry's own body, 'exit' what `process.on('exit')`
 * runs.
 */
export type Phase =
  | 'main' | 'timers' | 'poll' | 'check' | 'close' | 'exit'
  // Of a browser's loop: a task, rendering, or nothing to do.
  | 'task' | 'rendering' | 'idle';

/** What is put into a queue, in the field's words. */
export type TaskOrigin =
  | 'nextTick' | 'queueMicrotask' | 'setTimeout' | 'setInterval' | 'setImmediate'
  | 'await' | 'then' | 'thenable' | 'async-generator' | 'module' | 'signal' | 'pool' | 'message' | 'answer' | 'io' | 'internal'
  | 'event' | 'parser' | 'postTask' | 'yield' | 'requestAnimationFrame' | 'requestIdleCallback' | 'mutation' | 'fetch';

export type PromiseOrigin =
  | 'constructor' | 'async-function' | 'async-generator' | 'then' | 'catch' | 'finally' | 'resolve' | 'reject'
  | 'all' | 'allSettled' | 'any' | 'race' | 'try' | 'withResolvers' | 'await' | 'module' | 'internal';

interface Happened {
  readonly at: VirtualMs;
  /** In which agent; absent: in the main program. */
  readonly agent?: AgentId;
}

/** `awaiting-turns`: with awaits whose jobs were the only ones, so that the function went on at once each time. */
export type SkippedUnit = 'turns' | 'awaiting-turns' | 'calls' | 'steps';

export type TraceEvent =
  /** The running line: the statement at `site` begins, in the frame on top of the stack. */
  | (Happened & { readonly kind: 'statement-reached'; readonly site: SiteId; readonly frame: FrameId })
  /** `label` is how people read the call: `load(2)`. `caller` is where the call stands, when known. */
  | (Happened & { readonly kind: 'frame-pushed'; readonly frame: FrameId; readonly site: SiteId; readonly label: string; readonly promise?: PromiseId })
  | (Happened & { readonly kind: 'frame-popped'; readonly frame: FrameId; readonly how: 'returned' | 'threw'; readonly value: string })
  /**
   * The frame leaves the stack and parks. `promise` is what an await waits for; `locals` are its variables as they then
   * are, innermost first, one line each: `sum = 3`.
   */
  | (Happened & { readonly kind: 'frame-suspended'; readonly frame: FrameId; readonly site: SiteId; readonly on: 'await' | 'yield'; readonly promise?: PromiseId; readonly value: string; readonly locals?: string })
  /** The frame is back on top of the stack, with a value, an error or a demand to return. */
  | (Happened & { readonly kind: 'frame-resumed'; readonly frame: FrameId; readonly site: SiteId; readonly how: 'next' | 'throw' | 'return'; readonly value: string })
  /** `parent` is the promise a `then` was called on, `frame` the function whose result it is. */
  | (Happened & { readonly kind: 'promise-created'; readonly promise: PromiseId; readonly origin: PromiseOrigin; readonly site?: SiteId; readonly parent?: PromiseId; readonly frame?: FrameId; readonly label: string })
  /** Resolved with another promise or thenable: its fate is now tied to `target`'s (absent for a foreign thenable). */
  | (Happened & { readonly kind: 'promise-followed'; readonly promise: PromiseId; readonly target?: PromiseId })
  | (Happened & { readonly kind: 'promise-settled'; readonly promise: PromiseId; readonly state: 'fulfilled' | 'rejected'; readonly value: string })
  /** Somebody waits for it now: a suspended frame, or the promise that a `then` made. */
  | (Happened & { readonly kind: 'promise-awaited'; readonly promise: PromiseId; readonly frame?: FrameId; readonly derived?: PromiseId })
  | (Happened & { readonly kind: 'rejection-unhandled'; readonly promise: PromiseId; readonly value: string })
  | (Happened & { readonly kind: 'rejection-handled'; readonly promise: PromiseId })
  /**
   * `site` is the callback's own text; `by` the frame that queued it, `during` the task that was running, `due` when a
   * timer is to fire, `work` what the thread pool has done.
   */
  | (Happened & { readonly kind: 'task-queued'; readonly task: TaskId; readonly queue: QueueName; readonly origin: TaskOrigin; readonly label: string; readonly site?: SiteId; readonly by?: FrameId; readonly during?: TaskId; readonly promise?: PromiseId; readonly frame?: FrameId; readonly due?: VirtualMs; readonly work?: WorkId; readonly refed?: boolean })
  /** It leaves its queue and its callback begins on an empty stack. */
  | (Happened & { readonly kind: 'task-started'; readonly task: TaskId })
  | (Happened & { readonly kind: 'task-finished'; readonly task: TaskId })
  | (Happened & { readonly kind: 'task-cancelled'; readonly task: TaskId })
  /** Before the first work: how many threads there are. */
  | (Happened & { readonly kind: 'pool-opened'; readonly threads: number })
  /**
   * A call is handed to the thread pool; `trip` says which part of it: `open`, `read`. An operation of several trips is
   * queued for each. With `ring` (1) it goes past the pool: the kernel does it at once (io_uring).
   */
  | (Happened & { readonly kind: 'work-queued'; readonly work: WorkId; readonly label: string; readonly trip: string; readonly site?: SiteId; readonly by?: FrameId; readonly during?: TaskId; readonly ring?: number })
  /** A thread takes it, while the program runs on; threads count from 1. */
  | (Happened & { readonly kind: 'work-started'; readonly work: WorkId; readonly thread: number })
  /** The thread is free again; what follows waits in 'completed'. */
  | (Happened & { readonly kind: 'work-finished'; readonly work: WorkId })
  /** Turn 0 is the main script; turns of the loop count from 1. */
  | (Happened & { readonly kind: 'phase-entered'; readonly phase: Phase; readonly turn: number })
  /** Nothing to do: the loop slept until `at`. */
  | (Happened & { readonly kind: 'clock-advanced'; readonly from: VirtualMs })
  | (Happened & { readonly kind: 'console-printed'; readonly stream: 'stdout' | 'stderr'; readonly text: string; readonly site?: SiteId; readonly frame?: FrameId })
  /** Hot code ran without being recorded: so many turns of this loop, calls of this function or, at worst, steps. */
  | (Happened & {
    readonly kind: 'turns-skipped'; readonly site: SiteId; readonly count: number; readonly unit: SkippedUnit;
  })
  /** `new Worker` was called, at `site`, or with `pid` a process of its own was started; its agent will be `worker`. */
  | (Happened & { readonly kind: 'worker-created'; readonly worker: AgentId; readonly label: string; readonly site?: SiteId; readonly pid?: number })
  /** The first event of a worker: its program begins. */
  | (Happened & { readonly kind: 'worker-started' })
  /** The last event of a worker: it came to its end, or was ended. */
  | (Happened & { readonly kind: 'worker-ended'; readonly exitCode: number })
  /** Atomics.wait: the agent does nothing until it is woken, or its time is over. */
  | (Happened & { readonly kind: 'agent-blocked'; readonly site?: SiteId })
  | (Happened & { readonly kind: 'agent-unblocked'; readonly how: 'ok' | 'timed-out' })
  /** A message is on its way; `size` is what was cloned of it, in bytes. */
  | (Happened & { readonly kind: 'message-posted'; readonly message: MessageId; readonly label: string; readonly size: number; readonly site?: SiteId; readonly frame?: FrameId; readonly channel?: 1 })
  /** It waits in the port of its receiver: `task` will tell it. */
  | (Happened & { readonly kind: 'message-arrived'; readonly message: MessageId; readonly task: TaskId })
  /** receiveMessageOnPort took it. */
  | (Happened & { readonly kind: 'message-taken'; readonly message: MessageId })
  | (Happened & { readonly kind: 'program-ended'; readonly exitCode: number });

export type TraceEventKind = TraceEvent['kind'];
