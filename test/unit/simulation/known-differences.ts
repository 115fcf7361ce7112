/**
 * Why this file exists: where the simulation is known to fall short, and why. The tests assert that it still does: who
 * closes a gap takes its note away.
 */

/** Programs of test/fixtures/simulation that print something else than under Node 20. */
export const knownDifferences: Readonly<Record<string, string>> = {
};
