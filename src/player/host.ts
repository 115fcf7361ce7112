/**
 * Why this file exists: the player's side of the talk with the editor: what comes in changes the player, what is shown
 * goes out.
 */
import { effect } from '@preact/signals';
import { firstValues } from '../trace/id-map';
import { runningSite, stackFrames } from '../trace/loop-state';
import type { Frame } from '../trace/loop-state';
import { parseTrace } from '../trace/parse';
import type { SiteId } from '../trace/trace';
import { goToLine } from './controls';
import { isHostMessage } from './messages';
import type { HostMessage, LabelledPlace, PlaceInFile, PlayerMessage } from './messages';
import { openRecording } from './player-state';
import type { Moment, Player, Recording } from './player-state';

/** Obeys one message of the host. */
export function receive(player: Player, message: HostMessage): void {
  switch (message.kind) {
    case 'trace': showTrace(player, message.trace, message.title); player.parameters.value = message.parameters ?? []; return;
    case 'busy': player.notice.value = { kind: 'busy', message: message.message }; return;
    case 'error': player.playing.value = false; player.notice.value = message; return;
    case 'outdated': player.notice.value = message; return;
    case 'reveal-line': revealLine(player, message.file, message.line); return;
    case 'parameters':
      player.recording.value = undefined;
      player.notice.value = undefined;
      player.parameters.value = message.parameters;
  }
}

/** Opens a trace at its first step, after checking that it is one. */
export function showTrace(player: Player, value: unknown, title: string): void {
  const parsed = parseTrace(value);
  if (parsed.kind === 'refused') {
    player.notice.value = { kind: 'error', message: parsed.message };
    return;
  }
  const recording = openRecording(parsed.trace, title);
  player.playing.value = false;
  player.glide.value = false;
  player.notice.value = undefined;
  player.step.value = -1;
  for (const list of [player.past, player.future, player.bookmarks]) list.value = [];
  for (const chosen of [player.followed, player.passage, player.cursor]) chosen.value = undefined;
  player.zoom.value = 1;
  player.remark.value = '';
  player.recording.value = recording;
  player.step.value = recording.beats[0]?.last ?? -1;
}

function revealLine(player: Player, file: string, line: number): void {
  const index = player.recording.value?.trace.files.findIndex(entry => entry.path === file) ?? -1;
  if (index >= 0) goToLine(player, index, line);
}

/** Listens to the window's messages and tells the host each step; answers a function that stops both. */
export function connect(player: Player, tell: (message: PlayerMessage) => void): () => void {
  function onMessage(event: MessageEvent<unknown>): void {
    if (isHostMessage(event.data)) receive(player, event.data);
  }
  window.addEventListener('message', onMessage);
  const stop = effect(() => {
    if (player.moment.value !== undefined) tell(stepMessage(player.moment.value));
  });
  tell({ kind: 'ready' });
  return () => {
    window.removeEventListener('message', onMessage);
    stop();
  };
}

/** Where a moment stands in the reader's files. */
export function stepMessage({ state, recording }: Moment): Extract<PlayerMessage, { kind: 'step' }> {
  const site = runningSite(state);
  const isLine = site !== undefined && recording.trace.sites[site]?.kind !== 'module';
  const running = isLine ? placeInFile(recording, site) : undefined;
  return {
    kind: 'step', step: state.step, ...(running === undefined ? {} : { running }),
    stack: stackFrames(state, 50).flatMap(frame => labelled(recording, frame)),
    suspended: firstValues(state.suspended, 200).flatMap(frame => labelled(recording, frame)),
  };
}

function labelled(recording: Recording, frame: Frame): readonly LabelledPlace[] {
  const place = placeInFile(recording, frame.here);
  return place === undefined ? [] : [{ ...place, label: recording.index.frameLabel(frame.frame) }];
}

function placeInFile({ index, trace }: Recording, site: SiteId | undefined): PlaceInFile | undefined {
  const place = index.place(site);
  const file = place === undefined ? undefined : trace.files[place.file]?.path;
  if (place === undefined || file === undefined) return undefined;
  const { start, end } = place;
  return { file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}
