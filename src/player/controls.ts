/**
 * Why this file exists: everything a reader can do, each by one name, with its key; buttons, keyboard and help read
 * the same table.
 */
import { findLandmark, nextBeat, previousBeat, runToLine } from './navigation';
import type { Landmark } from './navigation';
import { speeds } from './player-state';
import type { Player } from './player-state';

/** Goes to a step. A single step glides; a jump shows its state at once. */
export function goTo(player: Player, step: number, glide = false): void {
  const recording = player.recording.value;
  if (recording === undefined) return;
  player.glide.value = glide;
  player.step.value = Math.min(Math.max(step, -1), recording.trace.events.length - 1);
}

function atEnd(player: Player): boolean {
  return player.step.value >= (player.recording.value?.trace.events.length ?? 0) - 1;
}

export function stepForward(player: Player): void {
  const recording = player.recording.value;
  if (recording !== undefined) goTo(player, nextBeat(recording, player.step.value), true);
  if (atEnd(player)) player.playing.value = false;
}

function stepBack(player: Player): void {
  const recording = player.recording.value;
  if (recording !== undefined) goTo(player, previousBeat(recording, player.step.value), true);
}

function jump(player: Player, landmark: Landmark, direction: 1 | -1): void {
  const recording = player.recording.value;
  if (recording === undefined) return;
  const found = findLandmark(recording, player.step.value, landmark, direction);
  if (found !== undefined) goTo(player, found, true);
}

/** Runs to the next step on a line. */
export function goToLine(player: Player, file: number, line: number): void {
  const recording = player.recording.value;
  const found = recording === undefined ? undefined : runToLine(recording, player.step.value, file, line);
  if (found === undefined) return;
  player.playing.value = false;
  goTo(player, found);
}

function togglePlay(player: Player): void {
  if (player.recording.value === undefined) return;
  if (!player.playing.value && atEnd(player)) goTo(player, -1);
  player.playing.value = !player.playing.value;
}

function changeSpeed(player: Player, direction: 1 | -1): void {
  const preferences = player.preferences.value;
  const next = speeds[speeds.indexOf(preferences.speed) + direction];
  if (next !== undefined) player.preferences.value = { ...preferences, speed: next };
}

function toggleMechanics(player: Player): void {
  player.preferences.value = { ...player.preferences.value, mechanics: !player.preferences.value.mechanics };
}

function nextTheme(player: Player): void {
  const { theme } = player.preferences.value;
  const next = ({ auto: 'dark', dark: 'light', light: 'auto' } as const)[theme];
  player.preferences.value = { ...player.preferences.value, theme: next };
}

export interface Control {
  /** `event.key`, with `Shift+` before it where Shift must be held. */
  readonly keys: readonly string[];
  readonly title: string;
  readonly act: (player: Player) => void;
  /** Moving by hand stops the playing. */
  readonly pauses?: boolean;
}

export type ControlName =
  | 'play' | 'forward' | 'back' | 'event-forward' | 'event-back' | 'first' | 'last' | 'next-await' | 'next-print' | 'next-task'
  | 'previous-await' | 'previous-print' | 'previous-task' | 'faster' | 'slower' | 'mechanics' | 'theme' | 'help';

export const controls: Readonly<Record<ControlName, Control>> = {
  play: { keys: [' ', 'k'], title: 'Play or pause', act: togglePlay },
  forward: { keys: ['ArrowRight', 'ArrowDown'], title: 'Step forward', act: stepForward, pauses: true },
  back: { keys: ['ArrowLeft', 'ArrowUp'], title: 'Step back', act: stepBack, pauses: true },
  'event-forward': { keys: ['Shift+ArrowRight'], title: 'One event forward', act: player => goTo(player, player.step.value + 1, true), pauses: true },
  'event-back': { keys: ['Shift+ArrowLeft'], title: 'One event back', act: player => goTo(player, player.step.value - 1, true), pauses: true },
  first: { keys: ['Home'], title: 'To the start', act: player => goTo(player, -1), pauses: true },
  last: { keys: ['End'], title: 'To the end', act: player => goTo(player, Infinity), pauses: true },
  'next-await': { keys: ['n'], title: 'Next await', act: player => jump(player, 'await', 1), pauses: true },
  'next-print': { keys: ['p'], title: 'Next print', act: player => jump(player, 'print', 1), pauses: true },
  'next-task': { keys: ['t'], title: 'Next task', act: player => jump(player, 'task', 1), pauses: true },
  'previous-await': { keys: ['Shift+N'], title: 'Previous await', act: player => jump(player, 'await', -1), pauses: true },
  'previous-print': { keys: ['Shift+P'], title: 'Previous print', act: player => jump(player, 'print', -1), pauses: true },
  'previous-task': { keys: ['Shift+T'], title: 'Previous task', act: player => jump(player, 'task', -1), pauses: true },
  faster: { keys: ['+', '='], title: 'Faster', act: player => changeSpeed(player, 1) },
  slower: { keys: ['-'], title: 'Slower', act: player => changeSpeed(player, -1) },
  mechanics: { keys: ['m'], title: 'Show or hide the mechanics', act: toggleMechanics },
  theme: { keys: ['d'], title: 'Theme: as the system, dark, light', act: nextTheme },
  help: { keys: ['?'], title: 'Show or hide the keys', act: player => (player.help.value = !player.help.value) },
};

/** Does it, as a button or a key asks. */
export function perform(player: Player, name: ControlName): void {
  const control = controls[name];
  if (control.pauses === true) player.playing.value = false;
  control.act(player);
}
