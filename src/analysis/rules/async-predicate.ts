/**
 * Why this file exists: `filter`, `some`, `find` and `sort` look at what their function answers, and a promise is
 * always true and never a number.
 */
import ts from 'typescript';
import { calleeName } from '../syntax';
import type { FileNodes } from './file-nodes';
import { found, type Rule, type RuleContext } from './rule';
import { functionValue, headOf } from './shapes/functions';
import { callsLibrary, methodName } from './shapes/targets';

export const asyncPredicate: Rule = {
  id: 'async-predicate',
  finds: 'an async function that shall decide for `filter`, `some`, `every`, `find` or `sort`',
  severity: 'error',
  questions: (nodes) => ({ functions: predicates(nodes) }),
  check: (context) =>
    predicates(context.nodes).flatMap((node) => {
      const answers = context.answers.functions.get(node)?.returnsThenable;
      return answers === 'yes' && decides(node, context) ? [finding(node, context)] : [];
    }),
};

const methods = /^(filter|some|every|find|findIndex|findLast|findLastIndex|sort|toSorted)$/;

function predicates(nodes: FileNodes): readonly ts.Expression[] {
  return nodes.of(ts.SyntaxKind.CallExpression).flatMap(({ expression, arguments: [first] }) => {
    return first !== undefined && methods.test(methodName(expression) ?? '') ? [first] : [];
  });
}

function decides({ parent }: ts.Expression, context: RuleContext): boolean {
  return ts.isCallExpression(parent) && callsLibrary(parent, context, (name) => /^global \w*Array\.\w+$/.test(name));
}

function finding(node: ts.Expression, context: RuleContext) {
  const name = ts.isCallExpression(node.parent) ? calleeName(node.parent.expression) : '';
  const sorts = /sort$|toSorted$/i.test(name);
  const why = sorts ? 'is no number' : 'is always true';
  const message = `\`${name}\` takes the promise for the answer, which ${why}.`;
  return found(asyncPredicate, context, node, message, { range: headOf(functionValue(node) ?? node) });
}
