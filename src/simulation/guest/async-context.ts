/**
 * Why this file exists: what AsyncLocalStorage carries along. Whatever will run later remembers the context it was made
 * in: a reaction when `then` or `await` made it, a tick, a timer, an immediate when it was queued. Node 20:
 * lib/async_hooks.js (there by the `init` hook of each resource).
 */

/** Values by storage; never changed in place: a new value makes a new context. */
export type AsyncContext = ReadonlyMap<object, unknown> | undefined;

export const asyncContext: { current: AsyncContext } = { current: undefined };

/** Runs something in a context and goes back to the one before, whatever happens. */
export function inContext<T>(context: AsyncContext, run: () => T): T {
  const before = asyncContext.current;
  asyncContext.current = context;
  try {
    return run();
  } finally {
    asyncContext.current = before;
  }
}
