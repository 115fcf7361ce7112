/**
 * Why this file exists: the rings that timers of one duration stand in, oldest last looked at first. Node 20:
 * lib/internal/linkedlist.js, lib/internal/timers.js (TimersList). The underscored names are seen by those who print a
 * timer.
 */
import { warnings, warningNamed } from '../modules/events/warnings';
import { inspect } from '../inspect';
import { apply, named } from '../primordials';

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

let lastListId = 0;

/** Lists that were made or moved earlier come first among those that are due together. */
export function newListId(): number {
  return ++lastListId;
}

export interface Link {
  _idlePrev: Link | null;
  _idleNext: Link | null;
}

/** Prints one level only: the ends of the list, not the whole. */
export function inspectShallow(this: object, _: unknown, options: object): string {
  return inspect(this, { ...options, depth: 0, customInspect: false });
}

/** The timers of one duration, in the order of their start, in a ring. */
export class TimersList implements Link {
  _idleNext: Link | null = this;
  _idlePrev: Link | null = this;
  expiry: number;
  /** Breaks ties of `expiry`: lists made or moved earlier come first. */
  id: number;
  readonly msecs: number;
  priorityQueuePosition = null;

  constructor(expiry: number, msecs: number) {
    this.expiry = expiry;
    this.id = newListId();
    this.msecs = msecs;
  }

  [inspectCustom](_: unknown, options: object): string {
    return apply(inspectShallow, this, [_, options]);
  }
}
named(TimersList, 'TimersList'); // bundling renames a class that names itself

export function append(list: TimersList, timer: Link): void {
  if (timer._idleNext !== null) unlink(timer);
  timer._idleNext = list._idleNext;
  timer._idlePrev = list;
  if (list._idleNext) list._idleNext._idlePrev = timer;
  list._idleNext = timer;
}

export function unlink(timer: Link): void {
  if (timer._idleNext) timer._idleNext._idlePrev = timer._idlePrev;
  if (timer._idlePrev) timer._idlePrev._idleNext = timer._idleNext;
  timer._idleNext = timer._idlePrev = null;
}

/** TIMEOUT_MAX: 2^31 − 1 ms; what is longer, or below 1, or no number, becomes 1. */
const longestMs = 2147483647;

export function durationOf(after: unknown): number {
  const ms = (after as number) * 1; // made a number as Node makes it one
  if (ms > longestMs) {
    const message = `${ms} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`;
    warnings.emit(warningNamed('TimeoutOverflowWarning', message));
  }
  return ms >= 1 && ms <= longestMs ? ms : 1;
}
