/** Why this file exists: where properties are read, written and deleted around a position of the program. */
import type { FaultPlace } from '../fault-place';
import { NativeMap, apply, bareList, regExpExec } from './primordials';
import { isCallOf } from './call-words';
import { callsAround, placeAfter, placesOf, rangeAround, type Spot } from './user-places';

/** The smallest place around a position where a property is read, written or deleted; '' where any will do. */
export function accessAround({ file, at }: Spot, { kind, key }: Access): FaultPlace | undefined {
  const all = placesOf(file);
  let best: FaultPlace | undefined;
  for (let i = rangeAround(all, at).first; i < all.length; i++) {
    const place = all[i];
    if (place === undefined || place[1] > at) break;
    if (!isOf(place, kind) || place[2] < at || (key !== '' && place[4] !== key && place[4] !== '*')) continue;
    if (best === undefined || place[2] - place[1] <= best[2] - best[1]) best = place;
  }
  return best;
}

/** Where code of the program came to run, around a position or after it; nowhere if a call is written there. */
export function accessAt(spot: Spot, access: Access): FaultPlace | undefined {
  const { kind, key, callee } = access;
  if (callee !== undefined && isCalled(spot, callee)) return undefined;
  return accessAround(spot, access) ?? placeAfter(spot, kind, key === '' ? undefined : key);
}

/** A call of that name is written around a position. */
export function isCalled(spot: Spot, callee: string): boolean {
  const calls = callsAround(spot);
  for (let i = 0; i < calls.length; i++) if (isCallOf(calls[i], callee)) return true;
  return false;
}

const { startsWith } = String.prototype;

/** What ran last, if the language calls it: `get q`, `set q [as q]`, `valueOf`, an iterator's. */
export function accessOf(callee: string | undefined): Access | undefined {
  if (callee === undefined) return undefined;
  const kind = apply(lookUp, unwrittenCalls, [callee]) as Access['kind'] | undefined;
  if (kind !== undefined) return { kind, key: '', callee };
  const match = regExpExec(/^([gs])et (.*?)(?: \[as .*\])?$/, callee);
  if (match === null) return undefined;
  const key = match[2] ?? '';
  return { kind: match[1] === 'g' ? 'read' : 'write', key: apply(startsWith, key, ['[']) ? '*' : key };
}

const unwrittenCalls = new NativeMap<string, Access['kind']>([
  ['toString', 'convert'],
  ['valueOf', 'convert'],
  ['[Symbol.toPrimitive]', 'convert'],
  ['[Symbol.hasInstance]', 'convert'],
  ['[Symbol.iterator]', 'iterate'],
  ['[Symbol.asyncIterator]', 'iterate'],
  ['next', 'next'],
  ['<static_initializer>', 'static'],
]);
const { get: lookUp } = NativeMap.prototype;

/** The constructor that the engine says to be at a position: V8 names its class, and places it. */
export function constructorAt({ file, at }: Spot): FaultPlace | undefined {
  return placeFrom(file, at, 'constructor');
}

/** The loop that begins at a position. */
export function loopAt({ file, at }: Spot): FaultPlace | undefined {
  const place = placeFrom(file, at, 'next');
  return place?.[4] === 'yield*' ? undefined : place;
}

function placeFrom(file: number, at: number, kind: FaultPlace[0]): FaultPlace | undefined {
  const all = placesOf(file);
  for (let i = 0; i < all.length; i++) if (all[i]?.[0] === kind && all[i]?.[1] === at) return all[i];
  return undefined;
}

/** What is iterated is placed where it is opened, if that is known. */
function isOf(place: FaultPlace, kind: Access['kind']): boolean {
  return place[0] === kind || (kind === 'iterate' && place[0] === 'open');
}

/** How code of the program came to run where no call is written: as a getter, a setter, a trap. */
export interface Access {
  readonly kind: 'read' | 'write' | 'delete' | 'convert' | 'iterate' | 'next' | 'static';
  readonly key: string;
  /** Its name, if a call of it may be written as well. */
  readonly callee?: string;
}

/** By the traps of a Proxy. */
export const accessKinds: Readonly<Record<string, Access['kind']>> = {
  get: 'read', set: 'write', deleteProperty: 'delete', ownKeys: 'read', has: 'convert',
};

/** Where something is written at or after a position, in the function around it: what is done first, first. */
export function writesAfter(spot: Spot): readonly FaultPlace[] {
  const found = bareList<FaultPlace>();
  const all = placesOf(spot.file);
  const { first, end, inside } = rangeAround(all, spot.at);
  for (let i = first; i < end; i++) {
    const place = all[i];
    if (place?.[0] !== 'write' || place[2] < spot.at || (inside !== undefined && place[2] > inside[2])) continue;
    let at = found.length;
    for (; at > 0 && isDoneBefore(place, found[at - 1] ?? place); at--) found[at] = found[at - 1] ?? place;
    found[at] = place;
  }
  return found;
}

/** Of two that end together the inner one is. */
function isDoneBefore(a: FaultPlace, b: FaultPlace): boolean {
  return a[2] < b[2] || (a[2] === b[2] && a[1] > b[1]);
}
