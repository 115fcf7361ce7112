/**
 * Why this file exists: TypeScript's parser does not know all of JavaScript: `in` inside an array in the head of a
 * `for`, and the comments of HTML that scripts may have. A text that it stumbles over is spelled in another way, place
 * for place, and the tree is put right afterwards.
 */
import { parse, tokTypes, type Comment, type Node, type Token } from 'acorn';
import ts from 'typescript';
import type { ModuleFormat } from './lower-file';

/** What a text became, and where `in` stood that is `<=` now: as long, and of the same precedence. */
export interface Spelling {
  readonly text: string;
  readonly ins: ReadonlySet<number>;
}

/** Undefined where there is nothing to spell in another way, or where the text is no JavaScript. */
export function respelled(text: string, format: ModuleFormat): Spelling | undefined {
  const comments: Comment[] = [];
  const tokens: Token[] = [];
  let root: Node;
  try {
    root = parse(text, {
      ecmaVersion: 'latest', sourceType: format, allowHashBang: true, onComment: comments, onToken: tokens,
    });
  } catch {
    return undefined;
  }
  const heads = headsOf(root);
  const isInHead = (each: Token): boolean => heads.some((head) => head.start < each.start && each.end < head.end);
  const ins = tokens.filter((each) => each.type === tokTypes._in && isInHead(each)).map((each) => each.start);
  const opened = comments.filter((each) => /^(?:<!--|-->)/.test(text.slice(each.start, each.end)));
  if (ins.length === 0 && opened.length === 0) return undefined;
  const chars = text.split('');
  for (const at of ins) chars.splice(at, 2, '<', '=');
  for (const { start } of opened) chars.splice(start, 2, '/', '/');
  return { text: chars.join(''), ins: new Set(ins) };
}

/** What stands first in the head of each `for`: only there `in` may be misread. */
function headsOf(root: Node): Node[] {
  const heads: Node[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(visit);
    else if (isNode(node)) {
      const head = partsOf(node)['init'] ?? partsOf(node)['left'];
      if (node.type.startsWith('For') && isNode(head)) heads.push(head);
      Object.values(node).forEach(visit);
    }
  };
  visit(root);
  return heads;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The children of a node by name. */
function partsOf(node: Node): Readonly<Record<string, unknown>> {
  return node as unknown as Record<string, unknown>; // acorn's nodes are plain objects
}

/** The tree says what was written: `in` again, and the text as it was. */
export function putRight(source: ts.SourceFile, written: string, ins: ReadonlySet<number>): void {
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && ins.has(node.operatorToken.getStart(source)))
      (node.operatorToken as { kind: ts.BinaryOperator }).kind = ts.SyntaxKind.InKeyword; // nobody has looked at it yet
    ts.forEachChild(node, visit);
  };
  visit(source);
  source.text = written;
}
