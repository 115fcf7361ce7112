/**
 * Why this file exists: the player is measured with traces of a million events, more than a benchmark should wait for:
 * a simulated one is played several times over, each time with ids and times that follow the last.
 */
import type { Trace, TraceEvent } from '../../src/trace/trace';

const ids = ['frame', 'promise', 'task', 'by', 'during', 'parent', 'target', 'derived'] as const;

export function repeatTrace(trace: Trace, times: number): Trace {
  const body = trace.events.filter(event => event.kind !== 'program-ended');
  const highest = body.reduce((most, event) => Math.max(most, ...ids.map(name => idOf(event, name) ?? 0)), 0);
  const events: TraceEvent[] = [];
  for (let n = 0; n < times; n++) {
    for (const event of body) events.push(shifted(event, n * highest, n * trace.virtualMs));
  }
  return { ...trace, events, virtualMs: trace.virtualMs * times };
}

function idOf(event: TraceEvent, name: string): number | undefined {
  const value = (event as unknown as Readonly<Record<string, unknown>>)[name]; // the fields of any event
  return typeof value === 'number' ? value : undefined;
}

function shifted(event: TraceEvent, by: number, later: number): TraceEvent {
  const changed: Record<string, unknown> = { ...event, at: event.at + later };
  for (const name of ids) {
    const id = idOf(event, name);
    if (id !== undefined) changed[name] = id + by;
  }
  const due = idOf(event, 'due');
  if (due !== undefined) changed['due'] = due + later;
  return changed as unknown as TraceEvent; // only numbers were changed
}
