/**
 * Why this file exists: everything a reader can do, each by one name, with its keys; buttons, keyboard and help read
 * the same table. What it is called is a matter of language (`words/`).
 */
import {
  findLandmark, nextBeat, nextOf, nextResume, presentFrame, previousBeat, runToLine, stepOut, stepOver,
} from './navigation';
import type { Direction, Landmark } from './navigation';
import { nextBookmark, toggleBookmark, togglePassage } from './marks';
import { goTo, redo, remember, undo } from './moves';
import { speeds } from './player-state';
import type { Panel, Player, Preferences, Recording } from './player-state';
import type { Words } from './words/en';

function atEnd(player: Player): boolean {
  return player.step.value >= (player.recording.value?.trace.events.length ?? 0) - 1;
}

export function stepForward(player: Player): void {
  const recording = player.recording.value;
  if (recording !== undefined) goTo(player, nextBeat(recording, player.step.value), true);
  if (atEnd(player)) player.playing.value = false;
}

/** Goes where a way of moving leads; stays where it leads nowhere. */
function go(way: (recording: Recording, step: number) => number | undefined, isJump = true): (player: Player) => void {
  return player => {
    const recording = player.recording.value;
    const found = recording === undefined ? undefined : way(recording, player.step.value);
    if (found === undefined) return;
    if (isJump) remember(player);
    goTo(player, found, true);
  };
}

function landmark(name: Landmark, direction: Direction): (player: Player) => void {
  return go((recording, step) => findLandmark(recording, step, name, direction));
}

/** Runs to the next step on a line. */
export function goToLine(player: Player, file: number, line: number): void {
  const recording = player.recording.value;
  const found = recording === undefined ? undefined : runToLine(recording, player.step.value, file, line);
  if (found === undefined) return;
  player.playing.value = false;
  remember(player);
  goTo(player, found);
}

function resumeNext(player: Player): void {
  const followed = player.followed.value;
  go((recording, step) => {
    const frame = followed?.kind === 'frame' ? followed.id : presentFrame(recording, step);
    return frame === undefined ? undefined : nextResume(recording, step, frame);
  })(player);
}

/** The promise that is followed, else the one the caption tells of, else what the present function returned. */
function samePromise(player: Player): void {
  const followed = player.followed.value;
  go((recording, step) => {
    if (followed?.kind === 'promise') return nextOf(recording, step, followed);
    const event = player.moment.value?.event;
    const frame = recording.index.frame(presentFrame(recording, step));
    const id = event !== undefined && 'promise' in event ? event.promise : frame?.promise;
    if (id === undefined) return undefined;
    player.followed.value = { kind: 'promise', id };
    return nextOf(recording, step, { kind: 'promise', id });
  })(player);
}

function togglePlay(player: Player): void {
  if (player.recording.value === undefined) return;
  if (!player.playing.value) remember(player);
  if (!player.playing.value && atEnd(player)) goTo(player, -1);
  player.playing.value = !player.playing.value;
}

function prefer(player: Player, change: Partial<Preferences>): void {
  player.preferences.value = { ...player.preferences.value, ...change };
}

function changeSpeed(player: Player, direction: Direction): void {
  const speed = speeds[speeds.indexOf(player.preferences.value.speed) + direction];
  if (speed !== undefined) prefer(player, { speed });
}

function nextTheme(player: Player): void {
  prefer(player, { theme: ({ auto: 'dark', dark: 'light', light: 'auto' } as const)[player.preferences.value.theme] });
}

function nextView(player: Player): void {
  prefer(player, { view: ({ both: 'machine', machine: 'timeline', timeline: 'both' } as const)[player.preferences.value.view] });
}

function togglePanel(panel: Panel): (player: Player) => void {
  return player => (player.panel.value = player.panel.value === panel ? undefined : panel);
}

const nearest = 4096;

function zoomBy(factor: number): (player: Player) => void {
  return player => (player.zoom.value = Math.min(Math.max(player.zoom.value * factor, 1), nearest));
}

export interface Control {
  /** `event.key`, with `Shift+` before it where Shift must be held. */
  readonly keys: readonly string[];
  readonly act: (player: Player) => void;
  /** Moving by hand stops the playing. */
  readonly pauses?: boolean;
}

export type ControlName = keyof Words['controls'];

export const controls: Readonly<Record<ControlName, Control>> = {
  play: { keys: [' ', 'k'], act: togglePlay },
  forward: { keys: ['ArrowRight', 'ArrowDown'], act: stepForward, pauses: true },
  back: { keys: ['ArrowLeft', 'ArrowUp'], act: go(previousBeat, false), pauses: true },
  over: { keys: ['o', 'PageDown'], act: go((recording, step) => stepOver(recording, step, 1)), pauses: true },
  'over-back': { keys: ['Shift+O', 'PageUp'], act: go((recording, step) => stepOver(recording, step, -1)), pauses: true },
  out: { keys: ['u'], act: go(stepOut), pauses: true },
  'event-forward': { keys: ['Shift+ArrowRight'], act: go((_recording, step) => step + 1, false), pauses: true },
  'event-back': { keys: ['Shift+ArrowLeft'], act: go((_recording, step) => step - 1, false), pauses: true },
  first: { keys: ['Home'], act: go(() => -1), pauses: true },
  last: { keys: ['End'], act: go(() => Infinity), pauses: true },
  'next-await': { keys: ['n'], act: landmark('await', 1), pauses: true },
  'next-print': { keys: ['p'], act: landmark('print', 1), pauses: true },
  'next-task': { keys: ['t'], act: landmark('task', 1), pauses: true },
  'previous-await': { keys: ['Shift+N'], act: landmark('await', -1), pauses: true },
  'previous-print': { keys: ['Shift+P'], act: landmark('print', -1), pauses: true },
  'previous-task': { keys: ['Shift+T'], act: landmark('task', -1), pauses: true },
  'next-resume': { keys: ['r'], act: resumeNext, pauses: true },
  'next-promise': { keys: ['e'], act: samePromise, pauses: true },
  undo: { keys: ['z', 'Backspace'], act: undo, pauses: true },
  redo: { keys: ['Shift+Z'], act: redo, pauses: true },
  search: { keys: ['/'], act: togglePanel('search') },
  bookmark: { keys: ['b'], act: toggleBookmark },
  'next-bookmark': { keys: ['Shift+B'], act: nextBookmark, pauses: true },
  passage: { keys: ['l'], act: togglePassage },
  'zoom-in': { keys: [']'], act: zoomBy(2) },
  'zoom-out': { keys: ['['], act: zoomBy(0.5) },
  'zoom-whole': { keys: ['0'], act: zoomBy(0) },
  axis: { keys: ['x'], act: player => prefer(player, { axis: player.preferences.value.axis === 'steps' ? 'time' : 'steps' }) },
  view: { keys: ['v'], act: nextView },
  findings: { keys: ['f'], act: togglePanel('findings') },
  presenter: { keys: ['w'], act: player => prefer(player, { presenter: !player.preferences.value.presenter }) },
  predict: { keys: ['q'], act: togglePanel('predict'), pauses: true },
  loop: { keys: ['y'], act: togglePanel('loop'), pauses: true },
  share: { keys: ['s'], act: togglePanel('share') },
  compare: { keys: ['c'], act: togglePanel('compare') },
  'what-if': { keys: ['i'], act: togglePanel('what-if') },
  faster: { keys: ['+', '='], act: player => changeSpeed(player, 1) },
  slower: { keys: ['-'], act: player => changeSpeed(player, -1) },
  mechanics: { keys: ['m'], act: player => prefer(player, { mechanics: !player.preferences.value.mechanics }) },
  theme: { keys: ['d'], act: nextTheme },
  help: { keys: ['?'], act: togglePanel('help') },
};

/** Does it, as a button or a key asks. */
export function perform(player: Player, name: ControlName): void {
  const control = controls[name];
  if (control.pauses === true) player.playing.value = false;
  control.act(player);
}
