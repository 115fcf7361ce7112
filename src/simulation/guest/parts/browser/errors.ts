/**
 * Why this file exists: what a page does with an error that nobody caught and a rejection that nobody handled: events
 * of the window first, then words on the console. HTML §8.1.4.6–8.1.4.7. The page lives on.
 */
import { endNow } from '../../ending';
import { placeOfStack, sourceLine } from '../../errors-places';
import { inspect } from '../../inspect';
import { write } from '../../output';
import { NativeError, SafeWeakSet, isObject } from '../../primordials';
import { process } from '../../process-object';
import { rejectionTracker } from '../../promise-reactions';
import type { PromiseSlot } from '../../promise-slot';
import { code, emit, valueText } from '../../recorder';
import { runTask } from '../../tasks';
import { processHooks } from '../../ticks';
import { isOutOfMemory, plainWords, uncaught } from '../../uncaught';
import { trusted } from './events/event';
import { dispatch, targets } from './events/event-target';
import { ErrorEvent, PromiseRejectionEvent } from './events/kinds';
import { asCallbacks, loop, post } from './loop';
import { lastThrow } from '../../thrown-places';

const unhandled = code('rejection-unhandled');
const handledLater = code('rejection-handled');

/** As V8 says it: an error by its name and message, without running code of the program. */
function wordsOf(error: unknown): string {
  return error instanceof NativeError ? `${error.name}${error.message === '' ? '' : `: ${error.message}`}` : plainWords(error);
}

function placeOf(error: unknown): { readonly filename: string; readonly lineno: number; readonly colno: number } {
  const isLast = lastThrow.file >= 0 && Object.is(lastThrow.value, error);
  const ofStack = !isLast && error instanceof NativeError ? placeOfStack(error) : undefined;
  const place = isLast ? sourceLine(lastThrow.file, lastThrow.offset) : ofStack;
  return { filename: place?.path ?? '', lineno: place?.line ?? 0, colno: place?.column ?? 0 };
}

function print(words: string, error: unknown): void {
  write('stderr', `${words}\n`);
  uncaught.error ??= { error, text: words };
  process.exitCode = 1;
}

function shown(error: unknown): string {
  return isObject(error) ? inspect(error) : wordsOf(error);
}

/** In a worker: what nobody caught is told to whoever made it. */
export const toParent: { send: ((fault: Fault) => void) | undefined } = { send: undefined };
export interface Fault {
  readonly message: string;
  readonly filename: string;
  readonly lineno: number;
  readonly colno: number;
}

let isReporting = false;

/** HTML's "report an exception". */
export function reportException(error: unknown): void {
  if (isOutOfMemory(error)) endNow({ kind: 'budget', message: 'memory', site: 0 });
  let isPrinted = isReporting;
  if (!isReporting) {
    isReporting = true;
    const fault = { message: `Uncaught ${wordsOf(error)}`, ...placeOf(error) };
    const event = new ErrorEvent('error', { error, ...fault, cancelable: true });
    try {
      isPrinted = dispatch(globalThis, trusted(event));
    } finally {
      isReporting = false;
    }
    if (isPrinted && toParent.send !== undefined) {
      toParent.send(fault);
      return;
    }
  }
  if (isPrinted) print(`Uncaught ${shown(error)}`, error);
}
targets.reportException = reportException;

/** An error of a worker that neither it nor a listener of the worker took. */
export function reportRemote(fault: Fault): void {
  const event = new ErrorEvent('error', { ...fault, cancelable: true });
  if (dispatch(globalThis, trusted(event))) print(fault.message, undefined);
}

/** An error in a microtask, whose task has ended: its listeners still run on an empty stack. */
processHooks.uncaught = (error) => {
  runTask(0, () => {
    reportException(error);
  });
};

interface Suspect {
  readonly promise: object;
  readonly slot: PromiseSlot;
}

let pending: Suspect[] = [];
const told = new SafeWeakSet<object>();

rejectionTracker.reject = (promise, slot) => {
  pending.push({ promise, slot });
};
rejectionTracker.again = () => undefined;

rejectionTracker.handle = (promise, slot) => {
  emit(handledLater, slot.id);
  if (pending.some((each) => each.promise === promise)) {
    pending = pending.filter((each) => each.promise !== promise);
    return;
  }
  if (!told.delete(promise)) return;
  const about = { queue: 'tasks', origin: 'event', label: 'rejectionhandled' } as const;
  post({ ...about, site: 0 }, (task) => {
    const { caller, finish } = asCallbacks(task.token, about);
    dispatch(globalThis, trusted(new PromiseRejectionEvent('rejectionhandled', { promise, reason: slot.result })), caller);
    finish();
  });
};

loop.notifyRejections = () => {
  if (pending.length === 0) return;
  const suspects = pending;
  pending = [];
  const about = { queue: 'tasks', origin: 'event', label: 'unhandledrejection' } as const;
  post({ ...about, site: 0 }, (task) => {
    let token = task.token;
    for (const suspect of suspects) {
      if (suspect.slot.handled) continue;
      const { caller, finish } = asCallbacks(token, about);
      token = 0;
      tellUnhandled(suspect, caller);
      finish();
    }
    asCallbacks(token, about).finish();
  });
};

function tellUnhandled({ promise, slot }: Suspect, caller: Parameters<typeof dispatch>[2]): void {
  const reason = slot.result;
  emit(unhandled, slot.id, valueText(reason));
  told.add(promise);
  const event = new PromiseRejectionEvent('unhandledrejection', { promise, reason, cancelable: true });
  if (dispatch(globalThis, trusted(event), caller)) print(`Uncaught (in promise) ${shown(reason)}`, reason);
}
