/**
 * Why this file exists: what a worker's parent writes to `worker.stdin` and the worker reads from `process.stdin`.
 * Node 20: lib/internal/worker/io.js (ReadableWorkerStdio).
 */
import type { Input } from '../../process-streams';
import { addWaiting, type End } from './end';
import { ownTalk, post } from './transfer';

export function inputOver(end: End): { readonly source: Input; take(chunk: Uint8Array | null): void } {
  const waiting: (Uint8Array | null)[] = [];
  let isReading = false;
  const tell = (): void => {
    while (isReading && waiting.length > 0) {
      const chunk = waiting.shift() ?? null;
      source.onRead(chunk);
      if (chunk === null) source.readStop();
    }
  };
  const source: Input = {
    onRead: () => undefined,
    readStart: () => {
      if (!isReading) addWaiting(end, 1);
      isReading = true;
      post(end, undefined, { type: 'stdinWantsMoreData' }, undefined, ownTalk);
      tell();
    },
    readStop: () => {
      if (isReading) addWaiting(end, -1);
      isReading = false;
    },
    setRef: () => undefined,
  };
  return {
    source,
    take: (chunk) => {
      waiting.push(chunk);
      tell();
    },
  };
}
