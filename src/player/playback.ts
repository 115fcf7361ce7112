/** Why this file exists: playing is stepping forward by the clock, and round in the passage if one is chosen. */
import { effect } from '@preact/signals';
import { stepForward } from './controls';
import { goTo } from './moves';
import type { Player } from './player-state';

/** Steps forward while `playing` is set; answers a function that stops it. */
export function runPlayback(player: Player): () => void {
  return effect(() => {
    if (!player.playing.value) return undefined;
    const timer = setInterval(() => playOn(player), 1000 / player.preferences.value.speed);
    return () => clearInterval(timer);
  });
}

function playOn(player: Player): void {
  const { from, to } = player.passage.value ?? {};
  const beat = player.moment.value?.beat ?? -1;
  if (from === undefined || to === undefined) stepForward(player);
  else if (beat >= from && beat < to) stepForward(player);
  else goTo(player, player.recording.value?.beats[from]?.last ?? -1);
}
