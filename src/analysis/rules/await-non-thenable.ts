/**
 * Why this file exists: `await` of what is no promise waits for nothing but a turn of the microtask queue; mostly a
 * call was forgotten, or the type once was another. The same holds for `for await`, `await using` and `Promise.all`.
 */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { calleeName } from '../syntax';
import type { FileNodes } from './file-nodes';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { forAwaits, headOfForAwait } from './shapes/for-await';
import { isPromiseStatic, methodName } from './shapes/targets';
import { isAwaitUsing } from './shapes/using';

const { SyntaxKind } = ts;
const collecting = /^(all|allSettled|any|race)$/;

export const awaitNonThenable: Rule = {
  id: 'await-non-thenable',
  finds: 'an `await` of a value that is no promise',
  severity: 'warning',
  questions: (nodes) => ({
    types: [
      ...nodes.of(SyntaxKind.AwaitExpression).map((each) => each.expression),
      ...collected(nodes).flatMap(itemsOf),
    ],
    protocols: [
      ...forAwaits(nodes).map((each) => each.expression),
      ...disposedLater(nodes),
      ...collected(nodes).flatMap((each) => [...each.arguments.slice(0, 1), ...spreadIn(each)]),
    ],
  }),
  check: (context) => [
    ...context.nodes.of(SyntaxKind.AwaitExpression).flatMap((node) => checkAwait(node, context)),
    ...forAwaits(context.nodes).flatMap((node) => checkForAwait(node, context)),
    ...disposedLater(context.nodes).flatMap((node) => checkUsing(node, context)),
    ...collected(context.nodes).flatMap((node) => checkCollected(node, context)),
  ],
};

function checkAwait(node: ts.AwaitExpression, context: RuleContext): readonly Finding[] {
  if (typeOf(node.expression, context).thenable !== 'no') return [];
  const message = `\`${calleeName(node.expression)}\` is no promise: \`await\` waits for nothing, only the microtasks that stand before it run.`;
  return [found(awaitNonThenable, context, node, message, { fixes: withoutAwait(node, context.summary.file) })];
}

/** Only where the rest cannot join the line before it or become a statement of another kind. */
function withoutAwait(node: ts.AwaitExpression, file: string): readonly Fix[] {
  const { expression } = node;
  if (!/^[\w$'"]/.test(expression.getText()) || /^(function|class|let|async)\b/.test(expression.getText())) return [];
  const range = { start: node.getStart(), end: expression.getStart() };
  return [{ title: 'Remove await', edits: [{ file, range, newText: '' }] }];
}

/** Promises that a `for await` takes from a list are the matter of `async-iterable-misuse`. */
function checkForAwait(node: ts.ForOfStatement, context: RuleContext): readonly Finding[] {
  const facts = context.answers.protocols.get(node.expression);
  if (facts?.asyncIterable !== 'no' || facts.bringsThenables !== 'no') return [];
  const message = `\`${calleeName(node.expression)}\` brings no promises: \`for await\` suspends at every turn for nothing.`;
  return [found(awaitNonThenable, context, node, message, { range: headOfForAwait(node) })];
}

function checkUsing(node: ts.Expression, context: RuleContext): readonly Finding[] {
  if (context.answers.protocols.get(node)?.asyncDisposable !== 'no') return [];
  const message = `\`${calleeName(node)}\` has no \`[Symbol.asyncDispose]\`: \`await using\` disposes of it at once, and waits for nothing.`;
  return [found(awaitNonThenable, context, node, message)];
}

function checkCollected(node: ts.CallExpression, context: RuleContext): readonly Finding[] {
  const [list] = node.arguments;
  if (list === undefined || !isPromiseStatic(node, context, collecting)) return [];
  const name = calleeName(node.expression);
  if (ts.isArrayLiteralExpression(list)) {
    const spread = spreadIn(node).flatMap((each) => checkList(each, name, context));
    const single = itemsOf(node)
      .filter((item) => typeOf(item, context).thenable === 'no')
      .map((item) =>
        found(awaitNonThenable, context, item, `\`${calleeName(item)}\` is no promise: \`${name}\` has nothing to wait for here.`),
      );
    return [...spread, ...single];
  }
  return checkList(list, name, context);
}

function checkList(list: ts.Expression, name: string, context: RuleContext): readonly Finding[] {
  if (context.answers.protocols.get(list)?.bringsPlain !== 'yes') return [];
  return [found(awaitNonThenable, context, list, `\`${name}\` is given values that are no promises: for these it waits for nothing.`)];
}

function collected(nodes: FileNodes): readonly ts.CallExpression[] {
  return nodes
    .of(SyntaxKind.CallExpression)
    .filter(({ expression }) => collecting.test(methodName(expression) ?? ''));
}

/** Lists that are spread into the list. */
function spreadIn({ arguments: [list] }: ts.CallExpression): readonly ts.Expression[] {
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return [];
  return list.elements.flatMap((each) => (ts.isSpreadElement(each) ? each.expression : []));
}

function itemsOf({ arguments: [list] }: ts.CallExpression): readonly ts.Expression[] {
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return [];
  // An `await` in the list is the matter of `useless-promise-resolve`.
  return list.elements.filter(
    (each) => !ts.isSpreadElement(each) && !ts.isOmittedExpression(each) && !ts.isAwaitExpression(each),
  );
}

function disposedLater(nodes: FileNodes): readonly ts.Expression[] {
  return nodes.of(SyntaxKind.VariableDeclarationList).flatMap((list) => {
    return isAwaitUsing(list) ? list.declarations.flatMap((each) => each.initializer ?? []) : [];
  });
}
