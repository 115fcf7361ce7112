/**
 * Why this file exists: processes and services outside take as long as they please. Where the order of a program hangs
 * on it in a real Node, that is said at the line.
 */
import type { Nudge } from '../../../trace/trace';
import { clock } from '../clock';
import { bareList } from '../primordials';
import './agent-races';
import { loopSeen } from './loop-seen';
import { raceNoted, timerWatch, type Start } from './races';

/** What was asked of somebody outside. */
export interface OutsideCall {
  readonly start: Start;
  /** Modelled milliseconds so far. */
  ms: number;
  /** So many more are as long as they say, on whatever machine. */
  sureMs: number;
}

/** A real machine takes between these parts of the modelled time, and now and then a little more. */
const [fast, slow] = [0.4, 5];
const hiccupMs = 1;
/** Two processes of one machine at the same time. */
const [fastest, slowest] = [0.5, 2];
/** Timers that fired so long ago meet nobody any more. */
const keptMs = 1000;

interface Fired {
  readonly due: number;
  readonly startedAt: number;
}

let fired = bareList<Fired>();
interface Told {
  readonly call: OutsideCall;
  readonly ms: number;
  readonly sureMs: number;
  readonly toldAt: number;
}

let before: Told | undefined;
const freely = 'real Node may run either first.';

const { fires } = timerWatch;
timerWatch.fires = (timer): void => {
  fires(timer);
  const kept = bareList<Fired>();
  const since = clock.now() - keptMs;
  for (let i = 0; i < fired.length; i++) {
    const each = fired[i];
    if (each !== undefined && each.due > since) kept[kept.length] = each;
  }
  kept[kept.length] = { due: timer.start.at + timer.msecs, startedAt: timer.start.at };
  fired = kept;
};

/** The loop hears of it: compared with timers, immediates and others outside. `what`: `A process of its own`. */
export function outsideTold(call: OutsideCall, what: string): void {
  const { ms, sureMs, start } = call;
  const now = clock.now();
  const [from, to] = [start.at + sureMs + fast * ms, start.at + sureMs + slow * ms + hiccupMs];
  const meets = (due: number): boolean => due >= from && due <= to;
  const soonest = sureMs + fast * ms;
  const timed = (otherOrder: readonly Nudge[] | undefined): void => {
    raceNoted(start.site, `${what} does this while a timer comes due: ${freely}`, otherOrder);
  };
  for (let i = 0; i < fired.length; i++) {
    const each = fired[i];
    if (each !== undefined && meets(each.due) && each.startedAt <= to) timed(lasting(call, soonest));
  }
  for (const timer of loopSeen.timersWait()) {
    const due = timer.start.at + timer.msecs;
    if (meets(due)) timed(lasting(call, due - start.at + aTurnMs));
  }
  const waits = loopSeen.immediatesWait();
  if (waits || (loopSeen.lastImmediatesAt >= from && loopSeen.lastImmediatesAt > start.at)) {
    const otherOrder = lasting(call, waits ? sureMs + ms + aTurnMs : soonest);
    raceNoted(start.site, `${what} does this while setImmediate waits: ${freely}`, otherOrder);
  }
  againstOther(call, what, now);
  before = { call, ms, sureMs, toldAt: now };
}

/** The one told before was under way at the same time. */
function againstOther(call: OutsideCall, what: string, now: number): void {
  if (before === undefined || before.call === call || call.start.at >= before.toldAt) return;
  const earliest = call.start.at + call.sureMs + fastest * call.ms;
  const latest = before.call.start.at + before.sureMs + slowest * before.ms;
  if (now > before.toldAt && earliest >= latest) return;
  const later = lasting(before.call, call.start.at + call.sureMs + call.ms - before.call.start.at + 2 * aTurnMs);
  raceNoted(call.start.site, `${what} does this while another is at work: real Node may hear of either first.`, later);
}

/** Longer than a turn of the loop takes by itself, and than a millisecond of its clock. */
const aTurnMs = 1.1;

/** Makes the call take so long; undefined where nothing of its time is the machine's. */
function lasting({ start: { moment }, ms, sureMs }: OutsideCall, wanted: number): readonly Nudge[] | undefined {
  return moment === 0 || ms === 0 ? undefined : [{ moment, poolRate: (wanted - sureMs) / ms }];
}
