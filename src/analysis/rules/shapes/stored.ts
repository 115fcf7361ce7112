/**
 * Why this file exists: promises that are put into a local variable, and where that variable is looked at again; two
 * rules follow them.
 */
import ts from 'typescript';
import { enclosingFunction, skipOuter } from '../../syntax';
import type { FileNodes } from '../file-nodes';
import { type RuleContext, typeOf } from '../rule';
import { neverRejects } from './functions-of-project';
import { functionValue } from './functions';
import { callsLibrary, isNewPromise, isPromiseStatic } from './targets';
import { isAwaitUsing, isPlainUsing } from './using';

export interface StoredPromise {
  readonly declaration: ts.VariableDeclaration;
  readonly name: ts.Identifier;
  /** Makes the promise. */
  readonly made: ts.Expression;
  /** The statements behind the declaration, in its block. */
  readonly after: readonly ts.Statement[];
  /** Where the variable is mentioned in its block, apart from the declaration. */
  readonly mentions: readonly ts.Identifier[];
}

/** Local variables that hold what a call makes; if it is a promise, it has no handler yet. */
export function storedResults(nodes: FileNodes): readonly StoredPromise[] {
  return nodes.of(ts.SyntaxKind.VariableDeclaration).flatMap((declaration) => {
    const made = madeBy(declaration);
    const { name } = declaration;
    if (made === undefined || !ts.isIdentifier(name) || isHandled(made)) return [];
    const statement = declaration.parent.parent;
    const block = statement.parent;
    if (!ts.isVariableStatement(statement) || !hasStatements(block)) return [];
    if (ts.isSourceFile(enclosingFunction(declaration))) return [];
    const after = block.statements.slice(block.statements.indexOf(statement) + 1);
    const mentions = nodes
      .mentions(name.text)
      .filter((each) => each !== name && each.pos >= block.pos && each.end <= block.end);
    return [{ declaration, name, made, after, mentions }];
  });
}

/** Those that hold a promise of the standard library which may reject. */
export function storedPromises(context: RuleContext): readonly StoredPromise[] {
  return storedResults(context.nodes).filter(({ made }) => {
    return typeOf(made, context).promise === 'yes' && !cannotReject(made, context);
  });
}

function madeBy({ initializer, parent }: ts.VariableDeclaration): ts.Expression | undefined {
  if (initializer === undefined || !ts.isVariableDeclarationList(parent)) return undefined;
  if (isPlainUsing(parent) || isAwaitUsing(parent)) return undefined;
  const value = skipOuter(initializer);
  return ts.isCallExpression(value) || ts.isNewExpression(value) ? value : undefined;
}

function hasStatements(node: ts.Node): node is ts.Block | ts.CaseOrDefaultClause {
  return ts.isBlock(node) || ts.isCaseOrDefaultClause(node);
}

/** `….catch(f)` and `….then(f, g)` bring a promise whose rejections have been looked at. */
export function isHandled(made: ts.Expression): boolean {
  if (!ts.isCallExpression(made) || !ts.isPropertyAccessExpression(made.expression)) return false;
  const method = made.expression.name.text;
  if (method === 'finally') return isHandled(skipOuter(made.expression.expression));
  return (method === 'catch' && made.arguments.length > 0) || (method === 'then' && made.arguments.length > 1);
}

/** Timers without a signal, values that are there, executors that only resolve, and functions that catch everything. */
function cannotReject(made: ts.Expression, context: RuleContext): boolean {
  if (isNewPromise(made, context)) {
    const executor = functionValue(made.arguments?.[0]);
    return executor !== undefined && executor.parameters.length < 2;
  }
  if (!ts.isCallExpression(made)) return false;
  const isTimer = callsLibrary(made, context, (name) => name === 'node:timers/promises setTimeout');
  if (isTimer && made.arguments.length < 3) return true;
  if (isPromiseStatic(made, context, /^(resolve|allSettled)$/)) return !isMadeOfCall(made);
  return neverRejects(made, context);
}

/** `Promise.resolve(load())` rejects when `load()` does. */
function isMadeOfCall({ expression, arguments: [value] }: ts.CallExpression): boolean {
  return expression.getText().endsWith('.resolve') && value !== undefined && ts.isCallExpression(skipOuter(value));
}
