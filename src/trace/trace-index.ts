/**
 * Why this file exists: captions and marks speak of frames, promises and tasks that are gone or not there yet; here
 * they are by id.
 */
import { lineStarts, positionAt } from '../base/text';
import type { Position } from '../base/text';
import { awaitedCall, callLabel, callbackLabel, labelWordsInEnglish, promiseWords } from './labels';
import { FrameParents } from './frame-parents';
import type { FrameId, MessageId, PromiseId, SiteId, TaskId, Trace, TraceEvent, TraceEventKind, WorkId } from './trace';

type EventOf<Kind extends TraceEventKind> = Extract<TraceEvent, { kind: Kind }>;

export interface Place {
  readonly file: number;
  readonly start: Position;
  readonly end: Position;
}

export interface TraceIndex {
  readonly trace: Trace;
  frame(id: FrameId | undefined): EventOf<'frame-pushed'> | undefined;
  promise(id: PromiseId | undefined): EventOf<'promise-created'> | undefined;
  task(id: TaskId | undefined): EventOf<'task-queued'> | undefined;
  /** The promise of `Promise.all` and its like for which a promise of the machinery's own waits; else itself. */
  collector(id: PromiseId): PromiseId;
  /** The promises that `Promise.all` or its like waits for; none for any other. */
  members(id: PromiseId): readonly PromiseId[];
  /** What people read for them; '' when the trace does not know the id. */
  frameLabel(id: FrameId | undefined): string;
  promiseLabel(id: PromiseId | undefined): string;
  taskLabel(id: TaskId | undefined): string;
  work(id: WorkId | undefined): EventOf<'work-queued'> | undefined;
  message(id: MessageId): EventOf<'message-posted'> | undefined;
  /** The message that a task tells. */
  messageOf(task: TaskId): EventOf<'message-posted'> | undefined;
  /** Where a site stands, in lines and columns from 1. */
  place(site: SiteId | undefined): Place | undefined;
  /** The site's own text, spaces and line breaks made one, cut to `limit` characters. */
  snippet(site: SiteId | undefined, limit?: number): string;
}

/** Reads the trace once. */
export function indexTrace(trace: Trace, words = labelWordsInEnglish): TraceIndex {
  const frames = new Map<FrameId, EventOf<'frame-pushed'>>();
  const promises = new Map<PromiseId, EventOf<'promise-created'>>();
  const tasks = new Map<TaskId, EventOf<'task-queued'>>();
  const messages = new Map<MessageId, EventOf<'message-posted'>>();
  const messageOf = new Map<TaskId, MessageId>();
  const works = new Map<WorkId, EventOf<'work-queued'>>();
  const calls = new Map<PromiseId, FrameId>();
  const collectors = new Map<PromiseId, PromiseId>();
  const members = new Map<PromiseId, PromiseId[]>();
  const parents = new FrameParents();
  let collecting: EventOf<'promise-created'> | undefined;
  for (const event of trace.events) {
    parents.follow(event);
    if (event.kind === 'frame-pushed') {
      frames.set(event.frame, event);
      if (event.promise !== undefined && !calls.has(event.promise)) calls.set(event.promise, event.frame);
    }
    if (event.kind === 'promise-created') {
      promises.set(event.promise, event);
      if (combinators.has(event.origin)) collecting = event;
      if (collecting !== undefined && isCollected(event, collecting)) {
        collectors.set(event.promise, collecting.promise);
        const list = members.get(collecting.promise) ?? [];
        if (event.parent !== undefined) list.push(event.parent);
        members.set(collecting.promise, list);
      }
    } else if (event.kind === 'message-posted') messages.set(event.message, event);
    else if (event.kind === 'message-arrived') messageOf.set(event.task, event.message);
    else if (event.kind === 'task-queued') tasks.set(event.task, event);
    else if (event.kind === 'work-queued' && !works.has(event.work)) works.set(event.work, event);
  }
  const starts = trace.files.map(file => lineStarts(file.text));

  function frameLabel(id: FrameId | undefined): string {
    const event = id === undefined ? undefined : frames.get(id);
    return event === undefined ? '' : callLabel(trace, event.label, event.site);
  }

  /** The nearest call around a frame that has a name of its own; none for the main script. */
  function namedAround(id: FrameId | undefined): string | undefined {
    for (let at = id; at !== undefined; at = parents.of(at)) {
      const site = trace.sites[frames.get(at)?.site ?? -1];
      if (site?.kind === 'module') return undefined;
      if (site?.kind === 'function' && site.name !== undefined && site.name !== '') return frameLabel(at);
    }
    return undefined;
  }

  function promiseLabel(given: PromiseId | undefined): string {
    const id = given === undefined ? undefined : collectors.get(given) ?? given;
    const event = id === undefined ? undefined : promises.get(id);
    if (id === undefined || event === undefined) return '';
    if (event.label !== '' && event.origin !== 'async-generator' && event.origin !== 'module') return event.label;
    const call = event.origin === 'async-function' ? frameLabel(calls.get(id)) : '';
    if (call !== '') return call;
    const library = event.origin === 'constructor' ? awaitedCall(trace, event.site) : undefined;
    return library ?? promiseWords(event.origin, namedAround(event.frame), words);
  }

  function taskLabel(id: TaskId | undefined): string {
    const event = id === undefined ? undefined : tasks.get(id);
    if (event === undefined) return '';
    if (event.frame !== undefined) return words.resume(frameLabel(event.frame));
    if (event.origin === 'message') return messages.get(messageOf.get(event.task) ?? 0)?.label ?? event.label;
    return callbackLabel(trace, event.label, event.site, event.origin, namedAround(event.by), words);
  }

  return {
    trace, frameLabel, promiseLabel, taskLabel,
    collector: id => collectors.get(id) ?? id,
    members: id => members.get(id) ?? [],
    frame: id => id === undefined ? undefined : frames.get(id),
    promise: id => id === undefined ? undefined : promises.get(id),
    task: id => id === undefined ? undefined : tasks.get(id),
    message: id => messages.get(id),
    messageOf: task => messages.get(messageOf.get(task) ?? 0),
    work: id => id === undefined ? undefined : works.get(id),
    place: id => placeOf(trace, starts, id),
    snippet: (id, limit = 60) => snippetOf(trace, id, limit),
  };
}

const combinators: ReadonlySet<string> = new Set(['all', 'allSettled', 'any', 'race']);

/** `Promise.all` waits for each of its promises by one of the machinery's own, made in the same call. */
function isCollected(event: EventOf<'promise-created'>, by: EventOf<'promise-created'>): boolean {
  return event.origin === 'internal' && event.frame === by.frame && event.site === by.site;
}

function placeOf(trace: Trace, starts: readonly (readonly number[])[], id: SiteId | undefined): Place | undefined {
  const site = id === undefined ? undefined : trace.sites[id];
  const lines = site === undefined ? undefined : starts[site.file];
  if (site === undefined || lines === undefined) return undefined;
  return { file: site.file, start: positionAt(lines, site.start), end: positionAt(lines, site.end) };
}

function snippetOf(trace: Trace, id: SiteId | undefined, limit: number): string {
  const site = id === undefined ? undefined : trace.sites[id];
  const text = site === undefined ? '' : trace.files[site.file]?.text.slice(site.start, Math.min(site.end, site.start + limit * 4)) ?? '';
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > limit ? `${flat.slice(0, limit - 1)}…` : flat;
}
