/** Why this file exists: our own bugs stop loudly here; broken user code never does, it is data. */

/** Throws when a condition that must hold in our own code does not. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (condition !== true && !condition) throw new Error(`Loopscope bug: ${message}`);
}

/** Marks the branch of a switch that the types rule out. */
export function unreachable(value: never): never {
  throw new Error(`Loopscope bug: unexpected ${JSON.stringify(value)}`);
}
