/**
 * Why this file exists: the first row of the timeline is the loop itself: which phase it is in, and where it only
 * sleeps.
 */
import type { Phase } from '../../trace/trace';
import type { Recording } from '../player-state';

/** Beats from `from` to before `to`. */
export interface LoopStretch {
  readonly kind: Phase | 'asleep';
  readonly turn: number;
  readonly from: number;
  to: number;
}

export function loopRow({ trace, beats }: Recording): readonly LoopStretch[] {
  const row: LoopStretch[] = [];
  let beat = 0;
  let phase: { kind: Phase; turn: number } = { kind: 'main', turn: 0 };
  function begin(kind: LoopStretch['kind'], at: number): void {
    const last = row.at(-1);
    if (last !== undefined) last.to = at;
    if (last?.from === at) row.pop();
    const before = row.at(-1);
    if (before?.kind === kind && before.turn === phase.turn) before.to = beats.length;
    else row.push({ kind, turn: phase.turn, from: at, to: beats.length });
  }
  for (const [step, event] of trace.events.entries()) {
    while (step > (beats[beat]?.last ?? Infinity)) beat += 1;
    if (event.kind === 'phase-entered') {
      phase = { kind: event.phase, turn: event.turn };
      begin(event.phase, beat);
    } else if (event.kind === 'clock-advanced' && event.at - event.from >= 0.1) {
      begin('asleep', beat);
      begin(phase.kind, beat + 1);
    }
  }
  return row.filter(stretch => stretch.to > stretch.from);
}
