/** Why this file exists: two rules look at `for await`. */
import ts from 'typescript';
import type { TextRange } from '../../../base/text';
import type { FileNodes } from '../file-nodes';

export function forAwaits(nodes: FileNodes): readonly ts.ForOfStatement[] {
  return nodes.of(ts.SyntaxKind.ForOfStatement).filter((each) => each.awaitModifier !== undefined);
}

/** The words `for await`. */
export function headOfForAwait(node: ts.ForOfStatement): TextRange {
  return { start: node.getStart(), end: node.awaitModifier?.end ?? node.getStart() + 'for'.length };
}
