/**
 * Why this file exists: an async function becomes a plain function that hands a generator of its body to the runtime
 * (ECMA-262 §27.7),
 * with the parameters bound inside, so that an error there rejects.
 */
import ts from 'typescript';
import { absent, block, callProbe, constant, list, literal, probe, property, statement } from './build';
import { expectedArguments, inferredName, usesOf, type Scope, type Uses } from './scope';
import {
  bodyStatements,
  costOf,
  functionSite,
  hasBody,
  lowerParameters,
  plainScope,
  type FunctionNode,
} from './function-parts';
import type { Lowering } from './lowering';

const { factory } = ts;

/** The generator that holds the body of an async function. */
function bodyGenerator(
  lowering: Lowering,
  node: ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody },
  scope: Scope,
): ts.FunctionExpression {
  const { directives, statements } = bodyStatements(lowering, node.body, scope);
  const count = statement(
    factory.createBinaryExpression(probe('n'), ts.SyntaxKind.PlusEqualsToken, literal(costOf(node.body))),
  );
  return factory.createFunctionExpression(
    undefined,
    factory.createToken(ts.SyntaxKind.AsteriskToken),
    undefined,
    undefined,
    lowerParameters(lowering, node, scope),
    undefined,
    block([...directives, count, ...statements]),
  );
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
  };
}

/** What the moved body needs of the function around it, as constants of that function. */
function captures(uses: Uses, outer: Scope, isArrow: boolean): ts.Statement[] {
  const made: ts.Statement[] = [];
  if (isArrow && uses.arguments && !outer.renamesArguments)
    made.push(constant('args', factory.createIdentifier('arguments')));
  if (uses.newTarget && !(isArrow && outer.renamesNewTarget)) {
    made.push(
      constant(
        'nt',
        isArrow ? factory.createMetaProperty(ts.SyntaxKind.NewKeyword, factory.createIdentifier('target')) : absent(),
      ),
    );
  }
  if (uses.super && !(isArrow && outer.renamesSuper)) made.push(...superAccess());
  return made;
}

/** `const $_sg = ($_k) => super[$_k], $_ss = ($_k, $_v) => super[$_k] = $_v` */
function superAccess(): ts.Statement[] {
  const key = (): ts.ElementAccessExpression =>
    factory.createElementAccessExpression(factory.createSuper(), probe('k'));
  const parameter = (name: string): ts.ParameterDeclaration =>
    factory.createParameterDeclaration(undefined, undefined, `$_${name}`);
  const arrow = (names: readonly string[], body: ts.Expression): ts.ArrowFunction =>
    factory.createArrowFunction(undefined, undefined, names.map(parameter), undefined, undefined, body);
  return [
    constant('sg', arrow(['k'], key())),
    constant('ss', arrow(['k', 'val'], factory.createAssignment(key(), probe('val')))),
  ];
}

export function lowerAsyncArrow(lowering: Lowering, node: ts.ArrowFunction, outer: Scope): ts.Expression {
  const uses = usesOf([...node.parameters, node.body]);
  const scope = scopeOfMoved('async', uses, outer, true);
  const site = functionSite(lowering, node, 'async');
  const fixed = placeholders(node);
  const rest = factory.createParameterDeclaration(
    undefined,
    factory.createToken(ts.SyntaxKind.DotDotDotToken),
    '$_rest',
  );
  const args = list([...fixed.map((_, i) => probe(String(i))), factory.createSpreadElement(probe('rest'))]);
  const call = callProbe(
    'a',
    site,
    bodyGenerator(lowering, node, scope),
    uses.this ? factory.createThis() : absent(),
    args,
  );
  const before = captures(uses, outer, true);
  const body = before.length === 0 ? call : block([...before, factory.createReturnStatement(call)]);
  const arrow = factory.createArrowFunction(undefined, undefined, [...fixed, rest], undefined, undefined, body);
  const name = inferredName(node);
  return ts.setOriginalNode(name === undefined ? callProbe('f', arrow, '') : callProbe('f', arrow, name), node);
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
  const common = [bodyGenerator(lowering, node, scope), factory.createThis(), factory.createIdentifier('arguments')];
  const call = kind === 'async' ? callProbe('a', site, ...common) : callProbe('b', site, ...common, self);
  return block([...captures(uses, plainScope, false), factory.createReturnStatement(call)]);
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
  return factory.updateMethodDeclaration(
    node,
    modifiers,
    undefined,
    lowering.walk.node(lowering, node.name, outer),
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
  const written = node.name?.text ?? inferredName(node) ?? '';
  const name = written === '$_default' ? 'default' : written;
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
  const object = factory.createObjectLiteralExpression([method]);
  const branded = callProbe(
    kind === 'async' ? 'f' : 'h',
    property(factory.createParenthesizedExpression(object), 'f'),
    name,
  );
  const needsSelf = kind === 'async-generator';
  const ownName = ts.isFunctionExpression(node) ? node.name?.text : undefined;
  if (!needsSelf && ownName === undefined) return ts.setOriginalNode(branded, node);
  const statements: ts.Statement[] = [];
  if (needsSelf)
    statements.push(
      constant('self', factory.createObjectLiteralExpression([factory.createPropertyAssignment('f', absent())])),
    );
  const value = needsSelf ? factory.createAssignment(property(probe('self'), 'f'), branded) : branded;
  if (ownName === undefined) statements.push(factory.createReturnStatement(value));
  else {
    const declaration = factory.createVariableDeclaration(ownName, undefined, undefined, value);
    statements.push(
      factory.createVariableStatement(
        undefined,
        factory.createVariableDeclarationList([declaration], ts.NodeFlags.Const),
      ),
      factory.createReturnStatement(factory.createIdentifier(ownName)),
    );
  }
  const arrow = factory.createArrowFunction(undefined, undefined, [], undefined, undefined, block(statements));
  return ts.setOriginalNode(
    factory.createCallExpression(factory.createParenthesizedExpression(arrow), undefined, []),
    node,
  );
}
