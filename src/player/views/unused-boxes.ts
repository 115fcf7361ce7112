/**
 * Why this file exists: a box that this run never fills needs no room: on a projector it is left out, in a small window
 * it is its title.
 */
import type { Recording } from '../player-state';

export type BoxName = 'suspended' | 'ticks' | 'microtasks' | 'timers' | 'immediates' | 'completed' | 'pool' | 'messages' | 'agents' | 'promises' | 'tasks' | 'frames' | 'idle';

/** The boxes that stay empty from the first step to the last. */
export function unusedBoxes({ trace }: Recording): readonly BoxName[] {
  const unused = new Set<BoxName>(['suspended', 'ticks', 'microtasks', 'timers', 'immediates', 'completed', 'pool', 'messages', 'agents', 'promises', 'tasks', 'frames']);
  for (const event of trace.events) {
    if (event.kind === 'task-queued') unused.delete(event.queue === 'idle' ? 'frames' : event.queue);
    if (event.kind === 'pool-opened' || event.kind === 'work-queued') unused.delete('pool');
    if (event.kind === 'worker-created' || event.kind === 'message-arrived') unused.delete('agents');
    if (event.kind === 'frame-suspended') unused.delete('suspended');
    if (event.kind === 'promise-created' && event.origin !== 'module') unused.delete('promises');
    if (unused.size === 0) break;
  }
  return [...unused];
}

/** Whether most queues have something to show at some step. */
export function fillsManyQueues(unused: readonly BoxName[]): boolean {
  const queues: readonly BoxName[] = ['ticks', 'microtasks', 'timers', 'immediates', 'tasks', 'frames'];
  return queues.filter(name => !unused.includes(name)).length >= 3;
}
