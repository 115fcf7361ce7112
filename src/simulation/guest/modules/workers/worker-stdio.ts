/**
 * Why this file exists: what a worker prints passes through the loop of its parent. A stream of the worker posts its
 * first text at once, and what comes meanwhile together, once the parent has asked for more. Node 20:
 * lib/internal/worker/io.js (WritableWorkerStdio, ReadableWorkerStdio), lib/internal/streams/writable.js.
 */
import { addWaiting, type End } from './end';
import { post } from './transfer';

export type StreamName = 'stdout' | 'stderr';

export interface StdioPayload {
  readonly type: 'stdioPayload';
  readonly stream: StreamName;
  readonly chunks: readonly string[];
}

interface Chunk {
  readonly text: string;
  readonly written: () => void;
}

interface State {
  /** What the parent was sent and has not asked beyond. */
  sent: readonly Chunk[];
  waiting: Chunk[];
}

/** The worker's streams over its port to Node; `isExiting`: nobody will ask for more. */
export function stdioOver(
  end: End,
  isExiting: () => boolean,
): { write(stream: StreamName, text: string, written: () => void): void; wantsMore(stream: StreamName): void } {
  const states: Record<StreamName, State> = {
    stdout: { sent: [], waiting: [] },
    stderr: { sent: [], waiting: [] },
  };
  function send(stream: StreamName, chunks: readonly Chunk[]): void {
    const payload: StdioPayload = { type: 'stdioPayload', stream, chunks: chunks.map(({ text }) => text) };
    post(end, undefined, payload, undefined, stream);
    if (isExiting()) return;
    states[stream].sent = chunks;
    addWaiting(end, 1);
  }

  function wantsMore(stream: StreamName): void {
    const state = states[stream];
    const { sent } = state;
    if (sent.length > 0) {
      state.sent = [];
      addWaiting(end, -1);
    }
    const chunks = state.waiting;
    state.waiting = [];
    if (chunks.length > 0) send(stream, chunks);
    for (const { written } of sent) written();
  }

  return {
    write(stream, text, written) {
      const state = states[stream];
      if (state.sent.length > 0) state.waiting.push({ text, written });
      else send(stream, [{ text, written }]);
    },
    wantsMore,
  };
}
