/** Why this file exists: the lines of the program's own files, for reports of errors. */
import { settleStack } from './errors';
import { getOwnPropertyDescriptor } from './primordials';

export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

interface SourceFile {
  /** As stacks have it: a path, or an URL for an ES module. */
  readonly path: string;
  readonly text: string;
}

let files: readonly SourceFile[] = [];

export function defineSources(given: readonly SourceFile[]): void {
  files = given;
}

/** The text of the file that is run. */
export function entryText(): string {
  return files[0]?.text ?? '';
}

/** The text of a file as stacks name it. */
export function textOfFile(path: string): string | undefined {
  return files.find((each) => each.path === path)?.text;
}

/** The line of an offset, 1-based as everything people read. */
export function sourceLine(file: number, offset: number): Place | undefined {
  const source = files[file];
  if (source === undefined) return undefined;
  const before = source.text.slice(0, offset);
  const start = before.lastIndexOf('\n') + 1;
  return {
    path: source.path,
    line: before.split('\n').length,
    column: offset - start + 1,
    text: lineAt(source.text, start),
  };
}

function lineAt(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end).replace(/\r$/, '');
}

const frame = /^ {4}at (?:.* \()?((?:file:\/\/)?\/.*?):(\d+):(\d+)\)?$/;

/** The first line of an error's stack that lies in the program. */
export function placeOfStack(error: object): Place | undefined {
  settleStack(error);
  const stack: unknown = getOwnPropertyDescriptor(error, 'stack')?.value;
  if (typeof stack !== 'string') return undefined;
  for (const row of stack.split('\n')) {
    const match = frame.exec(row);
    const source = match === null ? undefined : files.find((each) => each.path === match[1]);
    if (source === undefined) continue;
    const [line, column] = [Number(match?.[2]), Number(match?.[3])];
    return { path: source.path, line, column, text: source.text.split('\n')[line - 1] ?? '' };
  }
  return undefined;
}
