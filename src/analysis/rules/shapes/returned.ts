/**
 * Why this file exists: what an async function returns, and whether a `catch`, `finally` or `using` around the `return`
 * would notice its rejection. The distinction is that of typescript-eslint's `return-await`.
 */
import ts from 'typescript';
import { enclosingFunction, isAsyncFunction, isFunctionNode, isGeneratorFunction } from '../../syntax';
import type { FileNodes } from '../file-nodes';
import { isAwaitUsing, isPlainUsing } from './using';

/** Expressions whose value an async function returns: both branches of a conditional. */
export function returnedByAsync(nodes: FileNodes): readonly ts.Expression[] {
  const statements = nodes.of(ts.SyntaxKind.ReturnStatement).filter((each) => isAsyncFunction(enclosingFunction(each)));
  const arrows = nodes.of(ts.SyntaxKind.ArrowFunction).filter((each) => isAsyncFunction(each));
  return [
    ...statements.flatMap((each) => each.expression ?? []),
    ...arrows.flatMap(({ body }) => (ts.isBlock(body) ? [] : body)),
  ].flatMap(branches);
}

/** An async generator awaits what it returns by itself, inside of the `try`. */
export function isOfGenerator(node: ts.Node): boolean {
  return isGeneratorFunction(enclosingFunction(node));
}

function branches(node: ts.Expression): readonly ts.Expression[] {
  if (ts.isParenthesizedExpression(node)) return branches(node.expression);
  return ts.isConditionalExpression(node) ? [...branches(node.whenTrue), ...branches(node.whenFalse)] : [node];
}

/** What would miss the rejection of a promise that is returned here without `await`. */
export function guardOf(node: ts.Node): 'catch' | 'finally' | 'using' | undefined {
  return tryAround(node) ?? (isAfterUsing(node) ? 'using' : undefined);
}

/** A `try` counts always, a `catch` only before a `finally`; else the next one further out decides. */
function tryAround(node: ts.Node): 'catch' | 'finally' | undefined {
  for (let child = node, { parent } = node; !isFunctionNode(child) && !ts.isSourceFile(parent); ) {
    if (ts.isTryStatement(parent)) {
      if (child === parent.tryBlock) return parent.catchClause === undefined ? 'finally' : 'catch';
      if (child === parent.catchClause && parent.finallyBlock !== undefined) return 'finally';
    }
    child = parent;
    parent = parent.parent;
  }
  return undefined;
}

/** A `using` declared before, in a block of the same function. */
function isAfterUsing(node: ts.Node): boolean {
  for (let child = node, { parent } = node; !isFunctionNode(child) && !ts.isSourceFile(child); ) {
    const loop = isLoop(parent) && child === parent.statement ? parent.initializer : undefined;
    const list = loop !== undefined && ts.isVariableDeclarationList(loop) ? loop : undefined;
    if (list !== undefined && (isPlainUsing(list) || isAwaitUsing(list))) return true;
    if (statementsIn(parent).some((each) => each.end <= child.getStart() && isUsing(each))) return true;
    child = parent;
    parent = parent.parent;
  }
  return false;
}

function isLoop(node: ts.Node): node is ts.ForOfStatement | ts.ForStatement {
  return ts.isForOfStatement(node) || ts.isForStatement(node);
}

function statementsIn(node: ts.Node): readonly ts.Statement[] {
  return ts.isBlock(node) || ts.isSourceFile(node) || ts.isCaseOrDefaultClause(node) ? node.statements : [];
}

function isUsing(statement: ts.Statement): boolean {
  return ts.isVariableStatement(statement) && (statement.declarationList.flags & ts.NodeFlags.Using) !== 0;
}
