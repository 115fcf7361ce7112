/**
 * Why this file exists: any moment of a trace at once. Every 128th state is kept (states share their parts, so keeping
 * one costs little); between them at most 127 events are folded, about a quarter of a millisecond. Kept states are
 * made when they are first needed, or ahead of that while nothing else is to be done.
 */
import { invariant } from '../base/invariant';
import { applyEvent, emptyState } from './fold';
import type { LoopState } from './loop-state';
import type { Trace } from './trace';

const keyframeDistance = 128;
/** Events that are folded ahead at once: about two milliseconds. */
const eventsAhead = 2048;

export interface History {
  readonly trace: Trace;
  /** Number of steps: valid steps are −1 (before anything) to length − 1. */
  readonly length: number;
  /** The state after event `step`. */
  stateAt(step: number): LoopState;
  /** Makes some of the states ahead of time that a far step would need; false when all are there. */
  foldAhead(): boolean;
}

/** Opens a trace for random access; the work is done as states are asked for. */
export function openHistory(trace: Trace): History {
  /** keyframes[k] is the state before event k × 128. */
  const keyframes: LoopState[] = [emptyState(trace)];
  let latest = emptyState(trace);

  function foldTo(from: LoopState, step: number): LoopState {
    let state = from;
    for (let next = from.step + 1; next <= step; next++) {
      const event = trace.events[next];
      invariant(event, `step ${String(next)} lies outside the trace`);
      state = applyEvent(state, event);
      if ((next + 1) % keyframeDistance === 0) keyframes[(next + 1) / keyframeDistance] ??= state;
    }
    return state;
  }

  function nearestBefore(step: number): LoopState {
    const wanted = Math.min(Math.floor((step + 1) / keyframeDistance), keyframes.length - 1);
    const keyframe = keyframes[wanted] ?? emptyState(trace);
    return latest.step <= step && latest.step > keyframe.step ? latest : keyframe;
  }

  return {
    trace,
    length: trace.events.length,
    stateAt(step) {
      const wanted = Math.min(Math.max(Math.trunc(step), -1), trace.events.length - 1);
      latest = foldTo(nearestBefore(wanted), wanted);
      return latest;
    },
    foldAhead() {
      const from = keyframes.at(-1) ?? emptyState(trace);
      const to = Math.min(from.step + eventsAhead, trace.events.length - 1);
      foldTo(from, to);
      return to < trace.events.length - 1;
    },
  };
}
