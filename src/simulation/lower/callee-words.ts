/**
 * Why this file exists: V8 names the failing part of an expression by printing it anew: `a.b(...).c`, `x[0]`,
 * `(intermediate value)`. V8 11.3: src/ast/prettyprinter.cc, CallPrinter.
 */
import ts from 'typescript';

const unnamed = '(intermediate value)';

/** The words for an expression, as they stand before `is not a function`. */
export function expressionWords(node: ts.Expression): string {
  if (isErased(node)) return expressionWords(node.expression);
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return propertyWords(node);
  if (ts.isElementAccessExpression(node)) return elementWords(node);
  if (ts.isCallExpression(node)) return `${expressionWords(node.expression)}(...)`;
  if (ts.isArrayLiteralExpression(node)) return `[${node.elements.map(expressionWords).join(',')}]`;
  if (ts.isObjectLiteralExpression(node)) return objectWords(node);
  if (ts.isConditionalExpression(node)) return unnamed.repeat(3);
  if (ts.isTemplateExpression(node)) return node.templateSpans.map((span) => expressionWords(span.expression)).join('');
  return operatorWords(node) ?? literalWords(node) ?? unnamed;
}

type Erased =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.SatisfiesExpression
  | ts.NonNullExpression
  | ts.TypeAssertion
  | ts.ExpressionWithTypeArguments;

/** What is not there any more once types are gone. */
function isErased(node: ts.Node): node is Erased {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isTypeAssertionExpression(node) ||
    ts.isExpressionWithTypeArguments(node)
  );
}

export function withoutTypes(node: ts.Expression): ts.Expression {
  return isErased(node) ? withoutTypes(node.expression) : node;
}

function propertyWords(node: ts.PropertyAccessExpression): string {
  const object = expressionWords(node.expression);
  if (ts.isPrivateIdentifier(node.name)) return `${object}${node.questionDotToken ? '?.' : ''}[${node.name.text}]`;
  return `${object}${node.questionDotToken ? '?.' : '.'}${node.name.text}`;
}

function elementWords(node: ts.ElementAccessExpression): string {
  const object = expressionWords(node.expression);
  const key = withoutTypes(node.argumentExpression);
  const isName = ts.isStringLiteralLike(key) && !/^(0|[1-9]\d*)$/.test(key.text);
  if (isName) return `${object}${node.questionDotToken ? '?.' : '.'}${key.text}`;
  return `${object}${node.questionDotToken ? '?.' : ''}[${expressionWords(key)}]`;
}

function objectWords(node: ts.ObjectLiteralExpression): string {
  const values = node.properties.map((each) =>
    ts.isPropertyAssignment(each)
      ? expressionWords(each.initializer)
      : ts.isShorthandPropertyAssignment(each)
        ? each.name.text
        : unnamed,
  );
  return `{${values.join('')}}`;
}

function operatorWords(node: ts.Expression): string | undefined {
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    if (operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment)
      return expressionWords(node.left);
    return `(${expressionWords(node.left)} ${ts.tokenToString(operator) ?? ''} ${expressionWords(node.right)})`;
  }
  if (ts.isPrefixUnaryExpression(node))
    return `(${ts.tokenToString(node.operator) ?? ''}${expressionWords(node.operand)})`;
  if (ts.isPostfixUnaryExpression(node))
    return `(${expressionWords(node.operand)}${ts.tokenToString(node.operator) ?? ''})`;
  if (ts.isTypeOfExpression(node)) return `(typeof ${expressionWords(node.expression)})`;
  if (ts.isVoidExpression(node)) return `(void ${expressionWords(node.expression)})`;
  if (ts.isDeleteExpression(node)) return `(delete ${expressionWords(node.expression)})`;
  return undefined;
}

function literalWords(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return `"${node.text}"`;
  if (ts.isNumericLiteral(node) || ts.isRegularExpressionLiteral(node)) return node.text;
  switch (node.kind) {
    case ts.SyntaxKind.ThisKeyword:
      return 'this';
    case ts.SyntaxKind.NullKeyword:
      return 'null';
    case ts.SyntaxKind.TrueKeyword:
      return 'true';
    case ts.SyntaxKind.FalseKeyword:
      return 'false';
    default:
      return undefined;
  }
}
