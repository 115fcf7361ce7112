/**
 * Why this file exists: a test is over when its function returns. An assertion on a promise that is neither awaited nor
 * returned is checked afterwards, or never, and the test passes whatever it finds.
 */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { calleeName, enclosingFunction, isAsyncFunction, isFunctionNode, rangeOf } from '../syntax';
import { fixByAwaiting, insert, prefixed } from './fixes/edits';
import { found, type Rule, type RuleContext } from './rule';
import { functionValue } from './shapes/functions';
import { isPromiseAssertion } from './shapes/test-assertions';

const { SyntaxKind } = ts;

export const testPromiseNotReturned: Rule = {
  id: 'test-promise-not-returned',
  finds: 'an assertion on a promise that a test neither awaits nor returns, and tests that are async and take `done`',
  severity: 'error',
  check: (context) => [
    ...context.nodes.of(SyntaxKind.ExpressionStatement).flatMap((node) => checkAssertion(node, context)),
    ...context.nodes.of(SyntaxKind.CallExpression).flatMap((node) => checkDone(node, context)),
  ],
};

function checkAssertion({ expression }: ts.ExpressionStatement, context: RuleContext): readonly Finding[] {
  if (!isPromiseAssertion(expression, context)) return [];
  const message = 'Nothing waits for this assertion: the test may be over, and passed, before it is checked.';
  const fixes = awaited(expression, context.summary.file);
  return [found(testPromiseNotReturned, context, expression, message, { fixes })];
}

/** The function of the test may be made async: its runner waits for whatever it answers. */
function awaited(node: ts.Expression, file: string): readonly Fix[] {
  const direct = fixByAwaiting(file, node);
  if (direct.length > 0) return direct;
  const fn = enclosingFunction(node);
  const isInline = isFunctionNode(fn) && (ts.isArrowFunction(fn) || ts.isFunctionExpression(fn));
  if (!isInline || fn.parameters.length > 0 || !isTestCall(fn.parent) || fn.type !== undefined) return [];
  const edits = [insert(file, fn.getStart(), 'async '), ...prefixed(file, node, 'await ')];
  return [{ title: 'Make the test async and add await', edits, preferred: true }];
}

/** An async test that is also given `done` has two ends, and runners refuse it or wait for the wrong one. */
function checkDone(call: ts.CallExpression, context: RuleContext): readonly Finding[] {
  const callback = functionValue(call.arguments.at(-1));
  const [first] = callback?.parameters ?? [];
  if (callback === undefined || first === undefined || !isTestCall(call) || !isAsyncFunction(callback)) return [];
  if (!ts.isIdentifier(first.name) || first.name.text !== 'done') return [];
  const message = `\`${calleeName(call.expression)}\` is given an async function that takes \`done\`: it ends twice; await instead.`;
  return [found(testPromiseNotReturned, context, first, message, { range: rangeOf(first) })];
}

function isTestCall(node: ts.Node): node is ts.CallExpression {
  const starts = /^(it|test|specify|before|after|beforeEach|afterEach|beforeAll|afterAll)(\.(only|skip|concurrent))?$/;
  return ts.isCallExpression(node) && starts.test(node.expression.getText());
}
