/** Why this file exists: the analysis counts in offsets, people in lines and columns; texts are read once. */
import { readFileSync } from 'node:fs';
import { lineStarts, positionAt, type TextRange } from '../base/text';

export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Text {
  readonly text: string;
  readonly starts: readonly number[];
}

/** Texts of files as they are on disk, and the lines of ranges in them. */
export class Places {
  private readonly texts = new Map<string, Text>();

  of(file: string, range: TextRange): Place {
    const { starts } = this.read(file);
    const start = positionAt(starts, range.start);
    const end = positionAt(starts, range.end);
    return { line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
  }

  /** A line's text, without its line break. */
  line(file: string, line: number): string {
    const { text, starts } = this.read(file);
    return text.slice(starts[line - 1] ?? 0, starts[line] ?? text.length).replace(/[\r\n]+$/, '');
  }

  offset(file: string, line: number, column: number): number | undefined {
    const { text, starts } = this.read(file);
    const start = starts[line - 1];
    if (start === undefined || column < 1) return undefined;
    const offset = start + column - 1;
    return offset <= (starts[line] ?? text.length) ? offset : undefined;
  }

  private read(file: string): Text {
    let known = this.texts.get(file);
    if (known === undefined) {
      // As the type checker reads it: a byte order mark is not part of the text.
      const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
      known = { text, starts: lineStarts(text) };
      this.texts.set(file, known);
    }
    return known;
  }
}
