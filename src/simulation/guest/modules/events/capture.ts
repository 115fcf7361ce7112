/**
 * Why this file exists: `captureRejections`: what an async listener rejects with becomes an `error` event. Node 20:
 * lib/events.js (addCatch).
 */
import { apply, call, isCallable } from '../../primordials';
import { under } from '../../stood-for';
import { nextTick } from '../../ticks';
import type { Emitter, Key } from './emitter';

export const capture = Symbol('kCapture');
export const rejection = Symbol.for('nodejs.rejection');
export const captureByDefault = { on: false };

export function addCatch(emitter: Emitter, result: unknown, type: Key, args: readonly unknown[]): void {
  if (!emitter[capture]) return;
  try {
    const then = (result as { then?: unknown }).then; // only asked of what is not null or undefined
    if (!isCallable(then)) return;
    call(then, result, undefined, (error: unknown) => {
      nextTick(tellRejection, [emitter, error, type, args]);
    });
  } catch (error) {
    emitter.emit('error', error);
  }
}

function tellRejection(emitter: Emitter, error: unknown, type: Key, args: readonly unknown[]): void {
  const own = (emitter as unknown as Record<symbol, unknown>)[rejection];
  if (isCallable(own)) {
    apply(own, emitter, [error, type, ...args]);
    return;
  }
  const before = emitter[capture];
  try {
    emitter[capture] = false;
    tellError(emitter, error);
  } finally {
    emitter[capture] = before;
  }
}

const tellError = under('emitUnhandledRejectionOrErr (node:events:407:10)', (emitter: Emitter, error: unknown) => {
  emitter.emit('error', error);
});
