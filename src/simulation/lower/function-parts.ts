/** Why this file exists: what plain and async functions have in common while they are lowered. */
import ts from 'typescript';
import { callProbe, whenRecording } from './build';
import { functionName, type BodyKind, type Scope } from './scope';
import { siteOf, type Lowering } from './lowering';

const { factory } = ts;

export type FunctionNode = ts.SignatureDeclaration;

export function hasBody(node: FunctionNode): node is ts.FunctionLikeDeclaration & { readonly body: ts.ConciseBody } {
  return 'body' in node && node.body !== undefined;
}

export function functionSite(lowering: Lowering, node: FunctionNode, kind: BodyKind): number {
  return siteOf(lowering, node, 'function', { name: functionName(ts.getOriginalNode(node)), color: kind });
}

/** How many steps a call costs: its own statements, at least one. */
export function costOf(body: ts.ConciseBody): number {
  return ts.isBlock(body) ? body.statements.length + 1 : 2;
}

export function bodyStatements(
  lowering: Lowering,
  body: ts.ConciseBody,
  scope: Scope,
): { directives: ts.Statement[]; statements: ts.Statement[] } {
  if (!ts.isBlock(body)) {
    const value = lowering.walk.expression(lowering, body, scope);
    const site = siteOf(lowering, body, 'statement');
    const result = scope.kind === 'sync' ? callProbe('v', value) : value;
    return { directives: [], statements: [whenRecording(callProbe('s', site)), factory.createReturnStatement(result)] };
  }
  const statements = lowering.walk.statements(lowering, body.statements, scope, true);
  const first = statements.findIndex(
    (each) => !(ts.isExpressionStatement(each) && ts.isStringLiteral(each.expression)),
  );
  const count = first < 0 ? statements.length : first;
  return { directives: statements.slice(0, count), statements: statements.slice(count) };
}
