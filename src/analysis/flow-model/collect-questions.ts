/**
 * Why this file exists: all that a file's summary must know from the type checker, gathered so that it is asked in one
 * batch.
 */
import ts from 'typescript';
import { isAsyncFunction, isFunctionNode, isGeneratorFunction, skipOuter } from '../syntax';
import type { CalleeNode, FileQuestions } from '../types/questions';
import { discardQuestions } from './discarded';
import type { FunctionSites } from './sites';

/** The questions about every function of a file. */
export function collectQuestions(functions: readonly FunctionSites[]): FileQuestions {
  const calls = functions.flatMap((each) => each.calls.map((call) => call.node));
  const awaited = functions.flatMap((each) => each.awaits).map(operandOf);
  return {
    types: [
      ...functions.flatMap((each) => each.statements).flatMap(discardQuestions),
      ...calls.filter((call) => !ts.isExpressionWithTypeArguments(call)),
      ...awaited,
    ],
    returns: functions.flatMap((each) => (needsReturnType(each.node) ? [each.node] : [])),
    callees: calls,
    values: calls.flatMap(handedOverNames),
    accesses: functions.flatMap((each) => each.accesses.map((access) => access.node)),
  };
}

/** What an `await`, a `for await` or an `await using` waits for. */
export function operandOf(node: ts.AwaitExpression | ts.ForOfStatement | ts.VariableDeclarationList): ts.Expression {
  if (!ts.isVariableDeclarationList(node)) return node.expression;
  const first = node.declarations[0];
  // `using` without an initializer does not parse without an error; the name then stands for it.
  return first?.initializer ?? (first?.name as ts.Identifier);
}

/** Functions handed over by name: `on('end', finish)`, `items.map(this.load)`. */
export function handedOverNames(call: CalleeNode): readonly ts.Expression[] {
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return [];
  return (call.arguments ?? []).filter((argument) => {
    const value = skipOuter(argument);
    return ts.isIdentifier(value) || ts.isPropertyAccessExpression(value);
  });
}

/** Async functions and generators show their colour without their type. */
function needsReturnType(node: ts.Node): node is ts.SignatureDeclaration {
  return (
    isFunctionNode(node) &&
    !isAsyncFunction(node) &&
    !isGeneratorFunction(node) &&
    !ts.isClassStaticBlockDeclaration(node) &&
    !ts.isConstructorDeclaration(node) &&
    !ts.isSetAccessor(node)
  );
}
