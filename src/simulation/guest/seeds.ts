/**
 * Why this file exists: what chance begins with: always the same, or what the scenario says. Each of those who make
 * something up has a number of its own besides.
 */
import { agent } from './agents';

let given: number | undefined;

/** Before the program runs. */
export function defineSeed(seed: number | undefined): void {
  given = seed;
}

/** What to begin with: never 0, which some ways of chance would keep. */
export function seededFrom(kind: number): number {
  const own = (kind + Math.imul(agent.id, 0x9e3779b1)) | 0; // workers and processes are not all alike
  if (given === undefined) return own === 0 ? kind : own;
  const mixed = Math.imul(given ^ (given >>> 16) ^ own, 0x45d9f3b) | 0;
  return (mixed ^ (mixed >>> 13)) | 1;
}
