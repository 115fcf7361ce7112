/**
 * Why this file exists: where each way of moving leads, as functions from step to step; `controls.ts` binds them to
 * buttons and keys.
 */
import { beatAt } from '../trace/beats';
import type { Beat } from '../trace/beats';
import { concerns } from '../trace/story';
import type { Subject } from '../trace/story';
import type { FrameId, TraceEvent } from '../trace/trace';
import type { Recording } from './player-state';

/** What a reader may jump to. */
export type Landmark = 'await' | 'print' | 'task';
export type Direction = 1 | -1;

/** The end of the beat after `step`; the last step when there is none. */
export function nextBeat({ beats }: Recording, step: number): number {
  const here = beats[beatAt(beats, step)];
  if (here !== undefined && step < here.last) return here.last;
  return beats[beatAt(beats, step) + 1]?.last ?? step;
}

/** The end of the beat before; −1 before the first. */
export function previousBeat({ beats }: Recording, step: number): number {
  return beats[beatAt(beats, step) - 1]?.last ?? -1;
}

/** The nearest beat in a direction with an event that fits; undefined when there is none. */
export function findBeat(
  recording: Recording, step: number, direction: Direction, fits: (event: TraceEvent) => boolean,
): number | undefined {
  const { beats, trace } = recording;
  for (let n = beatAt(beats, step) + direction; n >= 0 && n < beats.length; n += direction) {
    const beat = beats[n];
    if (beat !== undefined && someEvent(trace.events, beat, fits)) return beat.last;
  }
  return undefined;
}

function someEvent(events: readonly TraceEvent[], beat: Beat, fits: (event: TraceEvent) => boolean): boolean {
  for (let step = beat.first; step <= beat.last; step++) {
    const event = events[step];
    if (event !== undefined && fits(event)) return true;
  }
  return false;
}

/** The next (or the previous) beat that shows a landmark; undefined when there is none. */
export function findLandmark(
  recording: Recording, step: number, landmark: Landmark, direction: Direction,
): number | undefined {
  return findBeat(recording, step, direction, event => {
    switch (landmark) {
      case 'await': return event.kind === 'frame-suspended' && event.on === 'await';
      case 'print': return event.kind === 'console-printed';
      case 'task': return event.kind === 'task-started';
    }
  });
}

/**
 * Over whatever the present line calls: on to the next beat at whose end the same call is on top of the stack, or to
 * where it leaves. On an empty stack, on to the next empty one: over a whole task.
 */
export function stepOver(recording: Recording, step: number, direction: Direction): number {
  const { beats, history } = recording;
  const from = history.stateAt(step).stack?.frame.frame;
  for (let n = beatAt(beats, step) + direction; n >= 0 && n < beats.length; n += direction) {
    const beat = beats[n];
    if (beat === undefined) break;
    const top = history.stateAt(beat.last).stack?.frame.frame;
    if (top === from || (from !== undefined && leaves(recording, beat, from))) return beat.last;
  }
  return direction === 1 ? recording.trace.events.length - 1 : -1;
}

/** On to where the present call ends or is suspended; on an empty stack, one beat on. */
export function stepOut(recording: Recording, step: number): number {
  const { beats, history } = recording;
  const from = history.stateAt(step).stack?.frame.frame;
  if (from === undefined) return nextBeat(recording, step);
  for (let n = beatAt(beats, step) + 1; n < beats.length; n++) {
    const beat = beats[n];
    if (beat !== undefined && leaves(recording, beat, from)) return beat.last;
  }
  return recording.trace.events.length - 1;
}

function leaves({ trace }: Recording, beat: Beat, frame: FrameId): boolean {
  return someEvent(trace.events, beat, event =>
    (event.kind === 'frame-popped' || event.kind === 'frame-suspended') && event.frame === frame);
}

/** The function that the reader looks at: the one just suspended or resumed, else the one on top of the stack. */
export function presentFrame(recording: Recording, step: number): FrameId | undefined {
  const beat = recording.beats[beatAt(recording.beats, step)];
  const lead = recording.trace.events[beat?.last === step ? beat.lead : step];
  if (lead?.kind === 'frame-suspended' || lead?.kind === 'frame-resumed') return lead.frame;
  return recording.history.stateAt(step).stack?.frame.frame;
}

/** Where a function is resumed next. */
export function nextResume(recording: Recording, step: number, frame: FrameId): number | undefined {
  return findBeat(recording, step, 1, event => event.kind === 'frame-resumed' && event.frame === frame);
}

/** The next thing that happens to a subject; from the end, its first. */
export function nextOf(recording: Recording, step: number, subject: Subject): number | undefined {
  const fits = (event: TraceEvent): boolean => concerns(event, subject);
  return findBeat(recording, step, 1, fits) ?? findBeat(recording, -1, 1, fits);
}

/** The next step at which the line runs: after `step`, else from the start; undefined when it never runs. */
export function runToLine(recording: Recording, step: number, file: number, line: number): number | undefined {
  const fits = (event: TraceEvent): boolean => isOnLine(recording, event, file, line);
  return findBeat(recording, step, 1, fits) ?? findBeat(recording, -1, 1, fits);
}

/** Whether an event begins or goes on with a line. */
export function isOnLine(recording: Recording, event: TraceEvent, file: number, line: number): boolean {
  if (event.kind !== 'statement-reached' && event.kind !== 'frame-resumed') return false;
  const place = recording.index.place(event.site);
  return place?.file === file && place.start.line === line;
}

/** The lines of a file that run at least once. */
export function linesThatRun(recording: Recording, file: number): ReadonlySet<number> {
  const lines = new Set<number>();
  const seen = new Set<number>();
  for (const event of recording.trace.events) {
    if ((event.kind !== 'statement-reached' && event.kind !== 'frame-resumed') || seen.has(event.site)) continue;
    seen.add(event.site);
    const place = recording.index.place(event.site);
    if (place?.file === file) lines.add(place.start.line);
  }
  return lines;
}
