/**
 * Why this file exists: V8 tells what the pattern of a parameter got, the engine does not. `({ a }, b = 1) => …`
 * becomes `($_0, ...{ $_0: { a } = $_0 ?? $_j($_0, …), 0: b = 1 }) => …`: all is bound among the parameters as before,
 * so that closures, generators and errors find it when they should (ECMA-262 §10.2.11), and `length` counts the same.
 */
import ts from 'typescript';
import { literal, probe } from './build';
import type { Lowering } from './lowering';
import { expectedArguments, type Scope } from './scope';
import { checkedPart } from './taken-apart';

const { factory } = ts;

/**
 * True where a parameter's pattern is told what it got, when it got nothing that it can take apart. One of an object
 * that has a default can only have got null.
 */
export function isLookedAt(node: ts.ParameterDeclaration, { parameters, kind }: ts.SignatureDeclaration): boolean {
  const { name, initializer } = node;
  const isAsked = ts.isArrayBindingPattern(name) || (ts.isObjectBindingPattern(name) && initializer === undefined);
  return isAsked && kind !== ts.SyntaxKind.SetAccessor && !parameters.some(isRest);
}

export function lowerParameters(
  lowering: Lowering,
  node: ts.SignatureDeclaration,
  scope: Scope,
): ts.ParameterDeclaration[] {
  const lowered = node.parameters.map((each) => lowering.walk.node(lowering, each, scope));
  const last = node.parameters.findLastIndex((each) => isLookedAt(each, node));
  return last < 0 ? lowered.map(uncounted) : looked(lowering, lowered, Math.max(expectedArguments(node), last + 1));
}

/** The first `count` have variables of their own, what follows is found in the rest by its number. */
function looked(
  lowering: Lowering,
  all: readonly ts.ParameterDeclaration[],
  count: number,
): ts.ParameterDeclaration[] {
  const bound = all.flatMap((each, i) => {
    if (i >= count) return [part(factory.createNumericLiteral(i - count), each.name, each.initializer)];
    return isItsOwn(each) ? [] : [partOf(lowering, each, probe(String(i)))];
  });
  const rest = parameter(factory.createObjectBindingPattern(bound), undefined, dots());
  const own = all.slice(0, count).map((each, i) => (isItsOwn(each) ? each : placeFor(each, probe(String(i)))));
  return [...own, uncounted(rest)];
}

/** No pattern and no default: it stays as it is. */
function isItsOwn({ name, initializer }: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(name) && initializer === undefined;
}

function partOf(lowering: Lowering, node: ts.ParameterDeclaration, value: ts.Identifier): ts.BindingElement {
  const { name, initializer } = node;
  const key = keyFor(value, name);
  if (initializer === undefined) return part(key, name, checkedPart(lowering, name, value));
  if (ts.isArrayBindingPattern(name)) {
    const isMissing = factory.createStrictEquality(value, factory.createVoidZero());
    const given = factory.createConditionalExpression(isMissing, undefined, initializer, undefined, value);
    return part(key, name, checkedPart(lowering, name, given));
  }
  const inside = factory.createObjectBindingPattern([part(factory.createNumericLiteral(0), name, initializer)]);
  return part(value, inside, factory.createArrayLiteralExpression([value]));
}

/** `[($_id, '$_0')]`: what the engine cannot place in a pattern it places where it last read a name before it. */
function keyFor({ text }: ts.Identifier, pattern: ts.BindingName): ts.ComputedPropertyName {
  const mark = ts.setSourceMapRange(probe('id'), pattern);
  const key = factory.createComma(mark, factory.createStringLiteral(text));
  return factory.createComputedPropertyName(factory.createParenthesizedExpression(key));
}

function part(key: ts.PropertyName, name: ts.BindingName, value: ts.Expression | undefined): ts.BindingElement {
  return factory.createBindingElement(undefined, key, name, value);
}

function parameter(name: ts.BindingName, value?: ts.Expression, rest?: ts.DotDotDotToken): ts.ParameterDeclaration {
  return factory.createParameterDeclaration(undefined, rest, name, undefined, undefined, value);
}

function dots(): ts.DotDotDotToken {
  return factory.createToken(ts.SyntaxKind.DotDotDotToken);
}

/** The engine says that what fails among the parameters does so where they begin. */
function placeFor({ name, initializer }: ts.ParameterDeclaration, variable: ts.Identifier): ts.ParameterDeclaration {
  return parameter(ts.setSourceMapRange(variable, name), initializer && factory.createVoidZero());
}

/** The engine counts a rest that is a pattern to the function's `length`, unless it has a default. */
function uncounted(node: ts.ParameterDeclaration): ts.ParameterDeclaration {
  if (!isRest(node) || ts.isIdentifier(node.name)) return node;
  const { dotDotDotToken, name } = node;
  return factory.updateParameterDeclaration(node, undefined, dotDotDotToken, name, undefined, undefined, literal(0));
}

function isRest(node: ts.ParameterDeclaration): boolean {
  return node.dotDotDotToken !== undefined;
}
