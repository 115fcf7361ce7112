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

/** What follows alike in both, more than three lines: lib/internal/util/inspect.js (identicalSequenceRange). */
function alike(own: readonly string[], theirs: readonly string[]): { readonly from: number; readonly count: number } {
  for (let i = 0; i < own.length - 3; i++) {
    const at = theirs.indexOf(own[i] ?? '');
    let count = at < 0 ? 0 : 1;
    while (at >= 0 && i + count < own.length && own[i + count] === theirs[at + count]) count++;
    if (count > 3) return { from: i, count };
  }
  return { from: 0, count: 0 };
}

/** Where streams tell their errors: shown where there is no frame of the program's. */
const ofStreams = [
  'emitErrorNT (node:internal/streams/destroy:169:8)', 'emitErrorCloseNT (node:internal/streams/destroy:128:3)',
  'process.processTicksAndRejections (node:internal/process/task_queues:82:21)',
].map((frame) => `    at ${frame}`);

/** The error ends the process: its stack says the rest. */
export function tellEmission(error: unknown): void {
  const emission = isObject(error) ? emissions.get(error) : undefined;
  if (emission === undefined || !isObject(error)) return;
  const { words } = emission;
  const theirs = framesOf(error);
  const frames = theirs.length + emission.frames.length === 0 ? ofStreams : emission.frames;
  const { from, count } = alike(frames, theirs);
  const lines = [`Emitted 'error' event${words} at:`, ...frames];
  if (count > 0) lines.splice(from + 2, count - 2, '    [... lines matching original stack trace ...]');
  hide(error, 'stack', `${String(get(error, 'stack'))}\n${lines.join('\n')}`);
}
