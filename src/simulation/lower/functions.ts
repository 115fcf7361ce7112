/**
 * Why this file exists: functions of every kind. A plain one gets a frame; an async one becomes a plain function that hands a generator
 * of its body to the runtime (ECMA-262 §27.7), parameters bound inside, so that an error there rejects.
 */
import ts from 'typescript';
import { absent, attempt, block, callProbe, constant, list, literal, probe, property, spent, statement, whenRecording } from './build';
import { bodyKind, expectedArguments, functionName, inferredName, plainParameters, staticName, usesOf, type BodyKind, type Scope, type Uses } from './scope';
import { originalOf } from './sites';
import { lowerExpression, lowerNode, lowerStatements, siteOf, type Lowering } from './transform';

const { factory } = ts;
type FunctionNode = ts.SignatureDeclaration;
const plainScope: Scope = { kind: 'sync', renamesArguments: false, renamesNewTarget: false, renamesSuper: false };

function hasBody(node: FunctionNode): node is ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody } {
  return 'body' in node && node.body !== undefined;
}

/** Lowers a function wherever it stands in an expression or a class; `outer` is the function around it (arrows share its `this`). */
export function lowerFunction(lowering: Lowering, node: FunctionNode, outer: Scope): ts.Node {
  if (!hasBody(node) || originalOf(node) === undefined) return node;
  const kind = bodyKind(node);
  if (kind === 'sync' || kind === 'generator') return lowerPlain(lowering, node, kind, outer);
  if (ts.isArrowFunction(node)) return lowerAsyncArrow(lowering, node, outer);
  if (ts.isMethodDeclaration(node)) return lowerAsyncMethod(lowering, node, kind, outer);
  return lowerAsyncExpression(lowering, node as ts.FunctionExpression, kind); // what is left: constructors and accessors are never async
}

/** A declaration in a list of statements: async ones become a variable that is set where the list begins. */
export function lowerFunctionDeclaration(lowering: Lowering, node: ts.FunctionDeclaration, isFunctionBody: boolean): ts.Statement {
  if (!hasBody(node)) return node;
  const kind = bodyKind(node);
  if (kind === 'sync' || kind === 'generator') return lowerPlain(lowering, node, kind, plainScope) as ts.FunctionDeclaration; // its kind is kept
  const name = node.name?.text ?? '$_default';
  const value = lowerAsyncExpression(lowering, node, kind);
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, value);
  return factory.createVariableStatement(undefined, factory.createVariableDeclarationList([declaration], isFunctionBody ? ts.NodeFlags.None : ts.NodeFlags.Let));
}

function lowerParameters(lowering: Lowering, node: FunctionNode, scope: Scope): ts.ParameterDeclaration[] {
  return node.parameters.map((each) => lowerNode(lowering, each, scope));
}

function functionSite(lowering: Lowering, node: FunctionNode, kind: BodyKind): number {
  return siteOf(lowering, node, 'function', { name: functionName(ts.getOriginalNode(node)), color: kind });
}

/** How many steps a call costs: its own statements, at least one. */
function costOf(body: ts.ConciseBody): number {
  return ts.isBlock(body) ? body.statements.length + 1 : 2;
}

function lowerPlain(lowering: Lowering, node: ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody }, kind: 'sync' | 'generator', outer: Scope): ts.Node {
  const scope: Scope = ts.isArrowFunction(node) ? { ...outer, kind } : { ...plainScope, kind };
  const site = functionSite(lowering, node, kind);
  const args = list(plainParameters(node).map((name) => factory.createIdentifier(name)));
  const { directives, statements } = bodyStatements(lowering, node.body, scope);
  const framed = kind === 'sync' ? frameOfPlain(site, args, costOf(node.body), statements) : frameOfGenerator(site, args, costOf(node.body), statements);
  return withBody(lowering, node, lowerParameters(lowering, node, scope), block([...directives, ...framed]), scope);
}

function frameOfPlain(site: number, args: ts.Expression, cost: number, statements: readonly ts.Statement[]): ts.Statement[] {
  const enter = factory.createConditionalExpression(spent(cost), undefined, callProbe('e', site, args), undefined, literal(0));
  const leave = factory.createIfStatement(probe('fr'), statement(callProbe('x', probe('fr'))));
  return [constant('fr', enter), attempt(statements, [factory.createThrowStatement(callProbe('q', probe('er')))], [leave])];
}

function frameOfGenerator(site: number, args: ts.Expression, cost: number, statements: readonly ts.Statement[]): ts.Statement[] {
  const count = statement(factory.createBinaryExpression(probe('n'), ts.SyntaxKind.PlusEqualsToken, literal(cost)));
  const error = factory.createObjectLiteralExpression([factory.createPropertyAssignment('error', probe('er'))]);
  const thrown = statement(factory.createAssignment(probe('ex'), error));
  const leave = statement(callProbe('z', probe('fr'), probe('ex'), probe('rv')));
  return [
    count, constant('fr', callProbe('y', site, args)), constant('ex', undefined, ts.NodeFlags.Let), constant('rv', undefined, ts.NodeFlags.Let),
    attempt(statements, [thrown, factory.createThrowStatement(probe('er'))], [leave]),
  ];
}

function bodyStatements(lowering: Lowering, body: ts.ConciseBody, scope: Scope): { directives: ts.Statement[]; statements: ts.Statement[] } {
  if (!ts.isBlock(body)) {
    const value = lowerExpression(lowering, body, scope);
    const site = siteOf(lowering, body, 'statement');
    const result = scope.kind === 'sync' ? callProbe('v', value) : value;
    return { directives: [], statements: [whenRecording(callProbe('s', site)), factory.createReturnStatement(result)] };
  }
  const statements = lowerStatements(lowering, body.statements, scope, true);
  const first = statements.findIndex((each) => !(ts.isExpressionStatement(each) && ts.isStringLiteral(each.expression)));
  const count = first < 0 ? statements.length : first;
  return { directives: statements.slice(0, count), statements: statements.slice(count) };
}

function withBody(lowering: Lowering, node: ts.FunctionLikeDeclaration, parameters: ts.ParameterDeclaration[], body: ts.Block, scope: Scope): ts.Node {
  const name = (): ts.PropertyName => lowerNode(lowering, node.name as ts.PropertyName, scope); // members always have one
  if (ts.isFunctionDeclaration(node)) {
    return factory.updateFunctionDeclaration(node, node.modifiers, node.asteriskToken, node.name, undefined, parameters, undefined, body);
  }
  if (ts.isFunctionExpression(node)) {
    return factory.updateFunctionExpression(node, node.modifiers, node.asteriskToken, node.name, undefined, parameters, undefined, body);
  }
  if (ts.isArrowFunction(node)) return factory.updateArrowFunction(node, node.modifiers, undefined, parameters, undefined, node.equalsGreaterThanToken, body);
  if (ts.isMethodDeclaration(node)) {
    return factory.updateMethodDeclaration(node, node.modifiers, node.asteriskToken, name(), undefined, undefined, parameters, undefined, body);
  }
  if (ts.isConstructorDeclaration(node)) return factory.updateConstructorDeclaration(node, node.modifiers, parameters, body);
  if (ts.isGetAccessorDeclaration(node)) return factory.updateGetAccessorDeclaration(node, node.modifiers, name(), parameters, undefined, body);
  return factory.updateSetAccessorDeclaration(node, node.modifiers, name(), parameters, body);
}

// ---- async functions and async generators

/** The generator that holds the body of an async function. */
function bodyGenerator(lowering: Lowering, node: ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody }, scope: Scope): ts.FunctionExpression {
  const { directives, statements } = bodyStatements(lowering, node.body, scope);
  const count = statement(factory.createBinaryExpression(probe('n'), ts.SyntaxKind.PlusEqualsToken, literal(costOf(node.body))));
  return factory.createFunctionExpression(undefined, factory.createToken(ts.SyntaxKind.AsteriskToken), undefined, undefined,
    lowerParameters(lowering, node, scope), undefined, block([...directives, count, ...statements]));
}

/** Parameters that only stand for the function's `length`. */
function placeholders(node: FunctionNode): ts.ParameterDeclaration[] {
  return Array.from({ length: expectedArguments(node) }, (_, i) => factory.createParameterDeclaration(undefined, undefined, `$_${i}`));
}

function scopeOfMoved(kind: 'async' | 'async-generator', uses: Uses, outer: Scope, isArrow: boolean): Scope {
  return {
    kind,
    renamesArguments: isArrow && (outer.renamesArguments || uses.arguments),
    renamesNewTarget: isArrow ? outer.renamesNewTarget || uses.newTarget : uses.newTarget,
    renamesSuper: isArrow ? outer.renamesSuper || uses.super : uses.super,
  };
}

/** What the moved body needs of the function around it, as constants of that function. */
function captures(uses: Uses, outer: Scope, isArrow: boolean): ts.Statement[] {
  const made: ts.Statement[] = [];
  if (isArrow && uses.arguments && !outer.renamesArguments) made.push(constant('args', factory.createIdentifier('arguments')));
  if (uses.newTarget && !(isArrow && outer.renamesNewTarget)) {
    made.push(constant('nt', isArrow ? factory.createMetaProperty(ts.SyntaxKind.NewKeyword, factory.createIdentifier('target')) : absent()));
  }
  if (uses.super && !(isArrow && outer.renamesSuper)) made.push(...superAccess());
  return made;
}

/** `const $_sg = ($_k) => super[$_k], $_ss = ($_k, $_v) => super[$_k] = $_v` */
function superAccess(): ts.Statement[] {
  const key = (): ts.ElementAccessExpression => factory.createElementAccessExpression(factory.createSuper(), probe('k'));
  const parameter = (name: string): ts.ParameterDeclaration => factory.createParameterDeclaration(undefined, undefined, `$_${name}`);
  const arrow = (names: readonly string[], body: ts.Expression): ts.ArrowFunction => factory.createArrowFunction(undefined, undefined,
    names.map(parameter), undefined, undefined, body);
  return [constant('sg', arrow(['k'], key())), constant('ss', arrow(['k', 'val'], factory.createAssignment(key(), probe('val'))))];
}

function lowerAsyncArrow(lowering: Lowering, node: ts.ArrowFunction, outer: Scope): ts.Expression {
  const uses = usesOf([...node.parameters, node.body]);
  const scope = scopeOfMoved('async', uses, outer, true);
  const site = functionSite(lowering, node, 'async');
  const fixed = placeholders(node);
  const rest = factory.createParameterDeclaration(undefined, factory.createToken(ts.SyntaxKind.DotDotDotToken), '$_rest');
  const args = list([...fixed.map((_, i) => probe(String(i))), factory.createSpreadElement(probe('rest'))]);
  const call = callProbe('a', site, bodyGenerator(lowering, node, scope), uses.this ? factory.createThis() : absent(), args);
  const before = captures(uses, outer, true);
  const body = before.length === 0 ? call : block([...before, factory.createReturnStatement(call)]);
  const arrow = factory.createArrowFunction(undefined, undefined, [...fixed, rest], undefined, undefined, body);
  const name = inferredName(node);
  return ts.setOriginalNode(name === undefined ? callProbe('f', arrow, '') : callProbe('f', arrow, name), node);
}

function movedBody(lowering: Lowering, node: ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody }, kind: 'async' | 'async-generator', self: ts.Expression): ts.Block {
  const uses = usesOf([...node.parameters, node.body]);
  const scope = scopeOfMoved(kind, uses, plainScope, false);
  const site = functionSite(lowering, node, kind);
  const common = [bodyGenerator(lowering, node, scope), factory.createThis(), factory.createIdentifier('arguments')];
  const call = kind === 'async' ? callProbe('a', site, ...common) : callProbe('b', site, ...common, self);
  return block([...captures(uses, plainScope, false), factory.createReturnStatement(call)]);
}

function lowerAsyncMethod(lowering: Lowering, node: ts.MethodDeclaration, kind: 'async' | 'async-generator', outer: Scope): ts.MethodDeclaration {
  if (!hasBody(node)) return node;
  const body = movedBody(lowering, node, kind, absent());
  const modifiers = node.modifiers?.filter((each) => each.kind !== ts.SyntaxKind.AsyncKeyword);
  return factory.updateMethodDeclaration(node, modifiers, undefined, lowerNode(lowering, node.name, outer), undefined, undefined, placeholders(node), undefined, body);
}

/** A method of a fresh object is no constructor and has no `prototype`, like an async function. */
function lowerAsyncExpression(lowering: Lowering, node: ts.FunctionExpression | ts.FunctionDeclaration, kind: 'async' | 'async-generator'): ts.Expression {
  if (!hasBody(node)) return absent();
  const name = node.name?.text ?? inferredName(node) ?? '';
  const method = factory.createMethodDeclaration(undefined, undefined, factory.createStringLiteral('f'), undefined, undefined, placeholders(node), undefined,
    movedBody(lowering, node, kind, property(probe('self'), 'f')));
  const object = factory.createObjectLiteralExpression([method]);
  const branded = callProbe(kind === 'async' ? 'f' : 'h', property(factory.createParenthesizedExpression(object), 'f'), name);
  const needsSelf = kind === 'async-generator';
  const ownName = ts.isFunctionExpression(node) ? node.name?.text : undefined;
  if (!needsSelf && ownName === undefined) return ts.setOriginalNode(branded, node);
  const statements: ts.Statement[] = [];
  if (needsSelf) statements.push(constant('self', factory.createObjectLiteralExpression([factory.createPropertyAssignment('f', absent())])));
  const value = needsSelf ? factory.createAssignment(property(probe('self'), 'f'), branded) : branded;
  if (ownName === undefined) statements.push(factory.createReturnStatement(value));
  else {
    const declaration = factory.createVariableDeclaration(ownName, undefined, undefined, value);
    statements.push(factory.createVariableStatement(undefined, factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const)),
      factory.createReturnStatement(factory.createIdentifier(ownName)));
  }
  const arrow = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, block(statements));
  return ts.setOriginalNode(factory.createCallExpression(factory.createParenthesizedExpression(arrow), undefined, []), node);
}

/** An object literal does the same for its own: `$_c({ … }, asyncNames, asyncGeneratorNames)`. */
export function brandedObject(node: ts.ObjectLiteralExpression, lowered: ts.ObjectLiteralExpression): ts.Expression {
  const names: Record<'async' | 'async-generator', ts.Expression[]> = { 'async': [], 'async-generator': [] };
  for (const member of node.properties) {
    const kind = ts.isMethodDeclaration(member) ? bodyKind(member) : 'sync';
    const name = member.name && staticName(member.name);
    if ((kind === 'async' || kind === 'async-generator') && name !== undefined) names[kind].push(literal(name));
  }
  if (names['async'].length + names['async-generator'].length === 0) return lowered;
  return callProbe('c', lowered, list(names['async']), list(names['async-generator']));
}

/** A class tells the runtime which of its methods were async: `static { $_f(this.prototype.m) }`. */
export function brandedMembers<T extends ts.ClassLikeDeclaration>(node: T): T {
  const calls = node.members.flatMap((member) => {
    if (!ts.isMethodDeclaration(member) || ts.isPrivateIdentifier(member.name)) return [];
    const original = ts.getOriginalNode(member);
    const kind = ts.isMethodDeclaration(original) ? bodyKind(original) : 'sync';
    const name = staticName(member.name);
    if ((kind !== 'async' && kind !== 'async-generator') || name === undefined) return [];
    const isStatic = member.modifiers?.some((each) => each.kind === ts.SyntaxKind.StaticKeyword) ?? false;
    const owner = isStatic ? factory.createThis() : property(factory.createThis(), 'prototype');
    return [statement(callProbe(kind === 'async' ? 'f' : 'h', factory.createElementAccessExpression(owner, literal(name))))];
  });
  if (calls.length === 0) return node;
  const members = [factory.createClassStaticBlockDeclaration(block(calls)), ...node.members];
  return (ts.isClassDeclaration(node)
    ? factory.updateClassDeclaration(node, node.modifiers, node.name, undefined, node.heritageClauses, members)
    : factory.updateClassExpression(node as ts.ClassExpression, node.modifiers, node.name, undefined, node.heritageClauses, members)) as T; // the same kind of class
}
