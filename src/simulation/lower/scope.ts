/**
 * Why this file exists: what the lowering must know of the function it stands in, and questions about a function's
 * body.
 */
import ts from 'typescript';
import { isDirectEval } from './identifiers';

export type BodyKind = 'sync' | 'async' | 'generator' | 'async-generator';

/** The function whose body is being lowered. */
export interface Scope {
  readonly kind: BodyKind;
  /** Set where `arguments`, `new.target` or `super` had to be taken along into a generator. */
  readonly renamesArguments: boolean;
  readonly renamesNewTarget: boolean;
  readonly renamesSuper: boolean;
  /** Set in an async arrow function that calls `super()`: `this` is there only after the call. */
  readonly renamesThis: boolean;
}

/** The scope of a function that shares nothing with the one around it. */
export const plainScope: Scope = {
  kind: 'sync',
  renamesArguments: false,
  renamesNewTarget: false,
  renamesSuper: false,
  renamesThis: false,
};

export function bodyKind(node: ts.SignatureDeclaration): BodyKind {
  const isAsync =
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some((each) => each.kind === ts.SyntaxKind.AsyncKeyword);
  const isGenerator = 'asteriskToken' in node && node.asteriskToken !== undefined;
  if (isAsync) return isGenerator ? 'async-generator' : 'async';
  return isGenerator ? 'generator' : 'sync';
}

/** Async functions and async generators alike. */
export function isAsync(node: ts.SignatureDeclaration): boolean {
  const kind = bodyKind(node);
  return kind === 'async' || kind === 'async-generator';
}

/** What a function's own code, arrow functions included, takes from the function around it. */
export interface Uses {
  this: boolean;
  arguments: boolean;
  newTarget: boolean;
  super: boolean;
  superCall: boolean;
}

export function usesOf(nodes: readonly ts.Node[]): Uses {
  const uses: Uses = { this: false, arguments: false, newTarget: false, super: false, superCall: false };
  const visit = (node: ts.Node): void => {
    if (node.kind === ts.SyntaxKind.ThisKeyword) uses.this = true;
    else if (isSuperCall(node)) uses.superCall = uses.this = true;
    else if (node.kind === ts.SyntaxKind.SuperKeyword) uses.super = uses.this = true;
    else if (isDirectEval(node)) useAll(uses, node);
    else if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.NewKeyword) uses.newTarget = true;
    else if (ts.isIdentifier(node) && node.text === 'arguments') uses.arguments = true;
    if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) return;
    if (ts.isClassLike(node)) {
      if (node.heritageClauses) node.heritageClauses.forEach(visit);
      for (const { name } of node.members) if (name !== undefined && ts.isComputedPropertyName(name)) visit(name);
      return;
    }
    if (ts.isMethodDeclaration(node) || ts.isGetAccessor(node) || ts.isSetAccessor(node)) {
      visit(node.name);
      return;
    }
    ts.forEachChild(node, visit);
  };
  nodes.forEach(visit);
  return uses;
}

function isSuperCall(node: ts.Node): boolean {
  const parent = node.parent as ts.Node | undefined; // absent for what the compiler made
  return (
    node.kind === ts.SyntaxKind.SuperKeyword &&
    parent !== undefined &&
    ts.isCallExpression(parent) &&
    parent.expression === node
  );
}

/** The text of a direct `eval` may use whatever is allowed where it stands. */
function useAll(uses: Uses, call: ts.Node): void {
  uses.this = uses.arguments = true;
  for (let at = ts.getOriginalNode(call).parent as ts.Node | undefined; at !== undefined; at = at.parent) {
    if (ts.isPropertyDeclaration(at) || ts.isClassStaticBlockDeclaration(at)) {
      uses.arguments = false; // it has none
      uses.newTarget = uses.super = true;
      return;
    }
    if (ts.isComputedPropertyName(at)) at = at.parent; // a key is no part of its method
    else if (ts.isFunctionLike(at) && !ts.isArrowFunction(at)) {
      uses.newTarget = true;
      uses.super ||= !ts.isFunctionExpression(at) && !ts.isFunctionDeclaration(at);
      return;
    }
  }
}

/** Names of the parameters that are plain identifiers, in order, up to the first that is none. */
export function plainParameters(node: ts.SignatureDeclaration): string[] {
  const names: string[] = [];
  for (const parameter of node.parameters) {
    if (!ts.isIdentifier(parameter.name) || parameter.dotDotDotToken || names.length === 4) break;
    names.push(parameter.name.text);
  }
  return names;
}

/** ECMA-262 §15.1.5 ExpectedArgumentCount: parameters before the first with a default or a rest. */
export function expectedArguments(node: ts.SignatureDeclaration): number {
  const first = node.parameters.findIndex(
    (each) => each.initializer !== undefined || each.dotDotDotToken !== undefined,
  );
  return first < 0 ? node.parameters.length : first;
}

/** The name that the language gives an anonymous function by where it stands (NamedEvaluation), or undefined. */
export function inferredName(node: ts.Node): string | undefined {
  let inner = ts.getOriginalNode(node);
  let outer = inner.parent as ts.Node | undefined; // absent for what the compiler made
  while (
    outer &&
    (ts.isParenthesizedExpression(outer) ||
      ts.isAsExpression(outer) ||
      ts.isSatisfiesExpression(outer) ||
      ts.isNonNullExpression(outer))
  ) {
    inner = outer;
    outer = outer.parent;
  }
  if (outer === undefined) return undefined;
  const isValue = 'initializer' in outer && outer.initializer === inner;
  if (
    isValue &&
    (ts.isVariableDeclaration(outer) ||
      ts.isParameter(outer) ||
      ts.isBindingElement(outer) ||
      ts.isPropertyAssignment(outer) ||
      ts.isPropertyDeclaration(outer))
  )
    return staticName(outer.name);
  if (ts.isBinaryExpression(outer) && outer.right === inner && ts.isIdentifier(outer.left)) {
    const assigns = [
      ts.SyntaxKind.EqualsToken,
      ts.SyntaxKind.BarBarEqualsToken,
      ts.SyntaxKind.AmpersandAmpersandEqualsToken,
      ts.SyntaxKind.QuestionQuestionEqualsToken,
    ];
    if (assigns.includes(outer.operatorToken.kind)) return outer.left.text;
  }
  if (ts.isShorthandPropertyAssignment(outer) && outer.objectAssignmentInitializer === inner) return outer.name.text;
  return ts.isExportAssignment(outer) ? 'default' : undefined;
}

/** The text of a property's or binding's name when it is written out. */
export function staticName(name: ts.Node): string | undefined {
  if (
    ts.isIdentifier(name) ||
    ts.isPrivateIdentifier(name) ||
    ts.isStringLiteralLike(name) ||
    ts.isNumericLiteral(name)
  )
    return name.text;
  return undefined;
}

/** The name of a function as V8 shows it, '' when it has none. */
export function functionName(node: ts.Node): string {
  if (ts.isConstructorDeclaration(node))
    return `new ${(node.parent as ts.ClassLikeDeclaration | undefined)?.name?.text ?? 'class'}`;
  // Every kind of function keeps its name there.
  const own = 'name' in node && node.name ? staticName(node.name as ts.Node) : undefined;
  return own ?? inferredName(node) ?? '';
}
