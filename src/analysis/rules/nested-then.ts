/** Why this file exists: a `then` in a `then` nests what a chain says flat, and its errors take another way. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { rangeOf } from '../syntax';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { type Link, links } from './shapes/chains';
import { containsAny, type FunctionValue } from './shapes/functions';

export const nestedThen: Rule = {
  id: 'nested-then',
  finds: 'a `then` inside the handler of another, which could be the next link',
  severity: 'info',
  questions: (nodes) => ({ types: links(nodes).map(({ call }) => call) }),
  check: (context) => links(context.nodes).flatMap((link) => check(link, context)),
};

/** Only where the inner handlers use nothing that the outer one was given: else nesting has a reason. */
function check(outer: Link, context: RuleContext): readonly Finding[] {
  if (outer.method !== 'then' || outer.handler === undefined || typeOf(outer.call, context).thenable !== 'yes') return [];
  const inner = returnedLink(outer.handler, context);
  if (inner?.method !== 'then' || typeOf(inner.call, context).thenable !== 'yes') return [];
  const given = new Set(outer.handler.parameters.flatMap(({ name }) => (ts.isIdentifier(name) ? [name.text] : ['*'])));
  const usesGiven = (node: ts.Node): boolean => ts.isIdentifier(node) && (given.has(node.text) || given.has('*'));
  if (inner.call.arguments.some((argument) => containsAny(argument, usesGiven))) return [];
  const message = 'This `then` can be the next link of the outer chain: return the promise, and go on outside.';
  return [found(nestedThen, context, inner.name, message, { range: rangeOf(inner.name) })];
}

/** The chain that is all the handler returns. */
function returnedLink({ body }: FunctionValue, context: RuleContext): Link | undefined {
  const value = ts.isBlock(body) ? lastReturned(body) : body;
  return links(context.nodes).find(({ call }) => call === value);
}

function lastReturned({ statements }: ts.Block): ts.Expression | undefined {
  const last = statements.at(-1);
  return last !== undefined && ts.isReturnStatement(last) ? last.expression : undefined;
}
