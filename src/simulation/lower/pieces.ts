/**
 * Why this file exists: a program that starts in the middle of a file is the file's own text with the rest blanked out,
 * and more text after
 * its end: copies of what stands in the file, and what was made to call it. Pieces remember which is which, so that
 * places stay the user's.
 */
import type { TextRange } from '../../base/text';

export interface Piece {
  readonly text: string;
  /** Where a copy was taken from; absent for made text, which counts as the anchor. */
  readonly from?: number;
}

export interface ComposedText {
  readonly text: string;
  /** The user's place of a range in the composed text. */
  readonly placeOf: (range: TextRange) => TextRange;
  /** True for text that nobody wrote. */
  readonly isMade: (range: TextRange) => boolean;
}

/** Replaces everything but line breaks by spaces, so that offsets and lines stay. */
export function blank(text: string, ranges: readonly TextRange[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    result += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ');
    at = end;
  }
  return result + text.slice(at);
}

/** The file's (partly blanked) text followed by pieces. `anchor` is the place of what was made. */
export function compose(kept: string, pieces: readonly Piece[], anchor: TextRange): ComposedText {
  let text = pieces.length === 0 ? kept : `${kept}\n`;
  const copies: { readonly start: number; readonly end: number; readonly from: number }[] = [];
  for (const piece of pieces) {
    if (piece.from !== undefined)
      copies.push({ start: text.length, end: text.length + piece.text.length, from: piece.from });
    text += piece.text;
  }
  const placeOf = (range: TextRange): TextRange => {
    if (range.start < kept.length) return { start: range.start, end: Math.min(range.end, kept.length) };
    const copy = copies.find((each) => range.start >= each.start && range.start < each.end);
    if (copy === undefined) return anchor;
    const shift = copy.from - copy.start;
    return { start: range.start + shift, end: Math.min(range.end, copy.end) + shift };
  };
  const isMade = (range: TextRange): boolean =>
    range.start >= kept.length && !copies.some((each) => range.start >= each.start && range.start < each.end);
  return { text, placeOf, isMade };
}
