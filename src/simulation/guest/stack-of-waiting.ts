/** Why this file exists: in Node's own async functions errors get the stack of who waits for what they answer. */
import { asyncBase } from './async-stack';
import { captureStackTrace } from './errors';
import { isObject } from './primordials';

/**
 * Runs what works for a promise, in a task or job that is not its own. `waiters` are frames of Node's own that wait for
 * it before anybody else does.
 */
export function workingFor<T>(promise: object | undefined, run: () => T, waiters: readonly string[] = []): T {
  const { current } = asyncBase;
  asyncBase.current = { promise, waiters };
  try {
    return run();
  } finally {
    asyncBase.current = current;
  }
}

/** A stack of those who wait alone. Values that are no objects have none. */
export function captureFor(error: unknown, promise: object): void {
  if (isObject(error)) workingFor(promise, () => { captureStackTrace(error); });
}
