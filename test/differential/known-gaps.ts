/**
 * Why this file exists: constructs whose programs are known to print something else than in Node, and why. A difference
 * in a program that holds one is counted apart, not as a failure: who closes a gap takes its line away.
 */
import type { Difference } from './compare';

/** By the name under which rendering counts a construct. */
export const knownGaps: Readonly<Record<string, string>> = {
  'piece mistakes': "some of the engine's words differ from V8's",
  'piece async-mistakes': "some of the engine's words differ from V8's",
  'link commonjs to commonjs': "Node's warning of what a circular require does not have yet is missing",
  'piece globals': 'structuredClone is not modelled',
  'shape proxy': 'a Proxy is shown by its target, whose own `constructor` may be read, and whose error gets no trap',
  'link dynamic': 'when a file that import() reads is there hangs on the disk: its order against timers is chance',
  'Promise.any': 'an uncaught AggregateError without frames is written as V8 does not write it',
};

/** By what differs, whatever the program holds. */
export const knownTopics: Readonly<Record<string, string>> = {
  unsupported: 'something is not modelled, and the run says so at its line',
};

/** Why this difference was to be expected; undefined: it was not. */
export function knownReason({ program }: Difference, topic: string): string | undefined {
  const reasons = [...program.counts.keys()].map((construct) => knownGaps[construct]);
  return knownTopics[topic] ?? reasons.find((reason) => reason !== undefined);
}
