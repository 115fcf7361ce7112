/** Why this file exists: where properties are read, written and deleted around a position of the program. */
import type { FaultPlace } from '../fault-place';
import { bareList } from './primordials';
import { placesOf, rangeAround, type Spot } from './user-places';

/** The smallest place around a position where a property is read, written or deleted; '' where any will do. */
export function accessAround({ file, at }: Spot, { kind, key }: Access): FaultPlace | undefined {
  const all = placesOf(file);
  let best: FaultPlace | undefined;
  for (let i = rangeAround(all, at).first; i < all.length; i++) {
    const place = all[i];
    if (place === undefined || place[1] > at) break;
    if (place[0] !== kind || place[2] < at || (key !== '' && place[4] !== key && place[4] !== '*')) continue;
    if (best === undefined || place[2] - place[1] <= best[2] - best[1]) best = place;
  }
  return best;
}

/** How code of the program came to run where no call is written: as a getter, a setter, a trap. */
export interface Access {
  readonly kind: 'read' | 'write' | 'delete';
  readonly key: string;
}

/** By the traps of a Proxy. */
export const accessKinds: Readonly<Record<string, Access['kind']>> = {
  get: 'read', set: 'write', deleteProperty: 'delete',
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
