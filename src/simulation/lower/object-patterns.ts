/** Why this file exists: what V8 says of a pattern that takes nothing apart, which may be declared or assigned to. */
import ts from 'typescript';
import { expressionWords } from './callee-words';

export type ObjectPattern = ts.ObjectBindingPattern | ts.ObjectLiteralExpression;

/** V8's words around `undefined` or `null`, and where it says them. */
export interface PatternFault {
  readonly before: string;
  readonly after: string;
  readonly at: ts.Node;
}

/** `Cannot destructure property 'a' of 'x' as it is null.`; of a first property with a default what a read says. */
export function faultOf(pattern: ObjectPattern, of: string): PatternFault {
  const [key, first] = [firstKey(pattern), firstTarget(pattern)];
  if (key !== undefined && first !== undefined && hasDefault(first)) return readingFault(key, first);
  const property = key === undefined ? '' : `property '${keyText(key)}' of `;
  return { before: `Cannot destructure ${property}'${of}' as it is `, after: '.', at: (key && first) ?? pattern };
}

/** `Cannot read properties of null (reading 'a')`; a pattern's default V8 takes for what is taken apart. */
export function readingFault(key: ts.Node, at: ts.Node): PatternFault {
  const value = defaultOfPattern(at);
  if (value !== undefined) {
    const of = expressionWords(value);
    return { before: `Cannot destructure property '${keyText(key)}' of '${of}' as it is `, after: '.', at };
  }
  return { before: 'Cannot read properties of ', after: ` (reading '${keyText(key)}')`, at };
}

function hasDefault(target: ts.Node): boolean {
  const { parent } = target;
  if (ts.isBindingElement(parent)) return parent.initializer !== undefined;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.objectAssignmentInitializer !== undefined;
  return ts.isBinaryExpression(target);
}

function defaultOfPattern(target: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(target)) return ts.isObjectLiteralExpression(target.left) ? target.right : undefined;
  const { parent } = target;
  return ts.isObjectBindingPattern(target) && ts.isBindingElement(parent) ? parent.initializer : undefined;
}

/** The first property that a pattern asks for, where V8 says that it failed. */
export function firstKey(pattern: ObjectPattern): ts.Node | undefined {
  const all: readonly (ts.BindingElement | ts.ObjectLiteralElementLike)[] = ts.isObjectBindingPattern(pattern)
    ? pattern.elements
    : pattern.properties;
  const [first] = all;
  if (first === undefined || first.kind === ts.SyntaxKind.SpreadAssignment) return undefined;
  if (ts.isBindingElement(first) && first.dotDotDotToken) return undefined;
  const key = ts.isBindingElement(first) ? (first.propertyName ?? first.name) : first.name;
  return ts.isComputedPropertyName(key) ? undefined : key;
}

export function keyText(key: ts.Node): string {
  return ts.isIdentifier(key) || ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : '';
}

/** Where the value ends that a pattern takes apart: the engine may still be there. */
export function endOfWhole(node: ts.Node): number {
  const { parent } = node;
  if (ts.isForOfStatement(parent)) return parent.expression.end;
  const isWhole = ts.isParameter(parent) || ts.isCatchClause(parent);
  return isWhole || ts.isStatement(parent) || ts.isSourceFile(parent) ? node.end : endOfWhole(parent);
}

/** Where the first property goes. */
export function firstTarget(pattern: ObjectPattern): ts.Node | undefined {
  const all: readonly (ts.BindingElement | ts.ObjectLiteralElementLike)[] =
    ts.isObjectBindingPattern(pattern) ? pattern.elements : pattern.properties;
  const [first] = all;
  if (first === undefined) return undefined;
  if (ts.isSpreadAssignment(first)) return first.expression;
  return ts.isPropertyAssignment(first) ? first.initializer : first.name;
}
