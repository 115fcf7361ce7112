/** Why this file exists: writes the comment that ignores a finding where it is a comment; its reason is left to say. */
import ts from 'typescript';
import { lineStarts, positionAt } from '../../base/text';
import type { FileEdit, Finding } from '../finding';
import { directiveWord } from './directives';
import { literalAt } from './literal-at';

/** Undefined where no comment can stand on the line before. */
export function ignoreEdit(finding: Finding, source: ts.SourceFile): FileEdit | undefined {
  const { text } = source;
  const starts = lineStarts(text);
  const start = starts[positionAt(starts, finding.range.start).line - 1] ?? 0;
  const around = literalAt(source, start);
  if (around !== undefined && !ts.isJsxText(around)) return undefined;
  const indent = /^[^\S\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const directive = `${directiveWord} ${finding.rule}: `;
  const comment = around === undefined ? `// ${directive}` : `{/* ${directive}*/}`;
  return { file: finding.file, range: { start, end: start }, newText: `${indent}${comment}${newline}` };
}
