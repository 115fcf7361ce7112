/**
 * Why this file exists: a promise that a statement drops is awaited by nobody; its rejection is unhandled and ends the
 * process.
 */
import ts from 'typescript';
import type { Finding } from '../finding';
import type { Discarded } from '../flow-model/discarded';
import type { FunctionSummary } from '../flow-model/summary';
import { calleeName, rangeOf } from '../syntax';
import { floatingFixes } from './fixes/await-promise';
import type { Rule, RuleContext } from './rule';
import { neverRejects } from './shapes/functions-of-project';
import { isPromiseAssertion } from './shapes/test-assertions';

export const floatingPromise: Rule = {
  id: 'floating-promise',
  finds: 'a promise that nobody waits for and whose rejection nobody handles',
  severity: 'error',
  check: (context) =>
    context.summary.functions.flatMap((fn) => fn.discarded.flatMap((each) => finding(each, fn, context) ?? [])),
};

function finding(discarded: Discarded, fn: FunctionSummary, context: RuleContext): Finding | undefined {
  if (isTrackedByRunner(discarded, fn) || isPromiseAssertion(discarded.node, context)) return undefined;
  const isSafe = discarded.reason === 'promise' && ts.isCallExpression(discarded.node) && neverRejects(discarded.node, context);
  return {
    rule: 'floating-promise',
    severity: isSafe ? 'info' : 'error',
    file: context.summary.file,
    range: rangeOf(discarded.node),
    message: isSafe ? safeMessage(discarded) : message(discarded),
    related: [],
    fixes: floatingFixes(discarded, fn, context.summary),
  };
}

function message({ node, reason }: Discarded): string {
  const name = calleeName(node);
  if (reason === 'promise-array')
    return `Nothing waits for the promises of \`${name}\`: a rejection among them is unhandled, and the next line runs before they settle.`;
  if (reason === 'no-function-handler')
    return `The rejection handler of \`${name}\` is not always a function: where it is none, a rejection stays unhandled.`;
  return `Nothing waits for the promise of \`${name}\`: its rejection is unhandled, and the next line runs before it settles.`;
}

/** All that can go wrong in what is called is caught there: only the order is lost. */
function safeMessage({ node }: Discarded): string {
  return `Nothing waits for the promise of \`${calleeName(node)}\`: it cannot reject, but the next line runs before it settles.`;
}

/** The test runner of Node keeps the promises of its own `test()` and `describe()`. */
function isTrackedByRunner(discarded: Discarded, fn: FunctionSummary): boolean {
  const call = fn.calls.find((each) => each.node === discarded.node);
  return (
    call !== undefined &&
    call.targets.length > 0 &&
    call.targets.every((target) => target.kind === 'library' && target.module === 'node:test')
  );
}
