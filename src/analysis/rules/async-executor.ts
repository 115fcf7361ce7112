/**
 * Why this file exists: `new Promise` does not look at what its executor answers: an async one's rejection is lost.
 */
import ts from 'typescript';
import { isAsyncFunction } from '../syntax';
import { found, type Rule } from './rule';
import { containsOwn } from './shapes/functions';
import { executors } from './shapes/executors';
import type { Fix } from '../finding';
import type { FunctionValue } from './shapes/functions';

export const asyncExecutor: Rule = {
  id: 'async-executor',
  finds: 'an async function as the executor of `new Promise`',
  severity: 'error',
  check: (context) =>
    executors(context)
      .filter(({ executor }) => isAsyncFunction(executor))
      .map(({ executor }) => {
        const start = executor.getStart();
        const range = { start, end: start + 'async'.length };
        const message =
          'An async executor: what it throws rejects a promise that nobody sees, and the new one stays pending for ever.';
        const fixes = withoutAsync(executor, context.summary.file);
        return found(asyncExecutor, context, executor, message, { range, fixes });
      }),
};

/** An executor that awaits nothing needs no `async`. */
function withoutAsync(executor: FunctionValue, file: string): readonly Fix[] {
  const awaits = containsOwn(
    executor.body,
    (node) => ts.isAwaitExpression(node) || (ts.isForOfStatement(node) && node.awaitModifier !== undefined),
  );
  const modifier = executor.modifiers?.find((each) => each.kind === ts.SyntaxKind.AsyncKeyword);
  if (awaits || modifier === undefined) return [];
  const range = { start: modifier.getStart(), end: modifier.end + 1 };
  return [{ title: 'Remove async', edits: [{ file, range, newText: '' }], preferred: true }];
}
