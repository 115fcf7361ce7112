/**
 * Why this file exists: "be the event loop": the moments of a run at which the stack is empty and more than one
 * callback waits, so that there is something to choose.
 */
import { firstValues, getId } from '../trace/id-map';
import type { Task } from '../trace/loop-state';
import type { QueueName, TaskId } from '../trace/trace';
import type { Recording } from './player-state';

export interface Choice {
  /** The step at which it is asked, and the beat in which the loop makes its choice. */
  readonly step: number;
  readonly answerStep: number;
  readonly answer: Task;
  readonly candidates: readonly Task[];
}

const queues: readonly QueueName[] = ['ticks', 'microtasks', 'timers', 'immediates', 'completed', 'tasks', 'frames', 'idle'];
const mostCandidates = 8;

/** The next choice after a step; undefined when nothing more is to be chosen in the run. */
export function nextChoice(recording: Recording, step: number): Choice | undefined {
  const { beats, trace, history } = recording;
  for (const beat of beats) {
    if (beat.last <= step) continue;
    const started = startedIn(trace.events, beat.first, beat.last);
    if (started === undefined) continue;
    const before = history.stateAt(started.at - 1);
    if (before.stack !== undefined) continue;
    const waiting = queues.flatMap(queue => firstValues(before.queues[queue], mostCandidates));
    const answer = queues.map(queue => getId(before.queues[queue], started.task)).find(task => task !== undefined);
    const labels = new Set(waiting.map(({ task }) => recording.index.taskLabel(task)));
    if (answer === undefined || waiting.length < 2 || labels.size < 2) continue;
    const candidates = [answer, ...waiting.filter(task => task !== answer)].slice(0, mostCandidates)
      .sort((a, b) => a.task - b.task);
    return { step: started.at - 1, answerStep: beat.last, answer, candidates };
  }
  return undefined;
}

function startedIn(
  events: Recording['trace']['events'], first: number, last: number,
): { task: TaskId; at: number } | undefined {
  for (let at = first; at <= last; at++) {
    const event = events[at];
    if (event?.kind === 'task-started') return { task: event.task, at };
  }
  return undefined;
}
