/**
 * Why this file exists: the reader points at a token and asks why it is here. Its story is every event that made,
 * moved or ended it, in order, as data for any language.
 */
import type { TraceIndex } from './trace-index';
import type { FrameId, PromiseId, QueueName, SiteId, TaskId, TraceEvent, VirtualMs, WorkId } from './trace';

/** Something with a life of its own: a callback, a call, a promise, an operation of the thread pool. */
export type Subject =
  | { readonly kind: 'task'; readonly id: TaskId }
  | { readonly kind: 'frame'; readonly id: FrameId }
  | { readonly kind: 'promise'; readonly id: PromiseId }
  | { readonly kind: 'work'; readonly id: WorkId };

/** `by`, `what` and `value` are labels and values as people read them; '' when the trace does not say. */
export type Episode = { readonly step: number; readonly at: VirtualMs; readonly site?: SiteId } & (
  | { readonly kind: 'queued'; readonly queue: QueueName; readonly by: string; readonly due?: VirtualMs }
  | { readonly kind: 'started' | 'finished' | 'cancelled' | 'unhandled' | 'handled' }
  | { readonly kind: 'called' | 'created' | 'awaited'; readonly by: string }
  | { readonly kind: 'suspended'; readonly what: string }
  | { readonly kind: 'yields' | 'resumed' | 'thrown-into' | 'returned' | 'threw' | 'fulfilled' | 'rejected'; readonly value: string }
  | { readonly kind: 'followed'; readonly target: string }
  | { readonly kind: 'handed-to-pool' | 'handed-to-kernel'; readonly trip: string; readonly by: string }
  | { readonly kind: 'taken-by-thread'; readonly thread: number }
  | { readonly kind: 'done-by-thread' | 'done-by-kernel' });

/** At most `limit` episodes, the first ones. */
export function storyOf(index: TraceIndex, subject: Subject, limit = 200): readonly Episode[] {
  const story: Episode[] = [];
  const stack: FrameId[] = [];
  for (const [step, event] of index.trace.events.entries()) {
    if (story.length >= limit) break;
    const episode = concerns(event, subject) ? episodeOf(index, event, step, stack.at(-1)) : undefined;
    if (episode !== undefined) story.push(episode);
    if (event.kind === 'frame-pushed' || event.kind === 'frame-resumed') stack.push(event.frame);
    if (event.kind === 'frame-popped' || event.kind === 'frame-suspended') stack.splice(Math.max(stack.lastIndexOf(event.frame), 0));
  }
  return story;
}

/** Whether an event is about the subject itself, and not only caused by it. */
export function concerns(event: TraceEvent, subject: Subject): boolean {
  switch (subject.kind) {
    case 'work': return 'work' in event && event.work === subject.id;
    case 'task': return 'task' in event && event.task === subject.id;
    case 'frame': return event.kind.startsWith('frame-') && 'frame' in event && event.frame === subject.id;
    case 'promise': return /^(?:promise|rejection)-/.test(event.kind) && 'promise' in event && event.promise === subject.id;
  }
}

/** What is called what it is called: the subject's label. */
export function subjectLabel(index: TraceIndex, subject: Subject): string {
  switch (subject.kind) {
    case 'work': return index.work(subject.id)?.label ?? '';
    case 'task': return index.taskLabel(subject.id);
    case 'frame': return index.frameLabel(subject.id);
    case 'promise': return index.promiseLabel(subject.id);
  }
}

function siteOf(event: TraceEvent): { site?: SiteId } {
  const site = 'site' in event ? event.site : undefined;
  return site === undefined ? {} : { site };
}

function episodeOf(index: TraceIndex, event: TraceEvent, step: number, top: FrameId | undefined): Episode | undefined {
  const when = { step, at: event.at, ...siteOf(event) };
  switch (event.kind) {
    case 'task-queued': return { ...when, kind: 'queued', queue: event.queue, by: index.frameLabel(event.by ?? top), ...(event.due === undefined ? {} : { due: event.due }) };
    case 'task-started': return { ...when, kind: 'started' };
    case 'task-finished': return { ...when, kind: 'finished' };
    case 'task-cancelled': return { ...when, kind: 'cancelled' };
    case 'frame-pushed': return { ...when, kind: 'called', by: index.frameLabel(top) };
    case 'frame-popped': return { ...when, kind: event.how === 'threw' ? 'threw' : 'returned', value: event.value };
    case 'frame-suspended': return event.on === 'yield' ? { ...when, kind: 'yields', value: event.value } : { ...when, kind: 'suspended', what: index.promiseLabel(event.promise) || event.value };
    case 'frame-resumed': return { ...when, kind: event.how === 'throw' ? 'thrown-into' : 'resumed', value: event.value };
    case 'promise-created': return { ...when, kind: 'created', by: index.frameLabel(event.frame) };
    case 'promise-followed': return { ...when, kind: 'followed', target: index.promiseLabel(event.target) };
    case 'promise-awaited': return { ...when, kind: 'awaited', by: index.frameLabel(event.frame) || index.promiseLabel(event.derived) };
    case 'promise-settled': return { ...when, kind: event.state, value: event.value };
    case 'work-queued': return { ...when, kind: event.ring === 1 ? 'handed-to-kernel' : 'handed-to-pool', trip: event.trip, by: index.frameLabel(event.by) };
    case 'work-started': return { ...when, kind: 'taken-by-thread', thread: event.thread };
    case 'work-finished': return { ...when, kind: index.work(event.work)?.ring === 1 ? 'done-by-kernel' : 'done-by-thread' };
    case 'rejection-unhandled': return { ...when, kind: 'unhandled' };
    case 'rejection-handled': return { ...when, kind: 'handled' };
    default: return undefined;
  }
}
