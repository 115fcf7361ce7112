/**
 * Why this file exists: the poll phase: what the outside has answered is told: signals, what the thread pool has done.
 */
import { answersAlive, nextAnswerAt, tellAnswers } from './answers';
import { clock } from '../clock';
import { code, emit } from '../recorder';
import { drainQueues, runGuarded } from '../ticks';
import { slept } from './delay-samples';
import { loopSeen } from './loop-seen';
import { handOver, hasCompleted, newOperation, nextPoolEvent, poolAlive, tellCompleted, workUntil, type Operation } from './pool';
import { enterTask, startNow, type Start } from './races';
import { lookAtWatched, lookBeforeSleep, nextWatchedAt, pendingWaits, runPending, watchedAlive } from './watched';

/** Node reads a file in trips to the thread pool, each told in a turn of the loop. */
const tripsToRead = ['open', 'fstat', 'read', 'close'];
/** One such trip. Modelled. */
const tripMs = 0.06;
/** One turn of the loop in which nothing but immediates run, as long as something is under way. Modelled. */
const turnMs = 0.005;
/** What a signal takes. Modelled. */
const signalMs = 0.1;

interface Waiting {
  readonly start: Start;
  readonly run: () => void;
}

let waiting: Waiting[] = [];
const advanced = code('clock-advanced');

/** Of an `import()`: for the record the place, the frame and the task in which it was called, and what it costs. */
export interface Asker {
  readonly site: number;
  readonly by: number;
  readonly during: number;
  /** Milliseconds that Node's own code takes before and after the file is read. */
  readonly code: { readonly beforeMs: number; readonly afterMs: number };
}

export function whenFileIsRead({ site, by, during, code: { beforeMs, afterMs } }: Asker, run: () => void): void {
  const made = newOperation('import()');
  const operation = { ...made, by, during, start: { ...made.start, site }, codeMs: beforeMs + afterMs };
  clock.spend(beforeMs);
  readOn(operation, tripsToRead.length, () => {
    clock.spend(afterMs);
    run();
  });
}

function readOn(operation: Operation, tripsLeft: number, run: () => void): void {
  const name = tripsToRead[tripsToRead.length - tripsLeft] ?? '';
  handOver(operation, {
    name,
    ms: tripMs,
    run: () => undefined,
    isLast: tripsLeft === 1,
    told: () => {
      if (tripsLeft > 1) readOn(operation, tripsLeft - 1, run);
      else run();
    },
  });
}

/** In the next poll phase. */
export function whenPolled(run: () => void): void {
  waiting.push({ start: startNow(), run });
}

/** Something can be told at once. */
export function isPollReady(): boolean {
  return waiting.length > 0 || hasCompleted() || isOutsideReady();
}

function isOutsideReady(): boolean {
  return pendingWaits() || Math.min(nextAnswerAt(), nextWatchedAt()) <= clock.now();
}

export function pollAlive(): boolean {
  return waiting.length > 0 || poolAlive() || answersAlive() || watchedAlive();
}

/** When something other than a timer next wakes the loop. */
export function nextPollEvent(): number {
  return Math.min(nextPoolEvent(), nextAnswerAt(), nextWatchedAt());
}

/**
 * One poll phase. The loop sleeps in it until a thread is done or the next timer is due, unless something is ready or
 * immediates wait (`mayWait` is false then).
 */
export function pollPhase(enter: () => void, mayWait: boolean, nextTimerAt: number): void {
  const from = clock.now();
  const mayTimersWake = nextTimerAt < Infinity && nextTimerAt > from;
  const isFed = pendingWaits();
  if (isFed) {
    enter();
    runPending();
  }
  if (waiting.length > 0) clock.wait(signalMs);
  else if (poolAlive() || answersAlive() || watchedAlive()) clock.spend(turnMs);
  workUntil(clock.now());
  const isReady = isFed || isPollReady();
  const wakes = nextPollEvent() < Infinity;
  const sleeps = mayWait && !isReady && (mayTimersWake || (wakes && nextTimerAt > clock.now()));
  if (!isReady && !sleeps) return;
  if (!isFed) enter();
  if (sleeps) {
    lookBeforeSleep();
    const [began, before] = [clock.now(), clock.slept];
    sleep(nextTimerAt);
    loopSeen.idle += clock.slept - before;
    slept(began, clock.now());
  }
  if (clock.now() > from) emit(advanced, from);
  const tellWatched = lookAtWatched();
  tellSignals();
  tellCompleted();
  tellAnswers();
  tellWatched();
}

function sleep(nextTimerAt: number): void {
  for (;;) {
    const next = nextPollEvent();
    if (isPollReady() || next > nextTimerAt || next === Infinity) break;
    clock.sleepUntil(next);
    workUntil(clock.now());
  }
  if (!isPollReady() && nextTimerAt < Infinity) clock.sleepUntil(nextTimerAt);
}

function tellSignals(): void {
  const ready = waiting;
  waiting = [];
  for (const each of ready) {
    enterTask(each.start, 1);
    runGuarded({ task: 0, run: each.run });
    drainQueues();
  }
}
