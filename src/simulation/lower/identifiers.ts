/** Why this file exists: which identifiers stand for variables, and which only name a property or an export. */
import ts from 'typescript';

/** True for one that reads, writes or declares a variable. Shorthand properties do so too: ask for them apart. */
export function isVariable(node: ts.Identifier): boolean {
  const original = ts.getOriginalNode(node);
  const parent = original.parent as ts.Node | undefined; // absent for what the compiler made
  if (parent === undefined) return true;
  if (ts.isPropertyAccessExpression(parent) || ts.isQualifiedName(parent)) return !isNameOf(parent, original);
  if (ts.isBindingElement(parent)) return parent.propertyName !== original;
  if (ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent)) return false;
  if (ts.isMetaProperty(parent)) return false;
  if (ts.isShorthandPropertyAssignment(parent)) return parent.name !== original;
  if (isLabel(node)) return false;
  return !namesMember(parent) || parent.name !== original;
}

/** True for the name of a statement, there or in a `break` or `continue`. */
export function isLabel(node: ts.Identifier): boolean {
  const parent = ts.getOriginalNode(node).parent as ts.Node | undefined; // absent for what the compiler made
  return parent !== undefined && (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent));
}

function isNameOf(node: ts.PropertyAccessExpression | ts.QualifiedName, name: ts.Node): boolean {
  return (ts.isQualifiedName(node) ? node.right : node.name) === name;
}

function namesMember(
  node: ts.Node,
): node is
  | ts.PropertyAssignment
  | ts.MethodDeclaration
  | ts.PropertyDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration {
  return (
    ts.isPropertyAssignment(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isGetAccessorDeclaration(node) ||
    ts.isSetAccessorDeclaration(node)
  );
}

/** A call that is a direct `eval` (ECMA-262 §13.3.6.1): its text sees the variables around it. */
export function isDirectEval(node: ts.Node): node is ts.CallExpression & { readonly expression: ts.Identifier } {
  return (
    ts.isCallExpression(node) &&
    node.questionDotToken === undefined &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'eval'
  );
}
