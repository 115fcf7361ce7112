/**
 * Why this file exists: what threads do takes as long as disk and processor please. Where the order of a program hangs
 * on it in a real Node, that is said at the line.
 */
import type { Nudge } from '../../../trace/trace';
import { clock } from '../clock';
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
  /** Milliseconds that Node's own code took of the processor besides. */
  codeMs?: number;
}

/** A real thread takes between these parts of the modelled time, and now and then a little more. */
const [fast, slow] = [0.3, 8];
const hiccupMs = 0.5;
/** What Node's own code takes, on a machine that is slow or busy. */
const [slowCode, hiccupOfCodeMs] = [4, 4];
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
  const other = loopSeen.immediatesWait() ? call.ms + aTurnMs : fastest * aTurnOfImmediatesMs;
  raceNoted(call.start.site, `A thread of the pool does this while setImmediate waits: ${freely}`, lasting(call, other));
}

function againstTimers(call: PoolCall): void {
  const { at, site } = call.start;
  const code = call.codeMs ?? 0;
  const late = call.codeMs === undefined ? hiccupMs : hiccupOfCodeMs;
  const [from, to] = [at + fast * (call.ms + code), at + slow * call.ms + slowCode * code + late];
  for (const { due, startedAt } of fired)
    if (due >= from && startedAt <= to) noteTimer(site, sooner(call, (due - at) / 2));
  for (const { start, msecs } of loopSeen.timersWait()) {
    const due = start.at + msecs;
    if (due >= from && due <= to) noteTimer(site, lasting(call, due - at + aTurnMs));
  }
}

function noteTimer(site: number, otherOrder: readonly Nudge[]): void {
  raceNoted(site, `A thread of the pool does this while a timer comes due: ${freely}`, otherOrder);
}

/** Makes the call be over after so long, as far as that is possible. */
function sooner(call: PoolCall, wanted: number): readonly Nudge[] {
  const code = call.codeMs ?? 0;
  if (code === 0) return lasting(call, Math.max(wanted, fast * call.ms));
  const part = Math.max(wanted / (call.ms + code), fast);
  return [{ moment: call.start.moment, poolRate: part, rate: clock.rate * part }];
}

/** A turn in which nothing but an immediate runs. */
const aTurnOfImmediatesMs = 0.005;

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
