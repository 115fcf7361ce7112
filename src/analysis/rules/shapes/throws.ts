/** Why this file exists: the `throw` that leaves a function: not one of a function inside it, nor what it catches. */
import ts from 'typescript';
import { isFunctionNode } from '../../syntax';

export function throwsOf(body: ts.Node): readonly ts.ThrowStatement[] {
  const found: ts.ThrowStatement[] = [];
  function visit(node: ts.Node, isCaught: boolean): void {
    if (isFunctionNode(node) || ts.isClassLike(node)) return;
    if (ts.isThrowStatement(node) && !isCaught) found.push(node);
    ts.forEachChild(node, (child) => {
      const catches = ts.isTryStatement(node) && node.catchClause !== undefined && child === node.tryBlock;
      visit(child, isCaught || catches);
    });
  }
  visit(body, false);
  return found;
}
