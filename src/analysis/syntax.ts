/**
 * Why this file exists: small questions about the shape of the text, which need no types and are asked in many places.
 */
import ts from 'typescript';
import type { TextRange } from '../base/text';

/** The expression inside parentheses, assertions and `!`. */
export function skipOuter(node: ts.Expression): ts.Expression {
  let inner = node;
  while (
    ts.isParenthesizedExpression(inner) ||
    ts.isAsExpression(inner) ||
    ts.isSatisfiesExpression(inner) ||
    ts.isNonNullExpression(inner) ||
    ts.isTypeAssertionExpression(inner)
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** The outermost expression that is only `node` in parentheses, assertions and `!`. */
export function climbOuter(node: ts.Node): ts.Node {
  let outer = node;
  while (
    ts.isParenthesizedExpression(outer.parent) ||
    ts.isAsExpression(outer.parent) ||
    ts.isSatisfiesExpression(outer.parent) ||
    ts.isNonNullExpression(outer.parent) ||
    ts.isTypeAssertionExpression(outer.parent)
  ) {
    outer = outer.parent;
  }
  return outer;
}

export function rangeOf(node: ts.Node): TextRange {
  return { start: node.getStart(), end: node.end };
}

const maxName = 40;

/** A callee as written on one line, calls shown as `()`: `fs.readFileSync`, `load().then`. */
export function calleeName(node: ts.Expression): string {
  const callee = skipOuter(node);
  if (ts.isPropertyAccessExpression(callee)) return shorten(`${calleeName(callee.expression)}.${callee.name.text}`);
  if (ts.isCallExpression(callee)) return `${calleeName(callee.expression)}()`;
  if (ts.isNewExpression(callee)) return `new ${calleeName(callee.expression)}`;
  if (ts.isElementAccessExpression(callee)) return shorten(`${calleeName(callee.expression)}[…]`);
  if (ts.isFunctionExpression(callee) || ts.isArrowFunction(callee)) return '(function)';
  if (ts.isArrayLiteralExpression(callee)) return '[…]';
  if (ts.isObjectLiteralExpression(callee)) return '{…}';
  if (ts.isAwaitExpression(callee)) return `(await ${calleeName(callee.expression)})`;
  return shorten(callee.getText().replace(/\s+/g, ' '));
}

function shorten(text: string): string {
  return text.length <= maxName ? text : `…${text.slice(text.length - maxName + 1)}`;
}

/** Functions, methods, accessors, constructors and static blocks with a body, and the file itself. */
export type FunctionNode =
  | ts.SourceFile
  | ts.FunctionDeclaration
  | ts.FunctionExpression
  | ts.ArrowFunction
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.AccessorDeclaration
  | ts.ClassStaticBlockDeclaration
  /** A class without a written constructor stands for the implicit one. */
  | ts.ClassLikeDeclaration;

export function isFunctionNode(node: ts.Node): node is Exclude<FunctionNode, ts.SourceFile | ts.ClassLikeDeclaration> {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isClassStaticBlockDeclaration(node)) return true;
  const bodied =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isAccessor(node);
  return bodied && node.body !== undefined;
}

export function isAsyncFunction(node: ts.Node): boolean {
  return (
    ts.canHaveModifiers(node) &&
    (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.AsyncKeyword)
  );
}

export function isGeneratorFunction(node: ts.Node): boolean {
  return (
    (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node) || ts.isMethodDeclaration(node)) &&
    node.asteriskToken !== undefined
  );
}

/**
 * The nearest function (or file) around a node; class field initializers belong to the class's constructor and answer
 * the class.
 */
export function enclosingFunction(node: ts.Node): ts.Node {
  let current = node.parent;
  while (!ts.isSourceFile(current) && !isFunctionNode(current) && !ts.isPropertyDeclaration(current))
    current = current.parent;
  return current;
}

/** `==` and its like, `<` and its like. */
export const comparisonOperators: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.EqualsEqualsToken,
  ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
  ts.SyntaxKind.LessThanToken,
  ts.SyntaxKind.LessThanEqualsToken,
  ts.SyntaxKind.GreaterThanToken,
  ts.SyntaxKind.GreaterThanEqualsToken,
];
