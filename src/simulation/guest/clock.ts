/**
 * Why this file exists: the one clock. Virtual time passes by cost: every step of the program costs a little, reading
 * the clock costs
 * more and more within one task (so that `while (Date.now() < end)` ends soon), and the loop jumps when it sleeps.
 */

/** Virtual milliseconds for one step: 25 ns, about what V8 takes for a simple statement that runs a few times. */
const stepMs = 0.000025;
/** A reading of the clock: 50 ns at first, as in life; doubling every 64 readings of one task, up to 0.05 ms. */
const readingMs = 0.00005;
const dearestReadingMs = 0.05;

export const clock = {
  /** Steps of the program so far; set when the program is linked. */
  steps: (): number => 0,
  /** Milliseconds that passed other than by steps. */
  extra: 0,
  /** Of these, what the process slept or waited. */
  slept: 0,
  /** What the processor takes for its work: 1 is as modelled. */
  rate: 1,
  stepMs,
  /** The steps when the rate was set: those before are among what passed otherwise. */
  ratedAt: 0,
  readings: 0,
  now(): number {
    return clock.extra + (clock.steps() - clock.ratedAt) * clock.stepMs;
  },
  /** How many steps it takes until then. */
  stepsTo(at: number): number {
    return (at - clock.now()) / (stepMs * clock.rate);
  },
  /** From now on the processor is faster (below 1) or slower. */
  setRate(rate: number): void {
    clock.extra = clock.now();
    clock.ratedAt = clock.steps();
    clock.rate = rate;
    clock.stepMs = rate * stepMs;
  },
  /** The loop sleeps until `at` if that is later than now. */
  sleepUntil(at: number): void {
    const now = clock.now();
    if (at > now) clock.wait(at - now);
  },
  /** The process waits. */
  wait(ms: number): void {
    clock.extra += ms;
    clock.slept += ms;
  },
  /** The processor works. */
  spend(ms: number): void {
    clock.extra += ms * clock.rate;
  },
  /** The program looks at the clock. */
  read(): number {
    const dearer = readingMs * 2 ** (clock.readings++ / 64);
    clock.extra += (dearer < dearestReadingMs ? dearer : dearestReadingMs) * clock.rate;
    return clock.now();
  },
};
