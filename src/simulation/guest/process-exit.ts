/**
 * Why this file exists: exit codes, the `exit` event, and the ways a process ends. Node 20:
 * lib/internal/process/per_thread.js (exit), lib/internal/bootstrap/node.js (exitCode).
 */
import { endNow } from './ending';
import { enterPhase, nobodyComes } from './loop/node';
import { checkInteger } from './node-errors';
import { note } from './notes';
import { defineProperty, named } from './primordials';
import { process } from './process-object';
import { standsFor } from './stood-for';
import { runTask } from './tasks';
import { processHooks } from './ticks';

const state = { code: undefined as unknown, isExiting: false, isInExit: false };

function setCode(given: unknown): void {
  if (given !== null && given !== undefined) {
    const value = typeof given === 'string' && given !== '' && !Number.isNaN(Number(given)) ? Number(given) : given;
    checkInteger(value, 'code');
  }
  state.code = given;
}

defineProperty(process, '_exiting', {
  get: () => state.isExiting,
  set: (value: unknown) => {
    state.isExiting = Boolean(value);
  },
  enumerable: true,
  configurable: true,
});
defineProperty(process, 'exitCode', { get: () => state.code, set: setCode, enumerable: true });
processHooks.isExiting = () => state.isExiting;

/** What the shell sees: one byte. */
export function exitStatus(): number {
  return Number(state.code ?? 0) & 0xff;
}

/** Node's exit code for a top-level await that nothing will ever answer. */
const unsettledTopLevelAwait = 13;
const handleProcessExit = named((): void => {
  process.exitCode ??= unsettledTopLevelAwait;
}, 'handleProcessExit');

/** While the entry, an ES module, is evaluated: should the process end meanwhile, it will never be. */
export function watchEntry(): void {
  process.on('exit', handleProcessExit);
}

export function stopWatchingEntry(): void {
  process.off('exit', handleProcessExit);
}

/** The process ends, whatever ends it. Where Node calls the listeners of `exit`, they run in this phase. */
export function beginExit(): void {
  if (state.isInExit) return;
  state.isInExit = true;
  enterPhase('exit');
}

/** The listeners of `exit` run to their end; what they queue will not run. */
export function emitExit(code: unknown): void {
  state.isExiting = true;
  beginExit();
  runTask(0, () => {
    process.emit('exit', code);
  });
}

/** process.exit: the listeners once, then the end, in the middle of whatever runs. */
export const exit = named(
  (...given: [code?: unknown]): never => {
    stopWatchingEntry();
    if (given.length !== 0) setCode(given[0]);
    if (!state.isExiting) {
      state.isExiting = true;
      beginExit();
      tellExit();
    }
    return reallyExit();
  },
  'exit',
  1,
);

function tellExit(): void {
  process.emit('exit', state.code ?? 0);
}
standsFor(tellExit, 'process.exit (node:internal/process/per_thread:184:15)');

export function reallyExit(): never {
  beginExit();
  return endNow({ kind: 'exit', message: '', site: 0 });
}

/** Ends with a code that nobody can change any more: a failure, or a signal. */
export function exitWith(code: number): never {
  state.code = code;
  return reallyExit();
}

/** A server that nobody calls any more: real Node would wait until it is stopped. */
nobodyComes.end = () => {
  note('modelled', 'The program goes on waiting for others, and there is nobody else: the run ends here, where real Node would wait.');
  exitWith(Number(state.code ?? 0));
};
