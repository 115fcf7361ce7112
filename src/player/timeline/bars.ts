/**
 * Why this file exists: a lane may have thousands of stretches; the screen has a thousand points. Only what is in
 * sight is drawn, and what is narrower than a few points is drawn together, so that a long trace scrubs like a short
 * one.
 */
import { positionOf } from './axis';
import type { Axis, Span } from './axis';
import type { Lane, LaneState } from './lanes';

/** A piece of a lane on the screen, in points. `beat` is where a click leads. */
export interface Bar {
  readonly state: LaneState;
  readonly x: number;
  readonly width: number;
  readonly label: string;
  readonly beat: number;
}

const narrow = 2.5;

export function pointOf(axis: Axis, span: Span, width: number, beat: number): number {
  return ((positionOf(axis, beat) - span.from) / (span.to - span.from)) * width;
}

/** The bars of a lane within a span that is `width` points wide. */
export function barsOf(lane: Lane, axis: Axis, span: Span, width: number): readonly Bar[] {
  const bars: Bar[] = [];
  for (let n = firstInSight(lane, axis, span); n < lane.stretches.length; n++) {
    const stretch = lane.stretches[n];
    if (stretch === undefined || positionOf(axis, stretch.from) > span.to) break;
    const left = Math.max(pointOf(axis, span, width, stretch.from), 0);
    const right = Math.min(pointOf(axis, span, width, stretch.to), width);
    const { label } = stretch;
    // The beat in which it was suspended is the one before.
    const beat = stretch.state === 'suspended' ? Math.max(stretch.from - 1, 0) : stretch.from;
    const bar: Bar = { state: stretch.state, x: left, width: Math.max(right - left, 0), label, beat };
    const last = bars.at(-1);
    if (last !== undefined && bar.width < narrow && last.width < narrow && bar.x - last.x < narrow) {
      const state = strongest(last.state, bar.state);
      bars[bars.length - 1] = { ...last, state, width: Math.max(right - last.x, last.width) };
    } else bars.push(bar);
  }
  return bars;
}

const ranks: readonly LaneState[] = ['waiting', 'in-thread', 'suspended', 'below', 'ready', 'running'];

/** Of several states in one point the most telling. */
function strongest(one: LaneState, other: LaneState): LaneState {
  return ranks.indexOf(one) >= ranks.indexOf(other) ? one : other;
}

function firstInSight(lane: Lane, axis: Axis, span: Span): number {
  let [low, high] = [0, lane.stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (positionOf(axis, lane.stretches[middle]?.to ?? 0) < span.from) low = middle + 1;
    else high = middle;
  }
  return low;
}
