/**
 * Why this file exists: outside of a `try` the caller waits anyway, and `return await` only keeps the function in the
 * stack of an error. That is worth knowing, not worth a warning.
 */
import ts from 'typescript';
import { found, type Rule, typeOf } from './rule';
import { guardOf, returnedByAsync } from './shapes/returned';

export const redundantReturnAwait: Rule = {
  id: 'redundant-return-await',
  finds: '`return await` where no `try` or `using` needs it',
  severity: 'hint',
  questions: (nodes) => ({
    types: returnedByAsync(nodes).flatMap((each) => (ts.isAwaitExpression(each) ? each.expression : [])),
  }),
  check: (context) =>
    returnedByAsync(context.nodes).flatMap((node) => {
      if (!ts.isAwaitExpression(node) || guardOf(node) !== undefined) return [];
      if (typeOf(node.expression, context).thenable === 'unknown') return [];
      const start = node.getStart();
      const message =
        'The caller waits for what is returned: `await` here only keeps this function in the stack trace of an error.';
      const range = { start, end: start + 'await'.length };
      return [found(redundantReturnAwait, context, node, message, { range })];
    }),
};
