/**
 * Why this file exists: the language calls getters, conversions and iterators where no call is written. V8 places them
 * by its bytecode: at a pattern's target, an operator, a bracket. V8: src/interpreter/bytecode-generator.cc.
 */
import ts from 'typescript';
import { assignedPlace, isReadToBeSet } from './assigned-places';
import { placeBehind, placeOfName } from './bytecode-places';
import { withoutTypes } from './callee-words';
import { classPlaces } from './class-places';
import { isVariable } from './identifiers';
import { positionOf } from './expression-places';
import { type Add } from './member-places';
import { endOfWhole } from './object-patterns';
import { changes, isWritten } from './written';

/** Notes what a node converts, takes apart or copies. */
export function unwrittenPlaces(node: ts.Node, source: ts.SourceFile, add: Add): void {
  if (ts.isIdentifier(node)) namePlace(node, source, add);
  else if (ts.isBindingElement(node)) takenPlace(node, source, add);
  else if (ts.isArrayLiteralExpression(node)) turnPlaces(node, source, add);
  else if (ts.isBinaryExpression(node)) operatorPlace(node, source, add);
  else if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) signPlace(node, source, add);
  else if (ts.isTemplateSpan(node)) spanPlace(node, source, add);
  else if (ts.isElementAccessExpression(node)) keyPlace(node, source, add);
  else if (ts.isComputedPropertyName(node)) add('convert', node.getStart(source), node.parent.end, node.expression.getStart(source), '');
  else if (ts.isClassLike(node)) classPlaces(node, source, add);
  else if (ts.isObjectLiteralElement(node)) memberPlace(node, source, add);
}

/** A name that is not there, or not yet, where V8 says it elsewhere than at the name. */
function namePlace(node: ts.Identifier, source: ts.SourceFile, add: Add): void {
  const { parent } = node;
  const isTaken = ts.isShorthandPropertyAssignment(parent) && parent.name === node;
  if (!isTaken && (!isVariable(node) || ts.isTypeNode(parent) || ('name' in parent && parent.name === node))) return;
  if (assignedPlace(node, source, add) || isTaken) return;
  const isMade = ts.isNewExpression(parent) && parent.expression === node;
  const [from, at] = [node.getStart(source), placeOfName(node, source)];
  if (isMade || at !== from || isReadToBeSet(node)) add('name', from, node.end, at, node.text);
}

/** `{ a: b }` reads `a` where `b` stands; `...rest` may read anything; `[a]` asks for the next element. */
function takenPlace(node: ts.BindingElement, source: ts.SourceFile, add: Add): void {
  if (ts.isArrayBindingPattern(node.parent)) turnPlace(node, source, add);
  else add('read', node.getStart(source), endOfWhole(node), node.name.getStart(source), node.dotDotDotToken ? '*' : keyOf(node.propertyName ?? node.name));
}

/** The same in a pattern that is assigned to; else what `...x` copies. */
function memberPlace(node: ts.ObjectLiteralElement, source: ts.SourceFile, add: Add): void {
  const isTaken = isWritten(node.parent);
  const [from, to] = [node.getStart(source), isTaken ? endOfWhole(node) : node.end];
  if (ts.isSpreadAssignment(node))
    add('read', from, to, isTaken ? node.expression.getStart(source) : placeBehind(node.expression, source), '*');
  else if (isTaken && ts.isPropertyAssignment(node)) add('read', from, to, node.initializer.getStart(source), keyOf(node.name));
  else if (isTaken && ts.isShorthandPropertyAssignment(node)) add('read', from, to, node.name.getStart(source), node.name.text);
}

function keyOf(key: ts.Node): string {
  return ts.isIdentifier(key) || ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : '*';
}

function turnPlaces(node: ts.ArrayLiteralExpression, source: ts.SourceFile, add: Add): void {
  if (isWritten(node)) for (const each of node.elements) turnPlace(each, source, add);
}

function turnPlace(node: ts.Node, source: ts.SourceFile, add: Add): void {
  const at = ts.isBindingElement(node) ? node.name : node;
  add('next', node.getStart(source), node.end, at.getStart(source), '');
}

/** `x += y` has no place of its own. */
function operatorPlace(node: ts.BinaryExpression, source: ts.SourceFile, add: Add): void {
  const { operatorToken, right } = node;
  if (!converts(operatorToken.kind)) return;
  const isOwn = operatorToken.kind < ts.SyntaxKind.FirstAssignment || operatorToken.kind > ts.SyntaxKind.LastAssignment;
  add('convert', node.getStart(source), node.end, isOwn ? operatorToken.getStart(source) : placeBehind(right, source), '');
}

/** Nor have `++` and `--`. */
function signPlace(node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, source: ts.SourceFile, add: Add): void {
  if (ts.isNumericLiteral(node.operand)) return;
  const at = changes(node.operator) ? placeBehind(node.operand, source) : node.getStart(source);
  add('convert', node.getStart(source), node.end, at, '');
}

/** Not those that only choose or only set. */
function converts(operator: ts.SyntaxKind): boolean {
  return !unconverting.includes(operator);
}

const unconverting: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.EqualsToken, ts.SyntaxKind.CommaToken, ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.AmpersandAmpersandEqualsToken, ts.SyntaxKind.BarBarEqualsToken,
  ts.SyntaxKind.QuestionQuestionEqualsToken, ts.SyntaxKind.EqualsEqualsEqualsToken,
  ts.SyntaxKind.ExclamationEqualsEqualsToken,
];

function spanPlace(node: ts.TemplateSpan, source: ts.SourceFile, add: Add): void {
  if (ts.isTaggedTemplateExpression(node.parent.parent)) return;
  add('convert', node.expression.getStart(source), node.expression.end, placeBehind(node.expression, source), '');
}

/** `x[key]` at the bracket, `x[key] = 1` at what writes. */
function keyPlace(node: ts.ElementAccessExpression, source: ts.SourceFile, add: Add): void {
  const { parent } = node;
  const isLeft = ts.isBinaryExpression(parent) && parent.left === node;
  const isTarget = isLeft && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
  const at = isTarget ? parent.operatorToken.getStart(source) : positionOf(node, source);
  add('convert', withoutTypes(node.argumentExpression).getStart(source), isTarget ? parent.end : node.end, at, '');
}
