/** Why this file exists: on a projector few boxes are shown: those that this run never uses are left out. */
import type { Recording } from '../player-state';

export type BoxName = 'suspended' | 'ticks' | 'microtasks' | 'timers' | 'immediates' | 'promises';

/** The boxes that stay empty from the first step to the last. */
export function unusedBoxes({ trace }: Recording): readonly BoxName[] {
  const unused = new Set<BoxName>(['suspended', 'ticks', 'microtasks', 'timers', 'immediates', 'promises']);
  for (const event of trace.events) {
    if (event.kind === 'task-queued') unused.delete(event.queue);
    if (event.kind === 'frame-suspended') unused.delete('suspended');
    if (event.kind === 'promise-created' && event.origin !== 'module') unused.delete('promises');
    if (unused.size === 0) break;
  }
  return [...unused];
}
