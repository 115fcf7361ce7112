/** Why this file exists: `new Promise` ignores what its executor answers; whoever returns there expects otherwise. */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import type { FileNodes } from './file-nodes';
import { insert } from './fixes/edits';
import { found, type Rule, type RuleContext, typeOf } from './rule';
import { executors, type Executor } from './shapes/executors';
import { type FunctionValue, functionValue, returnsOf } from './shapes/functions';
import { isAsyncFunction, skipOuter } from '../syntax';

export const executorReturnValue: Rule = {
  id: 'executor-return-value',
  finds: 'a value that an executor of `new Promise` returns, which is ignored',
  severity: 'info',
  questions: (nodes) => ({ types: possibleExecutors(nodes).flatMap(answersOf) }),
  check: (context) => executors(context).flatMap((each) => check(each, context)),
};

/** What `resolve(…)` answers is nothing, and `return resolve(value)` is a way to leave. */
function check({ executor }: Executor, context: RuleContext): readonly Finding[] {
  if (isAsyncFunction(executor)) return [];
  return answersOf(executor).flatMap((node) => {
    const { isNothing, thenable } = typeOf(node, context);
    if (isNothing !== 'no' || thenable === 'unknown') return [];
    const isConcise = node === skipOuter(executor.body as ts.Expression);
    const isPromise = thenable === 'yes';
    const why = isPromise ? 'nobody waits for this promise, and its rejection is lost' : 'the value goes nowhere';
    const message = `\`new Promise\` ignores what its executor returns: ${why}.`;
    // The short form of an arrow function is habit as often as not.
    const severity = isPromise || !isConcise ? 'info' : 'hint';
    const fixes = isConcise ? inBraces(executor, context.summary.file) : [];
    return [found(executorReturnValue, context, node, message, { severity, fixes })];
  });
}

function answersOf(executor: FunctionValue): readonly ts.Expression[] {
  if (!ts.isBlock(executor.body)) return [skipOuter(executor.body)];
  return returnsOf(executor.body).flatMap(({ expression }) => expression ?? []);
}

function inBraces({ body }: FunctionValue, file: string): readonly Fix[] {
  const edits = [insert(file, body.getStart(), '{ '), insert(file, body.end, '; }')];
  return [{ title: 'Put it in braces', edits, preferred: true, harmless: true }];
}

function possibleExecutors(nodes: FileNodes): readonly FunctionValue[] {
  return nodes
    .of(ts.SyntaxKind.NewExpression)
    .filter(({ expression }) => ts.isIdentifier(expression) && expression.text === 'Promise')
    .flatMap((node) => functionValue(node.arguments?.[0]) ?? []);
}
