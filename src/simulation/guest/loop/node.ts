/**
 * Why this file exists: Node's event loop on virtual time, as libuv ≥ 1.45 turns it (src/unix/core.c, uv_run) and Node
 * drives it
 * (src/api/embed_helpers.cc, SpinEventLoop). Modelled: Node 20–24.
 */
import { agent, hasArrivals, meet } from '../agents';
import { destroyed } from '../async-destroyed';
import { clock } from '../clock';
import { endNow } from '../ending';
import { code, emit, text } from '../recorder';
import { drainQueues } from '../ticks';
import { closingWaits, handlesAlive, handlesPending, runClosing, runHandles } from './async-handles';
import { slept, timersTurn } from './delay-samples';
import { immediatesAlive, immediatesWaiting, programImmediatesWaiting, runImmediates } from './immediates';
import { isPollReady, nextPollEvent, pollAlive, pollPhase } from './poll';
import { loopSeen } from './loop-seen';
import { timersLeft } from './meetings';
import { nextMoment } from './nudges';
import { loopStartMs, loopStarts } from './races';
import { lookBeforeSleep } from './watched';
import { loopNow, nextTimerAt, runTimers, timersAlive, waitingTimers } from './timers';

const entered = code('phase-entered');
const advanced = code('clock-advanced');
loopSeen.immediatesWait = programImmediatesWaiting;
loopSeen.timersWait = waitingTimers;
loopSeen.isAlive = alive;
export function enterPhase(phase: 'main' | 'timers' | 'poll' | 'check' | 'close' | 'exit'): void {
  emit(entered, text(phase), loopSeen.turn);
}

function alive(): boolean {
  return timersAlive() || immediatesAlive() || pollAlive() || handlesAlive();
}

function timersPhase(): void {
  timersTurn(clock.now());
  if (nextTimerAt() > loopNow()) return;
  enterPhase('timers');
  runTimers();
  drainQueues();
}

/** NOT MODELLED: idle and prepare handles. Pending callbacks count to the poll phase that they stand before. */
function poll(): void {
  if (agent.meets) {
    pollWithOthers();
    return;
  }
  const mayWait = !immediatesAlive() && !closingWaits();
  if (mayWait && !isPollReady() && nextTimerAt() === Infinity && nextPollEvent() === Infinity) nobodyComes.end();
  pollPhase(() => { enterPhase('poll'); }, mayWait, nextTimerAt());
}

/** What keeps the program alive waits for someone outside, and there is nobody: set by process-exit.ts. */
export const nobodyComes: { end(): void } = { end: () => undefined };

/** Other agents run while this one waits; what they sent, or the pool, wakes it. */
function pollWithOthers(): void {
  const isBusy = handlesPending() || immediatesAlive() || closingWaits() || isPollReady() || hasArrivals();
  const from = clock.now();
  lookBeforeSleep();
  const until = Math.min(nextTimerAt(), nextPollEvent());
  let isEntered = false;
  const enter = (): void => {
    if (!isEntered) enterPhase('poll');
    isEntered = true;
  };
  const sleptBefore = clock.slept;
  meet(isBusy ? from : until);
  loopSeen.idle += clock.slept - sleptBefore;
  slept(from, clock.now());
  if (agent.isAlone) nobodyComes.end();
  hearOthers.take();
  if (clock.now() > from) {
    enter();
    emit(advanced, from);
  }
  if (pollAlive() || isPollReady()) pollPhase(enter, false, Infinity);
  if (!handlesPending()) return;
  enter();
  runHandles();
}

/** In the middle of a task the whole process waits for another agent: nothing of its own is told. */
export function standStill(until: number): void {
  meet(until);
  if (agent.isAlone) nobodyComes.end();
  hearOthers.take();
}

/** What has come from other agents is handed to whom it is for: workers/ports.ts. */
export const hearOthers: { take: () => void } = { take: () => undefined };

/** V8's own tasks that are ready when the loop has nothing left: who waited for shared memory and was woken. */
function tellWoken(): void {
  do {
    meet(clock.now());
    hearOthers.take();
  } while (ownTasks.run(() => { enterPhase('poll'); }));
}

/** Those tasks, and whether there were any: workers/shared-waiting.ts. */
export const ownTasks: { run: (enter: () => void) => boolean } = { run: () => false };

/** libuv tells handles that they are closed after `check`. */
function closePhase(): void {
  if (!closingWaits()) return;
  enterPhase('close');
  runClosing();
}

/** Node looks at its queues when the phase begins: what an error left in them runs now. */
function checkPhase(): void {
  destroyed.tell();
  drainQueues();
  if (!immediatesWaiting()) return;
  if (programImmediatesWaiting()) {
    loopSeen.lastImmediates = loopSeen.turn;
    loopSeen.lastImmediatesAt = clock.now();
  }
  enterPhase('check');
  runImmediates();
}

/**
 * Turns the loop until nothing referenced is left; `revive` is asked then (`beforeExit`) and may have added work. An ES
 * module was read by the loop itself: its body ran in the poll phase, so the immediates come next.
 */
export function spinLoop(maxTurns: number, isModule: boolean, revive: () => void): void {
  loopSeen.startedAt = clock.now();
  if (isModule) checkPhase();
  else {
    clock.spend(loopStartMs);
    const moment = nextMoment();
    if (programImmediatesWaiting()) loopStarts(waitingTimers(), moment);
  }
  do {
    if (alive()) timersPhase();
    while (alive()) {
      if (++loopSeen.turn > maxTurns) {
        endNow({ kind: 'budget', message: 'turns', site: 0 });
      }
      poll();
      checkPhase();
      closePhase();
      timersPhase();
    }
    if (agent.meets) tellWoken();
    if (alive()) continue;
    timersLeft();
    destroyed.tell();
    revive();
    drainQueues();
  } while (alive());
}
