/** Why this file exists: a link of a chain that returns nothing gives `undefined` to the next, and waits for nobody. */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { insert } from './fixes/edits';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { type Link, links, nextLink } from './shapes/chains';
import { type FunctionValue, headOf, returnsOf } from './shapes/functions';
import { completes } from './shapes/paths';

export const thenNoReturn: Rule = {
  id: 'then-no-return',
  finds: 'a `then` that returns nothing to the next link, which expects a value',
  severity: 'warning',
  questions: (nodes) => ({
    types: links(nodes).map(({ call }) => call),
    functions: links(nodes).flatMap(({ call }) => call.arguments[0] ?? []),
  }),
  check: (context) => links(context.nodes).flatMap((link) => check(link, context)),
};

function check(link: Link, context: RuleContext): readonly Finding[] {
  const { handler, call } = link;
  const next = nextLink(link);
  if (link.method !== 'then' || handler === undefined || next?.method !== 'then' || !expectsValue(next, context)) return [];
  if (typeOf(call, context).thenable !== 'yes' || !isSilent(handler)) return [];
  const message = 'This handler returns nothing: the next `then` gets `undefined`, and waits for nothing that was started here.';
  const fixes = returning(handler, context.summary.file);
  return [found(thenNoReturn, context, handler, message, { range: headOf(handler), fixes })];
}

function expectsValue({ handler, call }: Link, context: RuleContext): boolean {
  if (handler !== undefined) return handler.parameters.length > 0;
  const [first] = call.arguments;
  return first !== undefined && context.answers.functions.get(first)?.takesArgument === true;
}

/** A block that comes to its end, and never returns a value. */
function isSilent({ body }: FunctionValue): boolean {
  if (!ts.isBlock(body) || body.statements.length === 0 || !completes(body)) return false;
  return returnsOf(body).every(({ expression }) => expression === undefined);
}

/** A single expression is what shall be returned. */
function returning({ body }: FunctionValue, file: string): readonly Fix[] {
  const [statement, ...others] = ts.isBlock(body) ? body.statements : [];
  if (statement === undefined || others.length > 0 || !ts.isExpressionStatement(statement)) return [];
  return [{ title: 'Return it', edits: [insert(file, statement.getStart(), 'return ')], preferred: true }];
}
