/**
 * Why this file exists: an `error` event that nobody listens to is thrown, and its report says where it was emitted.
 * Node 20: lib/events.js (enhanceStackTrace).
 */
import { captureStackTrace, settleStack } from '../../errors';
import { SafeWeakMap, get, hide, isCallable, isObject } from '../../primordials';

interface Emission {
  readonly words: string;
  readonly frames: readonly string[];
}

const emissions = new SafeWeakMap<object, Emission>();

function framesOf(object: object): string[] {
  settleStack(object);
  const stack: unknown = get(object, 'stack');
  return typeof stack === 'string' ? stack.split('\n').filter((line) => line.startsWith('    at ')) : [];
}

export function noteEmission(error: object, emitter: object): void {
  const maker: unknown = get(emitter, 'constructor');
  const name = isCallable(maker) ? maker.name : '';
  const probe = {};
  captureStackTrace(probe);
  const words = name === '' || name === 'EventEmitter' ? '' : ` on ${name} instance`;
  emissions.set(error, { words, frames: framesOf(probe) });
}

/** Both stacks end in the entry, so that Node's own frames below are the same. */
function endAlike(own: readonly string[], theirs: readonly string[]): boolean {
  return [own.at(-1), theirs.at(-1)].every((line) => line?.startsWith('    at Object.<anonymous> (') === true);
}

/** The error ends the process: its stack says the rest. */
export function tellEmission(error: unknown): void {
  const emission = isObject(error) ? emissions.get(error) : undefined;
  if (emission === undefined || !isObject(error)) return;
  const { words, frames } = emission;
  const shared = endAlike(frames, framesOf(error)) ? ['    [... lines matching original stack trace ...]'] : [];
  const lines = [`Emitted 'error' event${words} at:`, ...frames, ...shared];
  hide(error, 'stack', `${String(get(error, 'stack'))}\n${lines.join('\n')}`);
}
