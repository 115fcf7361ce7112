/**
 * Why this file exists: a pattern of an object inside another says itself that it got undefined, as its default:
 * `{ a: { b } = $_j(…) }`. So what the engine says of such a pattern, without telling which of the two, is about null.
 * V8 11.3: src/interpreter/bytecode-generator.cc (BuildDestructuringObjectAssignment), src/runtime/runtime-object.cc
 * (ThrowPatternValueNonCoercible).
 */
import ts from 'typescript';
import { callProbe, probe } from './build';
import { expressionWords } from './callee-words';
import type { Lowering } from './lowering';
import { faultOf, firstKey, firstTarget, keyText, readingFault, type ObjectPattern, type PatternFault } from './object-patterns';
import { originalOf } from './sites';

const { factory } = ts;

/** Of a pattern inside another, and of what takes its place there when it is missing. */
export function nestedFault(pattern: ObjectPattern): PatternFault {
  const [value, key] = [defaultOf(pattern), firstKey(pattern)];
  const first = firstTarget(pattern) ?? pattern;
  if (value !== undefined) return faultOf(pattern, expressionWords(value));
  if (key !== undefined) return readingFault(key, first);
  const outer = isRestFirst(pattern) ? undefined : outerWords(pattern);
  if (outer === undefined) return { before: 'Cannot read properties of ', after: '', at: isRestFirst(pattern) ? first : pattern };
  return { before: outer, after: '.', at: pattern };
}

/** A declared pattern inside another, that has no default of its own. */
export function checkedElement(lowering: Lowering, node: ts.BindingElement): ts.BindingElement {
  const written = originalOf(node.name);
  if (written === undefined || !ts.isObjectBindingPattern(written)) return node;
  if (node.dotDotDotToken !== undefined) return node;
  const key = node.propertyName && markedKey(lowering, node.propertyName);
  return factory.updateBindingElement(node, undefined, key, node.name, node.initializer ?? failure(lowering, written));
}

/** The same for one that is assigned to; `target` is lowered. */
export function checkedTarget(lowering: Lowering, target: ts.Expression): ts.Expression {
  const written = originalOf(target);
  if (written === undefined || !ts.isObjectLiteralExpression(written)) return target;
  return factory.createAssignment(target, failure(lowering, written));
}

/** `{ a: { b } }` → `{ [($_id, 'a')]: { b } }`: the engine knows how far it has come once it has read a name. */
export function markedKey(lowering: Lowering, key: ts.PropertyName): ts.PropertyName {
  const written = originalOf(key);
  if (written === undefined || ts.isComputedPropertyName(key) || ts.isPrivateIdentifier(key)) return key;
  const start = written.getStart(lowering.source);
  const mark = ts.setSourceMapRange(probe('id'), { pos: start, end: start });
  return factory.createComputedPropertyName(
    factory.createParenthesizedExpression(factory.createComma(mark, factory.createStringLiteral(keyText(key)))),
  );
}

function failure(lowering: Lowering, pattern: ObjectPattern): ts.Expression {
  const { before, after, at } = nestedFault(pattern);
  const start = at.getStart(lowering.source);
  return ts.setSourceMapRange(callProbe('j', factory.createVoidZero(), before, after), { pos: start, end: start });
}

function defaultOf({ parent }: ObjectPattern): ts.Expression | undefined {
  if (ts.isBindingElement(parent)) return parent.initializer;
  return ts.isBinaryExpression(parent) ? parent.right : undefined;
}

function isRestFirst(pattern: ObjectPattern): boolean {
  if (!ts.isObjectBindingPattern(pattern)) return pattern.properties[0]?.kind === ts.SyntaxKind.SpreadAssignment;
  return pattern.elements[0]?.dotDotDotToken !== undefined;
}

/** `Cannot destructure property 'n' of 'o' as it is `, of one that stands in the outermost pattern. */
function outerWords({ parent: element }: ObjectPattern): string | undefined {
  if (!ts.isBindingElement(element) && !ts.isPropertyAssignment(element)) return undefined;
  const key = ts.isBindingElement(element) ? (element.propertyName ?? element.name) : element.name;
  const value = valueOf(element.parent);
  const isObject = ts.isObjectBindingPattern(element.parent) || ts.isObjectLiteralExpression(element.parent);
  return value === undefined || !isObject ? undefined : `Cannot destructure property '${keyText(key)}' of '${value}' as it is `;
}

function valueOf({ parent }: ts.Node): string | undefined {
  if (ts.isParenthesizedExpression(parent)) return undefined;
  if (ts.isBinaryExpression(parent)) return expressionWords(parent.right);
  if (!ts.isVariableDeclaration(parent)) return undefined;
  return parent.initializer ? expressionWords(parent.initializer) : '.for';
}
