/**
 * Why this file exists: many operations have no place of their own in V8's bytecode, so that stacks give the place of
 * what was done before: the last place in what they work on, else that of the statement, which the first thing that is
 * done takes. V8: src/interpreter/bytecode-generator.cc, bytecode-array-builder.cc (CurrentSourcePosition).
 */
import ts from 'typescript';
import { isMember, withoutTypes } from './callee-words';
import { positionOf } from './expression-places';
import { isWritten } from './written';

/** Where V8 says that something is done with the value of an expression that has no place of its own. */
export function placeBehind(node: ts.Expression, source: ts.SourceFile): number {
  return lastPlace(node, source) ?? placeBefore(node, source);
}

/** Where V8 says that a name is read, which may not be there. */
export function placeOfName(node: ts.Identifier, source: ts.SourceFile): number {
  return isDoneFirst(node) ? placeOfHead(node, source) : node.getStart(source);
}

/** The last place that evaluating it gave, if it gave any. */
export function lastPlace(given: ts.Expression, source: ts.SourceFile): number | undefined {
  const node = withoutTypes(given);
  if (ts.isIdentifier(node)) return isDoneFirst(node) || isWritten(node) ? undefined : node.getStart(source);
  if (isMember(node) && isWritten(node)) return lastPlace(node.expression, source);
  if (isMember(node) || ts.isCallExpression(node)) return positionOf(node, source);
  if (ts.isNewExpression(node) || ts.isAwaitExpression(node)) return node.getStart(source);
  if (ts.isTaggedTemplateExpression(node)) return node.template.getStart(source);
  if (ts.isBinaryExpression(node)) return placeOfOperator(node, source);
  if (ts.isPostfixUnaryExpression(node)) return lastPlace(node.operand, source);
  if (ts.isPrefixUnaryExpression(node) && isMadeBefore(node)) return undefined;
  if (ts.isPrefixUnaryExpression(node))
    return signs.includes(node.operator) ? node.getStart(source) : lastPlace(node.operand, source);
  if (ts.isConditionalExpression(node)) return lastPlace(node.whenFalse, source);
  if (ts.isObjectLiteralExpression(node)) return lastOf(node.properties, (each) => placeOfMember(each, source));
  if (ts.isArrayLiteralExpression(node)) return lastOf(node.elements, (each) => lastPlace(each, source));
  if (ts.isTemplateExpression(node)) return lastOf(node.templateSpans, (each) => lastPlace(each.expression, source));
  return ts.isSpreadElement(node) ? lastPlace(node.expression, source) : undefined;
}

const signs: readonly ts.SyntaxKind[] = [ts.SyntaxKind.PlusToken, ts.SyntaxKind.MinusToken, ts.SyntaxKind.TildeToken];

function placeOfOperator(node: ts.BinaryExpression, source: ts.SourceFile): number | undefined {
  const { left, operatorToken, right } = node;
  if (!choices.includes(operatorToken.kind)) return operatorToken.getStart(source);
  return lastPlace(right, source) ?? lastPlace(left, source);
}

const choices: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.CommaToken,
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
];

/** What is kept under a computed key stands where the value does. */
function placeOfMember(member: ts.ObjectLiteralElementLike, source: ts.SourceFile): number | undefined {
  if (ts.isSpreadAssignment(member)) return lastPlace(member.expression, source);
  if (ts.isShorthandPropertyAssignment(member)) return member.name.getStart(source);
  const isComputed = ts.isComputedPropertyName(member.name);
  if (ts.isMethodDeclaration(member)) return isComputed ? member.name.getStart(source) : member.getStart(source);
  if (!ts.isPropertyAssignment(member)) return isComputed ? member.name.getStart(source) : undefined;
  const value = member.initializer;
  if (isComputed) return value.getStart(source);
  return lastPlace(value, source) ?? (isMadeBefore(value) ? undefined : value.getStart(source));
}

/** What an object is made with at once: literals, and lists and objects, which are made in parts. */
function isMadeBefore(given: ts.Expression): boolean {
  const node = withoutTypes(given);
  if (ts.isPrefixUnaryExpression(node)) return ts.isNumericLiteral(node.operand);
  const isMade = ts.isArrayLiteralExpression(node) || ts.isObjectLiteralExpression(node);
  return isMade || ts.isLiteralExpression(node) || constants.includes(node.kind);
}

function lastOf<T>(list: readonly T[], place: (each: T) => number | undefined): number | undefined {
  for (let i = list.length - 1; i >= 0; i--) {
    const each = list[i];
    const found = each && place(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where V8 is before it evaluates an expression. */
function placeBefore(node: ts.Expression, source: ts.SourceFile): number {
  const place = lastOf(doneBefore(node), (each) =>
    each !== 'making' && ts.isExpression(each) ? lastPlace(each, source) : undefined,
  );
  return place ?? placeOfHead(node, source);
}

/** Nothing is evaluated before it in its statement; what defaults is evaluated in the middle of one. */
function isDoneFirst(node: ts.Node): boolean {
  const { parent } = node;
  if (isHead(node)) return !ts.isParameter(parent) && !ts.isBindingElement(parent);
  const first = ts.forEachChild(parent, (child) => (child === node || isEvaluated(child) ? child : undefined));
  return first === node && !isMadeFirst(node) && isDoneFirst(parent);
}

/** What is evaluated before an expression in the same statement, in order. */
function doneBefore(node: ts.Node): readonly (ts.Node | Making)[] {
  if (isHead(node)) return [];
  const before: (ts.Node | Making)[] = isMadeFirst(node) ? ['making'] : [];
  ts.forEachChild(node.parent, (child) => {
    if (child === node) return true;
    if (isEvaluated(child)) before.push(child);
    return undefined;
  });
  return [...doneBefore(node.parent), ...before];
}

/** A variable that is set is not read; of `true && x` there is only `x`. */
function isEvaluated(node: ts.Node): boolean {
  if (isPlainTarget(node) || isFolded(node)) return false;
  return ts.isExpression(node) || ts.isObjectLiteralElement(node) || isText(node);
}

function isFolded(node: ts.Node): boolean {
  const { parent } = node;
  const isLeft = ts.isBinaryExpression(parent) && parent.left === node && choices.includes(parent.operatorToken.kind);
  return isLeft && (ts.isLiteralExpression(node) || constants.includes(node.kind));
}

const constants: readonly ts.SyntaxKind[] = [
  ts.SyntaxKind.TrueKeyword,
  ts.SyntaxKind.FalseKeyword,
  ts.SyntaxKind.NullKeyword,
];

/** A list or an object is made before what is in it; one that begins as a copy is made of that. */
function isMadeFirst({ parent }: ts.Node): boolean {
  if (ts.isArrayLiteralExpression(parent)) return !isWritten(parent);
  if (!ts.isObjectLiteralExpression(parent) || isWritten(parent)) return false;
  return parent.properties[0]?.kind !== ts.SyntaxKind.SpreadAssignment;
}

type Making = 'making';

function isText(node: ts.Node): boolean {
  return ts.isTemplateHead(node) && node.text !== '';
}

function isPlainTarget(node: ts.Node): boolean {
  const { parent } = node;
  const isTarget = ts.isBinaryExpression(parent) && parent.left === node && ts.isIdentifier(node);
  return isTarget && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** The whole of what a statement, a declaration or a function evaluates. */
function isHead(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.CommaToken)
    return parent.right === node;
  const isInside = ts.isTemplateSpan(parent) || ts.isObjectLiteralElement(parent) || ts.isComputedPropertyName(parent);
  return !(ts.isExpression(parent) || isInside) || ts.isFunctionLike(parent) || ts.isClassLike(parent);
}

function headOf(node: ts.Node): ts.Node {
  return isHead(node) ? node : headOf(node.parent);
}

/** Where the statement stands for V8 that evaluates the expression: a declaration at its value. */
function placeOfHead(node: ts.Node, source: ts.SourceFile): number {
  const at = headOf(node);
  const { parent } = at;
  const isStatement = ts.isStatement(parent) && !ts.isIterationStatement(parent, false);
  return (isStatement ? parent : ts.isExpression(at) ? withoutTypes(at) : at).getStart(source);
}
