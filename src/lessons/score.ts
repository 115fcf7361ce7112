/**
 * Why this file exists: to say what would be printed if the loop were as somebody believes, a run is written down as
 * a score: what each call and each callback does, piece by piece, without the order in which the loop took them.
 */
import type { FrameColor, FrameId, QueueName, SiteId, TaskId, TaskOrigin, Trace, TraceEvent, WorkId } from '../trace/trace';

export type Piece =
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'call' | 'resume'; readonly frame: FrameId }
  | { readonly kind: 'suspend'; readonly on: 'await' | 'yield' }
  | { readonly kind: 'queue'; readonly task: TaskId };

export interface ScoredFrame {
  readonly frame: FrameId;
  readonly site: SiteId;
  readonly color: FrameColor;
  /** The call around it. */
  readonly parent: FrameId | undefined;
  readonly pieces: Piece[];
}

export interface ScoredTask {
  readonly task: TaskId;
  readonly queue: QueueName;
  readonly origin: TaskOrigin;
  readonly queuedAt: number;
  readonly due: number | undefined;
  /** Its place among all that started in life; −1 when it never did. */
  started: number;
  readonly pieces: Piece[];
}

export interface Score {
  readonly trace: Trace;
  /** What happens outside of every task: the main script. */
  readonly main: readonly Piece[];
  readonly frames: ReadonlyMap<FrameId, ScoredFrame>;
  readonly tasks: ReadonlyMap<TaskId, ScoredTask>;
  readonly printed: readonly string[];
}

interface Writing {
  readonly main: Piece[];
  readonly frames: Map<FrameId, ScoredFrame>;
  readonly tasks: Map<TaskId, ScoredTask>;
  readonly stack: FrameId[];
  /** Where each operation was handed to the thread pool: its callback is queued from there. */
  readonly works: Map<WorkId, Piece[]>;
  /** The task that runs, or ran last. */
  task: TaskId | undefined;
  started: number;
}

export function scoreOf(trace: Trace): Score {
  const writing: Writing = {
    main: [], frames: new Map(), tasks: new Map(), stack: [], works: new Map(), task: undefined, started: 0,
  };
  for (const event of trace.events) write(writing, trace, event);
  const printed = trace.events.flatMap(event => event.kind === 'console-printed' ? [lineOf(event.text)] : []);
  return { trace, main: writing.main, frames: writing.frames, tasks: writing.tasks, printed };
}

function lineOf(text: string): string {
  return text.replace(/\n$/, '');
}

/**
 * The pieces of what is running: of the call on top of the stack, else of the task, else of the script. What the host
 * calls after a task (a listener) goes with that task.
 */
function present(writing: Writing): Piece[] {
  const frame = writing.frames.get(writing.stack.at(-1) ?? 0);
  const task = writing.task === undefined ? undefined : writing.tasks.get(writing.task);
  return frame?.pieces ?? task?.pieces ?? writing.main;
}

function write(writing: Writing, trace: Trace, event: TraceEvent): void {
  const pieces = present(writing);
  switch (event.kind) {
    case 'console-printed': pieces.push({ kind: 'print', text: lineOf(event.text) }); return;
    case 'frame-pushed': {
      const { frame, site } = event;
      pieces.push({ kind: 'call', frame });
      const color = trace.sites[site]?.color ?? 'sync';
      writing.frames.set(frame, { frame, site, color, parent: writing.stack.at(-1), pieces: [] });
      writing.stack.push(frame);
      return;
    }
    case 'frame-resumed': pieces.push({ kind: 'resume', frame: event.frame }); writing.stack.push(event.frame); return;
    case 'frame-suspended': pieces.push({ kind: 'suspend', on: event.on }); writing.stack.pop(); return;
    case 'frame-popped': writing.stack.pop(); return;
    case 'task-queued': {
      const { task, queue, origin, at, due } = event;
      const from = event.work === undefined ? undefined : writing.works.get(event.work);
      (from ?? pieces).push({ kind: 'queue', task });
      writing.tasks.set(task, { task, queue, origin, queuedAt: at, due, started: -1, pieces: [] });
      return;
    }
    case 'work-queued': writing.works.set(event.work, pieces); return;
    case 'task-started': {
      const task = writing.tasks.get(event.task);
      if (task !== undefined) task.started = writing.started++;
      writing.task = event.task;
      return;
    }
    default:
  }
}
