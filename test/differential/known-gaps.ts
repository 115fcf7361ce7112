/**
 * Why this file exists: constructs whose programs are known to print something else than in Node, and why. A difference
 * in a program that holds one is counted apart, not as a failure: who closes a gap takes its line away.
 */
import type { Difference } from './compare';

/** By the name under which rendering counts a construct. */
export const knownGaps: Readonly<Record<string, string>> = {
  'piece mistakes': "some of the engine's words differ from V8's",
  'piece async-mistakes': "some of the engine's words differ from V8's",
  'piece own-errors': 'the first line of a stack is made with the error, not when it is first read',
  'piece abort': 'AbortController is not modelled',
  'piece timeout-aborted': 'AbortController is not modelled',
  'piece events-awaited': 'events.once settles in another order',
  'shape map': 'what an iterator of a Map has still to give is not seen',
  'shape set': 'what an iterator of a Set has still to give is not seen',
  'shape error': 'errors inside values are shown with another name or depth',
  'shape proxy': 'a Proxy with an own constructor is shown under another name',
  'shape custom': 'a custom inspection that answers what cannot be shown ends the run',
  'shape literal': 'some built-in objects are shown with what Node 20 does not have',
  'show table': 'a Map or Set is printed by its entries, without the column (iteration index)',
  'link dynamic': 'import() is answered before the file could have been read',
  'on uncaughtExceptionMonitor': 'uncaughtExceptionMonitor is not emitted',
  'hook throw': 'an error thrown by a listener of exit',
};

/** By what differs, whatever the program holds. */
export const knownTopics: Readonly<Record<string, string>> = {
  unsupported: 'something is not modelled, and the run says so',
  stderr: "the words of an uncaught error are shorter than Node's",
};

/** Why this difference was to be expected; undefined: it was not. */
export function knownReason({ program }: Difference, topic: string): string | undefined {
  const reasons = [...program.counts.keys()].map((construct) => knownGaps[construct]);
  return knownTopics[topic] ?? reasons.find((reason) => reason !== undefined);
}
