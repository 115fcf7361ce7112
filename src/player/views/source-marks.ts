/**
 * Why this file exists: what each line of the source shows at a moment: running, called from, parked, lost, and a note
 * in words.
 */
import { firstValues, getId } from '../../trace/id-map';
import { runningSite, stackFrames } from '../../trace/loop-state';
import type { LoopState, SuspendedFrame } from '../../trace/loop-state';
import type { Binding } from '../../trace/bindings';
import type { FrameId, SiteId } from '../../trace/trace';
import type { TextRange } from '../../base/text';
import type { Moment } from '../player-state';
import type { Words } from '../words/en';

export interface LineMark {
  readonly running?: boolean;
  readonly calling?: boolean;
  readonly parked?: boolean;
  readonly failed?: boolean;
  readonly notes: readonly string[];
  /** What of the line is running. */
  readonly range?: TextRange;
}

const notesShown = 3;

/** The marks of a file's lines, by line number. */
export function lineMarks(moment: Moment, file: number, words: Words): ReadonlyMap<number, LineMark> {
  const { state, recording: { index, trace } } = moment;
  const marks = new Map<number, LineMark>();
  function mark(site: number | undefined, change: Partial<LineMark>, note?: string): void {
    const place = index.place(site);
    if (place?.file !== file) return;
    const known = marks.get(place.start.line) ?? { notes: [] };
    const notes = note === undefined || note === '' || known.notes.includes(note) ? known.notes : [...known.notes, note];
    marks.set(place.start.line, { ...known, ...change, notes: notes.slice(0, notesShown) });
  }
  for (const frame of stackFrames(state, 50).slice(1)) mark(frame.here, { calling: true });
  for (const [site, frames] of parkedBySite(state)) {
    const others = frames.length > 1 ? words.andMore(frames.length - 1) : undefined;
    mark(site, { parked: true }, index.frameLabel(frames[0]?.frame));
    mark(site, { parked: true }, others);
  }
  for (const id of firstValues(state.lost, 20)) {
    mark(getId(state.promises, id)?.site, { failed: true }, words.rejectedHere);
  }
  for (const { name, value, site } of heldBy(moment, state.stack?.frame.frame)) mark(site, {}, `${name} = ${brief(value)}`);
  const site = runningSite(state);
  const range = site === undefined ? undefined : trace.sites[site];
  mark(site, { running: true, ...(range === undefined || range.kind === 'module' ? {} : { range }) }, runningNote(moment, words));
  const { outcome } = trace;
  if (state.exitCode !== undefined && outcome.kind !== 'completed' && 'site' in outcome) {
    mark(outcome.site, { failed: true }, outcome.message.split('\n')[0]);
  }
  return marks;
}

/** What the names of a frame hold by now. */
function heldBy({ recording, state }: Moment, frame: FrameId | undefined): readonly Binding[] {
  const bindings = frame === undefined ? undefined : recording.bindings().get(frame);
  return bindings?.filter(({ step }) => step <= state.step) ?? [];
}

/** A note is short. */
function brief(value: string): string {
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}

function parkedBySite(state: LoopState): ReadonlyMap<SiteId, readonly SuspendedFrame[]> {
  const bySite = new Map<SiteId, SuspendedFrame[]>();
  for (const frame of firstValues(state.suspended, 200)) {
    if (frame.here !== undefined) bySite.set(frame.here, [...bySite.get(frame.here) ?? [], frame]);
  }
  return bySite;
}

/** What the running line has just done. */
function runningNote({ event }: Moment, words: Words): string | undefined {
  switch (event?.kind) {
    case 'console-printed': return words.prints(event.text.replace(/\n$/, ''));
    case 'frame-resumed': return event.value === 'undefined' ? undefined : event.how === 'throw' ? words.throwsValue(event.value) : words.gets(event.value);
    case 'turns-skipped': return words.skipped(event.count, event.unit);
    default: return undefined;
  }
}
