/** Why this file exists: the guest's rows of numbers become the events of a trace (wire.ts says how). */
import type { TraceEvent } from '../trace/trace';
import { chunkRows, rowLength, wireFields, wireKinds } from './wire';

interface Field {
  readonly name: string;
  readonly kind: 'number' | 'string' | 'optional' | 'optional-string' | 'site';
}

const layout: readonly (readonly Field[])[] = wireKinds.map((kind) => wireFields[kind].map(fieldOf));

function fieldOf(spec: string): Field {
  if (spec.endsWith('$')) return { name: spec.slice(0, -1), kind: 'string' };
  if (!spec.endsWith('?')) return { name: spec, kind: 'number' };
  const name = spec.slice(0, -1);
  if (name.endsWith('$')) return { name: name.slice(0, -1), kind: 'optional-string' };
  return { name, kind: name === 'site' ? 'site' : 'optional' };
}

/** The events, in order. Sites that the guest counted from one are brought back to the table's numbers. */
export function decodeRows(rows: readonly Float64Array[], count: number, strings: readonly string[]): TraceEvent[] {
  const events: TraceEvent[] = [];
  for (let i = 0; i < count; i++) {
    const chunk = rows[Math.floor(i / chunkRows)];
    if (chunk === undefined) break;
    events.push(decodeRow(chunk, (i % chunkRows) * rowLength, strings));
  }
  return events;
}

function decodeRow(chunk: Float64Array, at: number, strings: readonly string[]): TraceEvent {
  const code = chunk[at] ?? 0;
  const event: Record<string, unknown> = { kind: wireKinds[code], at: chunk[at + 1] };
  const fields = layout[code] ?? [];
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i];
    const raw = chunk[at + 2 + i] ?? 0;
    if (field === undefined) continue;
    if (field.kind === 'number') event[field.name] = raw;
    else if (field.kind === 'string') event[field.name] = raw < 0 ? String(-1 - raw) : (strings[raw] ?? '');
    else if (raw !== 0) event[field.name] = field.kind === 'site' ? raw - 1 : field.kind === 'optional' ? raw : strings[raw];
  }
  return event as unknown as TraceEvent; // the row was written by the same table
}
