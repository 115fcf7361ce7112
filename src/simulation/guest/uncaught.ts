/**
 * Why this file exists: what Node does with an error that nobody caught, and with a rejection that nobody handled. Node
 * 20: lib/internal/process/execution.js (onGlobalUncaughtException), promises.js, src/node_errors.cc.
 */
import { leaveAll } from './async-ids';
import { write } from './output';
import { endNow, ending } from './ending';
import { textOf } from './function-text';
import { inspect } from './inspect';
import { ensureCheckPhase } from './loop/immediates';
import { warnings } from './modules/events/warnings';
import {
  NativeError,
  apply,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  hide,
  isCallable,
  isObject,
  objectToString,
  symbolToStringTag,
  type Callable,
} from './primordials';
import { process } from './process-object';
import { beginExit, exitWith, reallyExit } from './process-exit';
import { rejectionTracker } from './promise-reactions';
import { rejectionHooks } from './rejections';
import { standsFor } from './stood-for';
import { runTask } from './tasks';
import { nextTick, processHooks, type From } from './ticks';
import { uncaughtReport } from './uncaught-report';
import { locatedWith } from './thrown-places';

const uncaughtCode = 1;
/** Node's exit code when a listener of `uncaughtException` itself throws. */
const handlerFailedCode = 7;

/** What a run ends with when an error was not caught: set once. */
export const uncaught: { error: { readonly error: unknown; readonly text: string } | undefined } = { error: undefined };
/** process.setUncaughtExceptionCaptureCallback. */
export const capture: { callback: Callable | null } = { callback: null };

processHooks.uncaught = (error, from) => {
  if (ending.reached !== undefined) endNow(ending.reached); // what comes on the way out is nothing new
  if (isOutOfMemory(error)) endNow({ kind: 'budget', message: 'memory', site: 0 });
  const type = from === 'exception' || from === 'microtask' ? 'uncaughtException' : 'unhandledRejection';
  let isHandled = false;
  try {
    runTask(0, () => {
      process.emit('uncaughtExceptionMonitor', error, type);
      isHandled = capture.callback !== null;
      if (capture.callback !== null) apply(capture.callback, undefined, [error] as never);
      else isHandled = tellUncaught(error, type);
    });
  } catch (inner) {
    report(inner, 'exception');
    exitWith(handlerFailedCode);
  }
  if (!isHandled) endFatally(error, from);
  ensureCheckPhase();
  leaveAll();
};

function tellUncaught(error: unknown, type: string): boolean {
  return process.emit('uncaughtException', error, type);
}
standsFor(tellUncaught, 'process._fatalException (node:internal/process/execution:188:25)');

/** The `exit` listeners run first; then Node prints the error and ends, with their exit code if they set one. */
function endFatally(error: unknown, from: From): never {
  if (!process._exiting) {
    process._exiting = true;
    process.exitCode = uncaughtCode;
    beginExit();
    try {
      runTask(0, () => {
        process.emit('exit', uncaughtCode);
      });
    } catch {
      // As in Node: there is nothing to be done about it any more.
    }
  }
  report(error, from);
  if (!process.exitCode) exitWith(uncaughtCode);
  return reallyExit();
}

/** Instead of printing: a worker tells its parent. */
export const fatal: { report: ((error: unknown) => void) | undefined } = { report: undefined };

function report(error: unknown, from: From): void {
  if (fatal.report !== undefined) {
    fatal.report(error);
    return;
  }
  write('stderr', uncaughtReport(error, from));
  uncaught.error = { error, text: inspect(error) };
}

rejectionHooks.unhandled = (reason, promise) => {
  let isHandled = false;
  runTask(0, () => {
    isHandled = process.emit('unhandledRejection', reason, promise);
  });
  if (!isHandled) processHooks.uncaught(isErrorLike(reason) ? reason : unhandledReason(reason), 'rejection');
};

rejectionHooks.handled = (promise, id) => {
  let isHandled = false;
  runTask(0, () => {
    isHandled = process.emit('rejectionHandled', promise);
  });
  if (isHandled) return;
  const warning = new NativeError(`Promise rejection was handled asynchronously (rejection id: ${id})`);
  warnings.emit(Object.assign(warning, { name: 'PromiseRejectionHandledWarning', id }));
};

let warnedOfMultipleResolves = false;

/** A deprecated event: told in a tick, so that the executor cannot catch what a listener throws. */
rejectionTracker.again = (how, promise, value) => {
  if (process.listenerCount('multipleResolves') === 0) return;
  nextTick(() => {
    if (!process.emit('multipleResolves', how, promise, value) || warnedOfMultipleResolves) return;
    warnedOfMultipleResolves = true;
    const warning = new NativeError('The multipleResolves event has been deprecated.');
    warnings.emit(Object.assign(warning, { name: 'DeprecationWarning', code: 'DEP0160' }));
  }, []);
};

/** The engine's heap is full. In V8 the process ends there and then. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof NativeError && error.name === 'InternalError' && error.message === 'out of memory';
}

function isErrorLike(value: unknown): boolean {
  // The engine keeps the stack of its own errors elsewhere than in a property.
  return value instanceof NativeError || (typeof value === 'object' && value !== null && Object.hasOwn(value, 'stack'));
}

/** The class of Node's own error; its name is what programs see. */
class UnhandledPromiseRejection extends NativeError {
  readonly code = 'ERR_UNHANDLED_REJECTION';
}

const unhandledFrames = [
  '    at throwUnhandledRejectionsMode (node:internal/process/promises:389:7)',
  '    at processPromiseRejections (node:internal/process/promises:470:17)',
  '    at process.processTicksAndRejections (node:internal/process/task_queues:96:32)',
].join('\n');

/** Node's ERR_UNHANDLED_REJECTION, with V8's words for the reason, which run none of the program's code. */
function unhandledReason(reason: unknown): Error {
  const error = new UnhandledPromiseRejection(
    'This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise ' +
      `which was not handled with .catch(). The promise rejected with the reason "${plainWords(reason)}".`,
  );
  hide(error, 'name', 'UnhandledPromiseRejection');
  hide(error, 'stack', `${error.name}: ${error.message}\n${unhandledFrames}`);
  return locatedWith(error, 'node:internal/process/promises:389\n      new UnhandledPromiseRejection(reason);\n      ^\n');
}

/** A property as data: getters are not run. */
function dataOf(object: object, key: PropertyKey): unknown {
  for (let at: object | null = object; at !== null; at = getPrototypeOf(at)) {
    const own = getOwnPropertyDescriptor(at, key);
    if (own !== undefined) return own.value;
  }
  return undefined;
}

const objectPrototypeToString: unknown = dataOf({}, 'toString');

/** V8's NoSideEffectsToString. */
export function plainWords(value: unknown): string {
  if (!isObject(value)) return String(value);
  if (isCallable(value)) return textOf(value);
  const maker = dataOf(value, 'constructor');
  const name = isCallable(maker) ? dataOf(maker, 'name') : undefined;
  if (dataOf(value, 'toString') === objectPrototypeToString && typeof name === 'string' && name !== '')
    return `#<${name}>`;
  const tag = dataOf(value, symbolToStringTag);
  return typeof tag === 'string' ? `[object ${tag}]` : objectToString(value);
}
