/**
 * Why this file exists: while the strip is dragged one far moment follows another, faster than anybody reads. As long
 * as that goes on, views may leave out what is out of sight; a moment after it stops everything is there again.
 */
import { goTo } from './moves';
import type { Player } from './player-state';

/** After so many milliseconds without another move the strip stands still. */
const calm = 120;

const pending = new WeakMap<Player, ReturnType<typeof setTimeout>>();

/** Goes to a step of the strip. The first move is a jump like any other; scrubbing begins with the next. */
export function scrubTo(player: Player, step: number): void {
  const last = pending.get(player);
  if (last !== undefined) {
    clearTimeout(last);
    player.scrubbing.value = true;
  }
  pending.set(player, setTimeout(() => {
    pending.delete(player);
    player.scrubbing.value = false;
  }, calm));
  goTo(player, step);
}
