/**
 * Why this file exists: a location is a variable or a property that a text reads and writes; whether others can reach
 * it while a function is suspended decides whether a race is real.
 */
import ts from 'typescript';
import { isFunctionNode, skipOuter } from '../../syntax';
import type { Bindings } from './bindings';

/** A variable, or a path of properties from one or from `this`. */
export interface Location {
  /** The same for the same location within one function: `this.db`, `cache[key]`. */
  readonly key: string;
  readonly node: ts.Expression;
  /** What the path starts from. */
  readonly root: ts.Identifier | ts.ThisExpression;
  /** The path is the variable itself. */
  readonly isVariable: boolean;
}

/** The location that an expression names; undefined for calls, and for paths with parts that are computed. */
export function locationOf(given: ts.Expression): Location | undefined {
  const node = skipOuter(given);
  const key = keyOf(node);
  const root = key === undefined ? undefined : rootOf(node);
  return key === undefined || root === undefined ? undefined : { key, node, root, isVariable: ts.isIdentifier(node) };
}

function keyOf(given: ts.Expression): string | undefined {
  const node = skipOuter(given);
  if (ts.isIdentifier(node)) return node.text;
  if (node.kind === ts.SyntaxKind.ThisKeyword) return 'this';
  if (ts.isPropertyAccessExpression(node)) {
    const inner = keyOf(node.expression);
    return inner === undefined ? undefined : `${inner}.${node.name.text}`;
  }
  if (!ts.isElementAccessExpression(node)) return undefined;
  const inner = keyOf(node.expression);
  const index = simpleKey(node.argumentExpression);
  return inner === undefined || index === undefined ? undefined : `${inner}[${index}]`;
}

/** The text of a key that has no effect and is the same each time it is looked at. */
export function simpleKey(given: ts.Expression): string | undefined {
  const node = skipOuter(given);
  if (ts.isStringLiteralLike(node) || ts.isNumericLiteral(node)) return JSON.stringify(node.text);
  return keyOf(node);
}

function rootOf(given: ts.Expression): ts.Identifier | ts.ThisExpression | undefined {
  let node = skipOuter(given);
  while (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) node = skipOuter(node.expression);
  if (ts.isIdentifier(node)) return node;
  // The keyword's own node type.
  return node.kind === ts.SyntaxKind.ThisKeyword ? (node as ts.ThisExpression) : undefined;
}

/**
 * Who else may reach a location while `owner` is suspended. `module`: whoever uses the module. `instance`: whoever
 * holds the object that a method belongs to. `captured`: other functions inside the one that declares it.
 */
export type Reach = 'module' | 'instance' | 'captured';

/** Undefined where nobody else can reach it, or where that is not known. */
export function reachOf({ root, isVariable }: Location, owner: ts.Node, bindings: Bindings): Reach | undefined {
  if (!ts.isIdentifier(root)) return isMethodOfClass(owner) ? 'instance' : undefined;
  const binding = bindings.of(root);
  // What a function is given or makes itself may be its own; what is imported cannot be written.
  if (binding === undefined || isWithin(binding.owner, owner) || binding.isParameter) return undefined;
  if (ts.isImportSpecifier(binding.declared.parent) || ts.isImportClause(binding.declared.parent)) return undefined;
  if (isVariable && binding.isConst) return undefined;
  return isFunctionNode(binding.owner) ? 'captured' : 'module';
}

/** `this` of a method, of an accessor, or of an arrow function inside one. */
function isMethodOfClass(owner: ts.Node): boolean {
  let node = owner;
  while (ts.isArrowFunction(node)) {
    node = node.parent;
    while (!ts.isSourceFile(node) && !isFunctionNode(node) && !ts.isPropertyDeclaration(node)) node = node.parent;
  }
  return (ts.isMethodDeclaration(node) || ts.isPropertyDeclaration(node)) && ts.isClassLike(node.parent);
}

function isWithin(node: ts.Node, outer: ts.Node): boolean {
  let current = node;
  while (current !== outer && !ts.isSourceFile(current)) current = current.parent;
  return current === outer && !(ts.isSourceFile(outer) && node !== outer);
}
