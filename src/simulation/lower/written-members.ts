/**
 * Why this file exists: V8 names the object and the key of a write that is refused, which the engine does not. So
 * `o[k] = v` becomes `($_wo = o)[$_wk = k] = v`. What comes after may write as well, in a call; where it may, it is
 * noted again behind the value: `o.x = f()` becomes `o.x = ($_wt = f(), $_wo = o, $_wt)`.
 */
import ts from 'typescript';
import { probe } from './build';
import { valueForConstant } from './constants';
import type { Lowering } from './lowering';
import { originalOf } from './sites';
import { isStrict } from './strictness';
import { isOfWindow, namedAfter } from './undeclared';

const { factory } = ts;

type Member = ts.PropertyAccessExpression | ts.ElementAccessExpression;

/** What a write that is refused can be told of. In sloppy code nothing is refused; of private names the class tells. */
function isNoted(lowering: Lowering, node: ts.Node): node is Member {
  if (!ts.isPropertyAccessExpression(node) && !ts.isElementAccessExpression(node)) return false;
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword || ts.isOptionalChain(node)) return false;
  if (ts.isPropertyAccessExpression(node) && ts.isPrivateIdentifier(node.name)) return false;
  const original = originalOf(node);
  return original !== undefined && isStrict(lowering, original);
}

/** A member that is written to or deleted, already lowered. */
export function notedMember(lowering: Lowering, node: ts.Expression): ts.Expression {
  if (!isNoted(lowering, node)) return node;
  const object = note('wo', node.expression);
  if (ts.isPropertyAccessExpression(node)) return factory.updatePropertyAccessExpression(node, object, node.name);
  const key = isLiteral(node.argumentExpression) ? node.argumentExpression : note('wk', node.argumentExpression);
  return factory.updateElementAccessExpression(node, object, key);
}

/** The value that is written to a lowered target, itself lowered. */
export function valueThenNoted(lowering: Lowering, target: ts.Expression, value: ts.Expression): ts.Expression {
  if (isOfWindow(target)) return namedAfter(target, value);
  const constant = valueForConstant(target, value);
  if (constant !== undefined) return constant;
  if (!isNoted(lowering, target)) return value;
  const original = originalOf(value);
  const parts = isInert(original) ? undefined : repeatable(target);
  if (parts === undefined) return value;
  const last = probe('wt');
  const end = (original ?? value).end - 1; // the engine places the write where it read that name
  ts.setSourceMapRange(last, { pos: end, end });
  const sequence = [factory.createAssignment(probe('wt'), withoutName(value)), ...parts, last];
  return factory.createParenthesizedExpression(sequence.reduce((all, each) => factory.createComma(all, each)));
}

/** The notes of a target whose parts can be evaluated twice. */
function repeatable(target: Member): ts.Expression[] | undefined {
  const object = notedIn(target.expression);
  if (object === undefined || !isName(object.right)) return undefined;
  if (ts.isPropertyAccessExpression(target)) return [object];
  const key = notedIn(target.argumentExpression);
  if (key === undefined) return [object];
  return isName(key.right) ? [object, key] : undefined;
}

/** `$_wo = o` of `($_wo = o)`. */
function notedIn(node: ts.Expression): ts.BinaryExpression | undefined {
  const inner = ts.isParenthesizedExpression(node) ? node.expression : node;
  return ts.isBinaryExpression(inner) ? inner : undefined;
}

function note(name: 'wo' | 'wk', value: ts.Expression): ts.Expression {
  return factory.createParenthesizedExpression(factory.createAssignment(probe(name), withoutName(value)));
}

/** `(0, class {})`: an assignment to a variable would name it. ECMA-262 §13.15.2, §8.4.5 NamedEvaluation. */
function withoutName(value: ts.Expression): ts.Expression {
  let inner = value;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  const isNamed = ts.isFunctionExpression(inner) || ts.isArrowFunction(inner) || ts.isClassExpression(inner);
  if (!isNamed) return value;
  return factory.createParenthesizedExpression(factory.createComma(factory.createNumericLiteral(0), value));
}

function isName(node: ts.Node): boolean {
  return ts.isIdentifier(node) || node.kind === ts.SyntaxKind.ThisKeyword;
}

function isLiteral(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isNumericLiteral(node);
}

/** Evaluating it calls nothing and writes nothing; of getters it is believed. */
function isInert(node: ts.Node | undefined): boolean {
  if (node === undefined) return false;
  if (ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isTypeNode(node)) return true;
  if (isActive(node)) return false;
  return ts.forEachChild(node, (child) => (isInert(child) ? undefined : true)) !== true;
}

function isActive(node: ts.Node): boolean {
  return (
    ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isClassLike(node) || ts.isAwaitExpression(node) ||
    ts.isYieldExpression(node) || ts.isTaggedTemplateExpression(node) || ts.isDeleteExpression(node) ||
    ts.isSpreadElement(node) || ts.isPostfixUnaryExpression(node) ||
    (ts.isPrefixUnaryExpression(node) && isStep(node.operator)) ||
    (ts.isBinaryExpression(node) && isAssigning(node.operatorToken.kind))
  );
}

function isStep(operator: ts.PrefixUnaryOperator): boolean {
  return operator === ts.SyntaxKind.PlusPlusToken || operator === ts.SyntaxKind.MinusMinusToken;
}

function isAssigning(operator: ts.SyntaxKind): boolean {
  return operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
}
