/**
 * Why this file exists: functions of every kind. A plain one gets a frame; an async one becomes a plain function that
 * hands a generator
 * of its body to the runtime (ECMA-262 §27.7), parameters bound inside, so that an error there rejects.
 */
import ts from 'typescript';
import { attempt, block, callProbe, constant, list, literal, probe, spent, statement } from './build';
import { bodyKind, plainParameters, plainScope, type Scope } from './scope';
import { originalOf } from './sites';
import { lowerAsyncArrow, lowerAsyncExpression, lowerAsyncMethod } from './async-functions';
import { parametersOf } from './shared-parameters';
import {
  bodyStatements,
  costOf,
  functionSite,
  hasBody,
  type FunctionNode,
} from './function-parts';
import { receiverNoted } from './received';
import type { Lowering } from './lowering';

const { factory } = ts;

/**
 * Lowers a function wherever it stands in an expression or a class; `outer` is the function around it (arrows share its
 * `this`).
 */
export function lowerFunction(lowering: Lowering, node: FunctionNode, outer: Scope): ts.Node {
  if (!hasBody(node)) return node;
  const kind = bodyKind(node);
  // What the compiler made has no place to show, but the user's own code may stand in it.
  const isNobodys = originalOf(node) === undefined || (lowering.isMadeUp === true && ts.isArrowFunction(node));
  if (kind === 'sync' && isNobodys) {
    const scope: Scope = ts.isArrowFunction(node) ? { ...outer, kind } : { ...plainScope, kind };
    return ts.visitEachChild(node, (child) => lowering.walk.node(lowering, child, scope), lowering.context);
  }
  if (kind === 'sync' || kind === 'generator') return lowerPlain(lowering, node, kind, outer);
  if (ts.isArrowFunction(node)) return lowerAsyncArrow(lowering, node, outer);
  if (ts.isMethodDeclaration(node)) return lowerAsyncMethod(lowering, node, kind, outer);
  // What is left: constructors and accessors are never async.
  return lowerAsyncExpression(lowering, node as ts.FunctionExpression, kind);
}

/** A declaration in a list of statements: async ones become a variable that is set where the list begins. */
export function lowerFunctionDeclaration(
  lowering: Lowering,
  node: ts.FunctionDeclaration,
  isFunctionBody: boolean,
): ts.Statement {
  if (!hasBody(node)) return node;
  const kind = bodyKind(node);
  // Its kind is kept.
  if (kind === 'sync' || kind === 'generator')
    return lowerPlain(lowering, node, kind, plainScope) as ts.FunctionDeclaration;
  const name = node.name?.text ?? '$_default';
  const value = lowerAsyncExpression(lowering, node, kind);
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, value);
  return factory.createVariableStatement(
    undefined,
    factory.createVariableDeclarationList([declaration], isFunctionBody ? ts.NodeFlags.None : ts.NodeFlags.Let),
  );
}

function lowerPlain(
  lowering: Lowering,
  node: ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody },
  kind: 'sync' | 'generator',
  outer: Scope,
): ts.Node {
  const scope: Scope = ts.isArrowFunction(node) ? { ...outer, kind } : { ...plainScope, kind };
  const site = functionSite(lowering, node, kind);
  const args = list(plainParameters(node).map((name) => factory.createIdentifier(name)));
  const { directives, statements } = bodyStatements(lowering, node.body, scope);
  const framed =
    kind === 'sync'
      ? frameOfPlain(site, args, costOf(node.body), statements)
      : frameOfGenerator(site, args, costOf(node.body), statements);
  const { parameters, declared } = parametersOf(lowering, node, scope);
  const received = receiverNoted(lowering, node, site);
  return withBody(lowering, node, parameters, block([...directives, ...received, ...declared, ...framed]), outer);
}

function frameOfPlain(
  site: number,
  args: ts.Expression,
  cost: number,
  statements: readonly ts.Statement[],
): ts.Statement[] {
  const enter = factory.createConditionalExpression(
    spent(cost),
    undefined,
    callProbe('e', site, args),
    undefined,
    literal(0),
  );
  const leave = factory.createIfStatement(probe('fr'), statement(callProbe('x', probe('fr'))));
  return [
    constant('fr', enter),
    attempt(statements, [factory.createThrowStatement(callProbe('q', probe('er')))], [leave]),
  ];
}

function frameOfGenerator(
  site: number,
  args: ts.Expression,
  cost: number,
  statements: readonly ts.Statement[],
): ts.Statement[] {
  const count = statement(factory.createBinaryExpression(probe('n'), ts.SyntaxKind.PlusEqualsToken, literal(cost)));
  const error = factory.createObjectLiteralExpression([factory.createPropertyAssignment('error', probe('er'))]);
  const thrown = statement(factory.createAssignment(probe('ex'), error));
  const leave = statement(callProbe('z', probe('fr'), probe('ex'), probe('rv')));
  return [
    count,
    constant('fr', callProbe('y', site, args)),
    constant('ex', undefined, ts.NodeFlags.Let),
    constant('rv', undefined, ts.NodeFlags.Let),
    attempt(statements, [thrown, factory.createThrowStatement(probe('er'))], [leave]),
  ];
}

function withBody(
  lowering: Lowering,
  node: ts.FunctionLikeDeclaration,
  parameters: ts.ParameterDeclaration[],
  body: ts.Block,
  outer: Scope,
): ts.Node {
  // Members always have one. It is evaluated by the code around them.
  const name = (): ts.PropertyName => lowering.walk.node(lowering, node.name as ts.PropertyName, outer);
  if (ts.isFunctionDeclaration(node)) {
    return factory.updateFunctionDeclaration(
      node,
      node.modifiers,
      node.asteriskToken,
      node.name,
      undefined,
      parameters,
      undefined,
      body,
    );
  }
  if (ts.isFunctionExpression(node)) {
    return factory.updateFunctionExpression(
      node,
      node.modifiers,
      node.asteriskToken,
      node.name,
      undefined,
      parameters,
      undefined,
      body,
    );
  }
  if (ts.isArrowFunction(node))
    return factory.updateArrowFunction(
      node,
      node.modifiers,
      undefined,
      parameters,
      undefined,
      node.equalsGreaterThanToken,
      body,
    );
  if (ts.isMethodDeclaration(node)) {
    return factory.updateMethodDeclaration(
      node,
      node.modifiers,
      node.asteriskToken,
      name(),
      undefined,
      undefined,
      parameters,
      undefined,
      body,
    );
  }
  if (ts.isConstructorDeclaration(node))
    return factory.updateConstructorDeclaration(node, node.modifiers, parameters, body);
  if (ts.isGetAccessorDeclaration(node))
    return factory.updateGetAccessorDeclaration(node, node.modifiers, name(), parameters, undefined, body);
  return factory.updateSetAccessorDeclaration(node, node.modifiers, name(), parameters, body);
}
