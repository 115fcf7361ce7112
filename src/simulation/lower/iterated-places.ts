/**
 * Why this file exists: what is iterated and cannot be, in V8's words and where V8 says it: loops, spread, `yield*` and
 * patterns of arrays. V8 11.3: src/ast/prettyprinter.cc (CallPrinter), src/execution/messages.cc (RenderCallSite).
 */
import ts from 'typescript';
import { placeBehind } from './bytecode-places';
import { delegatedWords, expressionWords, isMadeInParts, isPlacedAtStart, iterableWords, unnamed, withoutTypes } from './callee-words';
import { placeOfRead, positionOf } from './expression-places';
import { type Add } from './member-places';
import { isLookedAt } from './pattern-parameters';
import { isSeveral, isUnseen } from './unseen';
import { isWritten } from './written';

/** Words of a place: see fault-place.ts. */
export const remembered = '=';
const chained = '?.';
const inObject = '<';
/** Of `yield*`, which waits at its start. */
const delegating = 'yield*';

/** `f(1, ...list)`, which V8 words in its own way. */
function isInCall(node: ts.SpreadElement): boolean {
  return !ts.isArrayLiteralExpression(node.parent);
}

function isLastArgument(node: ts.SpreadElement): boolean {
  const { parent } = node;
  return (ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.arguments?.at(-1) === node;
}

export function spreadPlace(node: ts.SpreadElement, source: ts.SourceFile, add: Add): void {
  if (!isInCall(node)) {
    iterated(node.expression, source, add);
    add('next', node.getStart(source), node.end, operatorOf(withoutTypes(node.expression), source), '');
    return;
  }
  const at = ts.isCallExpression(node.parent) ? positionOf(node.parent, source) : node.parent.getStart(source);
  const isChain = ts.isOptionalChain(withoutTypes(node.expression));
  const words = isLastArgument(node) ? `...${isChain ? unnamed : expressionWords(node.expression)}` : '';
  add('iterate', node.expression.getStart(source), node.end, at, words);
  add('next', node.getStart(source), node.end, at, '');
}

/** An array is always iterable: naming it would hide the place that failed. */
function iterated(given: ts.Expression, source: ts.SourceFile, add: Add): void {
  const node = withoutTypes(given);
  if (ts.isArrayLiteralExpression(node)) return;
  add('iterate', node.getStart(source), node.end, operatorOf(node, source), isUnseen(node) || isSeveral(node) ? remembered : iterableWords(node));
}

const atRight: readonly ts.SyntaxKind[] = [ts.SyntaxKind.CommaToken, ts.SyntaxKind.QuestionQuestionToken];

/** V8 places what an operator computes at the operator, of `,` and `??` at the right operand. */
export function operatorOf(node: ts.Expression, source: ts.SourceFile): number {
  if (ts.isPostfixUnaryExpression(node)) return node.operand.end;
  if (!ts.isBinaryExpression(node)) return placeOfRead(node, source);
  const { operatorToken, right } = node;
  const isAtRight = atRight.includes(operatorToken.kind);
  return isAtRight ? operatorOf(withoutTypes(right), source) : operatorToken.getStart(source);
}

export function loopedOver(node: ts.Expression, source: ts.SourceFile, add: Add): void {
  const chain = withoutTypes(node);
  const isChain = ts.isOptionalChain(chain);
  if (!isMadeInParts(node) && !isChain) iterated(node, source, add);
  else if (isChain) add('iterate', node.getStart(source), node.end, positionOf(chain, source), chainWords(chain));
  else add('iterate', node.getStart(source), node.end, node.getStart(source), '');
  add('open', node.getStart(source), node.end, placeBehind(node, source), '');
}

/** A loop asks for its next element where its variable stands, or its pattern ends. */
export function turnOfLoop(node: ts.ForOfStatement, source: ts.SourceFile, add: Add): void {
  const { initializer } = node;
  const [declared] = ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  const variable = declared?.name ?? initializer;
  const isPattern = ts.isObjectBindingPattern(variable) || ts.isArrayBindingPattern(variable);
  add('next', node.getStart(source), node.end, isPattern ? variable.end - 1 : variable.getStart(source), '');
}

/** Of `o?.f()` V8 names `o?.f`, of `o?.x` the value. */
function chainWords(node: ts.OptionalChain): string {
  return ts.isCallExpression(node) ? `${chained}${expressionWords(node.expression)}` : remembered;
}

export function delegated(node: ts.YieldExpression, source: ts.SourceFile, add: Add): void {
  if (node.asteriskToken === undefined || node.expression === undefined) return;
  const [from, at] = [node.expression.getStart(source), node.getStart(source)];
  add('iterate', from, node.expression.end, at, delegatedWords(node.expression) ?? remembered);
  const behind = placeBehind(node.expression, source);
  add('open', from, node.expression.end, behind, '');
  add('next', at, node.end, behind, delegating);
}

type ArrayPattern = ts.ArrayBindingPattern | ts.ArrayLiteralExpression;

/** A pattern that takes a list apart. Of what it gets from another pattern, V8 at most names what that took apart. */
export function arrayPattern(node: ArrayPattern, source: ts.SourceFile, add: Add): void {
  if (ts.isArrayLiteralExpression(node) && !isWritten(node)) return;
  const { value, at } = valueOf(node);
  if (value === undefined) add('iterate', node.getStart(source), node.end, placeWithin(node, source), nestedWords(node));
  else if (ts.isArrayBindingPattern(node) && isPlacedAtStart(value) && !isUnseen(value)) iterated(value, source, add);
  else add('iterate', node.getStart(source), value.end, (at ?? value).getStart(source), at ? remembered : declaredWords(value));
}

/** V8 looks for what is written where the value begins: of `f()[0]` it finds the call of `f`. */
function declaredWords(value: ts.Expression): string {
  const callee = isUnseen(value) ? undefined : calleeAtStart(value);
  return callee === undefined ? remembered : `${chained}${expressionWords(callee)}`;
}

function calleeAtStart(node: ts.Expression): ts.Expression | undefined {
  if (ts.isNewExpression(node)) return node.expression;
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression))
    return node.questionDotToken ? undefined : node.expression;
  if (ts.isBinaryExpression(node)) return calleeAtStart(node.left);
  const isTyped = ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isSatisfiesExpression(node);
  const isChain = ts.isCallExpression(node) || ts.isPropertyAccessExpression(node);
  return isTyped || isChain || ts.isElementAccessExpression(node) ? calleeAtStart(node.expression) : undefined;
}

/** What is written as its value, and where an assignment stands. */
function valueOf(node: ArrayPattern): { readonly value: ts.Expression | undefined; readonly at?: ts.Node } {
  const { parent } = outermost(node);
  if (ts.isVariableDeclaration(parent)) return { value: parent.initializer };
  const isAssigned = ts.isBinaryExpression(parent) && isWhole(parent);
  return isAssigned ? { value: parent.right, at: parent.operatorToken } : { value: undefined };
}

function outermost(node: ts.Node): ts.Node {
  return ts.isParenthesizedExpression(node.parent) ? outermost(node.parent) : node;
}

/** No default inside another pattern: `[[a] = 1] = list`. */
function isWhole(node: ts.BinaryExpression): boolean {
  const { parent } = node;
  return !((ts.isArrayLiteralExpression(parent) || ts.isPropertyAssignment(parent)) && isWritten(node));
}

/** Where V8 had last been: in the head of a loop at the pattern's end, of parameters at their parenthesis. */
function placeWithin(node: ArrayPattern, source: ts.SourceFile): number {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isForOfStatement(parent.parent.parent)) return node.end - 1;
  if (!ts.isParameter(parent) || parent.dotDotDotToken) return node.getStart(source);
  if (ts.isArrowFunction(parent.parent)) return parent.parent.getStart(source);
  return source.text.lastIndexOf('(', (parent.parent.parameters[0] ?? node).getStart(source));
}

/** `{ a: [b] }` of what stands there; a default has no words. */
function nestedWords(node: ArrayPattern): string {
  const { parent } = node;
  if (ts.isForOfStatement(parent)) return remembered;
  if (ts.isParameter(parent)) return isLookedAt(parent, parent.parent) ? remembered : '';
  if (ts.isVariableDeclaration(parent) && ts.isCatchClause(parent.parent)) return remembered;
  if (ts.isVariableDeclaration(parent)) return ts.isForOfStatement(parent.parent.parent) ? '.for' : '';
  const isDeclared = ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent);
  if (isDeclared) return parent.initializer === undefined ? wordsOfObject(parent.parent) : '';
  const isTarget = ts.isPropertyAssignment(parent) && ts.isObjectLiteralExpression(parent.parent);
  return isTarget ? wordsOfObject(parent.parent) : '';
}

function wordsOfObject(pattern: ts.Node): string {
  const { parent } = outermost(pattern);
  if (ts.isParameter(parent)) return inObject;
  if (ts.isBinaryExpression(parent) && isWhole(parent)) return `${inObject}${wordsOf(parent.right)}`;
  if (!ts.isVariableDeclaration(parent)) return '';
  if (parent.initializer !== undefined) return `${inObject}${wordsOf(parent.initializer)}`;
  return ts.isForOfStatement(parent.parent.parent) ? `${inObject}.for` : '';
}

function wordsOf(value: ts.Expression): string {
  return ts.isOptionalChain(withoutTypes(value)) ? unnamed : expressionWords(value);
}
