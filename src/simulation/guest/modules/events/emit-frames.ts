/** Why this file exists: where Node calls listeners, for stacks. Node 20.20: lib/events.js. */
import { checkFunction } from '../../node-errors';
import type { Callable } from '../../primordials';
import { callsOnEmitters, classNameOf, emitterName } from '../../receivers';
import { callUnder, standsAt, standsForThose, under, type Places } from '../../stood-for';

interface Emitting {
  emit(type: string, ...args: readonly unknown[]): unknown;
}

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

for (const caller of [onceBare, onceWith]) callsOnEmitters(caller, false);

/** The emitter whose listener is looked at. */
const looking: { at: object | undefined } = { at: undefined };

export function checkListener(listener: unknown, emitter: object): void {
  looking.at = emitter;
  checkFunction(listener, 'listener');
  looking.at = undefined;
}
standsAt(checkListener, 'checkListener', 'node:events', { checkFunction: '275:3' });

/** `removeListener` of the only listener of an event. */
export function tellRemoved(emitter: Emitting, type: string | symbol, listener: unknown): void {
  emitter.emit('removeListener', type, listener);
}

/** Its methods are named after the emitter's class. */
function standsOnEmitter(prototype: Readonly<Record<string, unknown>>, name: string, places: Places): void {
  standsForThose(prototype[name] as Callable, (outer, placeIn) => {
    const place = placeIn(places);
    if (place === undefined) return [];
    const type = looking.at === undefined ? emitterName(outer - 1) : classNameOf(looking.at);
    return [`${type}.${name} (node:events:${String(place)})`];
  });
}

/** `add` is what adds a listener for all of them. */
export function standForEmitters(prototype: Readonly<Record<string, unknown>>, add: Callable): void {
  standsAt(add, '_addListener', 'node:events', { checkListener: '557:3', emit: '567:14' });
  standsOnEmitter(prototype, 'addListener', { add: '616:10' });
  standsOnEmitter(prototype, 'prependListener', { add: '630:14' });
  standsOnEmitter(prototype, 'once', { checkListener: '658:3', addListener: '660:8' });
  standsOnEmitter(prototype, 'removeListener', { checkListener: '687:7', tellRemoved: '705:18', emit: '732:16' });
}
