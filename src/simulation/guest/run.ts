/**
 * Why this file exists: one run from the first line to the exit code, as Node does it: the entry, the queues, the loop,
 * `exit`.
 */
import { agent } from './agents';
import { leaveAll } from './async-ids';
import type { WorkerStart } from '../agent-messages';
import { code, emit } from './recorder';
import { awaitValue } from './await';
import { runMain } from './commonjs';
import { isModuleEntry, runEntryModule } from './dynamic-import';
import { explainLeaving } from './module-explained';
import { enterPhase, spinLoop } from './loop/node';
import { beforeModule } from './own-process';
import { setEntry } from './process';
import { emitExit, exitStatus, stopWatchingEntry, watchEntry } from './process-exit';
import { process } from './process-object';
import { asNode } from './node-code';
import { newPromise, rejectPromise } from './promise';
import { sourceAt } from './program-modules';
import { awaitProgram } from './modules/workers/worker-main';
import { enqueueMicrotask, runTask } from './tasks';
import { drainQueues, processHooks, runMicrotasks } from './ticks';

const ended = code('program-ended');

/** `fault`: why there is no program; a process tells it as what its main module throws. */
export function runProgram(maxTurns: number, fault?: Error): void {
  enterPhase('main');
  if (fault === undefined) setEntry(sourceAt(0).path);
  if (fault !== undefined) processHooks.uncaught(fault, 'exception');
  else if (isModuleEntry()) startModule();
  else startCommonJs();
  drainQueues();
  spinLoop(maxTurns, isModuleEntry(), () => {
    process.emit('beforeExit', process.exitCode ?? 0);
  });
  finish();
}

/** What runs the program; another host puts its own in its place: parts/browser. */
export const runner = { run: runProgram, runWorker };

/** A worker's program: it starts when its parent's message says so, in the poll phase of its loop. */
export function runWorker(maxTurns: number, start: WorkerStart): void {
  enterPhase('main');
  awaitProgram(start, () => {
    if (isModuleEntry()) startModule();
    else startCommonJs();
  });
  spinLoop(maxTurns, true, () => {
    process.emit('beforeExit', process.exitCode ?? 0);
  });
  finish();
}

function finish(): void {
  try {
    emitExit(process.exitCode ?? 0);
  } catch (error) {
    processHooks.uncaught(error, 'exception');
  }
  runMicrotasks(); // Node looks at them once more when it ends by itself
  if (agent.id === 0) emit(ended, exitStatus()); // of a worker the host tells it
}

function startCommonJs(): void {
  try {
    runTask(0, () => {
      runMain();
    });
    leaveAll();
  } catch (error) {
    processHooks.uncaught(error, 'exception');
  }
}

/**
 * Between the entry's evaluation and Node's report of its failure lie the awaits of Node's own loader:
 * lib/internal/modules/esm/module_job.js (run), loader.js (import), lib/internal/process/esm_loader.js (loadESM and its
 * callback).
 */
const loaderAwaits = 3;

function reportEnd(promise: unknown, awaits: number): void {
  awaitValue(promise, 0, (ok, error) => {
    if (awaits === 1) {
      stopWatchingEntry();
      if (!ok) processHooks.uncaught(error, 'module');
    } else if (ok) asNode(() => { reportEnd(promise, awaits - 1); });
    else {
      if (awaits === loaderAwaits) explainLeaving(error, sourceAt(0));
      const next = newPromise({ origin: 'internal' });
      // It is awaited before it is rejected: nobody counts it as unhandled.
      asNode(() => { reportEnd(next, awaits - 1); });
      rejectPromise(next, error);
    }
  });
}

/** The body of an ES module is evaluated in a microtask: its own microtasks come before its ticks. */
function startModule(): void {
  leaveAll();
  watchEntry();
  beforeModule.look();
  enqueueMicrotask({ origin: 'module', label: 'the main module', site: 0 }, () => {
    const evaluated = runEntryModule();
    asNode(() => { reportEnd(evaluated, loaderAwaits); });
  });
  runMicrotasks();
}
