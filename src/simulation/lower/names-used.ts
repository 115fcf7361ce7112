/**
 * Why this file exists: which declarations a piece of code needs, by name: what a slice keeps and what it leaves out.
 */
import ts from 'typescript';

/** Names that a node reads or writes and does not take from an object. An over-estimate: shadowing is not looked at. */
export function namesUsed(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (inner: ts.Node): void => {
    if (ts.isIdentifier(inner) && !isMemberName(inner)) names.add(inner.text);
    ts.forEachChild(inner, visit);
  };
  visit(node);
  return names;
}

function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node)
  );
}

/** Names that a binding introduces. */
export function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((each) => (ts.isOmittedExpression(each) ? [] : namesIn(each.name)));
}

/** Names that a statement declares for its neighbours; empty for what is no declaration. */
export function namesDeclared(node: ts.Statement): string[] {
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.flatMap((each) => namesIn(each.name));
  if (
    (ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isModuleDeclaration(node)) &&
    node.name
  ) {
    return [node.name.text];
  }
  return [];
}

/** Of these statements, the declarations that the names need, and what those need in turn. */
export function declarationsFor(names: Iterable<string>, statements: readonly ts.Statement[]): Set<ts.Statement> {
  const byName = new Map<string, ts.Statement>();
  for (const each of statements) for (const name of namesDeclared(each)) byName.set(name, each);
  const needed = new Set<ts.Statement>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const declaration = byName.get(name);
    if (declaration === undefined || needed.has(declaration)) continue;
    needed.add(declaration);
    open.push(...namesUsed(declaration));
  }
  return needed;
}

/** Imports and declarations of types run nothing: they always stay. */
export function alwaysStays(node: ts.Statement): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isImportEqualsDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node)
  );
}
