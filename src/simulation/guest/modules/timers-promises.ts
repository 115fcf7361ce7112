/** Why this file exists: `node:timers/promises`. Node 20: lib/timers/promises.js. */
import { callAsyncGenerator, onAwaitInGenerator, onYieldInAsyncGenerator } from '../async-generator';
import { setImmediateTask, clearImmediateTask } from '../loop/immediates';
import { clearTimer, setTimer } from '../loop/timers';
import { inNodeFrames, inTimers } from '../node-frames';
import { AbortError, checkBoolean, checkNumber, checkObject, checkSignal } from '../node-errors';
import { deferred, finallyOf, rejectedWith } from '../own-promises';
import { createObject, hide, named, type Callable } from '../primordials';
import { brandAsyncGenerator } from '../functions';
import { illegalConstructor, resistsStop } from './events/event-target';
import { invalidThis } from './events/event';

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: string, listener: Callable, options: object): void;
  removeEventListener(type: string, listener: Callable): void;
}

interface Options {
  readonly ref?: boolean;
  readonly signal?: Signal;
}

/** Where a timeout of a signal calls it off; elsewhere the program's own frames are there. */
const framesOfCancel = [
  'Timeout.cancelListenerHandler (node:timers/promises:48:12)',
  '[nodejs.internal.kHybridDispatch] (node:internal/event_target:831:20)',
  'EventTarget.dispatchEvent (node:internal/event_target:766:26)',
  'abortSignal (node:internal/abort_controller:370:10)', 'Timeout._onTimeout (node:internal/abort_controller:127:7)',
  ...inTimers,
];

function check(after: unknown, options: unknown): asserts options is Options {
  if (after !== undefined) checkNumber(after, 'delay');
  checkObject(options, 'options');
  const { signal, ref } = options as { signal?: unknown; ref?: unknown }; // an object, just checked
  checkSignal(signal, 'options.signal');
  if (ref !== undefined) checkBoolean(ref, 'options.ref');
}

/** A promise that `start` will resolve; the signal rejects it and calls `stop`. */
function waited(
  after: unknown,
  options: unknown,
  start: (resolve: (value: unknown) => void, ref: boolean) => { stop: () => void; isOver: () => boolean },
): object {
  try {
    check(after, options);
  } catch (error) {
    return rejectedWith(error);
  }
  const { signal, ref = true } = options;
  if (signal?.aborted === true) return rejectedWith(new AbortError(undefined, { cause: signal.reason }));
  const { promise, resolve, reject } = deferred();
  const running = start(resolve, ref);
  if (!signal) return promise;
  const onAbort = (): void => {
    if (running.isOver()) return;
    running.stop();
    reject(inNodeFrames(new AbortError(undefined, { cause: signal.reason }), ...framesOfCancel));
  };
  signal.addEventListener('abort', onAbort, { [resistsStop]: true });
  return finallyOf(promise, () => {
    signal.removeEventListener('abort', onAbort);
  });
}

function setTimeout(after?: unknown, value?: unknown, options: unknown = {}): object {
  return waited(after, options, (resolve, ref) => {
    const timer = setTimer(resolve, after, [value], false, ref);
    return {
      stop: () => {
        clearTimer(timer);
      },
      isOver: () => timer._destroyed,
    };
  });
}

function setImmediate(value?: unknown, options: unknown = {}): object {
  return waited(undefined, options, (resolve, ref) => {
    const immediate = setImmediateTask(resolve, [value]);
    if (!ref) immediate.unref();
    return {
      stop: () => {
        clearImmediateTask(immediate);
      },
      isOver: () => immediate._destroyed,
    };
  });
}

function isAborted(signal: Signal | undefined): boolean {
  return signal?.aborted === true;
}

/** The body of an async generator as the lowering would make it: each native `yield` is an await or a yield. */
function* intervalBody(after: unknown, value: unknown, options: unknown): Generator<unknown, void> {
  check(after, options);
  const { signal, ref = true } = options;
  if (signal?.aborted === true) throw new AbortError(undefined, { cause: signal.reason });
  let notYielded = 0;
  let wake: ((value?: unknown) => void) | undefined;
  const timer = setTimer(
    () => {
      notYielded++;
      wake?.();
      wake = undefined;
    },
    after,
    [],
    true,
    ref,
  );
  const onAbort = (): void => {
    clearTimer(timer);
    wake?.(rejectedWith(new AbortError(undefined, { cause: signal?.reason })));
    wake = undefined;
  };
  try {
    signal?.addEventListener('abort', onAbort, { once: true, [resistsStop]: true });
    while (!isAborted(signal)) {
      if (notYielded === 0) {
        const next = deferred();
        wake = next.resolve;
        yield onAwaitInGenerator(0, next.promise);
      }
      for (; notYielded > 0; notYielded--) yield onYieldInAsyncGenerator(0, yield onAwaitInGenerator(0, value));
    }
    throw new AbortError(undefined, { cause: signal?.reason });
  } finally {
    clearTimer(timer);
    signal?.removeEventListener('abort', onAbort);
  }
}

const setInterval = brandAsyncGenerator(
  named(
    function (this: unknown, after?: unknown, value?: unknown, options: unknown = {}): object {
      return callAsyncGenerator(-1, intervalBody as Callable, undefined, [after, value, options], setInterval);
    },
    'setInterval',
    2,
  ),
);

function Scheduler(): never {
  throw illegalConstructor();
}
const scheduler = createObject(Scheduler.prototype as object) as object;
Object.assign(scheduler, { [Symbol('kScheduler')]: true });
const schedule: Readonly<Record<string, (delay?: unknown, options?: unknown) => object>> = {
  yield: () => setImmediate(),
  wait: (delay, options) => setTimeout(delay, undefined, options),
};
for (const [name, method] of Object.entries(schedule)) {
  const checked = function (this: unknown, delay?: unknown, options?: unknown): object {
    if (this !== scheduler) throw invalidThis('Scheduler');
    return method(delay, options);
  };
  hide(Scheduler.prototype as object, name, named(checked, name, method.length));
}

const exports = {
  setTimeout: named(setTimeout, 'setTimeout', 2),
  setImmediate: named(setImmediate, 'setImmediate', 1),
  setInterval,
  scheduler,
};

export function timersPromises(): Record<string, unknown> {
  return exports;
}
