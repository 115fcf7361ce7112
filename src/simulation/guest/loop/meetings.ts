/**
 * Why this file exists: timers that are due within a millisecond fire in one turn of the loop or in two, as the edges
 * of a real clock's milliseconds fall. It is said where that shows: where immediates come in between, or the end of
 * the program.
 */
import { clock } from '../clock';
import type { Nudge } from '../../../trace/trace';
import { trunc } from '../primordials';
import { loopSeen } from './loop-seen';
import { closerThan, delayedTo } from './nudges';
import { fast, raceNoted, slow, timerWatch, type Timer } from './races';

interface Fired {
  readonly timer: Timer;
  readonly turn: number;
}

/** A millisecond of libuv's clock. */
const aTick = 1;
let pass = { turn: -1, at: 0 };
let before: Fired | undefined;

timerWatch.meets = (timer, isRefed): void => {
  const { turn } = loopSeen;
  if (pass.turn !== turn) pass = { turn, at: clock.now() };
  const last = before;
  before = { timer, turn };
  if (last === undefined) return;
  if (last.turn === turn) mayPart(last.timer, timer, isRefed);
  else if (loopSeen.lastImmediates > last.turn && mayJoin(last.timer, timer))
    noteImmediates(timer, joined(last.timer, timer));
};

/** They fire in one turn. */
function mayPart(first: Timer, second: Timer, isRefed: boolean): void {
  if (pass.at - dueOf(second) >= aTick) return;
  if (loopSeen.immediatesWait()) noteImmediates(second, parted(first, second));
  else if (!isRefed && !loopSeen.isAlive()) noteEnd(second, parted(first, second));
}

/** The loop ends: timers that keep nothing alive will not fire. */
export function timersLeft(): void {
  const last = before;
  if (last?.turn !== loopSeen.turn) return;
  for (const timer of loopSeen.timersWait()) if (mayJoin(last.timer, timer)) noteEnd(timer, joined(last.timer, timer));
}

function dueOf({ start, msecs }: Timer): number {
  return start.at + msecs;
}

/** Whether the second, which fires in a later turn, may be due in the same millisecond. */
function mayJoin(first: Timer, second: Timer): boolean {
  const between = second.start.at - first.start.at;
  const more = second.msecs - first.msecs;
  const late = first.start.late - second.start.late;
  return more + between * (between > 0 ? fast : slow) - (late > 0 ? late : 0) < aTick;
}

/** The other order: the one that was set later is set a little later still, or a little sooner. */
function parted(first: Timer, second: Timer): readonly Nudge[] | undefined {
  if (second.start.moment === 0 || second.start.at < first.start.at) return undefined;
  return delayedTo(trunc(pass.at) + aTick - second.msecs, second.start);
}

function joined(first: Timer, second: Timer): readonly Nudge[] | undefined {
  const isSimple = first.start.moment !== 0 && second.start.moment !== 0 && second.start.at > first.start.at;
  return isSimple ? closerThan(first.msecs - second.msecs + aTick, first.start, second.start) : undefined;
}

function noteImmediates({ start, msecs }: Timer, otherOrder: readonly Nudge[] | undefined): void {
  raceNoted(
    start.site,
    `This timer of ${msecs} ms is due at nearly the same time as the timer before it: real Node may run the immediates ` +
      'that were set meanwhile before or after it.',
    otherOrder,
  );
}

function noteEnd({ start, msecs }: Timer, otherOrder: readonly Nudge[] | undefined): void {
  raceNoted(
    start.site,
    `This timer of ${msecs} ms keeps nothing alive and is due at nearly the same time as the last that does: real Node ` +
      'may run it or end before.',
    otherOrder,
  );
}
