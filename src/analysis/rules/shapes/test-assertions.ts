/** Why this file exists: assertions on promises are known by their form, because test runners are often not typed. */
import ts from 'typescript';
import type { RuleContext } from '../rule';
import { callsLibrary } from './targets';

/** `expect(p).resolves.…`, `expect(p).rejects.…`, `assert.rejects(p)`. */
export function isPromiseAssertion(node: ts.Expression, context: RuleContext): node is ts.CallExpression {
  if (!ts.isCallExpression(node)) return false;
  return isExpectation(node.expression) || isAssert(node, context);
}

function isExpectation(given: ts.Expression): boolean {
  let node = given;
  let isOnPromise = false;
  while (ts.isPropertyAccessExpression(node)) {
    isOnPromise ||= /^(resolves|rejects)$/.test(node.name.text);
    node = node.expression;
  }
  return isOnPromise && ts.isCallExpression(node) && /^expect(\.\w+)?$/.test(node.expression.getText());
}

function isAssert(call: ts.CallExpression, context: RuleContext): boolean {
  return callsLibrary(call, context, (name) => /^node:assert(\/strict)? (\w+\.)*(rejects|doesNotReject)$/.test(name));
}
