/** Why this file exists: links of promise chains, `object.then(handler)`, as several rules look at them. */
import ts from 'typescript';
import type { FileNodes } from '../file-nodes';
import { type FunctionValue, functionValue } from './functions';

export interface Link {
  readonly call: ts.CallExpression;
  readonly object: ts.Expression;
  readonly method: 'then' | 'catch' | 'finally';
  readonly name: ts.MemberName;
  /** The first handler, where it is written in place. */
  readonly handler: FunctionValue | undefined;
}

export function links(nodes: FileNodes): readonly Link[] {
  return nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) => linkOf(call) ?? []);
}

export function linkOf(call: ts.Node): Link | undefined {
  if (!ts.isCallExpression(call) || !ts.isPropertyAccessExpression(call.expression)) return undefined;
  const { name, expression } = call.expression;
  const method = methods.find((each) => each === name.text);
  if (method === undefined) return undefined;
  return { call, object: expression, method, name, handler: functionValue(call.arguments[0]) };
}

const methods = ['then', 'catch', 'finally'] as const;

/** The link that follows: `.catch` in `a().then(f).catch(g)`. */
export function nextLink({ call }: Link): Link | undefined {
  const access = call.parent;
  return ts.isPropertyAccessExpression(access) && access.expression === call ? linkOf(access.parent) : undefined;
}
