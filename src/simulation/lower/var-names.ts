/** Why this file exists: what the `var` statements of a body declare (ECMA-262 §8.2.6 VarDeclaredNames). */
import ts from 'typescript';
import { isDirectEval } from './identifiers';
import { namesIn } from './names-used';

/** Names that `var` declares anywhere in these statements, functions and classes inside apart. */
export function varNames(statements: readonly ts.Node[]): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.BlockScoped) === 0)
      for (const each of node.declarations) for (const name of namesIn(each.name)) names.add(name);
    ts.forEachChild(node, visit);
  };
  statements.forEach(visit);
  return names;
}

/** True when a direct `eval` stands in one of the nodes, so that any name may be declared or used. */
export function evaluatesText(nodes: readonly ts.Node[]): boolean {
  const visit = (node: ts.Node): boolean => isDirectEval(node) || (ts.forEachChild(node, visit) ?? false);
  return nodes.some(visit);
}
