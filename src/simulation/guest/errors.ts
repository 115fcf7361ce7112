/**
 * Why this file exists: errors read as V8 words them, with stacks in the user's own lines. The engine asks
 * `Error.prepareStackTrace` for every
 * error it makes, which is the moment to translate its words and positions.
 */
import { ending } from './ending';
import {
  NativeError,
  NativeTypeError,
  NativeReferenceError,
  apply,
  hide,
  objectToString,
  setPrototypeOf,
  getOwnPropertyDescriptor,
  getPrototypeOf,
} from './primordials';

interface CallSite {
  isNative(): boolean;
  isConstructor(): boolean;
  getFunction(): unknown;
  getFileName(): string | null;
  getFunctionName(): string | null;
  getLineNumber(): number;
  getColumnNumber(): number;
}

/** Where a file's code stands in the program's script, and its source map's mappings. */
export interface CodeMap {
  readonly path: string;
  readonly line: number;
  readonly lines: number;
  readonly column: number;
  readonly mappings: string;
}

const maps: CodeMap[] = [];
const decoded: (number[][] | undefined)[] = [];

export function defineMaps(given: readonly CodeMap[]): void {
  for (const map of given) maps[maps.length] = map;
}

/** [pattern of the engine, V8's words]: only for errors that the engine itself makes. */
const words: readonly (readonly [RegExp, string])[] = [
  [/^cannot read property '(.*)' of (null|undefined)$/s, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (null|undefined)$/s, "Cannot set properties of $2 (setting '$1')"],
  [/^'?(.*?)'? is read-only$/s, 'Assignment to constant variable.'],
  [/^'?(.*?)'? is not initialized$/s, "Cannot access '$1' before initialization"],
  [/^class constructors must be invoked with 'new'$/, "Class constructor cannot be invoked without 'new'"],
  [/^invalid array length$/, 'Invalid array length'],
  [/^cannot invoke a running generator$/, 'Generator is already running'],
  [/^empty array$/, 'Reduce of empty array with no initial value'],
];
const { replace } = String.prototype;
const { exec } = RegExp.prototype;

/** The engine's own class of error, which V8 does not have. */
const internalPrototype = (globalThis as unknown as { InternalError?: { prototype: object } }).InternalError?.prototype;

function reword(error: object): void {
  const own = getOwnPropertyDescriptor(error, 'message');
  if (own === undefined || typeof own.value !== 'string') return;
  const prototype = getPrototypeOf(error);
  if (prototype === internalPrototype && own.value === 'out of memory') {
    // V8 ends the process there and then. Whoever catches the error is stopped at the engine's next look, and unheard.
    ending.reached = { kind: 'budget', message: 'memory', site: 0 };
    ending.interrupt();
    return;
  }
  if (prototype === internalPrototype && own.value === 'string too long') {
    setPrototypeOf(error, RangeError.prototype);
    hide(error, 'message', 'Invalid string length');
    return;
  }
  if (
    prototype !== NativeTypeError.prototype &&
    prototype !== NativeReferenceError.prototype &&
    prototype !== RangeError.prototype
  )
    return;
  for (const [pattern, answer] of words) {
    if (apply(exec, pattern, [own.value]) === null) continue;
    hide(error, 'message', apply(replace, own.value, [pattern, answer]));
    return;
  }
}

/** V8's first line of a stack: the error as text when it was made. */
function headline(error: object): string {
  const name = textOf(error, 'name') ?? 'Error';
  const message = textOf(error, 'message') ?? '';
  return message === '' ? name : name === '' ? message : `${name}: ${message}`;
}

function textOf(error: object, key: string): string | undefined {
  for (let at: object | null = error; at !== null; at = getPrototypeOf(at)) {
    const own = getOwnPropertyDescriptor(at, key);
    if (own !== undefined) return 'value' in own && own.value !== undefined ? String(own.value) : undefined;
  }
  return undefined;
}

function formatStack(error: object, sites: readonly CallSite[]): string {
  reword(error);
  let text = objectToString(error) === '[object Error]' ? headline(error) : 'Error';
  for (let i = 0; i < sites.length; i++) {
    const site = sites[i];
    if (site === undefined || (i === 0 && builds(site, error))) continue;
    if (site.isNative() || site.getFileName() !== 'program') continue;
    const place = userPlace(site.getLineNumber(), site.getColumnNumber());
    if (place === undefined) continue;
    const name = site.getFunctionName();
    const isNamed = name !== null && name !== '' && !name.startsWith('<');
    text += `\n    at ${isNamed ? `${site.isConstructor() ? 'new ' : ''}${name} (${place})` : place}`;
  }
  return text;
}

/** V8 leaves out the constructor of the error's own class. */
function builds(site: CallSite, error: object): boolean {
  const f = site.isConstructor() ? site.getFunction() : undefined;
  const prototype = typeof f === 'function' ? (getOwnPropertyDescriptor(f, 'prototype')?.value as unknown) : undefined;
  return prototype !== undefined && prototype === getPrototypeOf(error);
}

/** `path:line:column` of a position in the program's script, lines and columns from 1. */
function userPlace(line: number, column: number): string | undefined {
  for (let i = 0; i < maps.length; i++) {
    const map = maps[i];
    if (map === undefined || line < map.line || line >= map.line + map.lines) continue;
    decoded[i] ??= decodeMappings(map.mappings);
    const row = line - map.line;
    const segments = decoded[i]?.[row];
    if (segments === undefined) continue;
    const at = column - 1 - (row === 0 ? map.column : 0);
    let best = -1;
    for (let s = 0; s < segments.length; s += 3) if ((segments[s] ?? 0) <= at || best < 0) best = s;
    if (best >= 0) return `${map.path}:${(segments[best + 1] ?? 0) + 1}:${(segments[best + 2] ?? 0) + 1}`;
  }
  return undefined;
}

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Source map v3: for each line, triples of generated column, source line and source column. One source only. */
function decodeMappings(text: string): number[][] {
  const lines: number[][] = [[]];
  let column = 0;
  let sourceLine = 0;
  let sourceColumn = 0;
  let fields: number[] = [];
  let value = 0;
  let shift = 0;
  const finish = (): void => {
    if (fields.length > 0) column += fields[0] ?? 0;
    if (fields.length >= 4) {
      sourceLine += fields[2] ?? 0;
      sourceColumn += fields[3] ?? 0;
      lines[lines.length - 1]?.push(column, sourceLine, sourceColumn);
    }
    fields = [];
  };
  for (let i = 0; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === ',' || char === ';') {
      finish();
      if (char === ';') {
        lines.push([]);
        column = 0;
      }
      continue;
    }
    const digit = digits.indexOf(char);
    value += (digit & 31) << shift;
    shift += 5;
    if ((digit & 32) !== 0) continue;
    fields.push((value & 1) !== 0 ? -(value >> 1) : value >> 1);
    value = shift = 0;
  }
  finish();
  return lines;
}

export function installErrors(): void {
  // The engine's own accessor.
  (NativeError as unknown as { prepareStackTrace: typeof formatStack }).prepareStackTrace = formatStack;
}
