/**
 * Why this file exists: the engine says `not a function`, V8 says which: `list.first is not a function`. The places
 * where such errors can arise are listed here with V8's words for them; the guest looks one up when an error is made.
 */
import ts from 'typescript';
import type { CallableNames } from './callable-names';
import type { FaultPlace } from '../fault-place';
import { expressionWords, unnamed, withoutTypes } from './callee-words';
import { firstPlace } from './first-places';
import { iteratedCall } from './iterated-call';
import { arrayPattern, delegated, loopedOver, remembered, spreadPlace, turnOfLoop } from './iterated-places';
import { positionOf } from './expression-places';
import { elementPlace, propertyPlace, type Add } from './member-places';
import { nestedFault } from './nested-patterns';
import { endOfWhole, faultOf, type ObjectPattern } from './object-patterns';
import { isLookedAt } from './pattern-parameters';
import { bodyKind } from './scope';
import { beginOf, stackName } from './stack-names';
import { isUnseen } from './unseen';
import { unwrittenPlaces } from './unwritten-places';
import { isWritten } from './written';

/**
 * All places of a file, in the order of their first characters. `receivers`: see lowering.ts, `namesDecorated`:
 * member-places.ts.
 */
export function faultPlaces(
  source: ts.SourceFile,
  { callable, receivers }: { readonly callable: CallableNames; readonly receivers: ReadonlyMap<number, number> },
  namesDecorated: boolean,
): readonly FaultPlace[] {
  const places: FaultPlace[] = [];
  const spot = (offset: number): number => {
    const { line, character } = source.getLineAndCharacterOfPosition(offset);
    return (line + 1) * 1_000_000 + character + 1;
  };
  const add: Add = (kind, from, to, at, words, end, argument, message, callee) => {
    const place = [kind, spot(from), spot(to), spot(at), words] as const;
    if (end === undefined) places.push(place);
    else if (callee !== undefined) places.push([...place, spot(end), argument ?? null, message ?? null, callee]);
    else if (message !== undefined) places.push([...place, spot(end), argument ?? null, message]);
    else places.push(argument === undefined ? [...place, spot(end)] : [...place, spot(end), argument]);
  };
  const visit = (node: ts.Node): void => {
    const running = stackName(node);
    const start = node.getStart(source);
    if (running !== undefined) {
      const from = beginOf(node, start);
      const receiver = receivers.get(start) ?? -1;
      places.push(['function', spot(from), spot(node.end), receiver, running]);
      const first = firstPlace(node, source);
      if (first !== undefined) places.push(['first', spot(from), spot(node.end), spot(first), '']);
      if (ts.isFunctionLike(node) && isBoundByCall(node))
        places.push(['function', spot(from), spot(node.parameters.end), receiver, running.replace(/^[*@]/, '')]);
    }
    if (ts.isCallExpression(node)) callPlace(node, source, callable, add);
    else placesOf(node, source, callable, add, namesDecorated);
    unwrittenPlaces(node, source, add);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places.sort((one, other) => one[1] - other[1]);
}

/** A generator's parameters are bound when it is called, not by its first `next`. */
function isBoundByCall(node: ts.SignatureDeclaration): boolean {
  return bodyKind(node).endsWith('generator') && node.parameters.length > 0;
}

function placesOf(
  node: ts.Node,
  source: ts.SourceFile,
  callable: CallableNames,
  add: Add,
  namesDecorated: boolean,
): void {
  if (ts.isTaggedTemplateExpression(node)) {
    const { tag, template } = node;
    const kind = ts.isIdentifier(tag) && callable.variables.has(tag.text) ? 'sure' : 'call';
    const [from, at, words] = [tag.getStart(source), template.getStart(source), expressionWords(tag)];
    add(kind, from, tag.end, at, words, node.end, undefined, iteratedCall(node));
  }
  else if (ts.isNewExpression(node)) {
    const { expression } = node;
    const words = calleeWords(expression);
    const kind = ts.isIdentifier(expression) && callable.variables.has(expression.text) ? 'made' : 'new';
    const [from, at] = [expression.getStart(source), node.getStart(source)];
    add(kind, from, expression.end, at, words, node.end, undefined, undefined, nameIfUnseen(expression));
  } else if (ts.isSpreadElement(node)) spreadPlace(node, source, add);
  else if (ts.isYieldExpression(node)) delegated(node, source, add);
  else if (ts.isForOfStatement(node)) {
    loopedOver(node.expression, source, add);
    turnOfLoop(node, source, add);
  }
  else if (ts.isObjectBindingPattern(node)) innerPattern(node, source, add);
  else if (ts.isObjectLiteralExpression(node) && isNestedTarget(node)) nestedPattern(node, source, add);
  else if (ts.isArrayBindingPattern(node) || ts.isArrayLiteralExpression(node)) arrayPattern(node, source, add);
  else if (ts.isBinaryExpression(node)) binaryPlace(node, source, add);
  else if (ts.isPropertyAccessExpression(node)) propertyPlace(node, source, add, namesDecorated);
  else if (ts.isElementAccessExpression(node)) elementPlace(node, source, add);
}

function callPlace(node: ts.CallExpression, source: ts.SourceFile, callable: CallableNames, add: Add): void {
  const { expression } = node;
  const callee = withoutTypes(expression);
  const isSure = ts.isPropertyAccessExpression(callee)
    ? callable.members.has(callee.name.text)
    : ts.isIdentifier(callee) && callable.variables.has(callee.text);
  const at = positionOf(node, source);
  const argument = node.arguments[0] && literalArgument(node.arguments[0]);
  const [from, words] = [expression.getStart(source), calleeWords(expression)];
  add(isSure ? 'sure' : 'call', from, expression.end, at, words, node.end, argument, iteratedCall(node), nameIfUnseen(expression));
}

/** Of a method that V8 does not find again the value is not known: what is missing gives undefined. */
function calleeWords(callee: ts.Expression): string {
  if (!isUnseen(callee)) return expressionWords(callee);
  return isSpelledByValue(callee) ? remembered : 'undefined';
}

/** What is written there, where V8's words do not say so: stacks look for the call of what runs. */
function nameIfUnseen(callee: ts.Expression): string | undefined {
  return isUnseen(callee) ? expressionWords(callee) : undefined;
}

/**
 * What a class does while it is made, and computed names, V8 does not find again in the text: it spells the value of
 * what is called instead. A method needs the object that it is called on, so its value is not asked for.
 */
export function isSpelledByValue(callee: ts.Expression): boolean {
  const inner = withoutTypes(callee);
  const isMethod = ts.isPropertyAccessExpression(inner) || ts.isElementAccessExpression(inner);
  const isWord = inner.kind === ts.SyntaxKind.SuperKeyword || inner.kind === ts.SyntaxKind.ImportKeyword;
  const isEval = ts.isIdentifier(inner) && inner.text === 'eval';
  return isUnseen(callee) && !isWord && !isEval && (!isMethod || ts.isNewExpression(callee.parent));
}

/** A literal that can be no callback, as V8 spells the value. */
function literalArgument(given: ts.Expression): string | undefined {
  const node = withoutTypes(given);
  if (ts.isObjectLiteralExpression(node)) return '#<Object>';
  return primitiveText(node) ?? (isSigned(node) ? node.getText() : undefined);
}

function isSigned(node: ts.Expression): boolean {
  const isMinus = ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.MinusToken;
  return isMinus && ts.isNumericLiteral(node.operand);
}

function binaryPlace(node: ts.BinaryExpression, source: ts.SourceFile, add: Add): void {
  const operator = node.operatorToken.kind;
  if (operator === ts.SyntaxKind.InKeyword && ts.isPrivateIdentifier(node.left)) {
    const of = primitiveText(node.right) ?? 'undefined'; // a value that is not written there is not known
    add('in', node.left.getStart(source), node.end, node.operatorToken.getStart(source), `'${node.left.text}' in ${of}`);
  }
}

/** The value of a literal that is no object, as text. */
function primitiveText(given: ts.Expression): string | undefined {
  const node = withoutTypes(given);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return node.text;
  const isWord =
    node.kind === ts.SyntaxKind.NullKeyword ||
    node.kind === ts.SyntaxKind.TrueKeyword ||
    node.kind === ts.SyntaxKind.FalseKeyword ||
    (ts.isIdentifier(node) && node.text === 'undefined');
  return isWord ? node.getText() : undefined;
}

/** Patterns whose value is written nowhere: of parameters, loops, `catch`, and inside other patterns. */
function innerPattern(node: ts.ObjectBindingPattern, source: ts.SourceFile, add: Add): void {
  const { parent } = node;
  if (ts.isBindingElement(parent)) {
    nestedPattern(node, source, add);
    return;
  }
  if (!ts.isParameter(parent) || isLookedAt(parent, parent.parent)) return; // it says so itself: lower/taken-apart.ts
  const [of, got] = parent.initializer === undefined ? ['undefined', 'undefined'] : [unnamed.repeat(3), 'null'];
  const { before, after, at } = faultOf(node, of);
  add('take', node.getStart(source), endOfWhole(parent), at.getStart(source), `${before}${got}${after}`);
}

/** `[{ a }] = list`, `({ a: { b } } = o)`. */
function isNestedTarget(node: ts.ObjectLiteralExpression): boolean {
  const { parent } = node;
  const element = ts.isBinaryExpression(parent) && parent.left === node ? parent : node;
  const isInside = ts.isArrayLiteralExpression(element.parent) || ts.isPropertyAssignment(element.parent);
  return isInside && isWritten(element);
}

/** What it got is null: see nested-patterns.ts. */
function nestedPattern(node: ObjectPattern, source: ts.SourceFile, add: Add): void {
  const { before, after, at } = nestedFault(node);
  add('take', node.getStart(source), endOfWhole(node), at.getStart(source), `${before}null${after}`);
}
