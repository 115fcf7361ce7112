/**
 * Why this file exists: what threads do takes as long as disk and processor please. Where the order of a program hangs
 * on it in a real Node, that is said at the line.
 */
import type { Nudge } from '../../../trace/trace';
import { loopSeen } from './loop-seen';
import { raceNoted, timerWatch, type Start } from './races';

export interface PoolCall {
  /** When and where the program asked for it. */
  readonly start: Start;
  /** So far: each trip takes a turn of the loop at least. */
  trips: number;
  /** Modelled milliseconds in threads, so far. */
  ms: number;
  /** The first turn in whose poll phase it could be told; absent until it was handed over. */
  firstTurn?: number;
}

/** A real thread takes between these parts of the modelled time, and now and then a little more. */
const [fast, slow] = [0.3, 8];
const hiccupMs = 0.5;
/** Two threads of one machine, at the same time. */
const [fastest, slowest] = [0.5, 2];

interface TimerSeen {
  readonly due: number;
  readonly startedAt: number;
}

let fired: TimerSeen[] = [];
let before: { readonly call: PoolCall; readonly toldAt: number } | undefined;

export function poolCallBegins(call: PoolCall): void {
  call.firstTurn ??= loopSeen.turn + 1;
}

timerWatch.fires = ({ start, msecs }): void => {
  if (loopSeen.isPoolBusy) fired.push({ due: start.at + msecs, startedAt: start.at });
};

export function poolBecomes(busy: boolean): void {
  loopSeen.isPoolBusy = busy;
  if (!busy) fired = [];
}

/** The result of a call is told: compared with the timers, the immediates and the calls that it may have met. */
export function poolTold(call: PoolCall, now: number, threads: number): void {
  againstImmediates(call);
  againstTimers(call);
  if (threads > 1) againstOther(call, now);
  before = { call, toldAt: now };
}

const freely = 'real Node may run either first.';

function againstImmediates(call: PoolCall): void {
  const earliest = (call.firstTurn ?? 0) + call.trips - 1;
  if (!loopSeen.immediatesWait() && loopSeen.lastImmediates < earliest) return;
  const later = loopSeen.immediatesWait() ? lasting(call, call.ms + aTurnMs) : undefined;
  raceNoted(call.start.site, `A thread of the pool does this while setImmediate waits: ${freely}`, later);
}

function againstTimers(call: PoolCall): void {
  const { at, site } = call.start;
  const [from, to] = [at + fast * call.ms, at + slow * call.ms + hiccupMs];
  for (const { due, startedAt } of fired)
    if (due >= from && startedAt <= to) noteTimer(site, lasting(call, Math.max((due - at) / 2, fast * call.ms)));
  for (const { start, msecs } of loopSeen.timersWait()) {
    const due = start.at + msecs;
    if (due >= from && due <= to) noteTimer(site, lasting(call, due - at + aTurnMs));
  }
}

function noteTimer(site: number, otherOrder: readonly Nudge[]): void {
  raceNoted(site, `A thread of the pool does this while a timer comes due: ${freely}`, otherOrder);
}

/** Longer than a turn of the loop takes by itself, and than a millisecond of its clock. */
const aTurnMs = 1.1;

/** Makes the call take so long in its threads. */
function lasting({ start: { moment }, ms }: PoolCall, wanted: number): readonly Nudge[] {
  return [{ moment, poolRate: wanted / ms }];
}

/** The one told before was under way at the same time. */
function againstOther(call: PoolCall, now: number): void {
  if (before === undefined || call.start.at >= before.toldAt) return;
  const earliest = call.start.at + fastest * (now - call.start.at);
  const latest = before.call.start.at + slowest * (before.toldAt - before.call.start.at);
  if (earliest >= latest) return;
  const first = before.call;
  raceNoted(
    call.start.site,
    'Threads of the pool do this and another operation at the same time: real Node may tell of either first.',
    lasting(first, first.ms + now - before.toldAt + aTurnMs),
  );
}
