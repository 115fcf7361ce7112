/** Why this file exists: a callback of Node gets its error first; one that never looks goes on as if all were well. */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { calleeName } from '../syntax';
import type { FileNodes } from './file-nodes';
import { found, type Rule, type RuleContext } from './rule';
import { containsAny, type FunctionValue, functionValue } from './shapes/functions';
import { insert } from './fixes/edits';

export const unhandledCallbackErr: Rule = {
  id: 'unhandled-callback-err',
  finds: 'a callback that never looks at the error it is given first',
  severity: 'error',
  check: (context) => callbacks(context.nodes).flatMap((each) => check(each, context)),
};

function check(callback: FunctionValue, context: RuleContext): readonly Finding[] {
  const name = callback.parameters[0]?.name;
  if (name === undefined || !ts.isIdentifier(name) || !/^(err|error)$/.test(name.text)) return [];
  const { body } = callback;
  if (ts.isBlock(body) && body.statements.length === 0) return [];
  const isLookedAt = (node: ts.Node): boolean =>
    ts.isIdentifier(node) && (node.text === name.text || node.text === 'arguments');
  if (containsAny(body, isLookedAt)) return [];
  const call = callback.parent;
  const taker = ts.isCallExpression(call) ? calleeName(call.expression) : 'the caller';
  const message = `\`${name.text}\` is never looked at: when \`${taker}\` fails, this goes on as if it had not.`;
  const fixes = guarded(body, name.text, context.summary.file);
  return [found(unhandledCallbackErr, context, name, message, { fixes })];
}

/** What is thrown in such a callback is not caught by anybody, which is better than going on. */
function guarded(body: ts.ConciseBody, name: string, file: string): readonly Fix[] {
  const first = ts.isBlock(body) ? body.statements[0] : undefined;
  if (first === undefined) return [];
  const { text } = first.getSourceFile();
  const start = first.getStart();
  const indent = /\n([ \t]*)$/.exec(text.slice(0, start))?.[0] ?? ' ';
  return [{ title: 'Throw the error', edits: [insert(file, start, `if (${name}) throw ${name};${indent}`)] }];
}

/** The last argument of a call; a listener of errors, and what `catch` is given, handle one by being called. */
function callbacks(nodes: FileNodes): readonly FunctionValue[] {
  return nodes.of(ts.SyntaxKind.CallExpression).flatMap((call) => {
    const { expression } = call;
    const method = ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
    if (/^(on|once|off|addListener|addEventListener|catch|then|use|emit|prependListener)$/.test(method)) return [];
    return functionValue(call.arguments.at(-1)) ?? [];
  });
}
