/** Why this file exists: shapes of functions that several rules look for, known from the text alone. */
import ts from 'typescript';
import type { TextRange } from '../../../base/text';
import { isAsyncFunction, isFunctionNode, skipOuter } from '../../syntax';

export type FunctionValue = ts.ArrowFunction | ts.FunctionExpression;

/** A function written at this place, in whatever parentheses. */
export function functionValue(node: ts.Expression | undefined): FunctionValue | undefined {
  const value = node === undefined ? undefined : skipOuter(node);
  return value !== undefined && (ts.isArrowFunction(value) || ts.isFunctionExpression(value)) ? value : undefined;
}

/** From the first word to the body: what an underline should cover of a long function. */
export function headOf(node: ts.Node): TextRange {
  const start = node.getStart();
  if (ts.isArrowFunction(node)) return { start, end: node.equalsGreaterThanToken.end };
  const body = 'body' in node && isNode(node.body) ? node.body : undefined;
  if (body === undefined) return { start, end: node.end };
  const head = node.getSourceFile().text.slice(start, body.getStart()).trimEnd();
  return { start, end: start + head.length };
}

function isNode(value: unknown): value is ts.Node {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** The statements `return` of a function itself, not of those inside it. */
export function returnsOf(body: ts.Node): readonly ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  function visit(node: ts.Node): void {
    if (isFunctionNode(node) || ts.isClassLike(node)) return;
    if (ts.isReturnStatement(node)) found.push(node);
    ts.forEachChild(node, visit);
  }
  visit(body);
  return found;
}

/** False only where a function surely answers nothing. */
export function mayAnswer(node: ts.FunctionLikeDeclaration): boolean {
  if (isAsyncFunction(node) || node.body === undefined || !ts.isBlock(node.body)) return true;
  if (node.type !== undefined) return node.type.kind !== ts.SyntaxKind.VoidKeyword;
  return returnsOf(node.body).some((statement) => statement.expression !== undefined);
}

/** True for the first node inside a function (or file), outside the functions in it, that passes the test. */
export function containsOwn(body: ts.Node, test: (node: ts.Node) => boolean): boolean {
  function visit(node: ts.Node): boolean {
    if (node !== body && (isFunctionNode(node) || ts.isClassLike(node))) return false;
    return test(node) || (ts.forEachChild(node, (child) => visit(child) || undefined) ?? false);
  }
  return visit(body);
}

/** True when the node, or anything inside it however deep, passes the test. */
export function containsAny(node: ts.Node, test: (node: ts.Node) => boolean): boolean {
  return test(node) || (ts.forEachChild(node, (child) => containsAny(child, test) || undefined) ?? false);
}
