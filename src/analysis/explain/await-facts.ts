/**
 * Why this file exists: what an `await` means where it stands, as facts: what is behind it, when it goes on, who may
 * change what meanwhile.
 */
import ts from 'typescript';
import { awaitedBehind } from '../known-apis/awaited';
import { operandOf } from '../flow-model/collect-questions';
import type { AwaitNode } from '../flow-model/sites';
import type { FileSummary, FunctionSummary } from '../flow-model/summary';
import { calleeName, isAsyncFunction, rangeOf, skipOuter } from '../syntax';
import { unknownFacts } from '../types/questions';
import type { AwaitedWhat, AwaitFacts, RejectionPlace } from './explanation';
import { mayChangeMeanwhile } from './may-change';

/** The facts of one `await`, `for await` or `await using`. */
export function awaitFacts(node: AwaitNode, fn: FunctionSummary, summary: FileSummary): AwaitFacts {
  const operand = skipOuter(operandOf(node));
  return {
    kind: 'await',
    what: ts.isAwaitExpression(node) ? whatIsAwaited(operand, fn, summary) : behindCall(operand, fn, summary),
    operand: calleeName(ts.isCallExpression(operand) ? operand.expression : operand),
    suspended: fn.kind === 'module' ? undefined : fn.name,
    microtaskTurns: turnsAtLeast(operand, fn, summary),
    rejection: rejectionPlace(node),
    mayChange: mayChangeMeanwhile(node, fn.sites.node),
    form: formOf(node),
  };
}

function formOf(node: AwaitNode): AwaitFacts['form'] {
  if (ts.isAwaitExpression(node)) return 'await';
  return ts.isForOfStatement(node) ? 'for-await' : 'await-using';
}

function whatIsAwaited(operand: ts.Expression, fn: FunctionSummary, summary: FileSummary): AwaitedWhat {
  const facts = summary.answers.types.get(operandOfOuter(operand, summary)) ?? unknownFacts;
  if (facts.thenable === 'no') return 'value';
  if (ts.isNewExpression(operand)) return behindExecutor(operand, fn, summary);
  return behindCall(operand, fn, summary);
}

/**
 * What the function that is called waits for; the promises of an iterable or of a disposal are not there to be asked.
 */
function behindCall(operand: ts.Expression, fn: FunctionSummary, summary: FileSummary): AwaitedWhat {
  const call = fn.calls.find((each) => each.node === operand);
  for (const target of call?.targets ?? []) {
    if (target.kind !== 'library') return 'async-function';
    if (/^Promise(Like)?\.(then|catch|finally)$/.test(target.name) && ts.isCallExpression(operand))
      return behindChain(operand, fn, summary);
    const what = awaitedBehind(target.module, target.name);
    if (what !== 'unknown') return what;
  }
  return 'unknown';
}

/** The types were asked of the operand as written, parentheses and assertions included. */
function operandOfOuter(operand: ts.Expression, summary: FileSummary): ts.Expression {
  for (let node: ts.Node = operand; ts.isExpression(node); node = node.parent)
    if (summary.answers.types.has(node)) return node;
  return operand;
}

function behindChain(call: ts.CallExpression, fn: FunctionSummary, summary: FileSummary): AwaitedWhat {
  return ts.isPropertyAccessExpression(call.expression)
    ? whatIsAwaited(skipOuter(call.expression.expression), fn, summary)
    : 'unknown';
}

/** `new Promise((resolve) => setTimeout(resolve, 10))`: what the executor starts. */
export function behindExecutor(node: ts.NewExpression, fn: FunctionSummary, summary: FileSummary): AwaitedWhat {
  const executor = node.arguments?.[0];
  const inner = summary.functions.find((each) => each.sites.node === executor);
  for (const target of (inner?.calls ?? []).flatMap((call) => call.targets)) {
    if (target.kind !== 'library') continue;
    if (/^(setTimeout|setInterval|setImmediate)$/.test(target.name)) return 'timer';
    if (/(^|\.)(on|once|addEventListener)$/.test(target.name)) return 'event';
    const what = awaitedBehind(target.module, target.name);
    if (what !== 'unknown') return what;
  }
  return 'unknown';
}

/**
 * One for the job that resumes. A thenable that is not a native promise costs one more, in which its `then` is called.
 * An async function
 * that returns a promise without awaiting it costs two more before its own promise settles.
 */
function turnsAtLeast(operand: ts.Expression, fn: FunctionSummary, summary: FileSummary): number {
  const facts = summary.answers.types.get(operandOfOuter(operand, summary)) ?? unknownFacts;
  if (facts.thenable === 'yes' && facts.promise === 'no') return 2;
  const target = fn.calls.find((each) => each.node === operand)?.targets.find((each) => each.kind === 'source');
  const callee =
    target?.file === summary.file ? summary.functions.find((each) => each.range.start === target.start) : undefined;
  return callee !== undefined && isAsyncFunction(callee.sites.node) && alwaysReturnsPromise(callee) ? 3 : 1;
}

/** Its every `return` hands back a call whose promise it does not await. */
function alwaysReturnsPromise(fn: FunctionSummary): boolean {
  const node = fn.sites.node;
  function isPromiseCall(value: ts.Expression | undefined): boolean {
    return (
      value !== undefined &&
      fn.calls.some((call) => call.node === skipOuter(value) && call.result.promise === 'yes' && !call.result.mixed)
    );
  }
  if (ts.isArrowFunction(node) && !ts.isBlock(node.body)) return isPromiseCall(node.body);
  const returns = returnStatements(node);
  return returns.length > 0 && returns.every((each) => isPromiseCall(each.expression)) && endsInReturn(node);
}

function returnStatements(node: ts.Node): readonly ts.ReturnStatement[] {
  const found: ts.ReturnStatement[] = [];
  function visit(child: ts.Node): void {
    if (ts.isReturnStatement(child)) found.push(child);
    if (!ts.isFunctionLike(child) && !ts.isClassLike(child)) ts.forEachChild(child, visit);
  }
  ts.forEachChild(node, visit);
  return found;
}

function endsInReturn(node: ts.Node): boolean {
  const body = ts.isFunctionLike(node) && 'body' in node ? node.body : undefined;
  if (body === undefined || !ts.isBlock(body)) return false;
  const last = body.statements.at(-1);
  return last !== undefined && ts.isReturnStatement(last);
}

/** The nearest `catch` around it in the same function; else the caller's promise; else the process. */
function rejectionPlace(node: ts.Node): RejectionPlace {
  for (let child = node, parent = node.parent; ; child = parent, parent = parent.parent) {
    if (ts.isTryStatement(parent) && parent.tryBlock === child && parent.catchClause !== undefined) {
      return { kind: 'catch', range: rangeOf(parent.catchClause) };
    }
    if (ts.isFunctionLike(parent)) return { kind: 'caller' };
    if (ts.isSourceFile(parent)) return { kind: 'process' };
  }
}
