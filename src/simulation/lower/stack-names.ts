/**
 * Why this file exists: the name of what runs, as V8's stacks say it: `Cart.add`, `new Cart`, `Object.load`, `get size
 * [as size]`. V8 asks the receiver for its class; here it is the class or object literal that the code stands in.
 */
import ts from 'typescript';
import { functionName } from './scope';

/** The name, '' for what has none; undefined for nodes that are no code of their own. */
export function stackName(node: ts.Node): string | undefined {
  if (ts.isPropertyDeclaration(node) && node.initializer)
    return isStatic(node) ? '<static_initializer>' : '<instance_members_initializer>';
  if (ts.isClassStaticBlockDeclaration(node)) return '<static_initializer>';
  if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return undefined;
  if (ts.isConstructorDeclaration(node)) return `new ${node.parent.name?.text ?? className(node.parent)}`;
  const name = functionName(node);
  if (ts.isGetAccessorDeclaration(node)) return `get ${name} [as ${name}]`;
  if (ts.isSetAccessorDeclaration(node)) return `set ${name} [as ${name}]`;
  if (ts.isMethodDeclaration(node)) return methodName(node, name);
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return `Object.${name === '' ? '<anonymous>' : name}`;
  if (ts.isBinaryExpression(parent) && parent.right === node && ts.isPropertyAccessExpression(parent.left))
    return assignedName(parent.left);
  return name;
}

function methodName(node: ts.MethodDeclaration, name: string): string {
  if (ts.isPrivateIdentifier(node.name)) return name;
  const shown = name === '' ? '<computed>' : name;
  return ts.isClassLike(node.parent) ? `${className(node.parent)}.${shown}` : `Object.${shown}`;
}

/** `list.first = () => …` is `list.first` wherever it is called. */
function assignedName(target: ts.PropertyAccessExpression): string {
  return ts.isIdentifier(target.expression) ? `${target.expression.text}.${target.name.text}` : target.name.text;
}

function className(node: ts.ClassLikeDeclaration): string {
  return node.name?.text ?? (functionName(node) || '<anonymous>');
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return (ts.getModifiers(node) ?? []).some((each) => each.kind === ts.SyntaxKind.StaticKeyword);
}
