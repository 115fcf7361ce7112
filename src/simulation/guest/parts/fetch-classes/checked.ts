/** Why this file exists: what arguments of Fetch's classes have to be. Undici 6: lib/web/webidl/index.js. */
import { inspect } from '../../inspect';
import { NativeTypeError, isObject, toText } from '../../primordials';

/** Fewer arguments than there have to be. */
export function needArguments(given: readonly unknown[], most: number, where: string): void {
  if (given.length >= most) return;
  const found = `${given.length === 0 ? '' : 'only '}${given.length} found`;
  throw new NativeTypeError(`${where}: ${most} argument${most === 1 ? '' : 's'} required, but ${found}.`);
}

/** A dictionary may be left out. */
export function checkDictionary(value: unknown, where: string): void {
  if (value === undefined || value === null || isObject(value)) return;
  throw new NativeTypeError(`${where}: Expected ${toText(value)} to be one of: Null, Undefined, Object.`);
}

/** One word of a list. */
export function checkWord(value: unknown, words: readonly string[], where: string): void {
  if (value === undefined || words.includes(toText(value))) return;
  throw new NativeTypeError(`${where}: ${toText(value)} is not an accepted type. Expected one of ${words.join(', ')}.`);
}

/** What Undici says of an element that cannot be iterated. */
export function shownIn(value: unknown): string {
  if (isObject(value)) return ' ';
  return ` (${typeof value === 'string' ? JSON.stringify(value) : inspect(value)}) `;
}
