/**
 * Why this file exists: `Promise.race` answers with the first and cancels nobody: the work that lost goes on, and so
 * does the timer.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import { calleeName, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { isPromiseStatic } from './shapes/targets';
import { functionAround } from './state/callbacks';
import { isSleep } from './state/sleeps';

export const raceNoCancel: Rule = {
  id: 'race-no-cancel',
  finds: '`Promise.race` against a timer, where neither the timer nor the work is cancelled',
  severity: 'info',
  check: (context) => context.nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) => ofCall(call, context) ?? []),
};

function ofCall(call: ts.CallExpression, context: RuleContext): Finding | undefined {
  if (!isPromiseStatic(call, context, /^race$/)) return undefined;
  const list = call.arguments[0] === undefined ? undefined : skipOuter(call.arguments[0]);
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return undefined;
  const timers = list.elements.filter((element) => isSleep(element, context));
  const work = list.elements.find((element) => !timers.includes(element) && ts.isCallExpression(skipOuter(element)));
  if (timers.length === 0 || work === undefined || cancels(functionAround(call), list)) return undefined;
  const inner = skipOuter(work);
  const name = ts.isCallExpression(inner) ? `\`${calleeName(inner.expression)}\`` : 'the work';
  const message =
    `The loser of this race goes on: after the time is over ${name} still works, and its rejection is lost; ` +
    'before, the timer keeps the process alive. Hand an `AbortSignal.timeout(…)` to the work, or cancel both.';
  return found(raceNoCancel, context, call, message);
}

/** Something near by clears the timer or aborts the work. */
function cancels(around: ts.Node, list: ts.ArrayLiteralExpression): boolean {
  return /\bclearTimeout\b|\babort\(/.test(around.getText()) || /\bsignal\b|AbortSignal/.test(list.getText());
}
