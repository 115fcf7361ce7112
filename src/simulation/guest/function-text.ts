/** Why this file exists: what `toString` answers for a function, ECMA-262 §20.2.3.5. */
import { noteClass } from './classes';
import { proxyDetails } from './proxy-guards';
import {
  NativeWeakMap,
  SafeWeakSet,
  apply,
  bareList,
  functionToString,
  getOwnPropertyDescriptor,
  isCallable,
  regExpExec,
  slice,
} from './primordials';

/** The program's own text of each function and class, by site. */
export const functionTexts = bareList<string | undefined>();

/** Every lowered function names its site somewhere in its text. */
const siteMarker = /\$_[eayb]\((\d+)/;
const classSites = new NativeWeakMap<object, number>();
const { get: lookUp, set: remember } = NativeWeakMap.prototype;

/** $_r: a class is being defined. */
export function rememberClass(made: object, site: number): void {
  apply(remember, classSites, [made, site]);
  noteClass(made);
}

/** ECMA-262 §20.2.3.5: the program's own text, and for what is built in, that of a native function. */
export function textOf(f: unknown): string {
  if (isCallable(f) && proxyDetails(f)) return 'function () { [native code] }';
  const text = functionToString(f); // the engine's own check for what is no function
  if (isOurs(f) || regExpExec(nativeText, text) !== null) return native(f as object);
  const ofClass = apply(lookUp, classSites, [f as object]) as number | undefined;
  if (ofClass !== undefined) return functionTexts[ofClass] ?? text;
  // A function's text holds that of every function inside it, so the longest is its own.
  let longest = '';
  let rest = text;
  for (let match = regExpExec(siteMarker, rest); match !== null; match = regExpExec(siteMarker, rest)) {
    const own = functionTexts[Number(match[1])] ?? '';
    if (own.length > longest.length) longest = own;
    rest = slice(rest, (match.index ?? 0) + match[0].length);
  }
  return longest === '' ? text : longest;
}

/** What the engine answers for its own functions, over three lines. */
const nativeText = /\{\s*\[native code\]\s*\}$/;

/** As V8 writes it: a bound function is nameless there. */
function native(f: object): string {
  const name = String(getOwnPropertyDescriptor(f, 'name')?.value ?? '');
  return `function ${regExpExec(/^bound /, name) === null ? name : ''}() { [native code] }`;
}

const nodeClasses = new SafeWeakSet<object>();

/** Says of one of ours that it is a class in Node's own JavaScript, which the console shows as such. */
export function isNodeClass<F extends object>(f: F): F {
  nodeClasses.add(f);
  return f;
}

/** What the console reads to tell classes from functions. */
export function shownTextOf(f: unknown): string {
  return isCallable(f) && nodeClasses.has(f) ? 'class {}' : textOf(f);
}

const { startsWith } = String.prototype;
const fileNameOf = getOwnPropertyDescriptor(Function.prototype, 'fileName')?.get;

/** The runtime's own functions are the program's built-ins; the engine knows where each was written. */
export function isOurs(f: unknown): boolean {
  const file = fileNameOf && (apply(fileNameOf, f, []) as unknown);
  return typeof file === 'string' && apply(startsWith, file, ['loopscope:guest']);
}
