/** Why this file exists: where V8 places what an expression does: at a name, a bracket, a parenthesis, or its start. */
import ts from 'typescript';
import { withoutTypes } from './callee-words';

/** Where V8 places an expression: a method's or property's name, else the parenthesis or bracket, else its start. */
export function positionOf(given: ts.Expression, source: ts.SourceFile): number {
  const node = withoutTypes(given);
  if (ts.isPropertyAccessExpression(node)) return node.name.getStart(source);
  if (ts.isElementAccessExpression(node))
    return source.text.indexOf('[', node.questionDotToken?.end ?? node.expression.end);
  if (!ts.isCallExpression(node)) return node.getStart(source);
  const callee = withoutTypes(node.expression);
  if (callee.kind === ts.SyntaxKind.SuperKeyword) return callee.getStart(source);
  const isNamed = ts.isIdentifier(callee) || (ts.isPropertyAccessExpression(callee) && isCallableToken(callee.name));
  if (isNamed && !node.questionDotToken) return positionOf(callee, source);
  return source.text.indexOf('(', node.typeArguments?.end ?? node.questionDotToken?.end ?? node.expression.end);
}

/** Of `p.catch()` and `this.#run()` V8 takes the parenthesis. V8: src/parsing/token.h, IsCallable. */
function isCallableToken(name: ts.MemberName): boolean {
  if (ts.isPrivateIdentifier(name)) return false;
  const keyword = ts.identifierToKeywordKind(name);
  return keyword === undefined || keyword > ts.SyntaxKind.LastReservedWord;
}

/** The same of what is not called: of a property after a call it is the dot. */
export function placeOfRead(given: ts.Expression, source: ts.SourceFile): number {
  const node = withoutTypes(given);
  if (!ts.isPropertyAccessExpression(node)) return positionOf(node, source);
  if (node.questionDotToken !== undefined) return node.questionDotToken.getStart(source);
  return followsCall(node.expression) ? source.text.indexOf('.', node.expression.end) : node.name.getStart(source);
}

/**
 * V8's parser places a property at its dot once a call or `?.` stands to the left in the same chain, else at its name.
 * V8 11.3: src/parsing/parser-base.h, ParseLeftHandSideContinuation.
 */
function followsCall(node: ts.Expression): boolean {
  if (ts.isCallExpression(node)) return true;
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node))
    return node.questionDotToken !== undefined || followsCall(node.expression);
  return ts.isNonNullExpression(node) && followsCall(node.expression);
}
