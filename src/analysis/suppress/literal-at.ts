/** Why this file exists: what looks like a comment inside a text, a template or JSX is none; the tree knows. */
import ts from 'typescript';

/** The string, template, pattern or JSX text that an offset lies in; undefined in code and between it. */
export function literalAt(source: ts.SourceFile, offset: number): ts.Node | undefined {
  let node: ts.Node = source;
  for (;;) {
    const inner: ts.Node | undefined = ts.forEachChild(node, (child) =>
      child.pos <= offset && offset < child.end ? child : undefined,
    );
    if (inner === undefined) return isLiteral(node) && startOf(node, source) <= offset ? node : undefined;
    node = inner;
  }
}

function isLiteral(node: ts.Node): boolean {
  const isTemplate = ts.isTemplateMiddleOrTemplateTail(node) || ts.isTemplateHead(node);
  return isTemplate || ts.isLiteralExpression(node) || ts.isJsxText(node);
}

/** `getStart` skips the blanks at the start of JSX text, which belong to it. */
function startOf(node: ts.Node, source: ts.SourceFile): number {
  return ts.isJsxText(node) ? node.pos : node.getStart(source);
}
