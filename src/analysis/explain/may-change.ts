/**
 * Why this file exists: an `await` lets others run; this lists what this function uses afterwards and others may have
 * changed, and who they are.
 */
import ts from 'typescript';
import { functionName } from '../flow-model/names';
import { enclosingFunction, type FunctionNode, isFunctionNode } from '../syntax';
import type { MayChange } from './explanation';

const mostShown = 4;
const mostNamed = 3;

/** Methods that change the collection they are called on. */
const mutators = /^(push|pop|shift|unshift|splice|sort|reverse|fill|set|add|delete|clear)$/;

/**
 * Variables declared outside of the function, and fields of `this`, that are used after the await in the text and that
 * some function of the file changes: by assigning, or by a method that changes a collection. NOT MODELLED: changes
 * through other names, and in other files.
 */
export function mayChangeMeanwhile(node: ts.Node, owner: ts.Node): readonly MayChange[] {
  const changes = changesIn(node.getSourceFile());
  const found = new Map<string, readonly string[]>();
  function visit(child: ts.Node): void {
    if (child.end <= node.end) return;
    if (child.getStart() >= node.end) {
      const used = usedName(child, owner);
      const by = used === undefined ? undefined : changes.get(used);
      if (used !== undefined && by !== undefined && by.size > 0) found.set(used, [...by].slice(0, mostNamed));
    }
    ts.forEachChild(child, visit);
  }
  visit(owner);
  return [...found].slice(0, mostShown).map(([name, by]) => ({ name, by }));
}

/** A field of `this`, or a variable of the functions and the module around. */
function usedName(node: ts.Node, owner: ts.Node): string | undefined {
  if (isField(node)) return isCallee(node) ? undefined : fieldName(node);
  return ts.isIdentifier(node) && isUse(node) && isDeclaredAround(node.text, owner) ? node.text : undefined;
}

/** By name, the functions that change it; what only constructors and the module's start write does not change later. */
function changesIn(source: ts.SourceFile): ReadonlyMap<string, ReadonlySet<string>> {
  const changes = new Map<string, Set<string>>();
  function visit(node: ts.Node): void {
    const changed = changedBy(node);
    const name = changed === undefined ? undefined : isField(changed) ? fieldName(changed) : plainName(changed);
    const owner = enclosingFunction(node);
    if (name !== undefined && isFunctionNode(owner) && !ts.isConstructorDeclaration(owner)) {
      const by = changes.get(name) ?? new Set();
      changes.set(name, by.add(functionName(named(owner)).name));
    }
    ts.forEachChild(node, visit);
  }
  ts.forEachChild(source, visit);
  return changes;
}

/** A callback without a name is told by the function around it. */
function named(owner: FunctionNode): FunctionNode {
  const { name } = functionName(owner);
  const outer = name.startsWith('(') ? enclosingFunction(owner) : owner;
  return isFunctionNode(outer) ? outer : owner;
}

/** What a node assigns, steps, deletes or changes in place. */
function changedBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    const assigns = operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
    return assigns ? changedObject(node.left) : undefined;
  }
  if (ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) {
    const steps = node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken;
    return steps ? changedObject(node.operand) : undefined;
  }
  if (ts.isDeleteExpression(node)) return changedObject(node.expression);
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined;
  return mutators.test(node.expression.name.text) ? changedObject(node.expression.expression) : undefined;
}

/** `list[0] = x` and `user.name = x` change what `list` and `user` stand for. */
function changedObject(target: ts.Expression): ts.Expression {
  let object = target;
  while (!isField(object) && (ts.isPropertyAccessExpression(object) || ts.isElementAccessExpression(object)))
    object = object.expression;
  return object;
}

function isField(node: ts.Node): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && node.expression.kind === ts.SyntaxKind.ThisKeyword;
}

function fieldName(node: ts.PropertyAccessExpression): string {
  return `this.${node.name.text}`;
}

function plainName(node: ts.Expression): string | undefined {
  return ts.isIdentifier(node) ? node.text : undefined;
}

/** A variable of a function or of the module around, which the owner does not declare anew. */
function isDeclaredAround(name: string, owner: ts.Node): boolean {
  if (!ts.isSourceFile(owner) && declares(owner, name)) return false;
  for (let scope = owner; ; scope = enclosingFunction(scope)) {
    if ((scope !== owner || ts.isSourceFile(scope)) && declares(scope, name)) return true;
    if (ts.isSourceFile(scope)) return false;
  }
}

/** Own variables and parameters of a function or of the file, those of functions inside left out. */
function declares(scope: ts.Node, name: string): boolean {
  let found = false;
  function visit(node: ts.Node): void {
    if (found) return;
    if (isVariable(node) && ts.isIdentifier(node.name) && node.name.text === name) found = true;
    else if (!isFunctionNode(node)) ts.forEachChild(node, visit);
  }
  ts.forEachChild(scope, visit);
  return found;
}

function isVariable(node: ts.Node): node is ts.VariableDeclaration | ts.ParameterDeclaration | ts.BindingElement {
  return ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node);
}

function isCallee(node: ts.Expression): boolean {
  return ts.isCallExpression(node.parent) && node.parent.expression === node;
}

/** Not the name in `a.name`, of a property, or of a declaration. */
function isUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node;
  if (ts.isPropertyAssignment(parent)) return parent.name !== node;
  return !isVariable(parent) || parent.name !== node;
}
