/** Why this file exists: what was asked to be played stays the same place while text before it is edited. */
import type { StartAt } from '../server/protocol';

interface Position {
  readonly line: number;
  readonly character: number;
}

/** One change of a text, as VS Code tells it: `range` is in the text before. */
export interface TextChange {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** Where a position stands after a change; inside of what was replaced, at its start. */
export function shiftPosition(position: Position, { range: { start, end }, text }: TextChange): Position {
  if (isBefore(position, start)) return position;
  if (isBefore(position, end)) return { line: start.line, character: start.character };
  const lines = text.split('\n');
  const last = lines.at(-1)?.length ?? 0;
  const line = position.line - end.line + start.line + lines.length - 1;
  if (position.line !== end.line) return { line, character: position.character };
  const column = position.character - end.character;
  return { line, character: column + (lines.length > 1 ? last : start.character + last) };
}

function isBefore(one: Position, other: Position): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

export function shiftStart(at: StartAt, change: TextChange): StartAt {
  switch (at.kind) {
    case 'file': return at;
    case 'selection': {
      const { start, end } = at.range;
      return { kind: 'selection', range: { start: shiftPosition(start, change), end: shiftPosition(end, change) } };
    }
    case 'cursor': case 'function': return { kind: at.kind, position: shiftPosition(at.position, change) };
  }
}
