/** Why this file exists: who writes to a socket whose other side has ended is told so. Node 20: lib/net.js. */
import { NativeError, call, isCallable, type Callable } from '../../primordials';
import { nextTick } from '../../ticks';
import { Duplex } from './base';
import type { Socket } from './socket';

// base.ts types only what sockets use of the library.
const plainWrite = (Duplex as unknown as { readonly prototype: { readonly write: Callable } }).prototype.write;

/** Whoever writes after the other side has ended is told so. */
export function onReadableStreamEnd(this: Socket): void {
  if (!this.allowHalfOpen) this.write = writeAfterFin;
}

function writeAfterFin(this: Socket, chunk: unknown, encoding?: unknown, last?: unknown): boolean {
  if (!this.writableEnded) return call(plainWrite, this, chunk, encoding, last) as boolean; // as Node's own does
  const error = Object.assign(new NativeError('This socket has been ended by the other party'), { code: 'EPIPE' });
  const done: unknown = isCallable(encoding) ? encoding : last;
  if (isCallable(done)) nextTick(done, [error]);
  this.destroy(error);
  return false;
}
