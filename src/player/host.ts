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
import type { HostMessage, LabelledPlace, NoteOnLine, PlaceInFile, PlayerMessage } from './messages';
import { openRecording, studyLater } from './player-state';
import type { Moment, Player, Recording } from './player-state';
import { lineMarks } from './views/source-marks';
import type { Words } from './words/en';

/** Obeys one message of the host. */
export function receive(player: Player, message: HostMessage): void {
  switch (message.kind) {
    case 'trace': {
      showTrace(player, message.trace, message.title, message.keepPlace);
      player.parameters.value = message.parameters ?? [];
      player.whatIf.value = message.whatIf ?? {};
      return;
    }
    case 'busy': player.notice.value = { kind: 'busy', message: message.message }; return;
    case 'error': player.playing.value = false; player.notice.value = message; return;
    case 'outdated': player.notice.value = message; return;
    case 'reveal-line': revealLine(player, message.file, message.line); return;
    case 'cursor': player.cursor.value = placeOf(player, message.file, message.line); return;
    case 'parameters':
      player.recording.value = undefined;
      player.notice.value = undefined;
      player.parameters.value = message.parameters;
  }
}

/** Opens a trace, after checking that it is one: at its first step, or as far on as the last one was. */
export function showTrace(player: Player, value: unknown, title: string, keepPlace = false): void {
  const parsed = parseTrace(value);
  if (parsed.kind === 'refused') {
    player.notice.value = { kind: 'error', message: parsed.message };
    return;
  }
  const recording = openRecording(parsed.trace, title, player.language);
  const beat = keepPlace ? Math.max(player.moment.value?.beat ?? 0, 0) : 0;
  player.playing.value = false;
  player.glide.value = false;
  player.notice.value = undefined;
  player.step.value = -1;
  for (const list of [player.past, player.future, player.bookmarks]) list.value = [];
  for (const chosen of [player.followed, player.passage, player.cursor]) chosen.value = undefined;
  player.zoom.value = 1;
  player.remark.value = '';
  player.previous.value = sameProgram(player.recording.value, recording);
  player.recording.value = recording;
  studyLater(recording, player);
  player.step.value = recording.beats[Math.min(beat, recording.beats.length - 1)]?.last ?? -1;
}

/** The last recording, if it is one of the same file. */
function sameProgram(last: Recording | undefined, next: Recording): Recording | undefined {
  return last?.trace.files[0]?.path === next.trace.files[0]?.path ? last : undefined;
}

function revealLine(player: Player, path: string, line: number): void {
  const place = placeOf(player, path, line);
  if (place !== undefined) goToLine(player, place.file, line);
}

function placeOf(player: Player, path: string, line: number): { file: number; line: number } | undefined {
  const file = player.recording.value?.trace.files.findIndex(entry => entry.path === path) ?? -1;
  return file < 0 ? undefined : { file, line };
}

/** Listens to the window's messages and tells the host each step; answers a function that stops both. */
export function connect(player: Player, tell: (message: PlayerMessage) => void): () => void {
  function onMessage(event: MessageEvent<unknown>): void {
    if (isHostMessage(event.data)) receive(player, event.data);
  }
  window.addEventListener('message', onMessage);
  const stop = effect(() => {
    if (player.moment.value !== undefined) tell(stepMessage(player.moment.value, player.language.words));
  });
  tell({ kind: 'ready' });
  return () => {
    window.removeEventListener('message', onMessage);
    stop();
  };
}

/** Where a moment stands in the reader's files. */
export function stepMessage(moment: Moment, words: Words): Extract<PlayerMessage, { kind: 'step' }> {
  const { state, recording } = moment;
  const site = runningSite(state);
  const isLine = site !== undefined && recording.trace.sites[site]?.kind !== 'module';
  const running = isLine ? placeInFile(recording, site) : undefined;
  return {
    kind: 'step', step: state.step, ...(running === undefined ? {} : { running }),
    stack: stackFrames(state, 50).flatMap(frame => labelled(recording, frame)),
    suspended: firstValues(state.suspended, 200).flatMap(frame => labelled(recording, frame)),
    notes: recording.trace.files.slice(0, mostFiles).flatMap((_file, file) => notesOf(moment, file, words)),
  };
}

/** Files beyond these get no notes: a step must stay quick. */
const mostFiles = 20;

function notesOf(moment: Moment, file: number, words: Words): readonly NoteOnLine[] {
  const path = moment.recording.trace.files[file]?.path ?? '';
  return [...lineMarks(moment, file, words)].map(([line, mark]) => ({
    file: path, line, text: mark.notes.join(' · '),
    mark: mark.running === true ? 'running' : mark.failed === true ? 'failed' : mark.parked === true ? 'parked' : mark.calling === true ? 'calling' : 'value',
  }));
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
