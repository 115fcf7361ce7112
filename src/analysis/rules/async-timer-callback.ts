/**
 * Why this file exists: a timer calls its function and forgets it: a rejection is unhandled, and an interval starts the
 * next run while the last one still waits.
 */
import ts from 'typescript';
import { calleeName } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { functionValue, headOf } from './shapes/functions';
import { callbackQuestions, droppedCallbacks } from './shapes/handed-over';
import { bodyNeverRejects } from './shapes/never-rejects';

export const asyncTimerCallback: Rule = {
  id: 'async-timer-callback',
  finds: 'an async function given to `setTimeout`, `setInterval` or `setImmediate`',
  severity: 'warning',
  questions: callbackQuestions,
  check: (context) => droppedCallbacks(context, 'timer').map((node) => finding(node, context)),
};

function finding(node: ts.Expression, context: RuleContext) {
  const call = node.parent;
  const name = ts.isCallExpression(call) ? calleeName(call.expression) : 'the timer';
  const overlaps = name.endsWith('setInterval') ? ', and the next run starts while this one still waits' : '';
  const written = functionValue(node);
  const safe = written !== undefined && bodyNeverRejects(written);
  const severity = !safe ? 'warning' : overlaps === '' ? 'hint' : 'info';
  const fate = safe ? 'it is not waited for' : 'a rejection is unhandled';
  const message = `\`${name}\` drops the promise of this function: ${fate}${overlaps}.`;
  return found(asyncTimerCallback, context, node, message, { severity, range: headOf(written ?? node) });
}
