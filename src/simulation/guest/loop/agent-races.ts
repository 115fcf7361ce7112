/**
 * Why this file exists: workers start and run as fast as a machine lets them. Where the order of a program hangs on
 * whose message comes first, or on a timer that is due when one comes, that is said at the line.
 */
import type { Nudge } from '../../../trace/trace';
import { clock } from '../clock';
import { SafeSet, bareList } from '../primordials';
import './pool-races';
import { raceNoted, timerWatch, type Timer } from './races';
import { waitingTimers } from './timers';

/** How far a message may come earlier or later in a real Node: the first of a worker hangs on its start. */
const [uncertain, uncertainStart] = [3, 15];
/** A process starts in 35 to 90 ms. */
const uncertainProcess = 35;
/** Sooner than this nobody answers to what was told. */
const answerMs = 0.1;

/** Of a message, or of the end of a worker, which has no number: who posted it, and when. */
interface Posted {
  readonly from: number;
  readonly id?: number;
  readonly postedAt: number;
  readonly isProcess?: boolean;
}

interface Fired {
  readonly timer: Timer;
  readonly at: number;
}

interface Told extends Posted {
  readonly at: number;
  readonly isFirst: boolean;
  readonly uncertainMs: number;
}

/** So far apart that nothing else comes in between. */
const clearMs = 1.1;

const heard = new SafeSet<number>();
let last: Told | undefined;
/** When this agent said something to others: what comes later may be an answer. */
let saidAt = -1;
/** The timers that fired last, and when. */
const fired = bareList<Fired>();
const keptFired = 8;
let firedCount = 0;

export function messageSaid(): void {
  saidAt = clock.now();
}

/** A message of another agent is told; `site` is where its port was made. */
export function messageTold(posted: Posted, site: number): void {
  heardOf(posted, site, 'Two agents post messages at nearly the same time: real Node may tell either first.');
}

/** The end of a worker is told, which was made at `site`. */
export function exitTold(posted: Posted, site: number): void {
  heardOf(posted, site, 'This worker ends at nearly the time at which another is heard of: real Node may tell either first.');
}

function heardOf(posted: Posted, site: number, message: string): void {
  const isFirst = !heard.has(posted.from);
  heard.add(posted.from);
  const starting = posted.isProcess === true ? uncertainProcess : uncertainStart;
  const told = { ...posted, at: clock.now(), isFirst, uncertainMs: isFirst ? starting : uncertain };
  if (last !== undefined && areRacing(last, told))
    raceNoted(site, message, later(last, told.postedAt - last.postedAt));
  for (const { start, msecs } of waitingTimers()) {
    const dueIn = start.at + msecs - told.at;
    if (start.at >= told.postedAt || Math.abs(dueIn) >= told.uncertainMs) continue;
    timerRaces(start.site, msecs, later(told, dueIn));
  }
  for (let i = 0; i < fired.length; i++) overtakes(told, fired[i]);
  last = told;
}

/** They came from different agents, and the second was no answer to the first. */
function areRacing(one: Told, other: Told): boolean {
  const isAnswer = saidAt >= one.at && other.postedAt > one.at + answerMs;
  if (one.from === other.from || isAnswer) return false;
  return Math.abs(other.postedAt - one.postedAt) < Math.max(one.uncertainMs, other.uncertainMs);
}

/** It comes later: its agent has to wait, or, where it ends, took longer to start. */
function later({ id, from }: Told, ms: number): readonly Nudge[] {
  const addMs = Math.max(ms, 0) + clearMs;
  return [id === undefined ? { worker: from, addMs } : { message: id, addMs }];
}

/** A timer that fired shortly before: the worker may have been sooner, by its start alone. */
function overtakes(told: Told, before: Fired | undefined): void {
  if (before === undefined) return;
  const { timer, at } = before;
  const isAnswer = saidAt >= at && told.postedAt > at + answerMs;
  if (isAnswer || timer.start.at >= told.postedAt || told.at - at >= told.uncertainMs) return;
  const sooner = [{ worker: told.from, addMs: at - told.at - clearMs }];
  timerRaces(timer.start.site, timer.msecs, told.isFirst ? sooner : undefined);
}

function timerRaces(site: number, msecs: number, otherOrder: readonly Nudge[] | undefined): void {
  raceNoted(
    site,
    `A message of another agent comes at nearly the time at which this timer of ${msecs} ms is due: real Node may run ` +
      'either first.',
    otherOrder,
  );
}

const { fires } = timerWatch;
timerWatch.fires = (timer): void => {
  fires(timer);
  const at = clock.now();
  fired[firedCount++ % keptFired] = { timer, at };
  if (last === undefined || timer.start.at >= last.postedAt) return;
  if (at - last.at < last.uncertainMs) timerRaces(timer.start.site, timer.msecs, later(last, at - last.at));
};
