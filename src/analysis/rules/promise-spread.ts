/** Why this file exists: a promise has no properties of its own and cannot be iterated: spreading it brings nothing. */
import ts from 'typescript';
import { calleeName } from '../syntax';
import type { FileNodes } from './file-nodes';
import { fixByAwaiting } from './fixes/edits';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { callsLibrary } from './shapes/targets';

const { SyntaxKind } = ts;

export const promiseSpread: Rule = {
  id: 'promise-spread',
  finds: 'a promise that is spread or copied by `Object.assign`, which brings nothing',
  severity: 'error',
  questions: (nodes) => ({ types: [...spread(nodes), ...copied(nodes).map(({ node }) => node)] }),
  check: (context) => [
    ...spread(context.nodes).flatMap((node) => check(node, typeOf(node, context).thenable === 'yes', context)),
    ...copied(context.nodes).flatMap(({ node, call }) => {
      const isPromise = typeOf(node, context).alwaysThenable === 'yes';
      return check(node, isPromise && callsLibrary(call, context, (name) => copying.test(name)), context);
    }),
  ],
};

const copying = /^global Object\.(assign|keys|values|entries)$/;

function check(node: ts.Expression, isPromise: boolean, context: RuleContext) {
  if (!isPromise) return [];
  const message = `\`${calleeName(node)}\` is a promise, which has nothing to copy: what it will bring is not there yet.`;
  return [found(promiseSpread, context, node, message, { fixes: fixByAwaiting(context.summary.file, node) })];
}

function spread(nodes: FileNodes): readonly ts.Expression[] {
  return nodes.of(SyntaxKind.SpreadAssignment, SyntaxKind.SpreadElement).map((each) => each.expression);
}

/** Arguments of `Object.assign`, but for the one that is written to, and of its like. */
function copied(nodes: FileNodes): readonly { readonly node: ts.Expression; readonly call: ts.CallExpression }[] {
  return nodes.of(SyntaxKind.CallExpression).flatMap((call) => {
    const name = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : '';
    if (!/^(assign|keys|values|entries)$/.test(name)) return [];
    return call.arguments.slice(name === 'assign' ? 1 : 0).map((node) => ({ node, call }));
  });
}
