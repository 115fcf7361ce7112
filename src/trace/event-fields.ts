/**
 * Why this file exists: the fields of each kind of event as data, for `parse.ts`. The types tie it to `trace.ts`: a
 * field or a value that is missing does not compile.
 */
import type { Phase, PromiseOrigin, QueueName, Site, TaskOrigin, TraceEvent, TraceEventKind } from './trace';

/** A list stands for its values; `?` for what may be left out. */
export type FieldType = 'id' | 'id?' | 'number' | 'number?' | 'text' | 'text?' | 'boolean?' | readonly string[];

type OwnFields<Kind extends TraceEventKind> = Required<Omit<Extract<TraceEvent, { kind: Kind }>, 'kind' | 'at' | 'agent'>>;
type FieldsOf<Kind extends TraceEventKind> = { readonly [Name in keyof OwnFields<Kind>]: FieldType };

/** The keys of a record that must name every value of a union. */
function every<Value extends string>(values: Readonly<Record<Value, true>>): readonly string[] {
  return Object.keys(values);
}

export const siteKinds = every<Site['kind']>({
  module: true, function: true, statement: true, await: true, yield: true, expression: true,
});
const queues = every<QueueName>({
  ticks: true, microtasks: true, timers: true, immediates: true, completed: true, messages: true,
  tasks: true, frames: true, idle: true,
});
const phases = every<Phase>({
  main: true, timers: true, poll: true, check: true, close: true, exit: true, task: true, rendering: true, idle: true,
});
const taskOrigins = every<TaskOrigin>({
  nextTick: true, queueMicrotask: true, setTimeout: true, setInterval: true, setImmediate: true, await: true,
  then: true, thenable: true,
  'async-generator': true, module: true, signal: true, pool: true, message: true, answer: true, io: true, internal: true,
  event: true, parser: true, postTask: true, yield: true, requestAnimationFrame: true,
  requestIdleCallback: true, mutation: true, fetch: true,
});
const promiseOrigins = every<PromiseOrigin>({
  constructor: true, 'async-function': true, 'async-generator': true, then: true, catch: true, finally: true, resolve: true, reject: true, all: true,
  allSettled: true, any: true, race: true, try: true, withResolvers: true, await: true, module: true, internal: true,
});

export const eventFields: { readonly [Kind in TraceEventKind]: FieldsOf<Kind> } = {
  'statement-reached': { site: 'id', frame: 'id' },
  'frame-pushed': { frame: 'id', site: 'id', label: 'text', promise: 'id?' },
  'frame-popped': { frame: 'id', how: ['returned', 'threw'], value: 'text' },
  'frame-suspended': { frame: 'id', site: 'id', on: ['await', 'yield'], promise: 'id?', value: 'text', locals: 'text?' },
  'frame-resumed': { frame: 'id', site: 'id', how: ['next', 'throw', 'return'], value: 'text' },
  'promise-created': { promise: 'id', origin: promiseOrigins, site: 'id?', parent: 'id?', frame: 'id?', label: 'text' },
  'promise-followed': { promise: 'id', target: 'id?' },
  'promise-settled': { promise: 'id', state: ['fulfilled', 'rejected'], value: 'text' },
  'promise-awaited': { promise: 'id', frame: 'id?', derived: 'id?' },
  'rejection-unhandled': { promise: 'id', value: 'text' },
  'rejection-handled': { promise: 'id' },
  'task-queued': {
    task: 'id', queue: queues, origin: taskOrigins, label: 'text', site: 'id?', by: 'id?', during: 'id?', promise: 'id?', frame: 'id?', due: 'number?', work: 'id?', refed: 'boolean?',
  },
  'task-started': { task: 'id' },
  'task-finished': { task: 'id' },
  'task-cancelled': { task: 'id' },
  'pool-opened': { threads: 'number' },
  'work-queued': { work: 'id', label: 'text', trip: 'text', site: 'id?', by: 'id?', during: 'id?', ring: 'id?' },
  'work-started': { work: 'id', thread: 'number' },
  'work-finished': { work: 'id' },
  'phase-entered': { phase: phases, turn: 'number' },
  'clock-advanced': { from: 'number' },
  'console-printed': { stream: ['stdout', 'stderr'], text: 'text', site: 'id?', frame: 'id?' },
  'turns-skipped': { site: 'id', count: 'number', unit: ['turns', 'awaiting-turns', 'calls', 'steps'] },
  'worker-created': { worker: 'id', label: 'text', site: 'id?', pid: 'id?' },
  'worker-started': {},
  'worker-ended': { exitCode: 'number' },
  'agent-blocked': { site: 'id?' },
  'agent-unblocked': { how: ['ok', 'timed-out'] },
  'message-posted': { message: 'id', label: 'text', size: 'number', site: 'id?', frame: 'id?', channel: 'id?' },
  'message-arrived': { message: 'id', task: 'id' },
  'message-taken': { message: 'id' },
  'program-ended': { exitCode: 'number' },
};
