/** Why this file exists: which callback the loop takes next is read from the recording, never guessed. */
import { getId } from '../trace/id-map';
import type { Task } from '../trace/loop-state';
import type { QueueName } from '../trace/trace';
import type { Moment } from './player-state';

const queues: readonly QueueName[] = ['ticks', 'microtasks', 'timers', 'immediates', 'completed', 'messages', 'tasks', 'frames', 'idle'];
/** A task that starts later than this was not queued yet, or is far away. */
const farthest = 5000;

/** The queued task that will start next, if it waits already. */
export function nextTask({ state, recording }: Moment): Task | undefined {
  const { events } = recording.trace;
  for (let step = state.step + 1; step < Math.min(events.length, state.step + farthest); step++) {
    const event = events[step];
    if (event?.kind !== 'task-started' || (event.agent ?? 0) !== state.agent) continue;
    return queues.map(queue => getId(state.queues[queue], event.task)).find(task => task !== undefined);
  }
  return undefined;
}
