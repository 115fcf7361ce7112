/**
 * Why this file exists: chains on what has a `then` but is no `Promise` of the language (queries, deferred values) are
 * dropped just as easily. Those of promises are the matter of `floating-promise`.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName } from '../syntax';
import type { FileNodes } from './file-nodes';
import { insert } from './fixes/edits';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { type Link, linkOf } from './shapes/chains';

export const thenWithoutCatch: Rule = {
  id: 'then-without-catch',
  finds: 'a `then` chain on a thenable that is no `Promise`, dropped without a rejection handler',
  severity: 'warning',
  questions: (nodes) => ({
    types: dropped(nodes).flatMap(({ object, call }) => [object, call]),
    functions: dropped(nodes).flatMap(inward).map(({ call }) => call.expression),
  }),
  check: (context) => dropped(context.nodes).flatMap((link) => check(link, context)),
};

function dropped(nodes: FileNodes): readonly Link[] {
  return nodes.of(ts.SyntaxKind.ExpressionStatement).flatMap(({ expression }) => linkOf(expression) ?? []);
}

function check(link: Link, context: RuleContext): readonly Finding[] {
  const { call, object, method } = link;
  if (isHandled(link) || typeOf(call, context).promise === 'yes') return [];
  const facts = typeOf(object, context);
  if (facts.thenable !== 'yes' || facts.promise !== 'no' || !takesHandlers(link, context)) return [];
  const message = `Nothing handles a rejection of \`${calleeName(object)}\`, and nothing waits for it.`;
  const first = call.arguments[0];
  const fixes =
    method === 'then' && first !== undefined && call.arguments.length === 1
      ? [{ title: 'Handle the rejection', edits: [insert(context.summary.file, first.end, ', console.error')] }]
      : [];
  return [found(thenWithoutCatch, context, call, message, { fixes })];
}

function isHandled({ call, method, object }: Link): boolean {
  if (method === 'finally') {
    const inner = linkOf(object);
    return inner !== undefined && isHandled(inner);
  }
  return method === 'catch' || call.arguments.length > 1;
}

/** A `then` with one parameter has no way to say that it failed. */
function takesHandlers(link: Link, context: RuleContext): boolean {
  const thens = inward(link).filter(({ method }) => method === 'then');
  return thens.some(({ call }) => context.answers.functions.get(call.expression)?.takesSecond === true);
}

/** A link and those before it. */
function inward(link: Link): readonly Link[] {
  const inner = linkOf(link.object);
  return [link, ...(inner === undefined ? [] : inward(inner))];
}
