/**
 * Why this file exists: `forEach` does not look at what its function answers: async ones all start at once.
 */
import ts from 'typescript';
import { calleeName } from '../syntax';
import { forOfFix } from './fixes/for-of';
import { found, type Rule, type RuleContext } from './rule';
import { functionValue, headOf } from './shapes/functions';
import { callbackQuestions, droppedCallbacks } from './shapes/handed-over';
import { callsLibrary } from './shapes/targets';

export const asyncForeach: Rule = {
  id: 'async-foreach',
  finds: 'an async function given to `forEach`, which waits for none of its promises',
  severity: 'error',
  questions: callbackQuestions,
  check: (context) => droppedCallbacks(context, 'for-each').map((node) => finding(node, context)),
};

/** What `for…of` gives is what `forEach` gives first; not so with maps. */
function isList({ parent }: ts.Expression, context: RuleContext): boolean {
  return ts.isCallExpression(parent) && callsLibrary(parent, context, (name) => /(Array|Set)\.forEach$/.test(name));
}

function finding(node: ts.Expression, context: RuleContext) {
  const call = node.parent;
  const name = ts.isCallExpression(call) ? calleeName(call.expression) : 'forEach';
  const message = `\`${name}\` does not wait: all the calls start at once, the next line runs before they are done, and a rejection among them is unhandled.`;
  const written = functionValue(node);
  const fixes = written !== undefined && isList(node, context) ? forOfFix(written, context.summary.file) : [];
  return found(asyncForeach, context, node, message, { fixes, range: headOf(written ?? node) });
}
