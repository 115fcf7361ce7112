/**
 * Why this file exists: TypeScript's parser does not know all of JavaScript: `in` inside an array in the head of a
 * `for`, the comments of HTML that scripts may have, and variables of scripts that are called `await` or `yield` where
 * a word follows (`await in o`). A text that it stumbles over is spelled in another way, place for place, and the tree
 * is put right afterwards.
 */
import { parse, tokTypes, type Comment, type Node, type Token } from 'acorn';
import ts from 'typescript';
import type { ModuleFormat } from './lower-file';

/**
 * What a text became, where `in` stood that is `<=` now (as long, and of the same precedence), and where names stood
 * that were words of the language, by place.
 */
export interface Spelling {
  readonly text: string;
  readonly ins: ReadonlySet<number>;
  readonly names: ReadonlyMap<number, string>;
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
  const names = reservedNames(root, text);
  if (ins.length === 0 && opened.length === 0 && names.size === 0) return undefined;
  const other = unusedName(text);
  const pieces = [
    ...ins.map((at) => ({ at, piece: '<=' })),
    ...opened.map(({ start }) => ({ at: start, piece: '//' })),
    ...[...names.keys()].map((at) => ({ at, piece: other })),
  ];
  return { text: replaced(text, pieces), ins: new Set(ins), names };
}

/** Each piece stands in place of as many characters. */
function replaced(text: string, pieces: readonly { readonly at: number; readonly piece: string }[]): string {
  let [result, end] = ['', 0];
  for (const { at, piece } of [...pieces].sort((one, other) => one.at - other.at)) {
    result += text.slice(end, at) + piece;
    end = at + piece.length;
  }
  return result + text.slice(end);
}

/** Names of variables and labels that TypeScript may take for operators. Those with escapes it does not. */
function reservedNames(root: Node, text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  eachNode(root, ({ type, start, end }) => {
    const name = text.slice(start, end);
    if (type === 'Identifier' && (name === 'await' || name === 'yield')) names.set(start, name);
  });
  return names;
}

/** As long as `await` and `yield`. */
function unusedName(text: string): string {
  for (let i = 0; ; i++) {
    const name = `$${String(i).padStart(4, '0')}`;
    if (!text.includes(name)) return name;
  }
}

/** What stands first in the head of each `for`: only there `in` may be misread. */
function headsOf(root: Node): Node[] {
  const heads: Node[] = [];
  eachNode(root, (node) => {
    const head = partsOf(node)['init'] ?? partsOf(node)['left'];
    if (node.type.startsWith('For') && isNode(head)) heads.push(head);
  });
  return heads;
}

function eachNode(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const each of value) eachNode(each, see);
  else if (isNode(value)) {
    see(value);
    for (const each of Object.values(value)) eachNode(each, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The children of a node by name. */
function partsOf(node: Node): Readonly<Record<string, unknown>> {
  return node as unknown as Record<string, unknown>; // acorn's nodes are plain objects
}

/** The tree says what was written: `in` and the names again, and the text as it was. Nobody has looked at it yet. */
export function putRight(source: ts.SourceFile, written: string, { ins, names }: Spelling): void {
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && ins.has(node.operatorToken.getStart(source)))
      (node.operatorToken as { kind: ts.BinaryOperator }).kind = ts.SyntaxKind.InKeyword; // read-only to those who look
    const name = ts.isIdentifier(node) ? names.get(node.getStart(source)) : undefined;
    if (name !== undefined)
      (node as { escapedText?: ts.__String }).escapedText = ts.escapeLeadingUnderscores(name); // read-only as well
    ts.forEachChild(node, visit);
  };
  visit(source);
  source.text = written;
}
