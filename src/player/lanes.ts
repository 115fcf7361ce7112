/**
 * Why this file exists: the timeline gives each asynchronous thread of logic a lane: the main script, every async
 * function and generator, every callback of a queue. Where a lane runs, waits in a queue or is suspended is read from
 * the events in one pass.
 */
import type { FrameColor, FrameId, TaskId, TraceEvent } from '../trace/trace';
import { beatAt } from '../trace/beats';
import type { Recording } from './player-state';

export type LaneState = 'running' | 'suspended' | 'queued';

/** Beats from `from` to before `to`. */
export interface Stretch {
  readonly state: LaneState;
  readonly from: number;
  to: number;
}

export interface Lane {
  readonly label: string;
  readonly color: FrameColor | 'callback';
  readonly stretches: Stretch[];
  /** How it ended: with an error that left it, or not at all. */
  end?: 'threw' | 'left';
}

interface Walk {
  readonly recording: Recording;
  readonly lanes: Lane[];
  readonly ofFrame: Map<FrameId, Lane>;
  readonly ofTask: Map<TaskId, Lane>;
  /** The frames on the stack, bottom first; a call within a lane's function has no lane of its own. */
  readonly stack: FrameId[];
  task: TaskId | undefined;
}

/** The lanes in order of appearance, at most `limit`; `more` are left out. */
export function lanesOf(recording: Recording, limit: number): { lanes: readonly Lane[]; more: number } {
  const walk: Walk = { recording, lanes: [], ofFrame: new Map(), ofTask: new Map(), stack: [], task: undefined };
  for (const [step, event] of recording.trace.events.entries()) enter(walk, event, beatAt(recording.beats, step));
  for (const lane of walk.lanes) {
    const last = lane.stretches.at(-1);
    if (last?.to === Infinity) Object.assign(last, { to: recording.beats.length });
    if (last?.to === recording.beats.length && last.state === 'suspended') lane.end = 'left';
  }
  return { lanes: walk.lanes.slice(0, limit), more: Math.max(walk.lanes.length - limit, 0) };
}

function enter(walk: Walk, event: TraceEvent, beat: number): void {
  const { index, trace } = walk.recording;
  switch (event.kind) {
    case 'task-queued': if (hasOwnLane(event)) walk.ofTask.set(event.task, newLane(walk, index.taskLabel(event.task), 'callback', 'queued', beat)); return;
    case 'task-started': walk.task = event.task; become(walk.ofTask.get(event.task), 'running', beat); return;
    case 'task-finished': become(walk.ofTask.get(event.task), undefined, beat + 1); walk.task = undefined; return;
    case 'task-cancelled': become(walk.ofTask.get(event.task), undefined, beat); return;
    case 'frame-pushed': {
      const color = trace.sites[event.site]?.color ?? 'sync';
      const isBottom = walk.stack.length === 0;
      walk.stack.push(event.frame);
      if (color === 'sync' && (!isBottom || walk.task !== undefined)) return;
      walk.ofFrame.set(event.frame, newLane(walk, index.frameLabel(event.frame), color, 'running', beat));
      return;
    }
    case 'frame-suspended': walk.stack.pop(); become(walk.ofFrame.get(event.frame), 'suspended', beat); return;
    case 'frame-resumed': walk.stack.push(event.frame); become(walk.ofFrame.get(event.frame), 'running', beat); return;
    case 'frame-popped': {
      walk.stack.pop();
      const lane = walk.ofFrame.get(event.frame);
      become(lane, undefined, beat + 1);
      if (lane !== undefined && event.how === 'threw') lane.end = 'threw';
      return;
    }
    default:
  }
}

/** What resumes a function is seen in the function's lane. */
function hasOwnLane(event: Extract<TraceEvent, { kind: 'task-queued' }>): boolean {
  return event.frame === undefined && event.origin !== 'module' && event.origin !== 'internal';
}

function newLane(walk: Walk, label: string, color: Lane['color'], state: LaneState, beat: number): Lane {
  const lane: Lane = { label, color, stretches: [{ state, from: beat, to: Infinity }] };
  walk.lanes.push(lane);
  return lane;
}

/** Ends the lane's present stretch and begins another, if there is a state to begin. */
function become(lane: Lane | undefined, state: LaneState | undefined, beat: number): void {
  if (lane === undefined) return;
  const last = lane.stretches.at(-1);
  if (last !== undefined) last.to = Math.min(last.to, Math.max(beat, last.from));
  if (state !== undefined) lane.stretches.push({ state, from: beat, to: Infinity });
}
