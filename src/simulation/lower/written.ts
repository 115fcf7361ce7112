/** Why this file exists: which identifiers and members of the user's text are written to, not read. */
import ts from 'typescript';

/** Operators that write to their left side. */
export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** Written to, alone or in a pattern. */
export function isWritten(node: ts.Node): boolean {
  for (let at: ts.Node = node; ; at = at.parent) {
    const { parent } = at;
    if (isAssignment(parent)) return parent.left === at; // which the default of a part of a pattern is, too
    if (ts.isForOfStatement(parent) || ts.isForInStatement(parent)) return parent.initializer === at;
    if (ts.isPostfixUnaryExpression(parent)) return true;
    if (ts.isPrefixUnaryExpression(parent)) return changes(parent.operator);
    if (!mayBePattern(parent)) return false;
  }
}

function mayBePattern(node: ts.Node): boolean {
  return (
    ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node) || ts.isSpreadElement(node) ||
    ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) || ts.isSpreadAssignment(node) ||
    ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node)
  );
}

export function changes(operator: ts.PrefixUnaryOperator): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}
