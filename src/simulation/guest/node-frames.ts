/**
 * Why this file exists: Node makes some errors where nothing of the program's runs: without Node's own frames they
 * would have no stack, and be shown as if they were no errors. The frames of the usual ones, from Node 20.20.
 */
import { countProgramFrames, dropFrames, isStackUnread } from './errors';
import { NativeError, apply, hide, regExpExec } from './primordials';
import { putFramesAbove } from './stack-text';
import { madeAt } from './thrown-places';

const { indexOf, slice } = String.prototype;
const start = '\n    at ';

/** The lines of Node's source at which errors of its own are made, by the place of the frame. */
const lines: Readonly<Record<string, string>> = {
  'node:internal/errors:984': '  const err = new Error(message);',
  'node:internal/deps/undici/undici:14976': '      Error.captureStackTrace(err);',
  'node:timers/promises:48': '    reject(new AbortError(undefined, { cause: signal?.reason }));',
};

/** Puts frames above those of the program. */
export function withNodeFrames<E>(error: E, ...frames: readonly string[]): E {
  if (!(error instanceof NativeError)) return error;
  const [, place = '', column] = /\(?(node:\S+:\d+):(\d+)\)?$/.exec(frames[0] ?? '') ?? [];
  const line = lines[place];
  if (line !== undefined) madeAt(error, place, line, Number(column) - 1);
  if (isStackUnread(error)) {
    putFramesAbove(error, frames);
    return error;
  }
  const stack = String(error.stack);
  const at = apply<string, [string], number>(indexOf, stack, [start]);
  const [head, below] = at < 0 ? [stack, ''] : [apply(slice, stack, [0, at]), apply(slice, stack, [at])];
  let own = '';
  for (let i = 0; i < frames.length; i++) own += `${start}${frames[i] ?? ''}`;
  hide(error, 'stack', `${head}${own}${below}`);
  return error;
}

/** These alone, where there are none of the program's. */
export function inNodeFrames<E>(error: E, ...frames: readonly string[]): E {
  if (!(error instanceof NativeError)) return error;
  if (isStackUnread(error)) {
    if (countProgramFrames(error) > 0) return error;
    dropFrames(error);
    return withNodeFrames(error, ...frames);
  }
  const { stack } = error;
  const at = typeof stack === 'string' ? apply<string, [string], number>(indexOf, stack, [start]) : -1;
  if (typeof stack !== 'string' || regExpExec(ofProgram, stack) !== null) return error;
  if (at >= 0) hide(error, 'stack', apply(slice, stack, [0, at]));
  return withNodeFrames(error, ...frames);
}

/** A frame that is neither Node's nor a built-in function's. */
const ofProgram = /\n {4}at (?!.*(?:node:[\w/]+:\d+:\d+|<anonymous>)\)?(?:\n|$))/;

/** Where an error with a code is made, below what made it. */
export const madeGeneric = ['genericNodeError (node:internal/errors:984:15)', 'wrappedFn (node:internal/errors:538:14)'] as const;

export const inTicks = 'process.processTicksAndRejections (node:internal/process/task_queues:95:5)';
export const inTimers = ['listOnTimeout (node:internal/timers:581:17)', 'process.processTimers (node:internal/timers:519:7)'] as const;
