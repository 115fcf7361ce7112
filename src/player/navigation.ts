/**
 * Why this file exists: where each way of moving leads, as functions from step to step; `controls.ts` binds them to
 * buttons and keys.
 */
import { beatAt } from '../trace/beats';
import type { Beat } from '../trace/beats';
import type { Recording } from './player-state';

/** What a reader may jump to. */
export type Landmark = 'await' | 'print' | 'task';

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

function shows(recording: Recording, beat: Beat, landmark: Landmark): boolean {
  for (let step = beat.first; step <= beat.last; step++) {
    const event = recording.trace.events[step];
    if (landmark === 'await' && event?.kind === 'frame-suspended' && event.on === 'await') return true;
    if (landmark === 'print' && event?.kind === 'console-printed') return true;
    if (landmark === 'task' && event?.kind === 'task-started') return true;
  }
  return false;
}

/** The next (or, with direction −1, the previous) beat that shows a landmark; undefined when there is none. */
export function findLandmark(
  recording: Recording, step: number, landmark: Landmark, direction: 1 | -1,
): number | undefined {
  const { beats } = recording;
  for (let n = beatAt(beats, step) + direction; n >= 0 && n < beats.length; n += direction) {
    const beat = beats[n];
    if (beat !== undefined && shows(recording, beat, landmark)) return beat.last;
  }
  return undefined;
}

/** The next step at which the line runs: after `step`, else from the start; undefined when it never runs. */
export function runToLine(recording: Recording, step: number, file: number, line: number): number | undefined {
  const { beats } = recording;
  const here = beatAt(beats, step);
  for (let n = 1; n <= beats.length; n++) {
    const beat = beats[(here + n) % beats.length];
    if (beat !== undefined && reaches(recording, beat, file, line)) return beat.last;
  }
  return undefined;
}

function reaches(recording: Recording, beat: Beat, file: number, line: number): boolean {
  for (let step = beat.first; step <= beat.last; step++) {
    const event = recording.trace.events[step];
    if (event?.kind !== 'statement-reached' && event?.kind !== 'frame-resumed') continue;
    const place = recording.index.place(event.site);
    if (place?.file === file && place.start.line === line) return true;
  }
  return false;
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
