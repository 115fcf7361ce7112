/**
 * Why this file exists: how a stack becomes text: V8's first line, then its frames. Node's own errors have another
 * first line than their name tells, and some have Node's frames on top; both are noted, since no stack is made until it
 * is read.
 */
import { NativeError, NativeWeakMap, apply, getOwnPropertyDescriptor } from './primordials';

interface Own {
  readonly head: string | undefined;
  readonly frames: readonly string[];
  /** How many frames it may have altogether. */
  readonly most: number;
}

const owns = new NativeWeakMap<object, Own>();
const { get, set } = NativeWeakMap.prototype;
const start = '\n    at ';

function ownOf(error: object): Own {
  return (apply(get, owns, [error]) as Own | undefined) ?? { head: undefined, frames: [], most: Infinity };
}

/** The error's stack begins with this line, whatever its name and message are. */
export function beginStack(error: object, head: string): void {
  apply(set, owns, [error, { ...ownOf(error), head }]);
}

/** Frames above those of the program, with which they share `Error.stackTraceLimit`. */
export function putFramesAbove(error: object, frames: readonly string[]): void {
  const limit: unknown = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit')?.value;
  const most = typeof limit === 'number' ? limit : 0;
  apply(set, owns, [error, { ...ownOf(error), frames: [...frames, ...ownOf(error).frames], most }]);
}

/** Its stack is made anew. */
export function dropFramesAbove(error: object): void {
  if (ownOf(error).frames.length > 0) apply(set, owns, [error, { ...ownOf(error), frames: [] }]);
}

export function stackText(error: object, lines: ArrayLike<unknown>): string {
  const { head, frames, most } = ownOf(error);
  let text = head ?? headline(error);
  for (let i = 0; i < frames.length && i < most; i++) text += `${start}${frames[i] ?? ''}`;
  for (let i = 0; i < lines.length && i + frames.length < most; i++) text += `${start}${String(lines[i])}`;
  return text;
}

/** V8's first line of a stack: what Error.prototype.toString answers. */
function headline(error: object): string {
  const name = textOf(error, 'name') ?? 'Error';
  const message = textOf(error, 'message') ?? '';
  return message === '' ? name : name === '' ? message : `${name}: ${message}`;
}

/** An object is asked for its text, as V8 does. */
const asText: (value: unknown) => string = String;

function textOf(error: object, key: string): string | undefined {
  const value = (error as Record<string, unknown>)[key];
  if (value === undefined) return undefined;
  return typeof value === 'symbol' ? '' : asText(value);
}
