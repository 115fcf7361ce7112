/**
 * Why this file exists: an async function becomes a plain function that hands a generator of its body to the runtime
 * (ECMA-262 §27.7),
 * with the parameters bound inside, so that an error there rejects.
 */
import ts from 'typescript';
import { absent, block, callProbe, constant, literal, probe, property, statement } from './build';
import { keptKey } from './branding';
import { isDirectEval } from './identifiers';
import { captures, renamedVariable } from './moved-names';
import { expectedArguments, inferredName, plainScope, usesOf, type Scope, type Uses } from './scope';
import { originalOf } from './sites';
import { beginOf } from './stack-names';
import { isStrict, saysStrict } from './strictness';
import { isAssignment } from './written';
import {
  bodyStatements,
  costOf,
  functionSite,
  hasBody,
  type FunctionNode,
} from './function-parts';
import { receiverNoted } from './received';
import { parametersOf } from './shared-parameters';
import type { Lowering } from './lowering';

const { factory } = ts;

/** The generator that holds the body of an async function. */
function bodyGenerator(
  lowering: Lowering,
  node: ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody },
  scope: Scope,
): ts.FunctionExpression {
  const { directives, statements } = bodyStatements(lowering, node.body, scope);
  const { parameters, declared } = parametersOf(lowering, node, scope);
  const count = statement(
    factory.createBinaryExpression(probe('n'), ts.SyntaxKind.PlusEqualsToken, literal(costOf(node.body))),
  );
  const generator = factory.createFunctionExpression(
    undefined,
    factory.createToken(ts.SyntaxKind.AsteriskToken),
    undefined,
    undefined,
    parameters,
    undefined,
    block([...directives, ...(asksForCallee(lowering, node) ? [keepCallee()] : []), ...declared, count, ...statements]),
  );
  // The engine says that what fails among the parameters does so where the function begins.
  const written = originalOf(node);
  const canFail = node.parameters.some((each) => !ts.isIdentifier(each.name) || each.initializer !== undefined);
  if (written === undefined || !canFail) return generator;
  const start = beginOf(written, written.getStart(lowering.source));
  return ts.setSourceMapRange(generator, { pos: start, end: start });
}

/** Sloppy code may ask `arguments` for the function that was called: here that is not the one which holds the body. */
function asksForCallee(lowering: Lowering, node: ts.FunctionLikeDeclaration): boolean {
  if (ts.isArrowFunction(node) || isStrict(lowering, node)) return false;
  const isPlain = (each: ts.ParameterDeclaration): boolean =>
    ts.isIdentifier(each.name) && each.name.text !== 'arguments' && !each.initializer && !each.dotDotDotToken;
  const asks = originalOf(node)?.getText(lowering.source).includes('callee') === true;
  return asks && node.parameters.every(isPlain) && !declaresArguments(node);
}

function declaresArguments(node: ts.Node): boolean {
  const { name } = node as ts.NamedDeclaration; // most nodes have none
  const isNamed = name !== undefined && ts.isIdentifier(name) && name.text === 'arguments';
  const declares = ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node);
  return (declares && isNamed) || (ts.forEachChild(node, declaresArguments) ?? false);
}

function keepCallee(): ts.Statement {
  return statement(factory.createAssignment(calleeOfArguments(), probe('cee')));
}

function calleeOfArguments(): ts.Expression {
  return property(factory.createIdentifier('arguments'), 'callee');
}

/** Parameters that only stand for the function's `length`. */
function placeholders(node: FunctionNode): ts.ParameterDeclaration[] {
  return Array.from({ length: expectedArguments(node) }, (_, i) =>
    factory.createParameterDeclaration(undefined, undefined, `$_${i}`),
  );
}

function scopeOfMoved(kind: 'async' | 'async-generator', uses: Uses, outer: Scope, isArrow: boolean): Scope {
  return {
    kind,
    renamesArguments: isArrow && (outer.renamesArguments || uses.arguments),
    renamesNewTarget: isArrow ? outer.renamesNewTarget || uses.newTarget : uses.newTarget,
    renamesSuper: isArrow ? outer.renamesSuper || uses.super : uses.super,
    renamesThis: isArrow && (outer.renamesThis || uses.superCall),
  };
}

/** The name of a function that has none of its own, as an expression. */
function nameOf(lowering: Lowering, node: ts.Node): ts.Expression {
  const name = inferredName(node) ?? '';
  return lowering.givenNames.get(ts.getOriginalNode(node)) ?? literal(name === '$_default' ? 'default' : name);
}

export function lowerAsyncArrow(lowering: Lowering, node: ts.ArrowFunction, outer: Scope): ts.Expression {
  const uses = usesOf([...node.parameters, node.body]);
  const scope = scopeOfMoved('async', uses, outer, true);
  const site = functionSite(lowering, node, 'async');
  const rest = factory.createParameterDeclaration(
    undefined,
    factory.createToken(ts.SyntaxKind.DotDotDotToken),
    '$_rest',
  );
  const self = uses.this && !scope.renamesThis ? factory.createThis() : absent();
  const call = callProbe('a', site, bodyGenerator(lowering, node, scope), self, probe('rest'));
  const before = captures(uses, outer, true);
  const body = before.length === 0 ? call : block([...before, factory.createReturnStatement(call)]);
  const arrow = factory.createArrowFunction(undefined, undefined, [rest], undefined, undefined, body);
  return ts.setOriginalNode(callProbe('f', arrow, nameOf(lowering, node), expectedArguments(node)), node);
}

function movedBody(
  lowering: Lowering,
  node: ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody },
  kind: 'async' | 'async-generator',
  self: ts.Expression,
): ts.Block {
  const uses = usesOf([...node.parameters, node.body]);
  const scope = scopeOfMoved(kind, uses, plainScope, false);
  const site = functionSite(lowering, node, kind);
  const received = receiverNoted(lowering, node, site);
  const common = [bodyGenerator(lowering, node, scope), factory.createThis(), factory.createIdentifier('arguments')];
  const call = kind === 'async' ? callProbe('a', site, ...common) : callProbe('b', site, ...common, self);
  // The outer function hands on its `this` as it is only when it is strict too.
  const isStrictBody = ts.isBlock(node.body) && saysStrict(node.body.statements);
  return block([
    ...(isStrictBody ? [statement(factory.createStringLiteral('use strict'))] : []),
    ...received,
    ...captures(uses, plainScope, false),
    ...(asksForCallee(lowering, node) ? [constant('cee', calleeOfArguments())] : []),
    factory.createReturnStatement(call),
  ]);
}

export function lowerAsyncMethod(
  lowering: Lowering,
  node: ts.MethodDeclaration,
  kind: 'async' | 'async-generator',
  outer: Scope,
): ts.MethodDeclaration {
  if (!hasBody(node)) return node;
  const body = movedBody(lowering, node, kind, absent());
  const modifiers = node.modifiers?.filter((each) => each.kind !== ts.SyntaxKind.AsyncKeyword);
  const name = lowering.walk.node(lowering, node.name, outer);
  return factory.updateMethodDeclaration(
    node,
    modifiers,
    undefined,
    ts.isComputedPropertyName(name) ? keptKey(lowering, name) : name,
    undefined,
    undefined,
    placeholders(node),
    undefined,
    body,
  );
}

/** A method of a fresh object is no constructor and has no `prototype`, like an async function. */
export function lowerAsyncExpression(
  lowering: Lowering,
  node: ts.FunctionExpression | ts.FunctionDeclaration,
  kind: 'async' | 'async-generator',
): ts.Expression {
  if (!hasBody(node)) return absent();
  const needsSelf = kind === 'async-generator';
  const method = factory.createMethodDeclaration(
    undefined,
    undefined,
    factory.createStringLiteral('f'),
    undefined,
    undefined,
    placeholders(node),
    undefined,
    movedBody(lowering, node, kind, property(probe('self'), 'f')),
  );
  const object = factory.createParenthesizedExpression(factory.createObjectLiteralExpression([method]));
  const name = node.name ? literal(node.name.text === '$_default' ? 'default' : node.name.text) : nameOf(lowering, node);
  const branded = callProbe(needsSelf ? 'h' : 'f', property(object, 'f'), name);
  const ownName = ts.isFunctionExpression(node) ? node.name : undefined;
  if (!needsSelf && ownName === undefined) return ts.setOriginalNode(branded, node);
  const value = factory.createAssignment(property(probe('self'), 'f'), branded);
  const made = [
    constant('self', factory.createObjectLiteralExpression([factory.createPropertyAssignment('f', absent())])),
    ...(ownName ? named(lowering, node, ownName, value) : [factory.createReturnStatement(value)]),
  ];
  const arrow = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, block(made));
  return ts.setOriginalNode(
    factory.createCallExpression(factory.createParenthesizedExpression(arrow), undefined, []),
    node,
  );
}

/**
 * The name of a function expression is a variable of its own (ECMA-262 §15.8.4). Writing to it is an error in strict
 * code, as for a constant; in sloppy code nothing happens, which an object without setters does.
 */
function named(
  lowering: Lowering,
  node: ts.FunctionLikeDeclaration,
  name: ts.Identifier,
  value: ts.Expression,
): ts.Statement[] {
  const own = renamedVariable(lowering, name.text);
  const finish = factory.createReturnStatement(value);
  if (!isStrict(lowering, node) && mayWrite(node, name.text))
    return [factory.createWithStatement(callProbe('on', probe('self'), own), block([finish]))];
  const declaration = factory.createVariableDeclaration(own, undefined, undefined, value);
  return [
    factory.createVariableStatement(
      undefined,
      factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const),
    ),
    factory.createReturnStatement(factory.createIdentifier(own)),
  ];
}

/** True when the function may write to the variable: an assignment names it, or text might. */
function mayWrite(node: ts.Node, name: string): boolean {
  const visit = (inner: ts.Node): boolean =>
    isDirectEval(inner) || (writtenName(inner) === name || ts.forEachChild(inner, visit)) === true;
  return visit(node);
}

function writtenName(node: ts.Node): string | undefined {
  const target = isAssignment(node)
    ? node.left
    : ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)
      ? node.operand
      : undefined;
  return target && ts.isIdentifier(target) ? target.text : undefined;
}
