/**
 * Why this file exists: where real Node may go either way, it is said at the line. The simulation's clock is exact; a
 * real one is not: code takes more or less time, and whatever a timer starts is as late as that timer was.
 */
import { clock } from '../clock';
import { note } from '../notes';
import type { Nudge } from '../../../trace/trace';
import { SafeSet, trunc } from '../primordials';
import { here } from '../recorder';
import { closerThan, delayedTo, fartherThan } from './nudges';

/** A moment, and how much the process had slept by then. */
interface Anchor {
  readonly at: number;
  readonly slept: number;
}

/** When and in which task something was set. */
export interface Start extends Anchor {
  /** The callbacks that the loop called so far: those of one number are one task with its microtasks. */
  readonly task: number;
  /** By how many milliseconds that task may be late in a real Node: one for each timer that led to it. */
  readonly late: number;
  readonly site: number;
  /** The moment's number (see nudges.ts); 0 for what starts again by itself. */
  readonly moment: number;
  /** What has come from others by then may have led to it; what came later has not. */
  readonly causedAt: number;
  /** When the chain of callbacks that led there was last called by the clock, or by somebody outside. */
  readonly anchor: Anchor;
}

interface Running {
  task: number;
  late: number;
  causedAt: number;
  anchor: Anchor;
}

const running: Running = { task: 0, late: 0, causedAt: Infinity, anchor: { at: 0, slept: 0 } };

export function startNow(moment = 0): Start {
  const { task, late, anchor } = running;
  return { at: clock.now(), slept: clock.slept, task, late, site: here(), moment, causedAt: causedAt(), anchor };
}

/** What has come from others by then may have led to what runs now: a timer would have come without what came since. */
export function causedAt(): number {
  return Math.min(running.causedAt, clock.now());
}

/** The loop calls something that was set there; `more` is what its own lateness adds. */
export function enterTask(start: Start, more: number): void {
  running.task++;
  running.late = start.late + more;
  running.causedAt = more === 0 ? Infinity : start.causedAt;
  if (more > 0) anchorNow();
  else running.anchor = start.anchor;
}

function anchorNow(): void {
  running.anchor = { at: clock.now(), slept: clock.slept };
}

/** Somebody outside does something: what it leads to begins now. */
export function fromOutside(run: () => void): void {
  const before = running.anchor;
  anchorNow();
  run();
  running.anchor = before;
}

export interface Timer {
  readonly start: Start;
  readonly msecs: number;
}

/** A millisecond of a real clock begins anywhere: less than this much time in between seldom meets its edge. */
const edge = 0.7;
/** Parts of the modelled time that code takes in life. */
export const [fast, slow] = [0.5, 3];

/** Whether the timer that was set later may come first in one run and second in another. */
function mayChange(earlier: Timer, later: Timer): boolean {
  const needed = earlier.msecs - later.msecs;
  const between = later.start.at - earlier.start.at;
  const late = later.start.late - earlier.start.late;
  if (needed <= 0) return false;
  if (late <= 0) return fast * between < needed && slow * between + edge >= needed;
  // Both stand on libuv's grid of whole milliseconds.
  const ticks = trunc(later.start.at) - trunc(earlier.start.at);
  return ticks < needed && ticks + late >= needed;
}

let before: Timer | undefined;
/** Who else looks at timers that fire: see pool-races.ts and meetings.ts. */
export const timerWatch: { fires: (timer: Timer) => void; meets: (timer: Timer, isRefed: boolean) => void } = {
  fires: () => undefined,
  meets: () => undefined,
};

/** A timer fires: compared with the one that fired before it; `isRefed`: it keeps the program alive. */
export function timerFires(timer: Timer, isRefed: boolean): void {
  timerWatch.fires(timer);
  timerWatch.meets(timer, isRefed);
  const last = before;
  before = timer;
  if (last === undefined) return;
  const isLater = timer.start.at >= last.start.at;
  const [earlier, later] = isLater ? [last, timer] : [timer, last];
  if (!mayChange(earlier, later)) return;
  raceNoted(
    later.start.site,
    `This timer of ${later.msecs} ms and one of ${earlier.msecs} ms that was set before it are due at nearly the same ` +
      'time: real Node may run either first.',
    later.start.moment === 0 ? undefined : otherOrder(earlier, later, isLater),
  );
}

/** `asSet`: the one that was set earlier came first. */
function otherOrder(earlier: Timer, later: Timer, asSet: boolean): readonly Nudge[] | undefined {
  const needed = earlier.msecs - later.msecs;
  if (asSet) return earlier.start.moment === 0 ? undefined : closerThan(needed, earlier.start, later.start);
  const isLate = later.start.late > earlier.start.late || earlier.start.moment === 0;
  if (isLate) return delayedTo(trunc(earlier.start.at) + needed + 1, later.start);
  return fartherThan(needed, earlier.start, later.start);
}

const noted = new SafeSet<string>();

/** Once for each line. */
export function raceNoted(site: number, message: string, otherOrder?: readonly Nudge[]): void {
  const key = `${site} ${message}`;
  if (noted.has(key)) return;
  noted.add(key);
  note('order-unspecified', message, site, otherOrder);
}

/**
 * From the end of a CommonJS main script to the first look at the timers. Modelled, as measured: a timer of 1 ms that
 * is set in a script without prints is mostly not due by then.
 */
export const loopStartMs = 0.9;
const [fastStart, slowStart] = [0.65, 1.2];

/** The loop starts after a CommonJS main script that left an immediate and timers. */
export function loopStarts(timers: Iterable<Timer>, moment: number): void {
  const now = { moment, at: clock.now() };
  for (const { start, msecs } of timers) {
    const ran = now.at - loopStartMs - start.at;
    const due = trunc(start.at) + msecs;
    if (fastStart * loopStartMs + fast * ran >= msecs || slowStart * loopStartMs + slow * ran <= msecs - 1) continue;
    raceNoted(
      start.site,
      `setTimeout of ${msecs} ms against setImmediate, both from the main script: real Node may run either first.`,
      trunc(now.at) < due ? delayedTo(due, now) : closerThan(msecs, start, now),
    );
  }
}
