/**
 * Why this file exists: a run of a hundred thousand events is ten megabytes of JSON, most of it the same names and
 * texts. In a page it stands as bytes: an event is a row of small numbers, each told by what it is more than the last
 * one of its kind and field, and texts stand in a list. Which fields there are says `event-fields.ts`, so a row that
 * can be read is an event that `parse.ts` would let through.
 */
import { ByteReader, ByteWriter } from './compact-bytes';
import { eventFields } from './event-fields';
import type { FieldType } from './event-fields';
import { parseTrace, vouchFor } from './parse';
import type { Trace, TraceEvent } from './trace';

type Row = Record<string, unknown>;

/** A field of a kind of event. `last` is the number that it had last. */
interface Column {
  readonly name: string;
  readonly type: FieldType;
  last: number;
}

interface Kind {
  readonly kind: string;
  readonly columns: readonly Column[];
}

interface Layout {
  readonly kinds: readonly Kind[];
  readonly at: Column;
  readonly agent: Column;
}

function newLayout(): Layout {
  const column = (name: string, type: FieldType): Column => ({ name, type, last: 0 });
  const kinds = Object.entries(eventFields).map(([kind, fields]) => ({
    kind, columns: Object.entries<FieldType>(fields).map(([name, type]) => column(name, type)),
  }));
  return { kinds, at: column('at', 'number'), agent: column('agent', 'id?') };
}

/** What stands before the rows, as JSON. */
interface Head {
  readonly trace: unknown;
  readonly texts: readonly string[];
  readonly count: number;
}

/** The bytes of a trace that `parseTrace` lets through. */
export function compactTrace(trace: Trace): Uint8Array<ArrayBuffer> {
  const rows = new ByteWriter();
  const texts = new Map<string, number>();
  const { kinds, at, agent } = newLayout();
  const places = new Map(kinds.map(({ kind }, place) => [kind, place]));
  for (const event of trace.events) {
    const place = places.get(event.kind) ?? -1;
    rows.byte(place);
    writeNumber(rows, at, event.at);
    writeNumber(rows, agent, event.agent);
    const fields = event as unknown as Row; // the fields of any event
    for (const column of kinds[place]?.columns ?? []) writeField(rows, column, fields[column.name], texts);
  }
  const head: Head = { trace: { ...trace, events: [] }, texts: [...texts.keys()], count: trace.events.length };
  const out = new ByteWriter();
  out.text(JSON.stringify(head));
  out.bytes(rows.taken());
  return out.taken();
}

/**
 * The trace that was made small. Throws where it cannot be read; where all but the events is damaged, or another
 * version's, that part is answered, and `parseTrace` says what is wrong with it.
 */
export function expandTrace(bytes: Uint8Array): unknown {
  const reader = new ByteReader(bytes);
  const head = JSON.parse(reader.text()) as Head; // written above; what is in it is looked at here and by `parseTrace`
  const parsed = parseTrace(head.trace);
  if (parsed.kind === 'refused' || !head.texts.every(text => typeof text === 'string')) return head.trace;
  const layout = newLayout();
  const events: TraceEvent[] = [];
  const seen = { count: 0 };
  for (let n = 0; n < head.count; n++) events.push(readEvent(reader, layout, head.texts, seen));
  if (!reader.isAtEnd()) throw new RangeError('Something stands after the last event.');
  const trace: Trace = { ...parsed.trace, events };
  vouchFor(trace);
  return trace;
}

function readEvent(reader: ByteReader, { kinds, at, agent }: Layout, texts: readonly string[], seen: Seen): TraceEvent {
  const kind = kinds[reader.byte()];
  if (kind === undefined) throw new RangeError('There is no such kind of event.');
  const event: Row = {};
  event['kind'] = kind.kind;
  event['at'] = readField(reader, at, texts, seen);
  const by = readField(reader, agent, texts, seen);
  if (by !== undefined) event['agent'] = by;
  for (const column of kind.columns) {
    const value = readField(reader, column, texts, seen);
    if (value !== undefined) event[column.name] = value;
  }
  return event as unknown as TraceEvent; // each of its fields has been read by its type
}

/** How many texts have been met: a new one is the next of the list. */
interface Seen {
  count: number;
}

/** 0 is left out, 1 the same number again, 2 a number as it is in memory, the rest how much more than the last. */
function writeNumber(rows: ByteWriter, column: Column, value: number | undefined): void {
  const more = (value ?? 0) - column.last;
  const isWhole = Number.isInteger(more) && Math.abs(more) < 2 ** 30 && column.last + more === value;
  if (value === undefined) rows.number(0);
  else if (more === 0) rows.number(1);
  else if (isWhole) rows.number(3 + (more > 0 ? more * 2 : -more * 2 - 1));
  else {
    rows.number(2);
    rows.double(value);
  }
  column.last = value ?? column.last;
}

function readNumber(reader: ByteReader, column: Column): number | undefined {
  const code = reader.number();
  if (code === 0) return undefined;
  if (code === 2) column.last = reader.double();
  else if (code > 2) column.last += code % 2 === 1 ? (code - 3) / 2 : (2 - code) / 2;
  return column.last;
}

/** 0 is left out, 1 a new text, the rest the place of a known one. */
function writeText(rows: ByteWriter, value: string | undefined, texts: Map<string, number>): void {
  const known = value === undefined ? undefined : texts.get(value);
  if (value !== undefined && known === undefined) texts.set(value, texts.size);
  rows.number(value === undefined ? 0 : known === undefined ? 1 : known + 2);
}

function readText(reader: ByteReader, texts: readonly string[], seen: Seen): string | undefined {
  const code = reader.number();
  if (code === 0) return undefined;
  const text = texts[code === 1 ? seen.count++ : code - 2];
  if (text === undefined) throw new RangeError('There is no such text.');
  return text;
}

function writeField(rows: ByteWriter, column: Column, value: unknown, texts: Map<string, number>): void {
  const { type } = column;
  if (typeof type !== 'string') rows.number(type.indexOf(String(value)) + 1);
  else if (type === 'boolean?') rows.number(value === undefined ? 0 : value === true ? 2 : 1);
  else if (type === 'text' || type === 'text?') writeText(rows, typeof value === 'string' ? value : undefined, texts);
  else writeNumber(rows, column, typeof value === 'number' ? value : undefined);
}

function readField(reader: ByteReader, column: Column, texts: readonly string[], seen: Seen): unknown {
  const { type } = column;
  if (typeof type !== 'string') return needed(type[reader.number() - 1]);
  switch (type) {
    case 'boolean?': {
      const code = reader.number();
      return code === 0 ? undefined : code === 2;
    }
    case 'text': return needed(readText(reader, texts, seen));
    case 'text?': return readText(reader, texts, seen);
    case 'number': return needed(readNumber(reader, column));
    case 'number?': return readNumber(reader, column);
    case 'id': return id(needed(readNumber(reader, column)));
    case 'id?': return id(readNumber(reader, column));
  }
}

function needed<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('A field is missing.');
  return value;
}

function id(value: number | undefined): number | undefined {
  if (value !== undefined && !(Number.isInteger(value) && value >= 0)) throw new RangeError('An id is a whole number.');
  return value;
}
