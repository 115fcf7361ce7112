/** Why this file exists: where an error of the engine was made, and what the lowering knows of the places around it. */
import type { FaultKind, FaultPlace } from '../fault-place';
import { placeAfter, placeAround, type Spot } from './user-places';

/** What is known where an error is made. */
export interface Fault {
  /** Where in the program; undefined inside a built-in function or our runtime. */
  readonly spot: Spot | undefined;
  /** Where the program called the built-in function that threw it. */
  readonly caller: Spot | undefined;
  /** The built-in function that threw it, '' when it was the program's own code. */
  readonly builtin: string;
  /** The name of the function on top. */
  readonly f: string;
  /** Where V8 says it is, once the place is found. */
  at: number | undefined;
}

/**
 * V8's words, or undefined to leave the engine's. `m` holds the groups of the pattern, taken by their place: a program
 * that has no iterator of arrays left still gets its errors.
 */
export type Words = string | ((m: readonly string[], fault: Fault) => string | undefined);

/** The first place of a kind at or after the fault. */
export function next(fault: Fault, kind: FaultKind, words?: string): FaultPlace | undefined {
  const place = fault.spot && placeAfter(fault.spot, kind, words);
  fault.at = place?.[3] ?? fault.at;
  return place;
}

/** The first of several kinds to end at or after the fault. */
export function nextOf(fault: Fault, words: string, ...kinds: readonly FaultKind[]): FaultPlace | undefined {
  let first: FaultPlace | undefined;
  for (let i = 0; i < kinds.length; i++) {
    const kind = kinds[i];
    const place = fault.spot && kind && placeAfter(fault.spot, kind, words);
    if (place !== undefined && (first === undefined || place[2] < first[2])) first = place;
  }
  fault.at = first?.[3] ?? fault.at;
  return first;
}

/** The smallest place of these kinds around the fault. */
export function around(fault: Fault, ...kinds: readonly FaultKind[]): FaultPlace | undefined {
  const place = fault.spot && placeAround(fault.spot, kinds);
  fault.at = place?.[3] ?? fault.at;
  return place;
}
