/**
 * Why this file exists: the timeline's horizontal: either every step as wide as the next, or virtual time as it
 * passed. Data speaks of beats; an axis says where a beat stands.
 */
import type { Recording } from '../player-state';

export type AxisKind = 'steps' | 'time';

export interface Axis {
  readonly kind: AxisKind;
  /** positions[n] is where beat n begins; one more for the end. They never decrease. */
  readonly positions: Float64Array;
  readonly length: number;
}

/** A part of the axis that is on show. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export function axisOf({ beats, trace }: Recording, kind: AxisKind): Axis {
  const positions = new Float64Array(beats.length + 1);
  for (const [n, beat] of beats.entries()) positions[n + 1] = kind === 'steps' ? n + 1 : trace.events[beat.last]?.at ?? 0;
  return { kind, positions, length: Math.max(positions[beats.length] ?? 0, Number.MIN_VALUE) };
}

export function positionOf(axis: Axis, beat: number): number {
  return axis.positions[Math.min(Math.max(beat, 0), axis.positions.length - 1)] ?? 0;
}

/** The last beat that begins at or before a position. */
export function beatUnder(axis: Axis, position: number): number {
  let [low, high] = [0, Math.max(axis.positions.length - 2, 0)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((axis.positions[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The whole axis, or a part of it `zoom` times as near, with `position` in sight. */
export function spanAround(axis: Axis, zoom: number, position: number): Span {
  const width = axis.length / Math.max(zoom, 1);
  if (zoom <= 1) return { from: 0, to: axis.length };
  // Pages, not a picture that runs: the lanes stand still while the hand crosses them.
  const page = width * 0.8;
  const from = Math.min(Math.floor(position / page) * page, axis.length - width);
  return { from: Math.max(from, 0), to: Math.max(from, 0) + width };
}

/** Round numbers between two positions: 0, 5, 10 … at most `most` of them. */
export function roundNumbers({ from, to }: Span, most: number): readonly number[] {
  const raw = (to - from) / Math.max(most, 1);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find(factor => factor * power >= raw) ?? 10);
  const numbers: number[] = [];
  for (let n = Math.ceil(from / step); n * step <= to && numbers.length <= most; n++) numbers.push(n * step);
  return numbers;
}

export interface Tick {
  readonly position: number;
  /** Virtual milliseconds. */
  readonly at: number;
}

/**
 * Where times are written: at round times, or, when steps are equally wide, where the loop has slept; never closer
 * than `gap`.
 */
export function ticksOf(recording: Recording, axis: Axis, span: Span, gap: number): readonly Tick[] {
  if (axis.kind === 'time') {
    return roundNumbers(span, Math.floor((span.to - span.from) / gap)).map(at => ({ position: at, at }));
  }
  const ticks: Tick[] = [];
  const [first, last] = [beatUnder(axis, span.from), Math.min(beatUnder(axis, span.to), recording.beats.length - 1)];
  let at = -Infinity;
  for (let beat = first; beat <= last; beat++) {
    const now = recording.trace.events[recording.beats[beat]?.last ?? 0]?.at ?? 0;
    if (now - at >= 0.5) {
      const position = positionOf(axis, beat);
      if (position - (ticks.at(-1)?.position ?? -Infinity) >= gap) ticks.push({ position, at: now });
    }
    at = now;
  }
  return ticks;
}
