/** Why this file exists: where Node calls listeners, for stacks. Node 20.20: lib/events.js. */
import { callsOnEmitters, emitterName } from '../../receivers';
import { callUnder, standsForThose, under } from '../../stood-for';

/** It is called where Node's `emit` has this place. */
export function inEmit<A extends unknown[], R>(place: string, f: (...args: A) => R): (...args: A) => R {
  const caller = under([], f);
  callsOnEmitters(caller);
  standsForThose(caller, (outer) => [`${emitterName(outer)}.emit (node:events:${place})`]);
  return caller;
}

/** Listeners of `once`, without arguments and with them. */
export const onceBare = callUnder('Object.onceWrapper (node:events:638:28)');
export const onceWith = callUnder('Object.onceWrapper (node:events:639:26)');
