/** Why this file exists: what a function does itself; the functions written inside it run at other times. */
import ts from 'typescript';
import { isAsyncFunction, isFunctionNode, skipOuter } from '../../syntax';

/** Calls `visit` for every node of a function (or statement) itself, outer ones first. False: do not look inside. */
export function visitOwn(node: ts.Node, visit: (node: ts.Node) => boolean | undefined): void {
  ts.forEachChild(node, (child) => {
    if (isFunctionNode(child) || ts.isClassLike(child) || ts.isTypeNode(child)) return;
    if (visit(child) !== false) visitOwn(child, visit);
  });
}

/** The own nodes of a kind, in the order of the text; the node itself is looked at too. */
export function ownNodes<N extends ts.Node>(node: ts.Node, is: (node: ts.Node) => node is N): readonly N[] {
  const found: N[] = is(node) ? [node] : [];
  visitOwn(node, (child) => {
    if (is(child)) found.push(child);
    return undefined;
  });
  return found;
}

/** Where a function is suspended: `await`, `for await`; in a generator also `yield`. */
export function isSuspension(node: ts.Node): node is ts.AwaitExpression | ts.ForOfStatement | ts.YieldExpression {
  return (
    ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) ||
    (ts.isForOfStatement(node) && node.awaitModifier !== undefined)
  );
}

/** The first place at which a part of a function suspends it; a function in that part does not run yet. */
export function firstSuspension(part: ts.Node): ts.Node | undefined {
  return isFunctionNode(part) || ts.isClassLike(part) ? undefined : ownNodes(part, isSuspension)[0];
}

export function isAsync(node: ts.Node): boolean {
  return isFunctionNode(node) && isAsyncFunction(node);
}

/** `a = b`, `a += b`, `a ??= b`. */
export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

/** Where what is written: the target of an assignment, of `++`, of `delete`. */
export function writtenBy(node: ts.Node): ts.Expression | undefined {
  if (isAssignment(node)) return skipOuter(node.left);
  if (ts.isDeleteExpression(node)) return skipOuter(node.expression);
  if (!ts.isPrefixUnaryExpression(node) && !ts.isPostfixUnaryExpression(node)) return undefined;
  const steps = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
  return steps ? skipOuter(node.operand) : undefined;
}

/** Ends the function or the turn of the loop on every way through. */
export function leaves(statement: ts.Statement): boolean {
  if (ts.isBlock(statement)) return statement.statements.some(leaves);
  if (ts.isIfStatement(statement))
    return statement.elseStatement !== undefined && leaves(statement.thenStatement) && leaves(statement.elseStatement);
  return ts.isReturnStatement(statement) || ts.isThrowStatement(statement) || ts.isBreakOrContinueStatement(statement);
}

/** The functions written in an expression that is one, or is one in parentheses. */
export function functionsInside(node: ts.Expression): readonly (ts.ArrowFunction | ts.FunctionExpression)[] {
  const value = skipOuter(node);
  return ts.isArrowFunction(value) || ts.isFunctionExpression(value) ? [value] : [];
}
