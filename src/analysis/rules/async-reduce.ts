/** Why this file exists: the accumulator of an async reducer is a promise, and `reduce` starts every step at once. */
import ts from 'typescript';
import { calleeName } from '../syntax';
import type { FileNodes } from './file-nodes';
import { found, type Rule } from './rule';
import { containsOwn, functionValue, headOf } from './shapes/functions';
import { callsLibrary } from './shapes/targets';

export const asyncReduce: Rule = {
  id: 'async-reduce',
  finds: 'an async function given to `reduce`, whose accumulator then is a promise',
  severity: 'warning',
  questions: (nodes) => ({ functions: reducers(nodes) }),
  check: (context) =>
    reducers(context.nodes).flatMap((node) => {
      const call = node.parent;
      if (context.answers.functions.get(node)?.returnsThenable !== 'yes' || !ts.isCallExpression(call)) return [];
      if (!callsLibrary(call, context, (name) => /^global \w*Array\.reduce(Right)?$/.test(name))) return [];
      const name = calleeName(call.expression);
      const fate = awaitsAccumulator(node)
        ? 'every call starts at once, and each then waits for the one before: a loop says so plainly'
        : 'the next call gets it, not its value';
      const message = `\`${name}\` makes a promise of the accumulator: ${fate}.`;
      const severity = awaitsAccumulator(node) ? 'info' : 'warning';
      return [found(asyncReduce, context, node, message, { severity, range: headOf(functionValue(node) ?? node) })];
    }),
};

/** `async (sum, x) => (await sum) + …` knows what it is given. */
function awaitsAccumulator(node: ts.Expression): boolean {
  const written = functionValue(node);
  const name = written?.parameters[0]?.name;
  if (written === undefined || name === undefined || !ts.isIdentifier(name)) return false;
  const isWaited = (each: ts.Node): boolean => {
    const awaited = ts.isAwaitExpression(each) && each.expression.getText() === name.text;
    return awaited || (ts.isPropertyAccessExpression(each) && each.getText() === `${name.text}.then`);
  };
  return containsOwn(written.body, isWaited);
}

function reducers(nodes: FileNodes): readonly ts.Expression[] {
  return nodes.of(ts.SyntaxKind.CallExpression).flatMap(({ expression, arguments: [first] }) => {
    const isMethod = ts.isPropertyAccessExpression(expression) && /^reduce(Right)?$/.test(expression.name.text);
    return isMethod && first !== undefined ? [first] : [];
  });
}
