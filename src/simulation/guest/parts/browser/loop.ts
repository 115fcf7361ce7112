/**
 * Why this file exists: the browser's event loop on virtual time, as HTML §8.1.7 has it and Chromium turns it: one
 * task, a microtask checkpoint, and now and then a rendering; idle callbacks when nothing else is to be done.
 */
import type { Phase, QueueName, TaskOrigin } from '../../../../trace/trace';
import { clock } from '../../clock';
import { endNow } from '../../ending';
import { bareList } from '../../primordials';
import { code, emit, text } from '../../recorder';
import { runTask, taskCancelled, taskQueued } from '../../tasks';
import { runMicrotasks } from '../../ticks';
import { targets, type Caller } from './events/event-target';
import { makeReady, takeReady, type LoopTask, type Priority } from './ready';

const entered = code('phase-entered');
const advanced = code('clock-advanced');

/** What other files hang on the loop. */
export const loop: {
  turn: number;
  /** After each checkpoint: promises that nobody handled. */
  notifyRejections(): void;
  /** When the next frame is to be rendered; Infinity when nobody asked. */
  frameAt(): number;
  render(): void;
  /** When an idle callback may run, should nothing else be there. */
  idleAt(): number;
  runIdle(): void;
  /** A task that the loop chose begins: for races. */
  starts(task: LoopTask): void;
  /** What has come from other agents becomes tasks. */
  hear(): void;
  /** Others go on meanwhile; undefined when there are none, `calm` when nothing will ever happen anywhere. */
  waitWithOthers(until: number): 'awake' | 'calm' | undefined;
  /** A worker that ends itself. */
  isClosing: boolean;
} = {
  turn: 0,
  notifyRejections: () => undefined,
  frameAt: () => Infinity,
  render: () => undefined,
  idleAt: () => Infinity,
  runIdle: () => undefined,
  starts: () => undefined,
  hear: () => undefined,
  waitWithOthers: () => undefined,
  isClosing: false,
};

export interface About {
  readonly queue: QueueName;
  readonly origin: TaskOrigin;
  readonly label: string;
  readonly site: number;
  readonly priority?: Priority;
  /** Nothing of the program runs in it. */
  readonly isQuiet?: boolean;
}

export type Run = (task: LoopTask) => void;

function newTask(about: About, run: Run, due?: number): LoopTask {
  const { priority = 'normal', isQuiet = false, ...rest } = about;
  const token = taskQueued(due === undefined ? rest : { ...rest, due });
  return { token, priority, place: 0, queuedAt: clock.now(), isQuiet, state: 'waiting', run };
}

/** Queues a task that may run at once. */
export function post(about: About, run: Run): LoopTask {
  const task = newTask(about, run, about.queue === 'timers' ? clock.now() : undefined);
  makeReady(task);
  return task;
}

interface Delayed {
  readonly at: number;
  readonly task: LoopTask;
}

/** By time; of one time in the order in which they were set. */
const delayed = bareList<Delayed>();

/** Queues a task that becomes ready then: it stands behind what is ready by that time. */
export function postAt(at: number, about: About, run: Run): LoopTask {
  const task = newTask(about, run, about.queue === 'timers' ? at : undefined);
  let i = delayed.length;
  while (i > 0 && (delayed[i - 1]?.at ?? 0) > at) {
    delayed[i] = delayed[i - 1] as Delayed; // within the list
    i--;
  }
  delayed[i] = { at, task };
  return task;
}

/** The same, so long from now. */
export function postAfter(ms: number, about: About, run: Run): LoopTask {
  return postAt(clock.now() + ms, about, run);
}

export function cancel(task: LoopTask): void {
  if (task.state === 'done') return;
  task.state = 'done';
  taskCancelled(task.token);
}

function moveDue(): void {
  const now = clock.now();
  let count = 0;
  for (; count < delayed.length && (delayed[count]?.at ?? 0) <= now; count++) {
    const task = delayed[count]?.task;
    if (task?.state === 'waiting') makeReady(task);
  }
  if (count === 0) return;
  for (let i = count; i < delayed.length; i++) delayed[i - count] = delayed[i] as Delayed; // within the list
  delayed.length -= count;
}

/** When the next task that waits for its time is due. */
export function nextDue(): number {
  for (let i = 0; i < delayed.length; i++) if (delayed[i]?.task.state === 'waiting') return delayed[i]?.at ?? Infinity;
  return Infinity;
}

export function enterPhase(phase: Phase): void {
  emit(entered, text(phase), loop.turn);
}

/** HTML's microtask checkpoint. */
export function checkpoint(): void {
  runMicrotasks();
  loop.notifyRejections();
}

/** Runs one callback on an empty stack; what it throws is reported before its microtasks run, as Chromium does. */
export function runCallback(token: number, callback: () => void): void {
  runTask(token, () => {
    try {
      callback();
    } catch (error) {
      targets.reportException(error);
    }
  });
  checkpoint();
}

/** Each listener is a callback of its own: the first stands for the task itself, the others follow at once. */
export function asCallbacks(token: number, about: Pick<About, 'queue' | 'origin' | 'label'>): { readonly caller: Caller; readonly finish: () => void } {
  let left = token;
  const caller: Caller = (label, site, run) => {
    const own = left !== 0 ? left : taskQueued({ ...about, label: label === '' ? about.label : `${about.label}: ${label}`, site });
    left = 0;
    runCallback(own, run);
  };
  const finish = (): void => {
    if (left !== 0) runCallback(left, () => undefined);
  };
  return { caller, finish };
}

function nextTurn(maxTurns: number): void {
  if (++loop.turn > maxTurns) endNow({ kind: 'budget', message: 'turns', site: 0 });
}

/** The loop sleeps until something is to be done; false when nothing ever will be. */
function sleep(): boolean {
  const from = clock.now();
  const until = Math.min(nextDue(), loop.frameAt(), loop.idleAt());
  const others = loop.waitWithOthers(until);
  if (others === 'calm' || (others === undefined && until === Infinity)) return false;
  if (others === undefined) clock.sleepUntil(until);
  if (clock.now() > from) emit(advanced, from);
  return true;
}

/** Turns the loop until nothing is left to be done: a page lives on, but nothing more would happen in it. */
export function spin(maxTurns: number): void {
  do {
    while (!loop.isClosing) {
      loop.hear();
      moveDue();
      if (loop.frameAt() <= clock.now()) {
        nextTurn(maxTurns);
        enterPhase('rendering');
        loop.render();
        continue;
      }
      const task = takeReady();
      if (task !== undefined) {
        nextTurn(maxTurns);
        enterPhase('task');
        task.state = 'done';
        loop.starts(task);
        task.run(task);
      } else if (loop.idleAt() <= clock.now()) {
        nextTurn(maxTurns);
        enterPhase('idle');
        loop.runIdle();
      } else break;
    }
  } while (!loop.isClosing && sleep());
}
