/** Why this file exists: V8's words for what cannot be iterated: in loops, spread and patterns of arrays. */
import { next, type Fault } from './faults';
import { apply } from './primordials';
import { placeAfter } from './user-places';
import { rememberedSite } from './words';

const { startsWith, slice } = String.prototype;

/** Words of a place where V8 spells the value: see fault-place.ts. */
export const byValue = '=';
/** … of a call in a chain that may end early. */
const chained = '?.';
/** … of a pattern inside one of an object, which V8 names. */
const inObject = '<';
/** How the key of `x[Symbol.iterator]` is listed. */
const iteratorKey = 'Symbol.iterator';
const cannotRead = 'is not iterable (cannot read property Symbol(Symbol.iterator))';

export function notIterableNullish({ 0: of = '' }: readonly string[], fault: Fault): string {
  const spelt = of === 'null' ? 'object null' : of;
  const asked = fault.spot && placeAfter(fault.spot, 'read', iteratorKey);
  const loop = fault.spot && placeAfter(fault.spot, 'iterate');
  if (asked?.[4] === iteratorKey && (loop === undefined || asked[2] <= loop[2])) return `${spelt} ${cannotRead}`;
  const words = fault.spot === undefined ? '' : (next(fault, 'iterate')?.[4] ?? '');
  if (apply(startsWith, words, [chained])) return `${apply(slice, words, [2])} ${cannotRead}`;
  if (words === '' || words === byValue) return `${spelt} ${cannotRead}`;
  if (apply(startsWith, words, [inObject])) return takenFrom(apply(slice, words, [1]), of);
  if (apply(startsWith, words, ['...'])) return `${apply(slice, words, [3])} is not iterable (cannot read property undefined)`;
  return `${words} is not iterable`;
}

function takenFrom(object: string, of: string): string {
  const spelt = of === 'null' ? 'object null' : of;
  return `Cannot destructure property 'Symbol(Symbol.iterator)' of '${object === '' ? spelt : object}' as it is ${of}.`;
}

/** Of what a pattern was handed over V8 spells the value, which nobody has kept: then it is said to be an object. */
export function notIterable(_m: readonly string[], fault: Fault): string {
  const words = next(fault, 'iterate')?.[4] ?? '';
  if (words === byValue) return `${rememberedSite()} ${cannotRead}`;
  if (apply(startsWith, words, [chained])) return `${apply(slice, words, [2])} ${cannotRead}`;
  if (words === '' || words === inObject) return `object ${cannotRead}`;
  if (apply(startsWith, words, [inObject])) return `${apply(slice, words, [1])} ${cannotRead}`;
  if (apply(startsWith, words, ['...'])) return 'Spread syntax requires ...iterable[Symbol.iterator] to be a function';
  return `${words} is not iterable`;
}
