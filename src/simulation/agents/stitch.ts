/**
 * Why this file exists: what each agent recorded becomes one list of events, in the order in which the agents had their
 * turns: whatever an agent hears of stands before it. Numbers that agents counted for themselves are made different.
 */
import { decodeRows } from '../decode';
import type { TraceEvent } from '../../trace/trace';
import type { Role } from './cast';
import type { Slice } from './slice';

/** The events of all, with places as `offsets` move them. */
export function stitch(
  roles: readonly Role[],
  offsets: readonly number[],
  slices: readonly Slice[],
  end: number,
): TraceEvent[] {
  const lists = new Map<number, TraceEvent[]>();
  const used: Used = { frame: 0, promise: 0, task: 0, work: 0 };
  for (const [i, { agent, report }] of roles.entries()) {
    const events = decodeRows(report.rows, report.events, report.strings);
    lists.set(agent, agent === 0 && roles.length === 1 ? events : renumbered(events, agent, offsets[i] ?? 0, used));
  }
  const merged: TraceEvent[] = [];
  const taken = new Map<number, number>();
  const ended = new Set<number>([0]);
  const take = (agent: number, upTo: number): void => {
    const list = lists.get(agent) ?? [];
    const from = taken.get(agent) ?? 0;
    for (const event of list.slice(from, upTo)) merged.push(event);
    taken.set(agent, Math.max(from, Math.min(upTo, list.length)));
  };
  for (const slice of slices) {
    take(slice.agent, slice.upTo);
    if (slice.ended === undefined || ended.has(slice.agent)) continue;
    ended.add(slice.agent);
    const last = lists.get(slice.agent)?.at(-1)?.at ?? 0;
    const { at, exitCode } = slice.ended;
    merged.push({ kind: 'worker-ended', agent: slice.agent, at: Math.max(at, last), exitCode });
  }
  for (const agent of lists.keys()) {
    if (ended.has(agent)) continue;
    take(agent, Infinity);
    merged.push({ kind: 'worker-ended', agent, at: Math.max(end, lists.get(agent)?.at(-1)?.at ?? 0), exitCode: 1 }); // the end of the process ends it
  }
  const isLate = merged.length;
  take(0, Infinity);
  return isLate === merged.length - 1 ? atLast(merged) : merged;
}

/** Other processes may have gone on when the main program had ended: the end of the run comes after them. */
function atLast(events: readonly TraceEvent[]): TraceEvent[] {
  const latest = events.reduce((at, event) => Math.max(at, event.at), 0);
  return events.map((event) => (event.kind === 'program-ended' ? { ...event, at: latest } : event));
}

type Used = Record<'frame' | 'promise' | 'task' | 'work', number>;

const kindOf: Readonly<Record<string, keyof Used>> = {
  frame: 'frame', by: 'frame', promise: 'promise', parent: 'promise', target: 'promise', derived: 'promise', task: 'task',
  during: 'task', work: 'work',
};

/** Numbers of the agents before this one are taken. */
function renumbered(events: readonly TraceEvent[], agent: number, offset: number, used: Used): TraceEvent[] {
  const before = { ...used };
  return events.map((event) => {
    const moved: Record<string, unknown> = { ...event };
    for (const [field, kind] of Object.entries(kindOf)) {
      const number = moved[field];
      if (typeof number !== 'number') continue;
      moved[field] = number + before[kind];
      used[kind] = Math.max(used[kind], number + before[kind]);
    }
    const { site } = moved;
    if (typeof site === 'number') moved['site'] = site + offset;
    if (agent !== 0) moved['agent'] = agent;
    return moved as unknown as TraceEvent; // the same event
  });
}
