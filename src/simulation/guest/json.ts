/**
 * Why this file exists: `JSON` is the engine's own, but its errors name neither the text nor the circle. V8 11.3:
 * src/json/json-stringifier.cc, ConstructCircularStructureErrorMessage.
 */
import {
  NativeError,
  apply,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hide,
  isArray,
  isObject,
  named,
  objectToString,
  ownKeys,
  NativeSyntaxError,
} from './primordials';
import { jsonFault, type JsonFault } from './json-fault';
import { locatedWith } from './thrown-places';

const native = { parse: JSON.parse, stringify: JSON.stringify };

interface Step {
  readonly key: string;
  readonly object: object;
}

/** The way from the value that the circle begins with back to it. */
function circleIn(value: unknown, path: readonly Step[], key: string): readonly Step[] | undefined {
  if (!isObject(value) || typeof value === 'function') return undefined;
  const from = path.findIndex((step) => step.object === value);
  if (from >= 0) return [...path.slice(from), { key, object: value }];
  if (path.length > 500) return undefined;
  const longer = [...path, { key, object: value }];
  for (const name of ownKeys(value)) {
    if (typeof name !== 'string') continue;
    const own = getOwnPropertyDescriptor(value, name);
    const found = own?.enumerable === true && 'value' in own ? circleIn(own.value, longer, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function makerName(object: object): string {
  for (let at: object | null = object; at !== null; at = getPrototypeOf(at)) {
    const maker = getOwnPropertyDescriptor(at, 'constructor')?.value as unknown;
    const name = typeof maker === 'function' ? (getOwnPropertyDescriptor(maker, 'name')?.value as unknown) : undefined;
    if (typeof name === 'string') return `object with constructor '${name}'`;
  }
  return "object with constructor 'Object'";
}

function stepName(before: Step | undefined, key: string): string {
  return before !== undefined && isArray(before.object) ? `index ${key}` : `property '${key}'`;
}

function circleWords(value: unknown): string | undefined {
  const circle = circleIn(value, [], '');
  const [first] = circle ?? [];
  if (circle === undefined || first === undefined) return undefined;
  const steps = circle.slice(1);
  const lines = steps.map(({ key, object }, i) =>
    i === steps.length - 1
      ? `--- ${stepName(circle[i], key)} closes the circle`
      : `|     ${stepName(circle[i], key)} -> ${makerName(object)}`,
  );
  const shown = lines.length > 4 ? [lines[0], lines[1], '|     ...', ...lines.slice(-2)] : lines;
  return [`Converting circular structure to JSON`, `--> starting at ${makerName(first.object)}`, ...shown].join('\n    ');
}

/** What JSON.parse was given, as it read it. An object was already asked for its text; it is not asked again. */
function faultOf(given: unknown): JsonFault | undefined {
  const isPlain = isObject(given) && objectToString(given) === '[object Object]';
  return isPlain ? jsonFault('[object Object]') : isObject(given) ? undefined : jsonFault(String(given));
}

/** Gives the error that the engine threw for this very call V8's words. */
function restated(error: unknown, words: (said: string) => string | undefined): unknown {
  const said = error instanceof NativeError ? (getOwnPropertyDescriptor(error, 'message')?.value as unknown) : undefined;
  const better = typeof said === 'string' ? words(said) : undefined;
  if (better !== undefined && error instanceof NativeError) hide(error, 'message', better);
  return error;
}

/** The text counts as a script, in which the error is. */
function refused(error: Error, given: unknown): unknown {
  const fault = faultOf(given);
  return fault === undefined ? error : restated(locatedWith(error, fault.head), () => fault.words);
}

/** With V8's words for what is wrong. */
export const json = {
  parse(...args: unknown[]): unknown {
    const given = args[0];
    try {
      return apply(native.parse, JSON, args as [string]);
    } catch (error) {
      throw error instanceof NativeSyntaxError ? refused(error, given) : error;
    }
  },
  stringify(...args: unknown[]): unknown {
    try {
      return apply(native.stringify, JSON, args as [unknown]);
    } catch (error) {
      throw restated(error, (said) => (said === 'circular reference' ? circleWords(args[0]) : undefined));
    }
  },
};

export function installJson(): void {
  hide(globalThis.JSON, 'parse', named(json.parse, 'parse', 2));
  hide(globalThis.JSON, 'stringify', named(json.stringify, 'stringify', 3));
}
