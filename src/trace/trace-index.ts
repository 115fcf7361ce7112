/**
 * Why this file exists: captions and marks speak of frames, promises and tasks that are gone or not there yet; here
 * they are by id.
 */
import { lineStarts, positionAt } from '../base/text';
import type { Position } from '../base/text';
import { callLabel, callbackLabel, promiseWords } from './labels';
import type { FrameId, PromiseId, SiteId, TaskId, Trace, TraceEvent, TraceEventKind } from './trace';

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
  /** What people read for them; '' when the trace does not know the id. */
  frameLabel(id: FrameId | undefined): string;
  promiseLabel(id: PromiseId | undefined): string;
  taskLabel(id: TaskId | undefined): string;
  /** Where a site stands, in lines and columns from 1. */
  place(site: SiteId | undefined): Place | undefined;
  /** The site's own text, spaces and line breaks made one, cut to `limit` characters. */
  snippet(site: SiteId | undefined, limit?: number): string;
}

/** Reads the trace once. */
export function indexTrace(trace: Trace): TraceIndex {
  const frames = new Map<FrameId, EventOf<'frame-pushed'>>();
  const promises = new Map<PromiseId, EventOf<'promise-created'>>();
  const tasks = new Map<TaskId, EventOf<'task-queued'>>();
  const calls = new Map<PromiseId, FrameId>();
  for (const event of trace.events) {
    if (event.kind === 'frame-pushed') {
      frames.set(event.frame, event);
      if (event.promise !== undefined && !calls.has(event.promise)) calls.set(event.promise, event.frame);
    }
    if (event.kind === 'promise-created') promises.set(event.promise, event);
    else if (event.kind === 'task-queued') tasks.set(event.task, event);
  }
  const starts = trace.files.map(file => lineStarts(file.text));

  function frameLabel(id: FrameId | undefined): string {
    const event = id === undefined ? undefined : frames.get(id);
    return event === undefined ? '' : callLabel(trace, event.label, event.site);
  }

  function promiseLabel(id: PromiseId | undefined): string {
    const event = id === undefined ? undefined : promises.get(id);
    if (id === undefined || event === undefined) return '';
    if (event.label !== '' && event.origin !== 'async-generator' && event.origin !== 'module') return event.label;
    const call = event.origin === 'async-function' ? frameLabel(calls.get(id)) : '';
    const maker = frames.get(event.frame ?? -1);
    const isScript = maker === undefined || trace.sites[maker.site]?.kind === 'module';
    return call === '' ? promiseWords(event.origin, isScript ? undefined : frameLabel(maker.frame)) : call;
  }

  function taskLabel(id: TaskId | undefined): string {
    const event = id === undefined ? undefined : tasks.get(id);
    if (event === undefined) return '';
    return event.frame === undefined
      ? callbackLabel(trace, event.label, event.site, event.origin) : `resume ${frameLabel(event.frame)}`;
  }

  return {
    trace, frameLabel, promiseLabel, taskLabel,
    frame: id => id === undefined ? undefined : frames.get(id),
    promise: id => id === undefined ? undefined : promises.get(id),
    task: id => id === undefined ? undefined : tasks.get(id),
    place: id => placeOf(trace, starts, id),
    snippet: (id, limit = 60) => snippetOf(trace, id, limit),
  };
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
