/**
 * Why this file exists: an async function whose whole body is caught cannot reject, so that dropping its promise loses
 * an order at most. Known from the text alone: what is not sure is taken to reject.
 */
import ts from 'typescript';
import { isAsyncFunction, skipOuter } from '../../syntax';
import { containsOwn } from './functions';

/** True when nothing in the function can make its promise reject. */
export function bodyNeverRejects(node: ts.FunctionLikeDeclaration): boolean {
  const { body } = node;
  if (body === undefined || !isAsyncFunction(node)) return false;
  const plainParameters = node.parameters.every((each) => ts.isIdentifier(each.name) && each.initializer === undefined);
  if (!plainParameters) return false;
  return ts.isBlock(body) ? body.statements.every(isSafeStatement) : isSafeExpression(body);
}

function isSafeStatement(statement: ts.Statement): boolean {
  if (ts.isTryStatement(statement)) {
    const { catchClause, finallyBlock } = statement;
    const safeCatch = catchClause?.block.statements.every(isSafeStatement) === true;
    return safeCatch && (finallyBlock === undefined || finallyBlock.statements.every(isSafeStatement));
  }
  if (ts.isReturnStatement(statement))
    return statement.expression === undefined || isSafeExpression(statement.expression);
  if (ts.isExpressionStatement(statement)) return isSafeExpression(statement.expression);
  if (ts.isBlock(statement)) return statement.statements.every(isSafeStatement);
  if (ts.isIfStatement(statement)) {
    const branches = [statement.thenStatement, ...(statement.elseStatement ? [statement.elseStatement] : [])];
    return isSafeExpression(statement.expression) && branches.every(isSafeStatement);
  }
  return ts.isFunctionDeclaration(statement) || ts.isEmptyStatement(statement);
}

/** Names, literals, and what is written to the console; every other call may throw. */
function isSafeExpression(given: ts.Expression): boolean {
  const node = skipOuter(given);
  if (ts.isCallExpression(node))
    return /^console\.\w+$/.test(node.expression.getText()) && node.arguments.every(isSafeExpression);
  if (ts.isIdentifier(node) || ts.isLiteralExpression(node) || node.kind === ts.SyntaxKind.ThisKeyword) return true;
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return true;
  const throwing = (each: ts.Node): boolean =>
    ts.isCallExpression(each) ||
    ts.isNewExpression(each) ||
    ts.isAwaitExpression(each) ||
    ts.isPropertyAccessExpression(each) ||
    ts.isElementAccessExpression(each) ||
    ts.isTaggedTemplateExpression(each) ||
    ts.isYieldExpression(each) ||
    ts.isSpreadElement(each);
  return !containsOwn(node, throwing);
}
