/**
 * Why this file exists: the reader looks for a word of the run: a label, a piece of code, a value, a printed line.
 * What a beat says is put together from its events, without folding states, so that a long trace answers at once.
 */
import type { TraceEvent } from '../trace/trace';
import type { Recording } from './player-state';

/** The beats in which the words stand, in order. Big and small letters are the same. */
export function searchBeats(recording: Recording, query: string): readonly number[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const found: number[] = [];
  for (const [n, beat] of recording.beats.entries()) {
    for (let step = beat.first; step <= beat.last; step++) {
      const event = recording.trace.events[step];
      if (event === undefined || !textOf(recording, event).toLowerCase().includes(wanted)) continue;
      found.push(n);
      break;
    }
  }
  return found;
}

/** What an event says to a reader. */
function textOf({ index }: Recording, event: TraceEvent): string {
  switch (event.kind) {
    case 'statement-reached': return index.snippet(event.site, 200);
    case 'frame-pushed': return index.frameLabel(event.frame);
    case 'frame-popped': case 'frame-suspended': case 'frame-resumed': return `${index.frameLabel(event.frame)} ${event.value}`;
    case 'task-queued': case 'task-started': case 'task-cancelled': return index.taskLabel(event.task);
    case 'promise-settled': case 'rejection-unhandled': return `${index.promiseLabel(event.promise)} ${event.value}`;
    case 'console-printed': return event.text;
    default: return '';
  }
}
