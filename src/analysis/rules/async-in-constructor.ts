/** Why this file exists: nobody can await a constructor: what it starts is not done when the object is used. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { linkOf } from './shapes/chains';
import { containsOwn } from './shapes/functions';

export const asyncInConstructor: Rule = {
  id: 'async-in-constructor',
  finds: 'async work of the object itself that its constructor starts, so that it is used before it is ready',
  severity: 'warning',
  check: (context) => context.nodes.of(ts.SyntaxKind.Constructor).flatMap((node) => check(node, context)),
};

function check({ body }: ts.ConstructorDeclaration, context: RuleContext): readonly Finding[] {
  if (body === undefined) return [];
  const calls: ts.CallExpression[] = [];
  containsOwn(body, (node) => {
    if (ts.isCallExpression(node) && isOwn(node) && typeOf(node, context).promise === 'yes') calls.push(node);
    return false;
  });
  return calls.flatMap((call) => {
    const fate = fateOf(call);
    return fate === undefined ? [] : [finding(call, fate, context)];
  });
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
