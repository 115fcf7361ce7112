/** Why this file exists: nobody can await a constructor: what it starts is not done when the object is used. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, skipOuter } from '../syntax';
import type { FileNodes } from './file-nodes';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { linkOf } from './shapes/chains';
import { containsOwn } from './shapes/functions';

export const asyncInConstructor: Rule = {
  id: 'async-in-constructor',
  finds: 'async work of the object itself that its constructor starts, so that it is used before it is ready',
  severity: 'warning',
  questions: (nodes) => ({ types: started(nodes) }),
  check: (context) => started(context.nodes).flatMap((call) => check(call, context)),
};

function check(call: ts.CallExpression, context: RuleContext): readonly Finding[] {
  const fate = typeOf(call, context).promise === 'yes' ? fateOf(call) : undefined;
  return fate === undefined ? [] : [finding(call, fate, context)];
}

/** Calls of constructors on their own objects. */
function started(nodes: FileNodes): readonly ts.CallExpression[] {
  const calls: ts.CallExpression[] = [];
  for (const { body } of nodes.of(ts.SyntaxKind.Constructor)) {
    if (body === undefined) continue;
    containsOwn(body, (node) => {
      if (ts.isCallExpression(node) && isOwn(node) && fateOf(node) !== undefined) calls.push(node);
      return false;
    });
  }
  return calls;
}

function finding(call: ts.CallExpression, fate: 'kept' | 'dropped', context: RuleContext): Finding {
  const name = calleeName(call.expression);
  const rest =
    fate === 'kept'
      ? 'whoever uses the object must know to await the field first'
      : 'nobody can wait for it, and the object is used before it is done';
  const message = `\`${name}\` is async work, started by a constructor: ${rest}. A static async function can await both.`;
  return found(asyncInConstructor, context, call, message, { severity: fate === 'kept' ? 'info' : 'warning' });
}

/** `this.load()`, or an async function that is written and called here. */
function isOwn({ expression }: ts.CallExpression): boolean {
  const callee = skipOuter(expression);
  if (ts.isPropertyAccessExpression(callee)) return callee.expression.kind === ts.SyntaxKind.ThisKeyword;
  return ts.isArrowFunction(callee) || ts.isFunctionExpression(callee);
}

/** A bare statement is the matter of `floating-promise`; anything else may hand the promise on. */
function fateOf(call: ts.CallExpression): 'kept' | 'dropped' | undefined {
  let node: ts.Expression = call;
  for (let link = outerLink(node); link !== undefined; link = outerLink(node)) node = link;
  const { parent } = node;
  if (ts.isVoidExpression(parent)) return 'dropped';
  if (ts.isExpressionStatement(parent)) return node === call ? undefined : 'dropped';
  const isField = ts.isBinaryExpression(parent) && parent.right === node && parent.left.getText().startsWith('this.');
  return isField ? 'kept' : undefined;
}

function outerLink(node: ts.Expression): ts.CallExpression | undefined {
  const access = node.parent;
  if (!ts.isPropertyAccessExpression(access) || access.expression !== node) return undefined;
  return linkOf(access.parent)?.call;
}
