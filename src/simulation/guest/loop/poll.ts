/**
 * Why this file exists: what the outside is asked for, and when it has answered: files that `import()` reads, signals.
 * Told in the poll phase.
 */
import { clock } from '../clock';
import { code, emit } from '../recorder';
import { drainQueues, runGuarded } from '../ticks';
import { enterTask, fileWasRead, startNow, type Start } from './races';

/** Node reads a file in steps, each a turn of the loop: open, stat, read, close. */
const turnsToRead = 4;
/** One such step of the thread pool. Modelled. */
const stepMs = 0.1;

interface Waiting {
  turnsLeft: number;
  readonly isFile: boolean;
  readonly start: Start;
  readonly run: () => void;
}

let waiting: Waiting[] = [];
const advanced = code('clock-advanced');

/** `levels`: files that ask for files are read one level after the other. */
export function whenFilesAreRead(levels: number, run: () => void): void {
  waiting.push({ turnsLeft: levels * turnsToRead, isFile: true, start: startNow(), run });
}

/** In the next poll phase. */
export function whenPolled(run: () => void): void {
  waiting.push({ turnsLeft: 1, isFile: false, start: startNow(), run });
}

export function pollAlive(): boolean {
  return waiting.length > 0;
}

/** One poll phase: what is ready is told, each with its queues. */
export function runPolled(enter: () => void): void {
  const from = clock.now();
  clock.spend(stepMs);
  const ready: Waiting[] = [];
  for (const each of waiting) if (--each.turnsLeft <= 0) ready.push(each);
  waiting = waiting.filter((each) => each.turnsLeft > 0);
  if (ready.length === 0) return;
  enter();
  emit(advanced, from);
  for (const each of ready) {
    if (each.isFile) fileWasRead(each.start);
    enterTask(each.start, 1);
    runGuarded({ task: 0, run: each.run });
    drainQueues();
  }
}
