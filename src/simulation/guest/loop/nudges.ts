/**
 * Why this file exists: where real Node may go either way, a run can be led the other way. Whatever a nudge does can
 * happen in life: a process that had to wait, a processor that is faster, a disk that is slower.
 */
import type { MessageNudge, Nudge, TimedNudge } from '../../../trace/trace';
import { clock } from '../clock';
import { bareList, trunc } from '../primordials';

const given = bareList<TimedNudge>();
const ofMessages = bareList<MessageNudge>();
let moments = 0;

/** `isMain`: moments are counted in the main program alone. */
export function defineNudges(nudges: readonly Nudge[], isMain: boolean): void {
  for (const nudge of nudges) {
    if ('message' in nudge) ofMessages[ofMessages.length] = nudge;
    else if ('moment' in nudge && isMain) given[given.length] = nudge;
  }
}

/** A message is about to be posted. */
export function beforeMessage(id: number): void {
  for (let i = 0; i < ofMessages.length; i++) {
    const nudge = ofMessages[i];
    if (nudge?.message === id) clock.wait(nudge.addMs);
  }
}

/** A moment at which time may be added: counts it, adds what is asked for, and answers its number. */
export function nextMoment(): number {
  const moment = ++moments;
  for (let i = 0; i < given.length; i++) {
    const nudge = given[i];
    if (nudge?.moment !== moment) continue;
    clock.wait(nudge.addMs ?? 0);
    clock.setRate(nudge.rate ?? clock.rate);
  }
  return moment;
}

/** How many times the modelled time threads take for what was asked of them at that moment. */
export function poolRateAt(moment: number): number {
  let rate = 1;
  for (let i = 0; i < given.length; i++) {
    const nudge = given[i];
    if (nudge?.moment === moment) rate *= nudge.poolRate ?? 1;
  }
  return rate;
}

/** So far from a whole millisecond that no rounding matters. */
const margin = 0.01;

/** Makes a moment one at which libuv's clock shows `ms`. */
export function delayedTo(ms: number, { moment, at }: Moment): readonly Nudge[] {
  return [{ moment, addMs: ms - at + margin }];
}

/** More than `ticks` of libuv's milliseconds lie between the moments: the first is moved to the end of one. */
export function fartherThan(ticks: number, first: Moment, second: Moment): readonly Nudge[] {
  const shift = Math.max(trunc(first.at) + 1 - margin - first.at, 0);
  const moved = { moment: second.moment, at: second.at + shift };
  return [{ moment: first.moment, addMs: shift }, ...delayedTo(trunc(first.at) + ticks + 1, moved)];
}

/**
 * Fewer than `ticks` of libuv's milliseconds from the first moment to the second: the first is moved to the begin of a
 * millisecond, and the processor works faster until the second.
 */
export function closerThan(ticks: number, first: Moment, second: Moment): readonly Nudge[] {
  const rate = (clock.rate * (ticks - 5 * margin)) / (second.at - first.at);
  return [
    { moment: first.moment, addMs: Math.ceil(first.at) - first.at + margin, rate },
    { moment: second.moment, rate: clock.rate },
  ];
}

export interface Moment {
  readonly moment: number;
  /** In milliseconds. */
  readonly at: number;
}
