/**
 * Why this file exists: what happens to a call's result is written around it: awaited, returned, collected, chained,
 * or dropped.
 */
import ts from 'typescript';
import { climbOuter, enclosingFunction } from '../syntax';
import type { BoundaryKind } from './flow-model';

const collectors = /^Promise\.(all|allSettled|race|any)$/;

/** Where a value goes; undefined when the text around does not say (an argument, a field). */
export function positionOf(node: ts.Node): BoundaryKind | undefined {
  const outer = climbValue(node);
  const parent = outer.parent;
  if (ts.isAwaitExpression(parent)) return 'awaited';
  if (ts.isForOfStatement(parent) && parent.expression === outer && parent.awaitModifier !== undefined)
    return 'awaited';
  if (ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === outer)) return 'returned';
  if (ts.isYieldExpression(parent)) return 'yielded';
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent)) return 'floating';
  if (isChained(outer)) return 'chained';
  if (isCollected(outer)) return 'collected';
  if (ts.isVariableDeclaration(parent) && parent.initializer === outer && ts.isIdentifier(parent.name))
    return storedIn(parent.name);
  return undefined;
}

/** Through parentheses and the branches that pass a value on. */
function climbValue(node: ts.Node): ts.Node {
  let outer = climbOuter(node);
  for (;;) {
    const parent = outer.parent;
    const passes =
      (ts.isConditionalExpression(parent) && parent.condition !== outer) ||
      (ts.isBinaryExpression(parent) && isLogical(parent.operatorToken.kind)) ||
      (ts.isBinaryExpression(parent) &&
        parent.operatorToken.kind === ts.SyntaxKind.CommaToken &&
        parent.right === outer);
    if (!passes) return outer;
    outer = climbOuter(parent);
  }
}

export function isLogical(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function isChained(node: ts.Node): boolean {
  const access = node.parent;
  const chains =
    ts.isPropertyAccessExpression(access) &&
    access.expression === node &&
    /^(then|catch|finally)$/.test(access.name.text);
  return chains && ts.isCallExpression(access.parent) && access.parent.expression === access;
}

function isCollected(node: ts.Node): boolean {
  const list = ts.isArrayLiteralExpression(node.parent) ? node.parent : node;
  const call = list.parent;
  return ts.isCallExpression(call) && call.expression !== list && collectors.test(call.expression.getText());
}

/** A promise kept in a variable crosses the boundary where the variable is used. */
function storedIn(name: ts.Identifier): BoundaryKind | undefined {
  let found: BoundaryKind | undefined;
  function visit(node: ts.Node): void {
    if (found !== undefined) return;
    if (ts.isIdentifier(node) && node !== name && node.text === name.text && !isName(node)) {
      const kind = positionOf(node);
      if (kind !== 'floating') found = kind;
    }
    ts.forEachChild(node, visit);
  }
  visit(enclosingFunction(name));
  return found;
}

/** The name in `a.name` or of a declaration, not a use of the variable. */
function isName(node: ts.Identifier): boolean {
  const parent = node.parent;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isVariableDeclaration(parent) && parent.name === node)
  );
}
