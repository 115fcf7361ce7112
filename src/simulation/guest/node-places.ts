/**
 * Why this file exists: where Node's own source throws the error of a wrong call, and where it makes it: an error is
 * known by its code, its words and what the program called. Measured by scripts/node-places.mjs.
 */
import type { Place } from './errors-places';
import measured from './node-places.json';
import { SafeMap, getOwnPropertyDescriptor } from './primordials';

export interface Spot {
  readonly place: string;
  readonly line: string;
  /** Columns before the caret. */
  readonly caret: number;
}

interface Spots {
  readonly words: string;
  readonly thrown: string;
  readonly made: string;
}

const lines = measured.lines as Readonly<Record<string, string>>;
/** By code and what was called. */
const table = new SafeMap<string, Spots[]>();
for (const [code = '', called = '', words = '', thrown = '', made = ''] of measured.rows) {
  const key = `${code} ${called}`;
  const rows = table.get(key) ?? [];
  rows.push({ words, thrown, made });
  table.set(key, rows);
}

/** A line of Node's source, by its place. */
export function lineOfNode(place: string): string | undefined {
  return lines[place];
}

function spotOf(text: string): Spot | undefined {
  const at = text.lastIndexOf(':');
  const place = text.slice(0, at);
  return text === '' ? undefined : { place, line: lines[place] ?? '', caret: Number(text.slice(at + 1)) };
}

/** The name of what is called there: `new a.B(…)` is B. */
function calledAt({ text, column }: Place): string {
  return /^(?:new\s+)?(?:[\w$]+\.)*([\w$]+)/.exec(text.slice(column - 1))?.[1] ?? '';
}

function dataOf(error: object, key: string): string {
  const value: unknown = getOwnPropertyDescriptor(error, key)?.value;
  return typeof value === 'string' ? value : '';
}

/** Where Node throws and makes an error that a call of the program brought about, if that is known. */
export function placeOfCall(error: object, call: Place | undefined): Partial<Record<'thrown' | 'made', Spot | undefined>> | undefined {
  if (call === undefined) return undefined;
  const message = dataOf(error, 'message');
  const rows = table.get(`${dataOf(error, 'code')} ${calledAt(call)}`) ?? [];
  const found = rows.find(({ words }) => message.startsWith(words));
  return found && { thrown: spotOf(found.thrown), made: spotOf(found.made) };
}
