/** Why this file exists: where a person says, with a reason, that a finding on the next line is known and meant. */
import type ts from 'typescript';
import { lineStarts, positionAt, type TextRange } from '../../base/text';
import { type RuleId, ruleIds } from '../finding';
import { literalAt } from './literal-at';

export const directiveWord = 'loopscope-ignore-next-line';

/** `// loopscope-ignore-next-line floating-promise: the process ends here`. */
export interface Directive {
  /** The whole comment. */
  readonly range: TextRange;
  /** As written; they need not be rules. */
  readonly rules: readonly string[];
  readonly reason: string;
  /** The line (from 1) that it is about: the next one that is more than a comment. */
  readonly line: number;
}

const comment = /\/\/[^\n\r]*|\/\*[^]*?\*\//y;
const body = new RegExp(`^(?://|/\\*)\\s*${directiveWord}(?![\\w-])\\s*([\\w-]+(?:\\s*,\\s*[\\w-]+)*)?\\s*(?::([^]*?))?(?:\\*/)?$`);

export function isRule(name: string): name is RuleId {
  return ruleIds.some((id) => id === name);
}

/** The directives of a file, in order. */
export function directivesOf(source: ts.SourceFile): readonly Directive[] {
  const { text } = source;
  const starts = lineStarts(text);
  const found: Omit<Directive, 'line'>[] = [];
  for (let at = text.indexOf(directiveWord); at >= 0; at = text.indexOf(directiveWord, at + 1)) {
    const range = commentAround(text, starts, at);
    const match = range === undefined ? null : body.exec(text.slice(range.start, range.end));
    if (range === undefined || match === null || literalAt(source, at) !== undefined) continue;
    if (isInComment(source, starts, range.start)) continue;
    const rules = (match[1] ?? '').split(',').map((rule) => rule.trim()).filter((rule) => rule !== '');
    found.push({ range, rules, reason: (match[2] ?? '').trim() });
  }
  return found.map((each) => ({ ...each, line: lineAfter(text, starts, each.range) }));
}

/** A reason may go on in further comments, and several directives may stand above each other. */
function lineAfter(text: string, starts: readonly number[], range: TextRange): number {
  let line = lineOf(starts, range.end) + 1;
  while (/^\s*(\/\/.*|\{?\s*\/\*.*\*\/\s*\}?\s*)$/.test(lineText(text, starts, line))) line += 1;
  return line;
}

function lineText(text: string, starts: readonly number[], line: number): string {
  return text.slice(starts[line - 1] ?? text.length, starts[line] ?? text.length).trimEnd();
}

/** The comment that opens before the word on its own line. */
function commentAround(text: string, starts: readonly number[], at: number): TextRange | undefined {
  const lineStart = starts[lineOf(starts, at) - 1] ?? 0;
  const opening = /(\/\/|\/\*)\s*$/.exec(text.slice(lineStart, at));
  if (opening === null) return undefined;
  comment.lastIndex = lineStart + opening.index;
  const match = comment.exec(text);
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
}

/** The comment that seems to open here is itself part of one: an example in a description. */
function isInComment(source: ts.SourceFile, starts: readonly number[], offset: number): boolean {
  const { text } = source;
  const block = offset === 0 ? -1 : text.lastIndexOf('/*', offset - 1);
  const line = starts[lineOf(starts, offset) - 1] ?? 0;
  const sameLine = text.slice(line, offset).indexOf('//');
  const isOpen = block >= 0 && text.indexOf('*/', block + 2) >= offset && literalAt(source, block) === undefined;
  return isOpen || (sameLine >= 0 && literalAt(source, line + sameLine) === undefined);
}

/** Nothing else stands on the comment's line (in JSX, the braces around it). */
export function isAlone(text: string, starts: readonly number[], range: TextRange): boolean {
  const line = lineOf(starts, range.start);
  const before = text.slice(starts[line - 1] ?? 0, range.start);
  const after = text.slice(range.end, starts[line] ?? text.length);
  return /^\s*\{?\s*$/.test(before) && /^\s*\}?\s*$/.test(after);
}

function lineOf(starts: readonly number[], offset: number): number {
  return positionAt(starts, offset).line;
}
