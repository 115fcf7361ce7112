/**
 * Why this file exists: it writes down what happens, as rows of numbers that the host reads after the run (wire.ts),
 * and keeps the
 * call stack that the rows refer to. When recording is off, or the list is full, the program runs on all the same.
 */
import type { TraceEventKind } from '../../trace/trace';
import { chunkRows, rowLength, wireKinds } from '../wire';
import { clock } from './clock';
import { NativeMap, apply, bareList, createObject, functionToString, isCallable, regExpExec, slice, type Callable } from './primordials';
import { preview } from './preview';

export interface Frame {
  readonly id: number;
  readonly site: number;
  readonly label: string;
  /** The statement or await that it stands at. */
  at: number;
  /** The promise that is its result, 0 when none. */
  readonly promise: number;
  ended: boolean;
}

const kinds = new NativeMap<TraceEventKind, number>();
for (let code = 0; code < wireKinds.length; code++) {
  const kind = wireKinds[code];
  if (kind !== undefined) kinds.set(kind, code);
}
const { get: mapGet, set: mapSet } = NativeMap.prototype;
const stringIds = new NativeMap<string, number>();

export const chunks = bareList<Float64Array>();
export const strings = bareList<string>();
strings[0] = '';
export const stack = bareList<Frame>();

export const recording = {
  /** False: nothing is written at all. */
  on: true,
  maxEvents: 1_000_000,
  events: 0,
  thinned: false,
  task: 0,
  lastFrame: 0,
  lastTask: 0,
  lastPromise: 0,
  /** When something next happens beside the program (loop/pool.ts): it is written down before what comes later. */
  due: Infinity,
  meanwhile: (_now: number): void => undefined,
};

let row: Float64Array = new Float64Array(0);
let position = 0;
/** The time of the event that is written, where it is not now. */
let pinned: number | undefined;
/** Where the row's place for events ends. */
let room = 0;

const fixedIds = createObject(null) as Record<string, number>;

/** The same as `text`, sooner, for one of the few words of the format. */
export function word(value: string): number {
  return (fixedIds[value] ??= text(value));
}

/** How a value is written down: whole numbers as themselves (below 0, see wire.ts), others as text. */
export function valueText(value: unknown): number {
  if (typeof value === 'number' && value > 0 && value >>> 0 === value) return -1 - value;
  return text(preview(value));
}

/** The index of a text in the string table. */
export function text(value: string): number {
  const known = apply(mapGet, stringIds, [value]) as number | undefined;
  if (known !== undefined) return known;
  const id = strings.length;
  strings[id] = value;
  apply(mapSet, stringIds, [value, id]);
  return id;
}

export function code(kind: TraceEventKind): number {
  return apply(mapGet, kinds, [kind]) as number; // every kind is in the table, which is typed by the same union
}

/** Writes one event of at most five fields; they are as wire.ts lists them. A new row is all zeros. */
export function emit(kind: number, a = 0, b = 0, c = 0, d = 0, e = 0): void {
  if (!recording.on) return;
  const now = pinned ?? clock.now();
  if (now >= recording.due) recording.meanwhile(now);
  if (position === room && !hasRoom()) return;
  const at = position;
  position = at + rowLength;
  recording.events++;
  row[at] = kind;
  row[at + 1] = now;
  row[at + 2] = a;
  row[at + 3] = b;
  row[at + 4] = c;
  row[at + 5] = d;
  row[at + 6] = e;
}

/** Makes room for more rows, unless the list is full. */
function hasRoom(): boolean {
  const rows = Math.min(recording.maxEvents - recording.events, chunkRows);
  if (rows <= 0) {
    recording.thinned = true;
    return false;
  }
  row = new Float64Array(chunkRows * rowLength);
  chunks[chunks.length] = row;
  position = 0;
  room = rows * rowLength;
  return true;
}

/** Writes the further fields of the event just written, from the sixth on. */
export function emitMore(a: number, b: number, c: number, d: number, e: number, f = 0): void {
  if (!recording.on || recording.thinned) return;
  const at = position - rowLength;
  row[at + 7] = a;
  row[at + 8] = b;
  row[at + 9] = c;
  row[at + 10] = d;
  row[at + 11] = e;
  row[at + 12] = f;
}

/** Writes an event of another time than now, no earlier than that of the last one. */
export function emitAt(time: number, kind: number, a = 0, b = 0, c = 0, d = 0, e = 0): void {
  pinned = time;
  emit(kind, a, b, c, d, e);
  pinned = undefined;
}

/** Adds to the count of the very last row, if that is of this kind, site and unit. */
export function growLast(kind: number, site: number, by: number, unit: number): boolean {
  const at = position - rowLength;
  if (at < 0 || row[at] !== kind || row[at + 2] !== site || row[at + 4] !== unit) return false;
  row[at + 3] = (row[at + 3] ?? 0) + by;
  return true;
}

/** The frame on top of the stack, or undefined between tasks. */
export function top(): Frame | undefined {
  return stack[stack.length - 1];
}

/** Where the program stands: the top frame's statement, plus one; 0 when no frame is there. */
export function here(): number {
  const frame = stack[stack.length - 1];
  return frame === undefined ? 0 : frame.at + 1;
}

const siteMarker = /\$_[eayb]\((\d+)/;

/**
 * The site of a function of the program plus one, found by the probe in its text; 0 for built-in and bound functions.
 */
export function siteOf(f: unknown): number {
  return recording.on && isCallable(f) ? markedSite(f) + 1 : 0;
}

/** The site of a function of the program; -1 for any other. */
export function markedSite(f: Callable): number {
  const match = regExpExec(siteMarker, functionToString(f));
  return match === null ? -1 : Number(match[1]);
}

/** How people read a function: its name, or ''. */
export function nameOf(f: object): string {
  const own = Reflect.getOwnPropertyDescriptor(f, 'name');
  return own && typeof own.value === 'string' ? own.value : '';
}

/** How people read a call: `load(2)`. */
export function callLabel(name: string, args: readonly unknown[] | undefined): string {
  if (!recording.on) return '';
  let text = '';
  for (let i = 0; args !== undefined && i < args.length && i < 3; i++)
    text += (i === 0 ? '' : ', ') + preview(args[i], 1);
  const more = args !== undefined && args.length > 3 ? ', …' : '';
  return slice(`${name === '' ? '(anonymous)' : name}(${text}${more})`, 0, 80);
}
