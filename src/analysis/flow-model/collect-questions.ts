/**
 * Why this file exists: all that a file's summary must know from the type checker, gathered so that it is asked in one
 * batch.
 */
import ts from 'typescript';
import { skipOuter } from '../syntax';
import { type CalleeNode, type FileQuestions, noQuestions } from '../types/questions';
import type { ResolvableCall } from '../types/symbol-reader';
import { discardQuestions } from './discarded';
import { baseNames } from './declared-types';
import { askedForReturn, returnedExpressions } from './returned';
import type { FileSites } from './sites';

/** The questions about every function of a file; what calls bring is needed for their colours. */
export function collectQuestions(sites: FileSites, wantsResults: boolean): FileQuestions {
  const { functions } = sites;
  const calls = functions.flatMap((each) => each.calls.map((call) => call.node));
  const dropped = functions.flatMap((each) => each.statements).map(discardQuestions);
  const awaited = functions.flatMap((each) => each.awaits).map(operandOf);
  return {
    ...noQuestions,
    types: [
      ...dropped.flatMap((each) => each.types),
      ...(wantsResults ? calls.filter(bringsResult) : []),
      ...awaited,
      ...functions.flatMap(({ node }) => returnedExpressions(node)),
    ],
    functions: dropped.flatMap((each) => each.functions),
    returns: functions.flatMap(({ node }) => askedForReturn(node)),
    callees: calls,
    values: calls.flatMap(handedOverNames),
    accesses: functions.flatMap((each) => each.accesses.map((access) => access.node)),
    bases: baseNames(sites),
    iterators: functions.flatMap((each) => each.iterated.map(({ node }) => node)).filter(isKept),
  };
}

/** Not one that only stands for a call. */
export function bringsResult(call: CalleeNode): call is ResolvableCall {
  return !ts.isExpressionWithTypeArguments(call) && !ts.isDecorator(call);
}

/** What is called, or written out, says by itself what it is. */
function isKept(node: ts.Expression): boolean {
  const value = skipOuter(node);
  return ts.isIdentifier(value) || ts.isPropertyAccessExpression(value) || ts.isNewExpression(value) || isThis(value);
}

function isThis(node: ts.Expression): boolean {
  return node.kind === ts.SyntaxKind.ThisKeyword;
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
