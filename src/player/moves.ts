/** Why this file exists: the player goes to a step, and back to where the reader was before a jump. */
import type { Player } from './player-state';

/** Goes to a step. A single step glides; a jump shows its state at once. */
export function goTo(player: Player, step: number, glide = false): void {
  const recording = player.recording.value;
  if (recording === undefined) return;
  player.glide.value = glide;
  player.step.value = Math.min(Math.max(step, -1), recording.trace.events.length - 1);
}

const remembered = 200;

/** Before a jump: the way back leads here. */
export function remember(player: Player): void {
  const { past, future, step } = player;
  if (past.value.at(-1) !== step.value) past.value = [...past.value.slice(1 - remembered), step.value];
  future.value = [];
}

/** A jump that the reader may undo. */
export function jumpTo(player: Player, step: number): void {
  player.playing.value = false;
  remember(player);
  goTo(player, step);
}

export function undo(player: Player): void {
  const left = player.past.value.at(-1);
  if (left === undefined) return;
  player.past.value = player.past.value.slice(0, -1);
  player.future.value = [...player.future.value, player.step.value];
  goTo(player, left);
}

export function redo(player: Player): void {
  const left = player.future.value.at(-1);
  if (left === undefined) return;
  player.future.value = player.future.value.slice(0, -1);
  player.past.value = [...player.past.value, player.step.value];
  goTo(player, left);
}
