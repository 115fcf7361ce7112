/**
 * Why this file exists: what comes of a write or a connection over the loopback is told as soon as the processor comes
 * to it. Where a timer is due about then, that is said at the line: real Node may run either first.
 */
import { clock } from '../clock';
import { bareList, trunc } from '../primordials';
import type { Nudge } from '../../../trace/trace';
import { loopSeen } from './loop-seen';
import { closerThan, delayedTo } from './nudges';
import { fast, raceNoted, slow, timerWatch, type Start, type Timer } from './races';

interface Fired {
  readonly timer: Timer;
  readonly at: number;
}

/** A real machine takes a little more now and then. */
const hiccupMs = 0.5;
/** A timer may be so late. */
const lateMs = 1;
/** Timers that fired so long ago meet nobody any more. */
const keptMs = 100;

let fired = bareList<Fired>();

const { fires } = timerWatch;
timerWatch.fires = (timer): void => {
  fires(timer);
  const now = clock.now();
  const kept = bareList<Fired>();
  for (let i = 0; i < fired.length; i++) {
    const each = fired[i];
    if (each !== undefined && each.at > now - keptMs) kept[kept.length] = each;
  }
  kept[kept.length] = { timer, at: now };
  fired = kept;
};

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * When it may be told in a real Node: what the processor has done since the chain of callbacks began, or since the
 * timer was set, takes more or less time.
 */
function spanOf(cause: Start, { start }: Timer): Span {
  const base = start.at > cause.anchor.at ? start : cause.anchor;
  const slept = clock.slept - base.slept;
  const worked = clock.now() - base.at - slept;
  return { from: base.at + slept + fast * worked, to: base.at + slept + slow * worked + hiccupMs };
}

function dueOf({ start, msecs }: Timer): number {
  return start.at + msecs;
}

/** In the poll phase; `cause` is what the other side did, `site` whose socket it is. */
export function socketTold(cause: Start, site: number): void {
  const tell = (otherOrder: readonly Nudge[] | undefined): void => {
    const message = 'What this brings over a connection comes while a timer is due: real Node may run either first.';
    raceNoted(cause.site === 0 ? site : cause.site, message, otherOrder);
  };
  for (const timer of loopSeen.timersWait())
    if (dueOf(timer) <= spanOf(cause, timer).to) tell(delayedTo(trunc(dueOf(timer)) + lateMs, cause));
  for (let i = 0; i < fired.length; i++) {
    const each = fired[i];
    // What the timer itself led to comes after it.
    if (each === undefined || each.at <= cause.anchor.at || each.timer.start.at > cause.at) continue;
    const { timer } = each;
    if (spanOf(cause, timer).from < dueOf(timer) + lateMs) tell(sooner(timer, cause));
  }
}

/** The processor is faster, so that it is told before the timer: where nothing slept in between. */
function sooner({ start, msecs }: Timer, cause: Start): readonly Nudge[] | undefined {
  const isSimple = start.moment !== 0 && start.slept === cause.slept && start.at < cause.at;
  return isSimple ? closerThan(msecs, start, cause) : undefined;
}
