/** Why this file exists: short names for the pieces of JavaScript that the lowering makes. */
import ts from 'typescript';

const { factory } = ts;

/** Names of the probes and variables in a lowered program: a prefix that no hand-written program uses. */
export function probe(name: string): ts.Identifier {
  return factory.createIdentifier(`$_${name}`);
}

export function callProbe(name: string, ...args: readonly (ts.Expression | number | string)[]): ts.CallExpression {
  return factory.createCallExpression(probe(name), undefined, args.map(literal));
}

/** What stands at a position of the file. */
export function placed<T extends ts.Node>(made: T, at: number): T {
  return ts.setSourceMapRange(made, { pos: at, end: at });
}

export function literal(value: ts.Expression | number | string): ts.Expression {
  if (typeof value === 'number') return factory.createNumericLiteral(value);
  return typeof value === 'string' ? factory.createStringLiteral(value) : value;
}

export function statement(expression: ts.Expression): ts.ExpressionStatement {
  return factory.createExpressionStatement(expression);
}

export function constant(
  name: string,
  value: ts.Expression | undefined,
  flags = ts.NodeFlags.Const,
): ts.VariableStatement {
  const declaration = factory.createVariableDeclaration(`$_${name}`, undefined, undefined, value);
  return factory.createVariableStatement(undefined, factory.createVariableDeclarationList([declaration], flags));
}

export function block(statements: readonly ts.Statement[]): ts.Block {
  return factory.createBlock(statements, true);
}

export function property(object: ts.Expression, name: string): ts.PropertyAccessExpression {
  return factory.createPropertyAccessExpression(object, name);
}

export function callMethod(object: ts.Expression, name: string, ...args: readonly ts.Expression[]): ts.CallExpression {
  return factory.createCallExpression(property(object, name), undefined, args);
}

export function list(elements: readonly ts.Expression[]): ts.ArrayLiteralExpression {
  return factory.createArrayLiteralExpression(elements);
}

export function absent(): ts.Expression {
  return factory.createVoidZero();
}

/** `try { body } catch ($_er) { handler } finally { last }` */
export function attempt(
  body: readonly ts.Statement[],
  handler: readonly ts.Statement[] | undefined,
  last: readonly ts.Statement[],
): ts.TryStatement {
  const clause = handler && factory.createCatchClause(factory.createVariableDeclaration('$_er'), block(handler));
  return factory.createTryStatement(block(body), clause, block(last));
}

/** `if (($_n += cost) > $_lim) …`: the program's one comparison with the recorder. */
export function spent(cost: number): ts.Expression {
  const add = factory.createBinaryExpression(probe('n'), ts.SyntaxKind.PlusEqualsToken, literal(cost));
  return factory.createBinaryExpression(
    factory.createParenthesizedExpression(add),
    ts.SyntaxKind.GreaterThanToken,
    probe('lim'),
  );
}

/** `$_lim < 0 && …`: only while everything is recorded. */
export function whenRecording(action: ts.Expression): ts.Statement {
  const recording = factory.createBinaryExpression(probe('lim'), ts.SyntaxKind.LessThanToken, literal(0));
  return statement(factory.createBinaryExpression(recording, ts.SyntaxKind.AmpersandAmpersandToken, action));
}

/** `native yield` of a value: the runtime's own protocol. */
export function yieldNative(value: ts.Expression): ts.Expression {
  return factory.createParenthesizedExpression(factory.createYieldExpression(undefined, value));
}
