/**
 * Why this file exists: an `await` lets others run; this lists what this function uses afterwards and others may have
 * changed.
 */
import ts from 'typescript';
import { enclosingFunction } from '../syntax';

const mostShown = 4;

/**
 * Variables declared outside of the function with `let` or `var` and assigned somewhere else, and fields of `this`,
 * that are used after
 * the await in the text. A hint for the reader, by name: what never changes is left out where the text shows it.
 */
export function mayChangeMeanwhile(node: ts.Node, owner: ts.Node): readonly string[] {
  const found = new Set<string>();
  const outside = assignedOutside(node.getSourceFile(), owner);
  function visit(child: ts.Node): void {
    if (child.end > node.end) {
      if (child.getStart() >= node.end) {
        if (
          ts.isPropertyAccessExpression(child) &&
          child.expression.kind === ts.SyntaxKind.ThisKeyword &&
          !isCalled(child)
        )
          found.add(`this.${child.name.text}`);
        if (ts.isIdentifier(child) && outside.has(child.text) && !isPropertyName(child)) found.add(child.text);
      }
      ts.forEachChild(child, visit);
    }
  }
  visit(owner);
  return [...found].slice(0, mostShown);
}

/** Names of `let` and `var` variables of the functions and module around, which some other function assigns. */
function assignedOutside(source: ts.SourceFile, owner: ts.Node): ReadonlySet<string> {
  const declared = new Set<string>();
  const assigned = new Set<string>();
  function visit(node: ts.Node): void {
    if (node === owner && !ts.isSourceFile(node)) return;
    if (
      ts.isVariableDeclaration(node) &&
      ts.isIdentifier(node.name) &&
      (ts.getCombinedNodeFlags(node) & ts.NodeFlags.Const) === 0 &&
      isAround(node, owner)
    ) {
      declared.add(node.name.text);
    }
    const target = assignmentTarget(node);
    if (target !== undefined && !ts.isSourceFile(enclosingFunction(node))) assigned.add(target.text);
    ts.forEachChild(node, visit);
  }
  visit(source);
  // The function itself, run a second time meanwhile, is another too.
  function own(node: ts.Node): void {
    const target = assignmentTarget(node);
    if (target !== undefined) assigned.add(target.text);
    ts.forEachChild(node, own);
  }
  if (!ts.isSourceFile(owner)) own(owner);
  return new Set([...declared].filter((name) => assigned.has(name)));
}

function isAround(declaration: ts.Node, owner: ts.Node): boolean {
  const scope = enclosingFunction(declaration);
  return scope === owner ? ts.isSourceFile(owner) : scope.pos <= owner.pos && owner.end <= scope.end;
}

function assignmentTarget(node: ts.Node): ts.Identifier | undefined {
  if (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  ) {
    return ts.isIdentifier(node.left) ? node.left : undefined;
  }
  const steps =
    (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken);
  return steps && ts.isIdentifier(node.operand) ? node.operand : undefined;
}

function isCalled(node: ts.Expression): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression === node;
}

function isPropertyName(node: ts.Identifier): boolean {
  return (
    (ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) ||
    (ts.isPropertyAssignment(node.parent) && node.parent.name === node)
  );
}
