/** Why this file exists: what rendering remembers: names given, helpers used, and what is in scope at this point. */
import type { Color } from '../program';

export type Helper =
  | 'sleep' | 'delay' | 'attempt' | 'tag' | 'iterate' | 'shared' | 'Subclass' | 'disposable' | 'say' | 'watched' | 'noted'
  | 'circle' | 'proxied' | 'untold' | 'hide' | 'rejected' | 'still' | 'timers' | 'EventEmitter' | 'once' | 'promisify' | 'inspect';

export interface Palette {
  /** Lengths of timers; 'apart' gives each place in the text a length of its own. */
  readonly delays: readonly number[] | 'apart';
  /** Immediates beside timers that fall due together would be a race in real Node. */
  readonly immediates: boolean;
}

/** How to call a function that was declared above. */
export interface Callable {
  readonly color: Color;
  readonly call: (argument: string) => string;
}

/** One for each file; it lives as long as the rendering. The counts and numbers are the program's. */
export interface Writer {
  readonly palette: Palette;
  readonly module: boolean;
  readonly helpers: Set<Helper>;
  /** How often each construct was written. */
  readonly counts: Map<string, number>;
  readonly numbers: { ids: number; timers: number };
}

export interface Handle {
  readonly name: string;
  readonly clear: 'clearTimeout' | 'clearImmediate';
}

/** What may be written here. The lists belong to one block and are copied for blocks inside it. */
export interface Scope {
  readonly values: string[];
  readonly promises: string[];
  readonly handles: Handle[];
  readonly functions: readonly Callable[];
  /** Expressions that read what the file imports. */
  readonly imports: readonly string[];
  readonly awaits: boolean;
  readonly yields: 'no' | 'sync' | 'async';
  /** 'wrapped': a sync function that must answer with a promise. */
  readonly returns: 'no' | 'any' | 'wrapped';
  readonly loops: boolean;
  /** Whether what is thrown here ends in a promise, not in the host. */
  readonly throws: boolean;
}

export function nested(scope: Scope, changes: Partial<Scope> = {}): Scope {
  const { values, promises, handles } = scope;
  return { ...scope, values: [...values], promises: [...promises], handles: [...handles], ...changes };
}

export function fresh(writer: Writer, prefix: string): string {
  writer.numbers.ids += 1;
  return `${prefix}${writer.numbers.ids}`;
}

/** A new label, as a string literal. */
export function label(writer: Writer): string {
  return `'${fresh(writer, 'L')}'`;
}

export function use(writer: Writer, helper: Helper): string {
  writer.helpers.add(helper);
  return helper;
}

export function count(writer: Writer, construct: string): void {
  writer.counts.set(construct, (writer.counts.get(construct) ?? 0) + 1);
}

/** Sums of up to four lengths that are 'apart' differ by 6 ms or are equal: 30 is 6 more than 24, the step. */
export function delayOf(writer: Writer, pick: number): number {
  writer.numbers.timers += 1;
  const { delays } = writer.palette;
  return delays === 'apart' ? 30 + 24 * (writer.numbers.timers % 10) : (pickFrom(delays, pick) ?? 0);
}

/** The element that a number points at, wrapped around. */
export function pickFrom<T>(list: readonly T[], pick: number): T | undefined {
  return list[pick % Math.max(list.length, 1)];
}

export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}
