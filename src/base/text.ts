/** Why this file exists: offsets are what programs keep; lines and columns are what people read. */

/** A half-open range of UTF-16 offsets into a file's text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A place as people write it: line and column, both from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets at which the lines of a text start. Line breaks are \n, \r\n, \r, U+2028 and U+2029, as in TypeScript. */
export function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** The position of an offset, by binary search over `lineStarts(text)`. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The offset of a position; past the end of a line or of the text it is clamped. */
export function offsetAt(text: string, starts: readonly number[], position: Position): number {
  const start = starts[Math.min(Math.max(position.line, 1), starts.length) - 1] ?? 0;
  const end = starts[position.line] ?? text.length;
  return Math.min(start + Math.max(position.column - 1, 0), end);
}
