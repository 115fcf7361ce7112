/** Why this file exists: a promise whose executor comes to an end without an answer makes every `await` of it hang. */
import ts from 'typescript';
import type { Finding } from '../finding';
import { skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { executors, type Executor } from './shapes/executors';
import { containsAny, headOf } from './shapes/functions';
import { settlingOf } from './shapes/settling';

export const executorNeverSettles: Rule = {
  id: 'executor-never-settles',
  finds: 'an executor of `new Promise` that on some way neither resolves nor rejects',
  severity: 'error',
  check: (context) => executors(context).flatMap((each) => check(each, context)),
};

function check({ executor, resolve, reject }: Executor, context: RuleContext): readonly Finding[] {
  const range = headOf(executor);
  const names = new Set([resolve, reject].filter((name) => name !== undefined));
  if (executor.parameters.some(({ name, dotDotDotToken }) => !ts.isIdentifier(name) || dotDotDotToken !== undefined))
    return [];
  const isNamed = (node: ts.Node): boolean => ts.isIdentifier(node) && (names.has(node.text) || node.text === 'arguments');
  if (isEmpty(executor.body)) return [];
  if (!containsAny(executor.body, isNamed) && !endsByThrowing(executor.body)) {
    const message = 'The executor never resolves and never rejects: whoever awaits this promise waits for ever.';
    return [found(executorNeverSettles, context, executor, message, { range })];
  }
  if (!ts.isBlock(executor.body)) return [];
  const { unsettledExit } = settlingOf(executor.body, names);
  if (unsettledExit === undefined) return [];
  const isEnd = unsettledExit === executor.body;
  const message = `On some way the executor ${isEnd ? 'comes to its end' : 'returns'} without resolving or rejecting: whoever awaits this promise then waits for ever.`;
  const place = isEnd ? { start: executor.body.end - 1, end: executor.body.end } : undefined;
  const exit = place ?? { start: unsettledExit.getStart(), end: unsettledExit.end };
  const related = [{ file: context.summary.file, range: exit, message: 'This way ends without an answer.' }];
  return [found(executorNeverSettles, context, executor, message, { range, related })];
}

/** `new Promise(() => {})` says that it shall stay pending. */
function isEmpty(body: ts.ConciseBody): boolean {
  return ts.isBlock(body) ? body.statements.length === 0 : !ts.isCallExpression(skipOuter(body));
}

/** `new Promise(() => { throw … })` rejects. */
function endsByThrowing(body: ts.ConciseBody): boolean {
  return ts.isBlock(body) && body.statements.some((each) => ts.isThrowStatement(each));
}
