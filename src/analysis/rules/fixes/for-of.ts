/**
 * Why this file exists: `items.forEach(async (item) => { … })` becomes a loop that waits, where that means the same.
 */
import ts from 'typescript';
import type { Fix } from '../../finding';
import { containsOwn, type FunctionValue } from '../shapes/functions';
import { mayAwait } from './edits';

/** One item after the other; nothing where `return` or `this` would mean something else, or `await` cannot stand. */
export function forOfFix(callback: FunctionValue, file: string): readonly Fix[] {
  const call = callback.parent;
  if (!ts.isCallExpression(call) || !ts.isExpressionStatement(call.parent) || call.arguments.length !== 1) return [];
  const callee = call.expression;
  if (!ts.isPropertyAccessExpression(callee) || callee.questionDotToken !== undefined || !mayAwait(call)) return [];
  const [item, ...others] = callback.parameters;
  if (item === undefined || others.length > 0 || item.dotDotDotToken !== undefined || item.initializer !== undefined)
    return [];
  if (!ts.isArrowFunction(callback)) return [];
  const body = loopBody(callback.body);
  if (body === undefined) return [];
  const list = callee.expression.getText();
  const newText = `for (const ${item.name.getText()} of ${list}) ${body}`;
  const range = { start: call.parent.getStart(), end: call.parent.end };
  return [{ title: 'Wait for one after the other with for…of', edits: [{ file, range, newText }], preferred: true }];
}

function loopBody(body: ts.ConciseBody): string | undefined {
  if (!ts.isBlock(body)) return `${body.getText()};`;
  const leaves = containsOwn(body, (node) => ts.isReturnStatement(node));
  return leaves ? undefined : body.getText();
}

/** `for await (const x of list)` becomes `for (const x of await Promise.all(list))`, for lists that are all there. */
export function promiseAllLoopFix(node: ts.ForOfStatement, file: string): readonly Fix[] {
  const { awaitModifier, expression } = node;
  const isList = ts.isCallExpression(expression) && expression.expression.getText().endsWith('.map');
  if (awaitModifier === undefined || !(isList || ts.isArrayLiteralExpression(expression))) return [];
  const removed = { file, range: { start: awaitModifier.getFullStart(), end: awaitModifier.end }, newText: '' };
  const before = { file, range: { start: expression.getStart(), end: expression.getStart() }, newText: 'await Promise.all(' };
  const after = { file, range: { start: expression.end, end: expression.end }, newText: ')' };
  return [{ title: 'Wait for all of them first with Promise.all', edits: [removed, before, after], preferred: true }];
}
