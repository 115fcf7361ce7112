/**
 * Why this file exists: constructs whose programs are known to print something else than in Node, and why. A difference
 * in a program that holds one is counted apart, not as a failure: who closes a gap takes its line away.
 */
import type { Difference } from './compare';

/** By the name under which rendering counts a construct. */
export const knownGaps: Readonly<Record<string, string>> = {};

/** By what differs, whatever the program holds. */
export const knownTopics: Readonly<Record<string, string>> = {};

/** Why this difference was to be expected; undefined: it was not. */
export function knownReason({ program }: Difference, topic: string): string | undefined {
  const reasons = [...program.counts.keys()].map((construct) => knownGaps[construct]);
  return knownTopics[topic] ?? reasons.find((reason) => reason !== undefined);
}
