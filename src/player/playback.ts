/** Why this file exists: playing is stepping forward by the clock. */
import { effect } from '@preact/signals';
import { stepForward } from './controls';
import type { Player } from './player-state';

/** Steps forward while `playing` is set; answers a function that stops it. */
export function runPlayback(player: Player): () => void {
  return effect(() => {
    if (!player.playing.value) return undefined;
    const timer = setInterval(() => stepForward(player), 1000 / player.preferences.value.speed);
    return () => clearInterval(timer);
  });
}
