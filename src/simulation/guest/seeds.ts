/**
 * Why this file exists: what chance begins with: always the same, or what the scenario says. Each of those who make
 * something up has a number of its own besides.
 */
let given: number | undefined;

/** Before the program runs. */
export function defineSeed(seed: number | undefined): void {
  given = seed;
}

/** What to begin with: never 0, which some ways of chance would keep. */
export function seededFrom(own: number): number {
  if (given === undefined) return own;
  const mixed = Math.imul(given ^ (given >>> 16) ^ own, 0x45d9f3b) | 0;
  return (mixed ^ (mixed >>> 13)) | 1;
}
