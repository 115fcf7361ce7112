/** Why this file exists: what leaves a `finally` early puts itself in the place of the error that was on its way. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { isFunctionNode } from '../syntax';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { type Link, links } from './shapes/chains';
import { returnsOf } from './shapes/functions';

export const finallyHazard: Rule = {
  id: 'finally-hazard',
  finds: '`return`, `throw`, `break` or `continue` that leaves a `finally`, and a value returned to `.finally`',
  severity: 'warning',
  questions: (nodes) => ({
    types: links(nodes)
      .filter(({ method }) => method === 'finally')
      .flatMap(({ object, handler }) => [object, ...valuesOf(handler)]),
  }),
  check: (context) => [
    ...context.nodes
      .of(ts.SyntaxKind.TryStatement)
      .flatMap(({ finallyBlock }) => (finallyBlock === undefined ? [] : leavingIn(finallyBlock)))
      .map((node) => leaving(node, context)),
    ...links(context.nodes).flatMap((link) => checkLink(link, context)),
  ],
};

function leaving(node: ts.Statement, context: RuleContext): Finding {
  const word = node.getText().split(/[\s;]/)[0] ?? '';
  const message = `\`${word}\` in \`finally\`: an error that was thrown before, or a value that was returned, is lost.`;
  return found(finallyHazard, context, node, message);
}

/** Statements that leave the block: not those of functions and, for jumps, of loops inside it. */
function leavingIn(block: ts.Block): readonly ts.Statement[] {
  const found: ts.Statement[] = [];
  function visit(node: ts.Node, inLoop: boolean, inSwitch: boolean, inTry: boolean): void {
    if (isFunctionNode(node) || ts.isClassLike(node)) return;
    const jumpsOut = ts.isBreakOrContinueStatement(node) && !inLoop && !(inSwitch && ts.isBreakStatement(node));
    if (ts.isReturnStatement(node) || jumpsOut || (ts.isThrowStatement(node) && !inTry)) found.push(node);
    ts.forEachChild(node, (child) => {
      const caught = ts.isTryStatement(node) && node.catchClause !== undefined && child === node.tryBlock;
      const loops = inLoop || ts.isIterationStatement(node, false);
      visit(child, loops, inSwitch || ts.isSwitchStatement(node), inTry || caught);
    });
  }
  visit(block, false, false, false);
  return found;
}

/** `.finally` waits for a promise and ignores every other value. */
function checkLink({ method, object, handler }: Link, context: RuleContext): readonly Finding[] {
  if (method !== 'finally' || typeOf(object, context).promise !== 'yes') return [];
  return valuesOf(handler).flatMap((value) => {
    const { thenable, isNothing } = typeOf(value, context);
    if (thenable !== 'no' || isNothing !== 'no') return [];
    const message = '`.finally` ignores this value: the promise settles as it would have without it.';
    return [found(finallyHazard, context, value, message, { severity: 'info' })];
  });
}

/** What a handler with a block returns; the short form of an arrow function is no promise of a value. */
function valuesOf(handler: Link['handler']): readonly ts.Expression[] {
  if (handler === undefined || !ts.isBlock(handler.body)) return [];
  return returnsOf(handler.body).flatMap(({ expression }) => expression ?? []);
}
