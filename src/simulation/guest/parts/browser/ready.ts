/**
 * Why this file exists: tasks that may run now, as Chromium's main thread chooses among them: the highest priority
 * first, and of one priority, whatever source they come from, the one that became ready first.
 */
import { bareList } from '../../primordials';

/** Highest first. A continuation (`scheduler.yield`) goes before new tasks of its priority. */
export const priorities = {
  input: 0,
  'user-blocking continuation': 1,
  'user-blocking': 2,
  'user-visible continuation': 3,
  normal: 4,
  'background continuation': 5,
  background: 6,
} as const;
export type Priority = keyof typeof priorities;

export interface LoopTask {
  readonly token: number;
  priority: Priority;
  /** Its place among those of its priority: counts when it became ready. */
  place: number;
  readonly queuedAt: number;
  readonly isQuiet: boolean;
  state: 'waiting' | 'ready' | 'done';
  readonly run: (task: LoopTask) => void;
}

/** Tasks of one priority by place; the first ones are taken without moving the rest. */
interface Line {
  tasks: LoopTask[];
  first: number;
}

const lines: readonly Line[] = Object.keys(priorities).map(() => ({ tasks: bareList<LoopTask>(), first: 0 }));
let places = 0;

function lineOf(task: LoopTask): Line {
  return lines[priorities[task.priority]] as Line; // there is one for each priority
}

export function makeReady(task: LoopTask): void {
  task.state = 'ready';
  task.place = ++places;
  const { tasks } = lineOf(task);
  tasks[tasks.length] = task;
}

/** Takes what runs next; what was cancelled is passed over. */
export function takeReady(): LoopTask | undefined {
  for (const line of lines) {
    while (line.first < line.tasks.length) {
      const task = line.tasks[line.first++];
      if (line.first === line.tasks.length) {
        line.tasks = bareList<LoopTask>();
        line.first = 0;
      }
      if (task?.state === 'ready') return task;
    }
  }
  return undefined;
}

/** A task keeps its place when it changes to another line. */
export function changePriority(task: LoopTask, priority: Priority): void {
  if (task.priority === priority) return;
  if (task.state === 'ready') {
    const from = lineOf(task);
    const left = bareList<LoopTask>();
    for (let i = from.first; i < from.tasks.length; i++) {
      const each = from.tasks[i];
      if (each !== undefined && each !== task) left[left.length] = each;
    }
    from.tasks = left;
    from.first = 0;
  }
  task.priority = priority;
  if (task.state !== 'ready') return;
  const line = lineOf(task);
  let at = line.tasks.length;
  while (at > line.first && (line.tasks[at - 1]?.place ?? 0) > task.place) {
    line.tasks[at] = line.tasks[at - 1] as LoopTask; // within the list
    at--;
  }
  line.tasks[at] = task;
}
