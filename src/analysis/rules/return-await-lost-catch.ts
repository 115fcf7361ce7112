/**
 * Why this file exists: `return promise` leaves the `try` at once; the promise rejects later, and the `catch` that
 * seems to cover it never runs.
 */
import ts from 'typescript';
import { calleeName } from '../syntax';
import { prefixed } from './fixes/edits';
import { found, type Rule, typeOf } from './rule';
import { guardOf, isOfGenerator, returnedByAsync } from './shapes/returned';

export const returnAwaitLostCatch: Rule = {
  id: 'return-await-lost-catch',
  finds: 'a promise returned without `await` from a `try` or after a `using`, which then do not cover it',
  severity: 'error',
  questions: (nodes) => ({ types: returnedByAsync(nodes).filter((each) => guardOf(each) !== undefined) }),
  check: (context) =>
    returnedByAsync(context.nodes).flatMap((node) => {
      if (ts.isAwaitExpression(node) || isOfGenerator(node) || typeOf(node, context).thenable !== 'yes') return [];
      const guard = guardOf(node);
      if (guard === undefined) return [];
      const message = `\`${calleeName(node)}\` is returned, not awaited: ${missed[guard]}`;
      const edits = prefixed(context.summary.file, node, 'await ');
      const fixes = [{ title: 'Add await', edits, preferred: true }];
      return [found(returnAwaitLostCatch, context, node, message, { fixes })];
    }),
};

const missed = {
  catch: 'its rejection passes the `catch` by.',
  finally: '`finally` runs before it settles.',
  using: 'what `using` holds is disposed of before it settles.',
} as const;
