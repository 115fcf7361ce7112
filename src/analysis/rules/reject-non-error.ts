/** Why this file exists: only an Error carries a stack; nobody sees the origin of a text or an object. */
import ts from 'typescript';
import type { Finding, Fix } from '../finding';
import { enclosingFunction, isAsyncFunction, skipOuter } from '../syntax';
import type { FileNodes } from './file-nodes';
import { insert } from './fixes/edits';
import { found, type Rule, type RuleContext } from './rule';
import { executors } from './shapes/executors';
import { functionValue } from './shapes/functions';
import { isPromiseStatic } from './shapes/targets';

const { SyntaxKind } = ts;

export const rejectNonError: Rule = {
  id: 'reject-non-error',
  finds: 'a promise that is rejected with what is no Error, so that nothing says where it failed',
  severity: 'warning',
  questions: (nodes) => ({ lineages: [...thrown(nodes), ...rejectArguments(nodes)] }),
  check: (context) => [
    ...thrown(context.nodes).flatMap((node) => check(node, context)),
    ...context.nodes
      .of(SyntaxKind.CallExpression)
      .filter((call) => isPromiseStatic(call, context, /^reject$/))
      .flatMap((call) => checkCall(call, context)),
    ...executors(context).flatMap(({ executor, reject }) =>
      reject === undefined ? [] : callsOf(reject, executor).flatMap((call) => checkCall(call, context)),
    ),
  ],
};

function checkCall(call: ts.CallExpression, context: RuleContext): readonly Finding[] {
  const [reason] = call.arguments;
  if (reason !== undefined) return check(reason, context);
  const message = 'The promise is rejected without a reason: nothing says what failed, or where.';
  return [found(rejectNonError, context, call, message)];
}

function check(node: ts.Expression, context: RuleContext): readonly Finding[] {
  const lineage = context.answers.lineages.get(node);
  if (lineage === undefined || lineage.isAny || lineage.names.length === 0) return [];
  if (!lineage.names.every((names) => !names.some(isError))) return [];
  // A type of the project's own may be an Error that it does not say it is; literals and plain types are none.
  if (!lineage.isPrimitive && !isWrittenHere(node)) return [];
  const message = 'What the promise is rejected with is no Error: it has no stack, so nothing says where it failed.';
  return [found(rejectNonError, context, node, message, { fixes: wrapped(node, context.summary.file) })];
}

function isError(name: string): boolean {
  return /^(global \w*Error|global DOMException|global NodeJS\.ErrnoException|\S+ \w*(Error|Exception))$/.test(name);
}

/** A new object or list, or a function. */
function isWrittenHere(given: ts.Expression): boolean {
  const node = skipOuter(given);
  const isObject = ts.isObjectLiteralExpression(node) && !node.properties.some((each) => ts.isSpreadAssignment(each));
  return isObject || ts.isArrayLiteralExpression(node) || functionValue(node) !== undefined;
}

/** A text becomes the message of an Error. */
function wrapped(node: ts.Expression, file: string): readonly Fix[] {
  const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);
  if (!isText) return [];
  const edits = [insert(file, node.getStart(), 'new Error('), insert(file, node.end, ')')];
  return [{ title: 'Make it an Error', edits, preferred: true }];
}

/** What async functions throw rejects their promise. */
function thrown(nodes: FileNodes): readonly ts.Expression[] {
  return nodes
    .of(SyntaxKind.ThrowStatement)
    .filter((each) => isAsyncFunction(enclosingFunction(each)))
    .map((each) => each.expression);
}

/** First arguments of `Promise.reject(…)`, and of what an executor may call its second parameter. */
function rejectArguments(nodes: FileNodes): readonly ts.Expression[] {
  const names = new Set(
    nodes.of(SyntaxKind.NewExpression).flatMap((node) => {
      const second = functionValue(node.arguments?.[0])?.parameters[1]?.name;
      return second !== undefined && ts.isIdentifier(second) ? [second.text] : [];
    }),
  );
  return nodes.of(SyntaxKind.CallExpression).flatMap(({ expression, arguments: [first] }) => {
    const named = ts.isIdentifier(expression) && names.has(expression.text);
    const isStatic = ts.isPropertyAccessExpression(expression) && expression.name.text === 'reject';
    return first !== undefined && (named || isStatic) ? [first] : [];
  });
}

function callsOf(name: string, within: ts.Node): readonly ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  function visit(node: ts.Node): void {
    const isCall = ts.isCallExpression(node) && ts.isIdentifier(node.expression);
    if (isCall && node.expression.getText() === name) found.push(node);
    ts.forEachChild(node, visit);
  }
  visit(within);
  return found;
}
