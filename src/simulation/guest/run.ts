/**
 * Why this file exists: one run from the first line to the exit code, as Node does it: the entry, the queues, the loop,
 * `exit`.
 */
import { code, emit } from './recorder';
import { awaitValue } from './await';
import { requireFile } from './commonjs';
import { isModuleEntry, runEntryModule } from './dynamic-import';
import { enterPhase, spinLoop } from './loop/node';
import { write } from './console';
import { process, runExit } from './process';
import { newPromise, rejectPromise } from './promise';
import { slotOf } from './promise-slot';
import { enqueueMicrotask, runTask } from './tasks';
import { drainQueues, processHooks, runMicrotasks } from './ticks';

const ended = code('program-ended');
/** Node's exit code for a top-level await that nothing will ever answer. */
const unsettledTopLevelAwait = 13;

export function runProgram(maxTurns: number): void {
  enterPhase('main');
  const evaluation = isModuleEntry() ? startModule() : startCommonJs();
  drainQueues();
  spinLoop(maxTurns, isModuleEntry(), () => {
    process.emit('beforeExit', process.exitCode ?? 0);
  });
  finish(evaluation());
}

function finish(state: string | undefined): void {
  if (state === 'pending') write('stderr', 'Warning: Detected unsettled top-level await\n');
  const code = runExit(process.exitCode ?? 0);
  runMicrotasks(); // Node looks at them once more when it ends by itself
  process.exitCode = state === 'pending' && process.exitCode === undefined ? unsettledTopLevelAwait : code;
  emit(ended, process.exitCode);
}

function startCommonJs(): () => string | undefined {
  try {
    runTask(0, () => {
      requireFile(0);
    });
  } catch (error) {
    processHooks.uncaught(error, 'exception');
  }
  return () => undefined;
}

/**
 * Between the entry's evaluation and Node's report of its failure lie the awaits of Node's own loader:
 * lib/internal/modules/esm/module_job.js
 * (run), loader.js (import), lib/internal/process/esm_loader.js (loadESM and its callback).
 */
const loaderAwaits = 3;

function reportFailure(promise: unknown, awaits: number): void {
  awaitValue(promise, 0, (ok, error) => {
    if (ok) return;
    if (awaits > 1) reportFailure(rejectedWith(error), awaits - 1);
    else processHooks.uncaught(error, 'module');
  });
}

function rejectedWith(error: unknown): object {
  const promise = newPromise({ origin: 'internal' });
  rejectPromise(promise, error);
  return promise;
}

/** The body of an ES module is evaluated in a microtask: its own microtasks come before its ticks. */
function startModule(): () => string | undefined {
  let promise: object | undefined;
  enqueueMicrotask({ origin: 'module', label: 'the main module', site: 0 }, () => {
    promise = runEntryModule();
    reportFailure(promise, loaderAwaits);
  });
  runMicrotasks();
  return () => slotOf(promise)?.state;
}
