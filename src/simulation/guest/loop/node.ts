/**
 * Why this file exists: Node's event loop on virtual time, as libuv ≥ 1.45 turns it (src/unix/core.c, uv_run) and Node
 * drives it
 * (src/api/embed_helpers.cc, SpinEventLoop). Modelled: Node 20–24.
 */
import { clock } from '../clock';
import { endNow } from '../ending';
import { note } from '../notes';
import { code, emit, text } from '../recorder';
import { completions } from '../tasks';
import { drainQueues, runGuarded } from '../ticks';
import { immediatesAlive, immediatesWaiting, runImmediates } from './immediates';
import { loopNow, nextTimerAt, runTimers, shortestTimer, timersAlive } from './timers';

const entered = code('phase-entered');
const advanced = code('clock-advanced');
/** From the end of the main script to the first look at the timers: about a millisecond of a real start. Modelled. */
const loopStartMs = 1;

let turn = 0;

export function enterPhase(phase: 'main' | 'timers' | 'poll' | 'check' | 'close' | 'exit'): void {
  emit(entered, text(phase), turn);
}

function alive(): boolean {
  return timersAlive() || immediatesAlive() || !completions.isEmpty;
}

function timersPhase(): void {
  if (nextTimerAt() > loopNow()) return;
  enterPhase('timers');
  runTimers();
  drainQueues();
}

/** NOT MODELLED: pending callbacks, idle and prepare handles, I/O: but files that `import()` reads. */
function pollPhase(): void {
  if (!completions.isEmpty) {
    enterPhase('poll');
    for (let done = completions.shift(); done !== undefined; done = completions.shift()) {
      runGuarded(done);
      drainQueues();
    }
    return;
  }
  if (immediatesAlive()) return;
  const until = nextTimerAt();
  const from = clock.now();
  if (!timersAlive() || until <= from) return;
  enterPhase('poll');
  clock.sleepUntil(until);
  emit(advanced, from);
}

/** Node looks at its queues when the phase begins: what an error left in them runs now. */
function checkPhase(): void {
  drainQueues();
  if (!immediatesWaiting()) return;
  enterPhase('check');
  runImmediates();
}

/** Turns the loop until nothing referenced is left; `revive` is asked then (`beforeExit`) and may have added work. */
export function spinLoop(maxTurns: number, isModule: boolean, revive: () => void): void {
  clock.spend(loopStartMs);
  if (immediatesWaiting() && shortestTimer() <= loopStartMs) {
    note(
      'order-unspecified',
      'setTimeout of 0 or 1 ms against setImmediate, both from the main script: real Node may run either first.',
    );
  }
  // The loader of ES modules keeps the first turn alive, whatever is unreferenced.
  if (isModule && !alive()) checkPhase();
  do {
    if (alive()) timersPhase();
    while (alive()) {
      if (++turn > maxTurns) {
        endNow({ kind: 'budget', message: 'turns', site: 0 });
      }
      pollPhase();
      checkPhase();
      timersPhase();
    }
    revive();
    drainQueues();
  } while (alive());
}
