/** Why this file exists: the words that Chromium has for arguments that a web interface refuses. */
import { NativeTypeError, isCallable, type Callable } from '../../primordials';
import { domException } from '../../modules/events/dom-exception';

export function failed(method: string, owner: string, why: string): Error {
  return new NativeTypeError(`Failed to execute '${method}' on '${owner}': ${why}`);
}

function required(count: number, given: number): string {
  return `${count} argument${count === 1 ? '' : 's'} required, but only ${given} present.`;
}

export function checkCount(given: readonly unknown[], count: number, method: string, owner: string): void {
  if (given.length < count) throw failed(method, owner, required(count, given.length));
}

export function checkConstructed(given: readonly unknown[], count: number, owner: string): void {
  if (given.length < count) throw new NativeTypeError(`Failed to construct '${owner}': ${required(count, given.length)}`);
}

/** The first argument must be a function. */
export function callbackOf(given: readonly unknown[], method: string, owner: string): Callable {
  checkCount(given, 1, method, owner);
  const [callback] = given;
  if (!isCallable(callback)) throw failed(method, owner, "parameter 1 is not of type 'Function'.");
  return callback;
}

/** The same error, as the method that was called says it. */
export function asFailureOf<T>(method: string, owner: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const { name, message } = error as { name?: unknown; message?: unknown };
    if (name !== 'DataCloneError') throw error;
    throw domException(`Failed to execute '${method}' on '${owner}': ${String(message)}`, 'DataCloneError');
  }
}
