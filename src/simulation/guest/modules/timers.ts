/**
 * Why this file exists: `node:timers` and `node:timers/promises`. Node 20–24: lib/timers.js, lib/timers/promises.js.
 */
import { clearImmediateTask, setImmediateTask } from '../loop/immediates';
import { clearTimer, setTimer } from '../loop/timers';
import { named, type Callable } from '../primordials';
import { note } from '../notes';

export const timers: Readonly<Record<string, Callable>> = {
  setTimeout: named(
    (callback: unknown, after?: unknown, ...args: unknown[]) => setTimer(callback, after, args, false),
    'setTimeout',
    2,
  ),
  setInterval: named(
    (callback: unknown, after?: unknown, ...args: unknown[]) => setTimer(callback, after, args, true),
    'setInterval',
    2,
  ),
  setImmediate: named((callback: unknown, ...args: unknown[]) => setImmediateTask(callback, args), 'setImmediate', 1),
  clearTimeout: named(
    (timer?: unknown) => {
      clearTimer(timer);
    },
    'clearTimeout',
    1,
  ),
  clearInterval: named(
    (timer?: unknown) => {
      clearTimer(timer);
    },
    'clearInterval',
    1,
  ),
  clearImmediate: named(
    (immediate?: unknown) => {
      clearImmediateTask(immediate);
    },
    'clearImmediate',
    1,
  ),
};

interface Options {
  readonly ref?: boolean;
  readonly signal?: { readonly aborted: boolean; readonly reason: unknown };
}

function checkSignal(options: Options | undefined): void {
  if (options?.signal !== undefined) note('modelled', 'The signal of timers/promises is not watched after the start.');
}

function later(after: unknown, value: unknown, options?: Options): Promise<unknown> {
  checkSignal(options);
  return new Promise((resolve) => {
    const timer = setTimer(
      () => {
        resolve(value);
      },
      after,
      [],
      false,
    );
    if (options?.ref === false) timer.unref();
  });
}

function soon(value: unknown, options?: Options): Promise<unknown> {
  checkSignal(options);
  return new Promise((resolve) => {
    const immediate = setImmediateTask(() => {
      resolve(value);
    }, []);
    if (options?.ref === false) immediate.unref();
  });
}

/** An async iterator that answers once for each time the interval fired. */
function interval(after: unknown, value: unknown): AsyncIterableIterator<unknown> {
  let fired = 0;
  let wake: (() => void) | undefined;
  let over = false;
  const timer = setTimer(
    () => {
      fired++;
      wake?.();
      wake = undefined;
    },
    after,
    [],
    true,
  );
  const iterator: AsyncIterableIterator<unknown> = {
    next: () =>
      new Promise((resolve) => {
        const answer = (): void => {
          if (over) resolve({ value: undefined, done: true });
          else {
            fired--;
            resolve({ value, done: false });
          }
        };
        if (over || fired > 0) answer();
        else wake = answer;
      }),
    return: () => {
      over = true;
      clearTimer(timer);
      wake?.();
      return Promise.resolve({ value: undefined, done: true as const });
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

export function timersPromises(): Record<string, unknown> {
  const exports = {
    setTimeout: named(
      (after?: unknown, value?: unknown, options?: Options) => later(after, value, options),
      'setTimeout',
      2,
    ),
    setImmediate: named((value?: unknown, options?: Options) => soon(value, options), 'setImmediate', 1),
    setInterval: named((after?: unknown, value?: unknown) => interval(after, value), 'setInterval', 2),
    scheduler: {
      wait: named((delay: unknown, options?: Options) => later(delay, undefined, options), 'wait', 1),
      yield: named(() => soon(undefined), 'yield', 0),
    },
  };
  return exports;
}
