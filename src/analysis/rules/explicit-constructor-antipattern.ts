/**
 * Why this file exists: `new Promise` around what is a promise already only adds places where errors get forgotten.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, skipOuter } from '../syntax';
import type { FileNodes } from './file-nodes';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { executors, type Executor } from './shapes/executors';
import { functionValue, headOf } from './shapes/functions';
import { isAsyncFunction } from '../syntax';

export const explicitConstructorAntipattern: Rule = {
  id: 'explicit-constructor-antipattern',
  finds: '`new Promise` around something that is a promise already',
  severity: 'warning',
  questions: (nodes) => ({ types: possibleChains(nodes).map((each) => each.receiver) }),
  check: (context) => executors(context).flatMap((each) => check(each, context)),
};

/** The executor does nothing but hand `resolve` to the `then` of another promise. */
function check({ node, executor, resolve, reject }: Executor, context: RuleContext): readonly Finding[] {
  const chain = onlyChain(executor.body);
  if (chain === undefined || resolve === undefined || isAsyncFunction(executor)) return [];
  if (typeOf(chain.receiver, context).promise !== 'yes' || !mentions(chain.handlers, resolve)) return [];
  const forwards = reject !== undefined && mentions(chain.handlers, reject);
  const fate = forwards ? 'all of it is there already' : 'and its rejection is not passed on, so that this one never settles';
  const message = `\`${calleeName(chain.receiver)}\` is a promise: \`new Promise\` around it only wraps it again, ${fate}.`;
  const range = { start: node.getStart(), end: headOf(executor).end };
  return [found(explicitConstructorAntipattern, context, node, message, { range })];
}

interface Chain {
  /** The promise at the root of `.then(…).catch(…)`. */
  readonly receiver: ts.Expression;
  readonly handlers: readonly ts.Expression[];
}

function onlyChain(body: ts.ConciseBody): Chain | undefined {
  if (!ts.isBlock(body)) return chainOf(body);
  const [statement, ...others] = body.statements;
  return statement !== undefined && others.length === 0 && ts.isExpressionStatement(statement)
    ? chainOf(statement.expression)
    : undefined;
}

function chainOf(given: ts.Expression): Chain | undefined {
  const node = skipOuter(ts.isVoidExpression(given) ? given.expression : given);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  if (!/^(then|catch|finally)$/.test(node.expression.name.text)) return undefined;
  const inner = chainOf(node.expression.expression);
  return {
    receiver: inner?.receiver ?? skipOuter(node.expression.expression),
    handlers: [...(inner?.handlers ?? []), ...node.arguments],
  };
}

function mentions(handlers: readonly ts.Expression[], name: string): boolean {
  function visit(node: ts.Node): boolean {
    if (ts.isIdentifier(node) && node.text === name) return true;
    return ts.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  }
  return handlers.some(visit);
}

function possibleChains(nodes: FileNodes): readonly Chain[] {
  return nodes.of(ts.SyntaxKind.NewExpression).flatMap((node) => {
    const body = functionValue(node.arguments?.[0])?.body;
    return (body && onlyChain(body)) ?? [];
  });
}
