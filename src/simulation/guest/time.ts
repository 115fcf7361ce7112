/**
 * Why this file exists: `Date` and `performance` on virtual time, and a seeded `Math.random`: the same program always
 * gives the same trace.
 */
import { agent } from './agents';
import { clock } from './clock';
import { apply, construct, hide, named } from './primordials';
import { seededFrom } from './seeds';

/** The program starts at this moment: 2025-01-01T00:00:00.000Z, where the scenario does not say another. */
export const epoch = { ms: 1_735_689_600_000 };
/** What a real Node has been up for when the first line runs: about 30 ms. Modelled. */
export const bootMs = 30;

/** Milliseconds since this process, or this worker, began. */
export function sinceStart(): number {
  return clock.read() - agent.startedAt + bootMs;
}

/** When that was. */
export function timeOrigin(): number {
  return epoch.ms + agent.startedAt - bootMs;
}

const NativeDate = Date;

function now(): number {
  return Math.floor(epoch.ms + clock.read());
}

function installDate(): void {
  function VirtualDate(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return apply(NativeDate.prototype.toString, new NativeDate(now()), []);
    return construct(NativeDate, args.length === 0 ? [now()] : args, new.target);
  }
  Object.defineProperty(VirtualDate, 'prototype', { value: NativeDate.prototype, writable: false });
  hide(NativeDate.prototype, 'constructor', VirtualDate);
  hide(VirtualDate, 'now', named(now, 'now', 0));
  hide(VirtualDate, 'parse', NativeDate.parse);
  hide(VirtualDate, 'UTC', NativeDate.UTC);
  hide(globalThis, 'Date', named(VirtualDate, 'Date', 7));
}

/** Mulberry32: 32 bits of state are plenty for examples, and the sequence is the same on every machine. */
function seededRandom(seed: number): () => number {
  let state: number | undefined;
  return () => {
    state = ((state ?? seededFrom(seed)) + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const performanceObject = {
  now: named(sinceStart, 'now', 0),
  timeOrigin: timeOrigin(),
  mark: named(
    (name: string) => ({ name, entryType: 'mark', startTime: sinceStart(), duration: 0 }),
    'mark',
    1,
  ),
  toJSON: named(() => ({ timeOrigin: timeOrigin() }), 'toJSON', 0),
};

/** Before the program runs: it starts at another moment. */
export function startAt(ms: number): void {
  epoch.ms = ms;
  performanceObject.timeOrigin = timeOrigin();
}

/** Of a worker or a process: it starts at this moment of the clock of all. */
export function startLater(at: number): void {
  agent.startedAt = at;
  performanceObject.timeOrigin = timeOrigin();
}

export function installTime(): void {
  installDate();
  hide(globalThis.Math, 'random', named(seededRandom(20_250_101), 'random', 0));
  hide(globalThis, 'performance', performanceObject);
}
