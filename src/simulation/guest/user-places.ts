/**
 * Why this file exists: positions of the engine, in the lowered script, become positions in the user's files; and what
 * the lowering knows of them: names of functions, words for what may fail (lower/fault-places.ts).
 */
import type { FaultKind, FaultPlace } from '../fault-place';
import { calleeOf, isCallOf, isCalledUnwritten, isTrap, isVariable } from './call-words';
import { NativeMap, apply, bareList } from './primordials';
import { decodeMappings } from './mappings';

/** Where a file's code stands in the program's script, its source map's mappings, and its fault places as JSON. */
export interface CodeMap {
  readonly path: string;
  readonly line: number;
  readonly lines: number;
  readonly column: number;
  readonly mappings: string;
  readonly faults: string;
}

/** A position in a file of the user, as one number: line × 1,000,000 + column, both from 1. */
export interface Spot {
  readonly file: number;
  readonly at: number;
}

const maps = bareList<CodeMap>();
const decoded = bareList<number[][] | undefined>();
const places = bareList<readonly FaultPlace[] | undefined>();
const parse = JSON.parse;

export function defineMaps(given: readonly CodeMap[]): void {
  for (let i = 0; i < given.length; i++) {
    const map = given[i];
    if (map !== undefined) maps[maps.length] = map;
  }
}

const { get: lookUp, set: remember } = NativeMap.prototype;
const awaits = new NativeMap<number, Spot>();

/** Where each await stands: triples of site, file and position. */
export function defineAwaits(triples: readonly number[]): void {
  for (let i = 0; i + 2 < triples.length; i += 3)
    apply(remember, awaits, [triples[i], { file: triples[i + 1], at: triples[i + 2] }]);
}

export function awaitSpot(site: number): Spot | undefined {
  return apply(lookUp, awaits, [site]) as Spot | undefined;
}

/** `path:line:column`. */
export function placeText(spot: Spot): string {
  const { path, line, column } = placeParts(spot);
  return `${path}:${line}:${column}`;
}

export function placeParts({ file, at }: Spot): { path: string; line: number; column: number } {
  return { path: maps[file]?.path ?? '', line: lineOf(at), column: at - lineOf(at) * 1_000_000 };
}

function lineOf(at: number): number {
  return (at - (at % 1_000_000)) / 1_000_000;
}

/** The position in the user's files of one in the program's script, lines and columns from 1. */
export function userSpot(line: number, column: number): Spot | undefined {
  for (let i = 0; i < maps.length; i++) {
    const map = maps[i];
    if (map === undefined || line < map.line || line >= map.line + map.lines) continue;
    decoded[i] ??= decodeMappings(map.mappings);
    const row = line - map.line;
    let at = column - 1 - (row === 0 ? map.column : 0);
    // A line that the lowering made counts as what stands before it.
    for (let r = row; r >= 0; r--, at = Infinity) {
      const segments = decoded[i]?.[r] ?? [];
      let best = -1;
      for (let s = 0; s < segments.length; s += 3) if ((segments[s] ?? 0) <= at || best < 0) best = s;
      if (best < 0) continue;
      return { file: i, at: ((segments[best + 1] ?? 0) + 1) * 1_000_000 + (segments[best + 2] ?? 0) + 1 };
    }
  }
  return undefined;
}

export function placesOf(file: number): readonly FaultPlace[] {
  // Written by lower/fault-places.ts.
  return (places[file] ??= parse(maps[file]?.faults ?? '[]') as readonly FaultPlace[]);
}

/** Where the places of one function begin and end in the list, which is in the order of their first characters. */
interface Range {
  readonly first: number;
  readonly end: number;
  readonly inside: FaultPlace | undefined;
}

/** How many places begin at or before a position. */
function countUpTo(all: readonly FaultPlace[], at: number): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.[1] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The places of the innermost function around a position; those of all of the file outside of functions. */
export function rangeAround(all: readonly FaultPlace[], at: number): Range {
  for (let i = countUpTo(all, at) - 1; i >= 0; i--) {
    const place = all[i];
    // A position behind the last character is the first one behind it.
    if (place?.[0] === 'function' && place[2] > at) return { first: i, end: countUpTo(all, place[2]), inside: place };
  }
  return { first: 0, end: all.length, inside: undefined };
}

/** The places of what runs at a position. A function that begins there is handed over, not running. */
function rangeOfCaller(all: readonly FaultPlace[], at: number): Range {
  const around = rangeAround(all, at);
  return around.inside?.[1] === at ? rangeAround(all, at - 1) : around;
}

/** What runs at a position: `type|own` (lower/stack-names.ts). In parameters that is where the function begins. */
function runningAt({ file, at }: Spot, calls: boolean): Running | undefined {
  const all = placesOf(file);
  const place = (calls ? rangeOfCaller(all, at) : rangeAround(all, at)).inside;
  if (place === undefined) return undefined;
  const sign = place[4][0];
  const words = sign === '*' || sign === '~' || sign === '@' ? apply(cut, place[4], [1]) : place[4];
  const end = apply(charAt, words, ['|']);
  const type = end < 0 ? '' : apply(cut, words, [0, end]);
  return { type, own: apply(cut, words, [end + 1]), site: place[3], isAsync: sign === '~' || sign === '@', isGenerator: sign === '*' || sign === '@' };
}

/** Where the function around a position, or before it, begins, if it is one that just runs. */
export function firstSpot({ file, at }: Spot): Spot | undefined {
  return firstAround(file, at) ?? firstAround(file, at - 1);
}

function firstAround(file: number, at: number): Spot | undefined {
  const all = placesOf(file);
  const { first, inside } = rangeAround(all, at);
  for (let i = first; inside !== undefined && all[i]?.[1] === inside[1]; i++) {
    const place = all[i];
    if (place?.[0] === 'first' && place[2] === inside[2]) return { file, at: place[3] };
  }
  return undefined;
}

/** The smallest place of these kinds around a position, in its function. */
export function placeAround({ file, at }: Spot, kinds: readonly FaultKind[]): FaultPlace | undefined {
  const all = placesOf(file);
  const { first } = rangeAround(all, at);
  let best: FaultPlace | undefined;
  for (let i = first; i < all.length; i++) {
    const place = all[i];
    if (place === undefined || place[1] > at) break;
    if (place[2] < at || !oneOf(place[0], kinds)) continue;
    if (best === undefined || place[2] - place[1] <= best[2] - best[1]) best = place;
  }
  return best;
}

/**
 * The calls that may be under way at a position, the innermost first. The engine may place a call where the last of its
 * arguments was found.
 */
export function callsAround(spot: Spot): readonly FaultPlace[] {
  const all = placesOf(spot.file);
  const found = bareList<FaultPlace>();
  const { first } = rangeOfCaller(all, spot.at);
  for (let i = first; i < all.length; i++) {
    const place = all[i];
    if (place === undefined || place[1] > spot.at) break;
    if (place[5] !== undefined && place[5] > spot.at) insertBySize(found, place);
  }
  return found;
}

function insertBySize(list: FaultPlace[], place: FaultPlace): void {
  let at = list.length;
  for (; at > 0; at--) {
    const before = list[at - 1];
    if (before === undefined || sizeOf(before) <= sizeOf(place)) break;
    list[at] = before;
  }
  list[at] = place;
}

function sizeOf(place: FaultPlace): number {
  return (place[5] ?? place[2]) - place[1];
}

/**
 * The first place of this kind that is evaluated at or after a position, in the function around it: what the engine
 * cannot place comes after the last position that it knows.
 */
export function placeAfter(spot: Spot, kind: FaultKind, words?: string): FaultPlace | undefined {
  const all = placesOf(spot.file);
  const { first, end, inside } = rangeAround(all, spot.at);
  let best: FaultPlace | undefined;
  for (let i = first; i < end; i++) {
    const place = all[i];
    if (place?.[0] !== kind || place[2] < spot.at) continue;
    if (inside !== undefined && place[2] > inside[2]) continue;
    if (words !== undefined && place[4] !== words && place[4] !== '*') continue;
    if (best === undefined || place[2] < best[2]) best = place;
  }
  return best;
}

/** The first place of this kind that begins at or after a position, in the function around it. */
export function placeFrom(spot: Spot, kind: FaultKind): FaultPlace | undefined {
  const all = placesOf(spot.file);
  const { first, end } = rangeAround(all, spot.at);
  for (let i = first; i < end; i++) {
    const place = all[i];
    if (place?.[0] === kind && place[1] >= spot.at) return place;
  }
  return undefined;
}

function oneOf(kind: FaultKind, kinds: readonly FaultKind[]): boolean {
  for (let i = 0; i < kinds.length; i++) if (kinds[i] === kind) return true;
  return false;
}

/** The code that runs at a position. */
export interface Running {
  /** The class or object literal that it stands in, '' for neither. */
  readonly type: string;
  /** Its own name, '' for what has none. */
  readonly own: string;
  /** By which it notes what it is called on; below 0 where it does not. */
  readonly site: number;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
}

interface Described {
  /** Undefined for the module's own body. */
  readonly running: Running | undefined;
  /** Where V8 puts a call that stands there: `new`, the name of a method, the parenthesis. */
  readonly at: number;
  /** A call there is that of a variable: what is called has no receiver. */
  readonly callsVariable: boolean;
}

const described = new NativeMap<string, Described>();

/**
 * What a stack says of a position; `callee` is the name of what was called there, undefined when nothing was that the
 * stack shows, `unseen` that of what it does not show.
 */
export function describe(spot: Spot, callee: string | undefined, unseen = ''): Described {
  const key = `${spot.file}:${spot.at}:${callee ?? '()'}:${unseen}`;
  const known = apply(lookUp, described, [key]) as Described | undefined;
  if (known !== undefined) return known;
  const call = callOf(spot, unseen) ?? callByOtherName(spot, unseen) ?? callUnderWay(spot, callee);
  const callsVariable = call !== undefined && (call[0] === 'call' || call[0] === 'sure') && isVariable(calleeOf(call));
  const found = { running: runningAt(spot, callee !== undefined), at: call?.[3] ?? spot.at, callsVariable };
  apply(remember, described, [key, found]);
  return found;
}

function callOf(spot: Spot, callee: string): FaultPlace | undefined {
  const calls = callsAround(spot);
  for (let i = 0; callee !== '' && i < calls.length; i++) if (isCallOf(calls[i], callee)) return calls[i];
  return undefined;
}

/** What stacks do not show goes by another name there: the innermost call, unless the language called it. */
function callByOtherName(spot: Spot, unseen: string): FaultPlace | undefined {
  return unseen === '' || isCalledUnwritten(unseen) || isTrap(unseen) ? undefined : callsAround(spot)[0];
}

/**
 * The call of that name, else the one that the engine names, else the innermost: the function may go by another name
 * there.
 */
function callUnderWay(spot: Spot, callee: string | undefined): FaultPlace | undefined {
  const named = callOf(spot, callee ?? '');
  if (named !== undefined) return named;
  const first = callsAround(spot)[0];
  const isNamed = first !== undefined && first[2] >= spot.at;
  return isNamed || (callee !== undefined && !isCalledUnwritten(callee)) ? first : undefined;
}

const { indexOf: charAt, slice: cut } = String.prototype;
