/** Why this file exists: places that the reader marks: bookmarks, and the passage that playing repeats. */
import { jumpTo } from './moves';
import type { Player } from './player-state';

function presentBeat(player: Player): number {
  return player.moment.value?.beat ?? -1;
}

export function toggleBookmark(player: Player): void {
  const beat = presentBeat(player);
  const known = player.bookmarks.value;
  const { bookmarks } = player.language.words;
  const isSet = known.includes(beat);
  player.bookmarks.value = isSet ? known.filter(each => each !== beat) : [...known, beat].sort((a, b) => a - b);
  player.remark.value = isSet ? bookmarks.removed(beat + 1) : bookmarks.set(beat + 1);
}

/** The bookmark after this step, else the first one. */
export function nextBookmark(player: Player): void {
  const known = player.bookmarks.value;
  const beat = known.find(each => each > presentBeat(player)) ?? known[0];
  if (beat === undefined) player.remark.value = player.language.words.bookmarks.none;
  else jumpTo(player, player.recording.value?.beats[beat]?.last ?? -1);
}

/** Its start, then its end, then none. */
export function togglePassage(player: Player): void {
  const { passage, remark } = player;
  const words = player.language.words.passage;
  const beat = presentBeat(player);
  if (passage.value === undefined) {
    passage.value = { from: beat };
    remark.value = words.from;
  } else if (passage.value.to === undefined && beat !== passage.value.from) {
    const [from, to] = [Math.min(passage.value.from, beat), Math.max(passage.value.from, beat)];
    passage.value = { from, to };
    remark.value = words.set(from + 1, to + 1);
  } else {
    passage.value = undefined;
    remark.value = words.cleared;
  }
}
