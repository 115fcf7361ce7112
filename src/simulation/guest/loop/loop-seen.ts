/** Why this file exists: what those who look for races see of the loop; node.ts and pool.ts tell it. */
import type { Start } from './races';

export const loopSeen = {
  turn: 0,
  /** When it began to turn; before that −1. */
  startedAt: -1,
  /** How long it slept. */
  idle: 0,
  /** Whether anything is under way in the pool: only then it matters which timers fire. */
  isPoolBusy: false,
  /** The last turn in which immediates of the program's ran. */
  lastImmediates: -1,
  /** When that was. */
  lastImmediatesAt: -1,
  immediatesWait: (): boolean => false,
  timersWait: (): Iterable<{ readonly start: Start; readonly msecs: number }> => [],
  isAlive: (): boolean => true,
};
