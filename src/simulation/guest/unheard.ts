/**
 * Why this file exists: some questions can only be asked by trying what throws. Nobody hears of such errors, so nothing
 * is made of them: a stack, or V8's words for it, costs a hundred times what the question does.
 */
import { NativeError, apply, getOwnPropertyDescriptor, type Callable } from './primordials';

/** The engine's own accessors, before errors.ts puts the program's view in their place. */
const hook = getOwnPropertyDescriptor(NativeError, 'prepareStackTrace') as { get: Callable; set: Callable };
const limit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit') as { get: Callable; set: Callable };

/** Runs what may throw inside and catches it itself; nothing of the program may run in it. */
export function unheard<T>(run: () => T): T {
  const heardBy: unknown = apply(hook.get, NativeError, []);
  const frames: unknown = apply(limit.get, NativeError, []);
  apply(hook.set, NativeError, [undefined]);
  apply(limit.set, NativeError, [0]);
  try {
    return run();
  } finally {
    apply(limit.set, NativeError, [frames]);
    apply(hook.set, NativeError, [heardBy]);
  }
}
