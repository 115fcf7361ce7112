/** Why this file exists: an empty `catch` around awaited work turns a failure into silence. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { type Link, links } from './shapes/chains';
import { containsOwn } from './shapes/functions';
import { bindingsOf } from './state/bindings';

export const swallowedRejection: Rule = {
  id: 'swallowed-rejection',
  finds: 'an empty `catch` around awaited work, and `.catch(() => {})`',
  severity: 'warning',
  questions: (nodes) => ({ types: links(nodes).map(({ object }) => object) }),
  check: (context) => [
    ...context.nodes.of(ts.SyntaxKind.CatchClause).flatMap((node) => checkClause(node, context)),
    ...links(context.nodes).flatMap((link) => checkLink(link, context)),
  ],
};

/**
 * A comment, or the name `ignored`, says that nothing is to be done, and cleaning up may fail. A `try` that returns, or
 * keeps what it awaited, shows by what comes after whether it failed. A promise that is given to the function belongs
 * to who gave it: here it is only marked as handled.
 */
function checkClause(node: ts.CatchClause, context: RuleContext): readonly Finding[] {
  const { parent } = node;
  if (!isSilent(node.block) || /ignor/i.test(node.variableDeclaration?.name.getText() ?? '') || containsOwn(parent.tryBlock, isSignal)) return [];
  const awaits: ts.AwaitExpression[] = [];
  containsOwn(parent.tryBlock, (each) => {
    if (ts.isAwaitExpression(each)) awaits.push(each);
    return false;
  });
  if (awaits.every(({ expression }) => cleansUp(expression) || isParameter(expression, context))) return [];
  const message = 'An empty `catch`: when the awaited work fails, nobody learns of it.';
  return [found(swallowedRejection, context, node, message)];
}

/** A promise that is kept elsewhere is only marked as handled here; a value that is used shows that it is missing. */
function checkLink({ method, object, handler, call }: Link, context: RuleContext): readonly Finding[] {
  const value = ts.isAwaitExpression(call.parent) ? call.parent : call;
  if (!ts.isCallExpression(skipOuter(object)) || !ts.isExpressionStatement(value.parent)) return [];
  if (method !== 'catch' || handler === undefined || typeOf(object, context).promise !== 'yes') return [];
  if (!ts.isBlock(handler.body) || !isSilent(handler.body) || cleansUp(object)) return [];
  const message = `\`${calleeName(object)}\` may fail, and this handler says nothing: nobody learns of it.`;
  return [found(swallowedRejection, context, handler, message)];
}

function isParameter(given: ts.Expression, { summary: { source } }: RuleContext): boolean {
  const node = skipOuter(given);
  const declared = ts.isIdentifier(node) ? bindingsOf(source).of(node)?.declared.parent : undefined;
  return declared !== undefined && ts.isParameter(declared);
}

/** Leaving the `try`, or an assignment to what lies outside of it. */
function isSignal(node: ts.Node): boolean {
  if (ts.isReturnStatement(node) || ts.isBreakOrContinueStatement(node)) return true;
  if (!ts.isBinaryExpression(node) || !ts.isExpressionStatement(node.parent)) return false;
  const { kind } = node.operatorToken;
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function isSilent(block: ts.Block): boolean {
  return block.statements.length === 0 && !/\/[/*]/.test(block.getText());
}

/** What is closed, deleted or stopped may be gone already. */
function cleansUp(given: ts.Expression): boolean {
  const node = skipOuter(given);
  if (!ts.isCallExpression(node)) return false;
  const name = calleeName(node.expression).split('.').at(-1) ?? '';
  return cleaning.test(name);
}

const cleaning =
  /^(close|destroy|unlink|rm|rmdir|remove|delete|clear|clean|cleanup|kill|terminate|dispose|release|cancel|abort|stop|end|disconnect|shutdown|unsubscribe|unregister|detach|unmount|quit|exit)([A-Z]|$)/;
