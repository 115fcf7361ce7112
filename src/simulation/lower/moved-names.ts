/**
 * Why this file exists: `arguments`, `new.target` and `super` mean another thing where a body was moved into a
 * generator: there they are read from constants of the function around it.
 */
import ts from 'typescript';
import { absent, callProbe, constant, list, literal, probe, property } from './build';
import { expressionWords } from './callee-words';
import { isLabel, isVariable } from './identifiers';
import type { Lowering } from './lowering';
import type { Scope, Uses } from './scope';

const { factory } = ts;

/** The lowered node where a name is one that was moved, else undefined. */
export function renamed(lowering: Lowering, node: ts.Node, scope: Scope): ts.Node | undefined {
  if (ts.isIdentifier(node)) return renamedIdentifier(lowering, node, scope);
  if (ts.isShorthandPropertyAssignment(node)) return renamedShorthand(lowering, node, scope);
  if (ts.isBindingElement(node)) return renamedBinding(lowering, node, scope);
  if (scope.renamesNewTarget && ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.NewKeyword)
    return probe('nt');
  if (scope.renamesThis && node.kind === ts.SyntaxKind.ThisKeyword) return callProbe('th');
  if (scope.renamesThis && ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword)
    return callProbe('su', list(node.arguments.map((each) => lowering.walk.expression(lowering, each, scope))));
  if (!scope.renamesSuper) return undefined;
  if (ts.isCallExpression(node) && isSuperProperty(node.expression)) return superCall(lowering, node, scope);
  return isSuperProperty(node) ? callProbe('sg', superKey(lowering, node, scope)) : undefined;
}

function newName(lowering: Lowering, name: string, scope: Scope): string | undefined {
  if (name === 'arguments' && scope.renamesArguments) return '$_args';
  const other = renamedVariable(lowering, name);
  return other === name ? undefined : other;
}

/** A sloppy script may call a variable `yield`; a body that became a generator may not. */
export function renamedVariable(lowering: Lowering, name: string): string {
  return name === 'yield' && !lowering.isStrict ? '$_yield' : name;
}

function renamedIdentifier(lowering: Lowering, node: ts.Identifier, scope: Scope): ts.Node | undefined {
  if (isLabel(node)) return loweredLabel(lowering, node);
  const name = newName(lowering, node.text, scope);
  return name === undefined || !isVariable(node) ? undefined : factory.createIdentifier(name);
}

/**
 * Of several labels of one statement only the innermost is left: the engine's `continue` knows no other. A label may be
 * called `yield` as well.
 */
export function loweredLabel(lowering: Lowering, label: ts.Identifier): ts.Identifier {
  const name = renamedVariable(lowering, innermostLabel(label));
  return name === label.text ? label : factory.createIdentifier(name);
}

function innermostLabel(label: ts.Identifier): string {
  const named = (node: ts.Node | undefined): ts.LabeledStatement | undefined =>
    node === undefined || (ts.isLabeledStatement(node) && node.label.text === label.text)
      ? node
      : named(node.parent); // absent above the file
  let found = named(ts.getOriginalNode(label));
  while (found && ts.isLabeledStatement(found.statement)) found = found.statement;
  return found?.label.text ?? label.text;
}

function renamedShorthand(
  lowering: Lowering,
  node: ts.ShorthandPropertyAssignment,
  scope: Scope,
): ts.Node | undefined {
  const name = newName(lowering, node.name.text, scope);
  if (name === undefined) return undefined;
  const value = factory.createIdentifier(name);
  const fallback = node.objectAssignmentInitializer;
  return factory.createPropertyAssignment(
    node.name.text,
    fallback ? factory.createAssignment(value, lowering.walk.expression(lowering, fallback, scope)) : value,
  );
}

/** `{ yield }` in a pattern reads the property of that name still. */
function renamedBinding(lowering: Lowering, node: ts.BindingElement, scope: Scope): ts.Node | undefined {
  if (node.propertyName || node.dotDotDotToken || !ts.isIdentifier(node.name)) return undefined;
  if (!ts.isObjectBindingPattern(ts.getOriginalNode(node).parent)) return undefined;
  const name = newName(lowering, node.name.text, scope);
  if (name === undefined) return undefined;
  const fallback = node.initializer && lowering.walk.expression(lowering, node.initializer, scope);
  const property = factory.createIdentifier(node.name.text);
  return factory.updateBindingElement(node, undefined, property, factory.createIdentifier(name), fallback);
}

export type SuperProperty = ts.PropertyAccessExpression | ts.ElementAccessExpression;

export function isSuperProperty(node: ts.Node): node is SuperProperty {
  return (
    (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) &&
    node.expression.kind === ts.SyntaxKind.SuperKeyword
  );
}

/** `super.m(…)` is called with the method's own `this`. */
function superCall(lowering: Lowering, node: ts.CallExpression, scope: Scope): ts.Expression {
  const place = node.expression as SuperProperty; // the caller looked
  const method = callProbe('sg', superKey(lowering, place, scope));
  const args = node.arguments.map((each) => lowering.walk.expression(lowering, each, scope));
  const words = expressionWords(place);
  const called = (callee: ts.Expression): ts.Expression => callProbe('sc', callee, factory.createThis(), list(args), words);
  if (node.questionDotToken === undefined) return called(method);
  const found = factory.createParenthesizedExpression(factory.createAssignment(probe('dv'), method));
  const isMissing = factory.createBinaryExpression(found, ts.SyntaxKind.EqualsEqualsToken, factory.createNull());
  return factory.createConditionalExpression(isMissing, undefined, absent(), undefined, called(probe('dv')));
}

/** `super.x` where it is written to: `$_so('x').v`. */
export function superPlace(lowering: Lowering, node: SuperProperty, scope: Scope): ts.Expression {
  return property(callProbe('so', superKey(lowering, node, scope)), 'v');
}

function superKey(lowering: Lowering, node: SuperProperty, scope: Scope): ts.Expression {
  return ts.isPropertyAccessExpression(node)
    ? literal(node.name.text)
    : lowering.walk.expression(lowering, node.argumentExpression, scope);
}

/** What the moved body needs of the function around it, as constants of that function. */
export function captures(uses: Uses, outer: Scope, isArrow: boolean): ts.Statement[] {
  const made: ts.Statement[] = [];
  if (isArrow && uses.arguments && !outer.renamesArguments)
    made.push(constant('args', factory.createIdentifier('arguments'), ts.NodeFlags.Let)); // sloppy code may write to it
  if (uses.newTarget && !(isArrow && outer.renamesNewTarget)) made.push(constant('nt', newTarget(isArrow)));
  if (uses.super && !(isArrow && outer.renamesSuper)) made.push(...superAccess());
  if (uses.superCall && !outer.renamesThis) made.push(...superConstructor());
  return made;
}

/** An async function is never constructed. */
function newTarget(isArrow: boolean): ts.Expression {
  return isArrow
    ? factory.createMetaProperty(ts.SyntaxKind.NewKeyword, factory.createIdentifier('target'))
    : absent();
}

/** `const $_sg = ($_k) => super[$_k], $_so = ($_k) => ({ get v() …, set v($_val) … })` with `super[$_k]` in arrows. */
function superAccess(): ts.Statement[] {
  const key = (): ts.ElementAccessExpression =>
    factory.createElementAccessExpression(factory.createSuper(), probe('k'));
  const write = arrow(['val'], factory.createAssignment(key(), probe('val')));
  return [
    constant('sg', arrow(['k'], key())),
    constant('so', arrow(['k'], callProbe('pl', arrow([], key()), write))),
  ];
}

/** `const $_su = ($_val) => super(...$_val), $_th = () => this` */
function superConstructor(): ts.Statement[] {
  const call = factory.createCallExpression(factory.createSuper(), undefined, [
    factory.createSpreadElement(probe('val')),
  ]);
  return [constant('su', arrow(['val'], call)), constant('th', arrow([], factory.createThis()))];
}

function arrow(names: readonly string[], body: ts.Expression): ts.ArrowFunction {
  const parameters = names.map((name) => factory.createParameterDeclaration(undefined, undefined, `$_${name}`));
  return factory.createArrowFunction(undefined, undefined, parameters, undefined, undefined, body);
}
