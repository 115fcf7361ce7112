/** Why this file exists: rules ask whether a call is one of a library's functions, by identity and not by name. */
import ts from 'typescript';
import type { CalleeNode, CallTarget } from '../../types/questions';
import type { RuleContext } from '../rule';

/** What may run at a call; empty where that is not known. */
export function targetsOf(call: CalleeNode, { answers }: RuleContext): readonly CallTarget[] {
  return answers.callees.get(call) ?? [];
}

/** `global Array.map` for each library function that a call may run; undefined when it may run anything else. */
export function libraryNames(call: CalleeNode, context: RuleContext): readonly string[] | undefined {
  const targets = targetsOf(call, context);
  const names = targets.flatMap((target) => (target.kind === 'library' ? [`${target.module} ${target.name}`] : []));
  return names.length > 0 && names.length === targets.length ? names : undefined;
}

/** Every function that the call may run is of the library and passes the test. */
export function callsLibrary(call: CalleeNode, context: RuleContext, test: (name: string) => boolean): boolean {
  return libraryNames(call, context)?.every(test) === true;
}

/** `new Promise(…)` of the standard library. */
export function isNewPromise(node: ts.Node, context: RuleContext): node is ts.NewExpression {
  return ts.isNewExpression(node) && callsLibrary(node, context, (name) => name === 'global Promise');
}

/** `Promise.all`, `resolve`, … of the standard library. */
export function isPromiseStatic(node: ts.Node, context: RuleContext, methods: RegExp): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || !methods.test(methodName(node.expression) ?? '')) return false;
  return callsLibrary(node, context, (each) => /^global Promise\.(all|allSettled|any|race|resolve|reject)$/.test(each));
}

/** `name` in `object.name` and `object['name']`. */
export function methodName(callee: ts.Expression): string | undefined {
  if (ts.isPropertyAccessExpression(callee)) return callee.name.text;
  const isLiteral = ts.isElementAccessExpression(callee) && ts.isStringLiteralLike(callee.argumentExpression);
  return isLiteral ? callee.argumentExpression.text : undefined;
}
