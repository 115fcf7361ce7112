/** Why this file exists: several rules look at what is given to `new Promise`. */
import ts from 'typescript';
import type { RuleContext } from '../rule';
import { type FunctionValue, functionValue } from './functions';
import { isNewPromise } from './targets';

export interface Executor {
  readonly node: ts.NewExpression;
  readonly executor: FunctionValue;
  /** The names of its parameters, where they are plain names. */
  readonly resolve: string | undefined;
  readonly reject: string | undefined;
}

/** `new Promise((resolve, reject) => …)` of the standard library, with the function written in place. */
export function executors(context: RuleContext): readonly Executor[] {
  return context.nodes.of(ts.SyntaxKind.NewExpression).flatMap((node) => {
    const executor = functionValue(node.arguments?.[0]);
    if (executor === undefined || !isNewPromise(node, context)) return [];
    const [resolve, reject] = executor.parameters.map(({ name }) => (ts.isIdentifier(name) ? name.text : undefined));
    return [{ node, executor, resolve, reject }];
  });
}
