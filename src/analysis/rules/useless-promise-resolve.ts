/**
 * Why this file exists: where a promise comes out anyway, wrapping the value in one says nothing; and an `await` inside
 * the list of `Promise.all` makes one after the other what was meant to be together.
 */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { calleeName, enclosingFunction, isAsyncFunction, isGeneratorFunction, skipOuter } from '../syntax';
import { found, type Rule, type RuleContext } from './rule';
import { linkOf } from './shapes/chains';
import { guardOf } from './shapes/returned';
import { isPromiseStatic } from './shapes/targets';

const { SyntaxKind } = ts;

export const uselessPromiseResolve: Rule = {
  id: 'useless-promise-resolve',
  finds: '`Promise.resolve` or `reject` where a promise comes out anyway, and `await` in the list of `Promise.all`',
  severity: 'hint',
  check: (context) =>
    context.nodes.of(SyntaxKind.CallExpression).flatMap((call) => [
      ...checkReturned(call, context),
      ...checkCollected(call, context),
    ]),
};

/** `return Promise.resolve(value)` in an async function, or in the handler of a `then`. */
function checkReturned(call: ts.CallExpression, context: RuleContext): readonly Finding[] {
  if (!isReturned(call) || !isWrapped(enclosingFunction(call)) || !isPromiseStatic(call, context, /^(resolve|reject)$/))
    return [];
  const rejects = calleeName(call.expression).endsWith('reject');
  const message = rejects
    ? 'A promise comes out of this function anyway: `throw` says the same.'
    : 'A promise comes out of this function anyway: returning the value says the same.';
  const fixes = rejects ? throwing(call, context.summary.file) : returningValue(call, context.summary.file);
  return [found(uselessPromiseResolve, context, call, message, { fixes })];
}

function isReturned(call: ts.CallExpression): boolean {
  return ts.isReturnStatement(call.parent) || (ts.isArrowFunction(call.parent) && call.parent.body === call);
}

/** Async functions, and handlers of promises, wrap what they return. */
function isWrapped(fn: ts.Node): boolean {
  if (ts.isSourceFile(fn)) return false;
  if (isAsyncFunction(fn)) return !isGeneratorFunction(fn);
  const call = fn.parent;
  const link = linkOf(call);
  return link !== undefined && link.method !== 'finally' && link.call.arguments.some((each) => skipOuter(each) === fn);
}

function returningValue(call: ts.CallExpression, file: string): readonly Fix[] {
  const [value] = call.arguments;
  if (value === undefined || ts.isSpreadElement(value)) return [];
  const isObject = ts.isArrowFunction(call.parent) && value.getText().startsWith('{');
  const newText = isObject ? `(${value.getText()})` : value.getText();
  const range = { start: call.getStart(), end: call.end };
  return [{ title: 'Return the value', edits: [{ file, range, newText }], preferred: true }];
}

/** Only where no `try` around would catch it. */
function throwing(call: ts.CallExpression, file: string): readonly Fix[] {
  const [reason] = call.arguments;
  const statement = call.parent;
  if (reason === undefined || !ts.isReturnStatement(statement) || guardOf(call) !== undefined) return [];
  const range = { start: statement.getStart(), end: call.end };
  return [{ title: 'Throw it', edits: [{ file, range, newText: `throw ${reason.getText()}` }], preferred: true }];
}

/** `Promise.all([await a(), b()])`: `b` starts when `a` is done. */
function checkCollected(call: ts.CallExpression, context: RuleContext): readonly Finding[] {
  const [list] = call.arguments;
  if (list === undefined || !ts.isArrayLiteralExpression(list)) return [];
  if (!isPromiseStatic(call, context, /^(all|allSettled|any|race)$/)) return [];
  return list.elements.flatMap((element) => {
    if (!ts.isAwaitExpression(element)) return [];
    const message = `\`${calleeName(call.expression)}\` would wait for this: \`await\` here keeps what follows in the list from starting.`;
    const range = { start: element.getStart(), end: element.expression.getStart() };
    const fixes = [
      { title: 'Remove await', edits: [{ file: context.summary.file, range, newText: '' }], preferred: true },
    ];
    const severity = list.elements.length > 1 ? 'warning' : 'hint';
    return [found(uselessPromiseResolve, context, element, message, { severity, fixes })];
  });
}
