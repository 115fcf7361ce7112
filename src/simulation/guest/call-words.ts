/** Why this file exists: what is written where something is called, and what is called where nothing is written. */
import type { FaultPlace } from '../fault-place';
import { NativeSet, apply, regExpExec } from './primordials';

/** `f`, what a call gives, or `(0 , o.f)`, which compilers write to leave the object out. */
export function isVariable(words: string): boolean {
  if (regExpExec(/^\(0 , |\(\.\.\.\)$/, words) !== null) return true;
  return regExpExec(/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u, words) !== null && words !== 'super' && words !== 'import';
}

export function calleeOf(place: FaultPlace): string {
  return place[8] ?? place[4];
}

/** `f`, `o.f`, `o.f.call`. */
export function isCallOf(place: FaultPlace | undefined, callee: string): boolean {
  const words = place === undefined ? '' : calleeOf(place);
  return endsIn(words, callee) || endsIn(words, `${callee}.call`) || endsIn(words, `${callee}.apply`);
}

/** The same, or the last member of a longer chain. */
function endsIn(words: string, name: string): boolean {
  if (!apply(endsWith, words, [name])) return false;
  return regExpExec(/[\p{ID_Continue}$]/u, apply(charOf, words, [words.length - name.length - 1])) === null;
}

/** The language calls these where no call is written. */
export function isCalledUnwritten(callee: string): boolean {
  return apply(startsWith, callee, ['get ']) || apply(startsWith, callee, ['set ']) || apply(has, unwritten, [callee]);
}

/** The language calls these of a Proxy. */
export function isTrap(name: string): boolean {
  return apply(has, traps, [name]);
}

const { endsWith, startsWith, charAt: charOf } = String.prototype;
const { has } = NativeSet.prototype;
const traps = new NativeSet([
  'get', 'set', 'has', 'deleteProperty', 'ownKeys', 'getOwnPropertyDescriptor', 'defineProperty',
]);
const unwritten = new NativeSet(['toString', 'valueOf', 'toJSON', 'next', 'return', 'throw']);
