/**
 * Why this file exists: an edit of a comment, or of the space between tokens, means nothing to a type checker: every
 * node is what it was, further on.
 */
import ts from 'typescript';

/** The one stretch in which two texts differ: `start` in both, its end in the old and in the new one. */
export interface Edit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The edit lies in comments and space, and both trees have the same nodes. */
export function isOfSpace(before: ts.SourceFile, now: ts.SourceFile, { start, oldEnd, newEnd }: Edit): boolean {
  // Comments of JavaScript are types.
  if (/\.[cm]?jsx?$/.test(now.fileName)) return false;
  if (!isSpace(before, start, oldEnd) || !isSpace(now, start, newEnd)) return false;
  const [old, nodes] = [preorder(before), preorder(now)];
  const after = (place: number): number => (place <= start ? place : place + newEnd - oldEnd);
  return old.length === nodes.length && nodes.every((node, index) => {
    const other = old[index];
    return other?.kind === node.kind && node.pos === after(other.pos) && node.end === after(other.end);
  });
}

/** Before a token; before the first of all stand references to other files. */
function isSpace(source: ts.SourceFile, start: number, end: number): boolean {
  const first = source.statements[0];
  if (first === undefined || start < first.getStart(source)) return false;
  function isInside(node: ts.Node): boolean {
    if (ts.isJsxText(node)) return false;
    // Between the nodes inside of one are signs and words alone.
    let from = node.getStart(source);
    if (end <= from) return true;
    if (ts.isToken(node)) return false;
    const found = ts.forEachChild(node, (child) => {
      if (end <= child.pos) return 'before';
      if (child.pos <= start && end <= child.end) return isInside(child) ? 'inside' : 'token';
      from = child.end;
      return undefined;
    });
    return found === 'inside' || (found !== 'token' && from <= start && isBetweenTokens(source.text, from, start, end));
  }
  return isInside(source);
}

function isBetweenTokens(text: string, from: number, start: number, end: number): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text, undefined, from);
  let space = from;
  while (space <= start) {
    if (scanner.scan() === ts.SyntaxKind.EndOfFileToken) return false;
    if (end <= scanner.getTokenStart()) return true;
    space = scanner.getTokenEnd();
  }
  return false;
}

function preorder(tree: ts.SourceFile): readonly ts.Node[] {
  const found: ts.Node[] = [];
  function visit(node: ts.Node): void {
    found.push(node);
    ts.forEachChild(node, visit);
  }
  ts.forEachChild(tree, visit);
  return found;
}
