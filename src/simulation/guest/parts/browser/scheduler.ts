/**
 * Why this file exists: scheduler.postTask and scheduler.yield, TaskController and TaskSignal. WICG Prioritized Task
 * Scheduling; a continuation goes before new tasks of its priority.
 */
import { asyncContext, inContext } from '../../async-context';
import { clock } from '../../clock';
import { NativeTypeError, SafeMap, call, isCallable, isObject, toText, type Callable } from '../../primordials';
import { PromiseConstructor, newCapability } from '../../promise';
import { nameOf, siteOf } from '../../recorder';
import { AbortController, AbortSignal, newSignal } from './events/abort';
import { Event, trusted } from './events/event';
import { defineHandlers, dispatch } from './events/event-target';
import { asInterface } from './interfaces';
import { cancel, post, postAt, runCallback } from './loop';
import { changePriority, type LoopTask, type Priority } from './ready';
import { checkCount, failed } from './web-errors';

type TaskPriority = 'user-blocking' | 'user-visible' | 'background';

function priorityOf(value: unknown, fallback: TaskPriority): TaskPriority {
  if (value === undefined) return fallback;
  if (value === 'user-blocking' || value === 'user-visible' || value === 'background') return value;
  throw new NativeTypeError(
    "Failed to execute 'postTask' on 'Scheduler': Failed to read the 'priority' property from 'SchedulerPostTaskOptions': " +
      `The provided value '${toText(value)}' is not a valid enum value of type TaskPriority.`,
  );
}

function lineFor(priority: TaskPriority, isContinuation: boolean): Priority {
  if (isContinuation) return `${priority} continuation`;
  return priority === 'user-visible' ? 'normal' : priority;
}

class TaskPriorityChangeEvent extends Event {
  readonly previousPriority: string;

  constructor(type: unknown, init: { readonly previousPriority: string }) {
    super(type);
    this.previousPriority = init.previousPriority;
  }
}
asInterface(TaskPriorityChangeEvent, 'TaskPriorityChangeEvent', 2);

export class TaskSignal extends AbortSignal {
  #priority: TaskPriority = 'user-visible';
  readonly #tasks = new SafeMap<LoopTask, boolean>();
  #isChanging = false;

  get priority(): string {
    return this.#priority;
  }

  static start(signal: TaskSignal, priority: TaskPriority): void {
    signal.#priority = priority;
  }

  static watch(signal: TaskSignal, task: LoopTask, isContinuation: boolean): void {
    signal.#tasks.set(task, isContinuation);
  }

  static change(signal: TaskSignal, priority: TaskPriority): void {
    if (signal.#isChanging)
      throw failed('setPriority', 'TaskController', 'Cannot change priority when a prioritychange event is in progress.');
    if (signal.#priority === priority) return;
    signal.#isChanging = true;
    const previousPriority = signal.#priority;
    signal.#priority = priority;
    for (const [task, isContinuation] of signal.#tasks) changePriority(task, lineFor(priority, isContinuation));
    dispatch(signal, trusted(new TaskPriorityChangeEvent('prioritychange', { previousPriority })));
    signal.#isChanging = false;
  }
}
asInterface(TaskSignal, 'TaskSignal');
defineHandlers(TaskSignal.prototype, ['prioritychange']);

export class TaskController extends AbortController {
  readonly #signal = newSignal(TaskSignal);

  constructor(init?: { readonly priority?: unknown }) {
    super();
    TaskSignal.start(this.#signal, priorityOf(init?.priority, 'user-visible'));
  }

  override get signal(): TaskSignal {
    return this.#signal;
  }

  setPriority(priority: unknown): void {
    TaskSignal.change(this.#signal, priorityOf(priority, 'user-visible'));
  }
}
asInterface(TaskController, 'TaskController');

/** What a task was posted with: what continues it inherits that. */
interface State {
  readonly priority: TaskPriority;
  readonly signal: AbortSignal | undefined;
}
const key = {};

/** It goes along with promises, as V8's continuation data do. */
function currentState(): State | undefined {
  return asyncContext.current?.get(key) as State | undefined; // kept under this key only
}

function inState<T>(state: State, run: () => T): T {
  return inContext(new SafeMap<object, unknown>([[key, state]]), run);
}

interface Options {
  readonly priority?: unknown;
  readonly signal?: unknown;
  readonly delay?: unknown;
}

function stateOf(options: Options): State {
  const { signal } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw failed('postTask', 'Scheduler', "Failed to read the 'signal' property from 'SchedulerPostTaskOptions': Failed to convert value to 'AbortSignal'.");
  const fallback = signal instanceof TaskSignal ? (signal.priority as TaskPriority) : 'user-visible'; // its getter answers no other
  return { priority: priorityOf(options.priority, fallback), signal };
}

/** Follows the signal: its priority, unless the call itself said one, and its end. */
function follow(
  task: LoopTask,
  { signal }: State,
  isFixed: boolean,
  isContinuation: boolean,
  reject: (reason: unknown) => void,
): void {
  if (signal === undefined) return;
  if (!isFixed && signal instanceof TaskSignal) TaskSignal.watch(signal, task, isContinuation);
  AbortSignal.whenAborted(signal, (reason) => {
    if (task.state === 'done') return;
    cancel(task);
    reject(reason);
  });
}

function postTask(...given: [callback?: unknown, options?: unknown]): object {
  const capability = newCapability(PromiseConstructor, { origin: 'internal', label: 'postTask' });
  try {
    checkCount(given, 1, 'postTask', 'Scheduler');
    const [callback] = given;
    if (!isCallable(callback)) throw failed('postTask', 'Scheduler', "parameter 1 is not of type 'Function'.");
    const options: Options = isObject(given[1]) ? given[1] : {};
    const state = stateOf(options);
    if (state.signal?.aborted === true) throw state.signal.reason;
    const run = (task: LoopTask): void => {
      runCallback(task.token, () => {
        settle(callback, state, capability);
      });
    };
    const about = {
      queue: 'tasks', origin: 'postTask', label: nameOf(callback), site: siteOf(callback), priority: lineFor(state.priority, false),
    } as const;
    const delay = Number(options.delay ?? 0);
    const task = delay > 0 ? postAt(clock.now() + delay, about, run) : post(about, run);
    follow(task, state, options.priority !== undefined, false, capability.reject);
  } catch (error) {
    capability.reject(error);
  }
  return capability.promise;
}

interface Capability {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

function settle(callback: Callable, state: State, { resolve, reject }: Capability): void {
  try {
    resolve(inState(state, () => call(callback, undefined)));
  } catch (error) {
    reject(error);
  }
}

function yieldNow(): object {
  const capability = newCapability(PromiseConstructor, { origin: 'internal', label: 'yield' });
  const state: State = currentState() ?? { priority: 'user-visible', signal: undefined };
  const { signal } = state;
  if (signal?.aborted === true) capability.reject(signal.reason);
  else {
    const about = { queue: 'tasks', origin: 'yield', label: 'yield', site: 0, priority: lineFor(state.priority, true) } as const;
    const task = post(about, (own) => {
      runCallback(own.token, () => {
        capability.resolve(undefined);
      });
    });
    follow(task, state, false, true, capability.reject);
  }
  return capability.promise;
}

export class Scheduler {
  postTask(...given: [callback?: unknown, options?: unknown]): object {
    return postTask(...given);
  }

  yield(): object {
    return yieldNow();
  }
}
asInterface(Scheduler, 'Scheduler');
export const kinds = { Scheduler, TaskController, TaskSignal, TaskPriorityChangeEvent };
