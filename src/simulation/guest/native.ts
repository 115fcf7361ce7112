/**
 * Why this file exists: what real Node computes in native code (hashes, derived keys, compression) is computed outside
 * the sandbox: bytes go out, bytes come back.
 */
import type { Computation, NotComputed } from '../computing';
import { endNow } from './ending';
import { bareList } from './primordials';
import { here } from './recorder';

/** The host's answer: bytes, or JSON that says why there are none. */
export type AskNative = (what: string, ...bytes: ArrayBufferLike[]) => ArrayBuffer | string;

const none = new ArrayBuffer(0);
let ask: AskNative = () => '{}';

export function openNative(asked: AskNative): void {
  ask = asked;
}

/** Bytes, or why there are none. What would take too long ends the run and says so. */
export function computeOutside(what: Computation, ...bytes: readonly Uint8Array[]): Uint8Array | NotComputed {
  const buffers = bareList<ArrayBufferLike>();
  for (let i = 0; i < bytes.length; i++) {
    const each = bytes[i];
    if (each !== undefined) buffers[i] = new Uint8Array(each).buffer; // the whole of a buffer, and only what is meant
  }
  const [first = none, second = none, third = none] = [buffers[0], buffers[1], buffers[2]];
  const answer = ask(JSON.stringify(what), first, second, third);
  if (typeof answer !== 'string') return new Uint8Array(answer);
  const failure = JSON.parse(answer) as NotComputed; // written by the host
  if (failure.isTooMuch === true)
    return endNow({ kind: 'unsupported', message: `This ${what.kind} ${failure.message}`, site: here() });
  return failure;
}
