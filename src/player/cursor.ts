/** Why this file exists: the editor's cursor finds the steps on its line. */
import { isOnLine } from './navigation';
import type { Player } from './player-state';

/** More marks would be a bar. */
const most = 300;

/** The beats in which the line of the editor's cursor runs. */
export function cursorBeats(player: Player): readonly number[] {
  const recording = player.recording.value;
  const cursor = player.cursor.value;
  if (recording === undefined || cursor === undefined) return [];
  const found: number[] = [];
  let beat = 0;
  for (const [step, event] of recording.trace.events.entries()) {
    while (step > (recording.beats[beat]?.last ?? Infinity)) beat += 1;
    if (found.at(-1) !== beat && isOnLine(recording, event, cursor.file, cursor.line)) found.push(beat);
    if (found.length >= most) break;
  }
  return found;
}
