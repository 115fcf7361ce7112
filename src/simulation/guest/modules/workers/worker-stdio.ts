/**
 * Why this file exists: what a worker prints passes through the loop of its parent. A stream of the worker posts its
 * first text at once, and what comes meanwhile together, once the parent has asked for more. Node 20:
 * lib/internal/worker/io.js (WritableWorkerStdio, ReadableWorkerStdio), lib/internal/streams/writable.js.
 */
import { printing } from '../../output';
import type { End } from './end';
import { post } from './transfer';

export type StreamName = 'stdout' | 'stderr';

export interface StdioPayload {
  readonly type: 'stdioPayload';
  readonly stream: StreamName;
  readonly chunks: readonly string[];
}

interface State {
  isWriting: boolean;
  waiting: string[];
}

/** The worker's streams over its port to Node; `isExiting`: nobody will ask for more. */
export function stdioOver(
  end: End,
  isExiting: () => boolean,
): { write(stream: StreamName, text: string): void; wantsMore(stream: StreamName): void } {
  const states: Record<StreamName, State> = {
    stdout: { isWriting: false, waiting: [] },
    stderr: { isWriting: false, waiting: [] },
  };
  let held = 0;

  function send(stream: StreamName, chunks: readonly string[]): void {
    const payload: StdioPayload = { type: 'stdioPayload', stream, chunks };
    post(end, undefined, payload, undefined, stream);
    if (isExiting()) return;
    states[stream].isWriting = true;
    if (held++ === 0) end.isRefed = true;
  }

  function wantsMore(stream: StreamName): void {
    const state = states[stream];
    if (state.isWriting) {
      state.isWriting = false;
      if (--held === 0) end.isRefed = false;
    }
    if (state.waiting.length === 0) return;
    const chunks = state.waiting;
    state.waiting = [];
    send(stream, chunks);
  }

  return {
    write(stream, text) {
      printing.firstAt ??= 0;
      if (states[stream].isWriting) states[stream].waiting.push(text);
      else send(stream, [text]);
    },
    wantsMore,
  };
}
