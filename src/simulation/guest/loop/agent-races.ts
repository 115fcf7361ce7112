/**
 * Why this file exists: workers start and run as fast as a machine lets them. Where the order of a program hangs on
 * whose message comes first, or on a timer that is due when one comes, that is said at the line.
 */
import { clock } from '../clock';
import { SafeSet } from '../primordials';
import './pool-races';
import { raceNoted, timerWatch } from './races';
import { waitingTimers } from './timers';

/** How far a message may come earlier or later in a real Node: the first of a worker hangs on its start. */
const [uncertain, uncertainStart] = [3, 15];
/** Sooner than this nobody answers to what was told. */
const answerMs = 0.1;

interface Told {
  readonly from: number;
  readonly postedAt: number;
  readonly at: number;
  readonly uncertainMs: number;
}

const heard = new SafeSet<number>();
let last: Told | undefined;
/** When this agent said something to others: what comes later may be an answer. */
let saidAt = -1;

export function messageSaid(): void {
  saidAt = clock.now();
}

/** A message of another agent is told; `site` is where its port was made. */
export function messageTold(from: number, postedAt: number, site: number): void {
  const told = { from, postedAt, at: clock.now(), uncertainMs: heard.has(from) ? uncertain : uncertainStart };
  heard.add(from);
  if (last !== undefined && areRacing(last, told))
    raceNoted(site, 'Two agents post messages at nearly the same time: real Node may tell either first.');
  for (const { start, msecs } of waitingTimers())
    if (start.at < postedAt && Math.abs(start.at + msecs - told.at) < told.uncertainMs) timerRaces(start.site, msecs);
  last = told;
}

/** They came from different agents, and the second was no answer to the first. */
function areRacing(one: Told, other: Told): boolean {
  const isAnswer = saidAt >= one.at && other.postedAt > one.at + answerMs;
  if (one.from === other.from || isAnswer) return false;
  return Math.abs(other.postedAt - one.postedAt) < Math.max(one.uncertainMs, other.uncertainMs);
}

function timerRaces(site: number, msecs: number): void {
  raceNoted(
    site,
    `A message of another agent comes at nearly the time at which this timer of ${msecs} ms is due: real Node may run ` +
      'either first.',
  );
}

const { fires } = timerWatch;
timerWatch.fires = (timer): void => {
  fires(timer);
  if (last === undefined || timer.start.at >= last.postedAt) return;
  if (clock.now() - last.at < last.uncertainMs) timerRaces(timer.start.site, timer.msecs);
};
