/** Why this file exists: what workers and messages cost. Modelled, after real Node 20 on 2 cores. */

/** A message: a little for itself, and a nanosecond for each byte that is copied. */
export function postCost(size: number): number {
  return 0.005 + size * 0.000_001;
}

/** `new Worker` itself; the rest of the start passes in the worker. */
export const constructorMs = 0.4;

/** What passes before an error that nobody caught is on its way: a message that was sent before it is heard first. */
export const errorMs = 0.1;
