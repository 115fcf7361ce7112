/**
 * Why this file exists: the strip under the controls shows the whole run at a glance: how deep the stack was, and
 * where something happened.
 */
import type { FrameColor, FrameId } from '../trace/trace';
import type { Recording } from './player-state';

export interface StripColumn {
  /** Beats that the column stands for. */
  readonly first: number;
  readonly last: number;
  /** Deepest stack in them; 0 when the loop was idle. */
  readonly depth: number;
  readonly color: FrameColor;
  readonly prints: boolean;
  readonly suspends: boolean;
  readonly starts: boolean;
  readonly loses: boolean;
}

/** At most `limit` columns over all beats; one pass over the events. */
export function stripColumns({ trace, beats }: Recording, limit: number): readonly StripColumn[] {
  const count = Math.max(1, Math.min(beats.length, limit));
  const columns: StripColumn[] = [];
  const stack: FrameId[] = [];
  const colors = new Map<FrameId, FrameColor>();
  for (let n = 0; n < count; n++) {
    const first = Math.floor((n * beats.length) / count);
    const last = Math.floor(((n + 1) * beats.length) / count) - 1;
    const column = { first, last, depth: 0, color: 'sync' as FrameColor, prints: false, suspends: false, starts: false, loses: false };
    for (let step = beats[first]?.first ?? 0; step <= (beats[last]?.last ?? -1); step++) {
      const event = trace.events[step];
      if (event === undefined) break;
      if (event.kind === 'frame-pushed') colors.set(event.frame, trace.sites[event.site]?.color ?? 'sync');
      if (event.kind === 'frame-pushed' || event.kind === 'frame-resumed') stack.push(event.frame);
      if (stack.length >= column.depth) Object.assign(column, { depth: stack.length, color: colors.get(stack.at(-1) ?? 0) ?? 'sync' });
      if (event.kind === 'frame-popped' || event.kind === 'frame-suspended') stack.splice(Math.max(stack.lastIndexOf(event.frame), 0));
      column.prints ||= event.kind === 'console-printed';
      column.suspends ||= event.kind === 'frame-suspended';
      column.starts ||= event.kind === 'task-started';
      column.loses ||= event.kind === 'rejection-unhandled';
    }
    columns.push(column);
  }
  return columns;
}
