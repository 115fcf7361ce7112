/**
 * Why this file exists: one walk over a file's syntax tree finds its functions and, in each, the places where something
 * may happen:
 * calls, property reads that may run a getter, awaits, yields, discarded expressions. Nothing is decided here.
 */
import ts from 'typescript';
import { type FunctionNode, isFunctionNode, skipOuter } from '../syntax';
import type { AccessNode, CalleeNode } from '../types/questions';

/** How a function that is written inside another one is used there. */
export type Use =
  | { readonly kind: 'standalone' }
  /** `(() => …)()`, a static block. */
  | { readonly kind: 'immediate' }
  | { readonly kind: 'argument'; readonly call: ts.CallExpression | ts.NewExpression; readonly index: number };

export interface CallSite {
  readonly node: CalleeNode;
  /** Inside a loop statement of its own function. */
  readonly inLoop: boolean;
}

export type AwaitNode = ts.AwaitExpression | ts.ForOfStatement | ts.VariableDeclarationList;

export interface FunctionSites {
  readonly node: FunctionNode;
  readonly parent: FunctionSites | undefined;
  readonly use: Use;
  readonly calls: CallSite[];
  readonly accesses: { readonly node: AccessNode; readonly inLoop: boolean }[];
  readonly awaits: AwaitNode[];
  readonly yields: ts.YieldExpression[];
  readonly statements: ts.ExpressionStatement[];
}

/** The functions of a file in order of their start; the file itself is first. */
export function collectSites(file: ts.SourceFile): readonly FunctionSites[] {
  const found: FunctionSites[] = [];
  function open(node: FunctionNode, parent: FunctionSites | undefined, use: Use): FunctionSites {
    const sites: FunctionSites = { node, parent, use, calls: [], accesses: [], awaits: [], yields: [], statements: [] };
    found.push(sites);
    return sites;
  }

  function visitChildren(node: ts.Node, current: FunctionSites, inLoop: boolean): void {
    ts.forEachChild(node, (child) => {
      visit(child, current, inLoop);
    });
  }

  function visit(node: ts.Node, current: FunctionSites, inLoop: boolean): void {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (isFunctionNode(node)) {
      visitChildren(node, open(node, current, useOf(node)), false);
      return;
    }
    if (ts.isClassLike(node)) {
      visitClass(node, current, inLoop);
      return;
    }
    record(node, current, inLoop);
    visitLoopParts(node, current, inLoop);
  }

  function visitLoopParts(node: ts.Node, current: FunctionSites, inLoop: boolean): void {
    if (!ts.isIterationStatement(node, false)) {
      visitChildren(node, current, inLoop);
      return;
    }
    // What is iterated, and the start of a `for`, run once.
    const once = ts.isForStatement(node)
      ? node.initializer
      : ts.isForOfStatement(node) || ts.isForInStatement(node)
        ? node.expression
        : undefined;
    ts.forEachChild(node, (child) => {
      visit(child, current, child === once ? inLoop : true);
    });
  }

  /** Instance fields are initialized by the constructor, static ones by whoever runs the class declaration. */
  function visitClass(node: ts.ClassLikeDeclaration, current: FunctionSites, inLoop: boolean): void {
    const written = node.members.find((member) => ts.isConstructorDeclaration(member) && member.body !== undefined);
    // Found by the test above: only a constructor with a body passes.
    const constructing = open((written as ts.ConstructorDeclaration | undefined) ?? node, current, {
      kind: 'standalone',
    });
    ts.forEachChild(node, (child) => {
      if (child === written) visitChildren(child, constructing, false);
      else if (ts.isPropertyDeclaration(child) && !isStatic(child)) visitField(child, constructing, current);
      else if (ts.isHeritageClause(child) && child.token === ts.SyntaxKind.ExtendsKeyword)
        visitHeritage(child, written, constructing, current, inLoop);
      else if (!ts.isHeritageClause(child)) visit(child, current, inLoop);
    });
  }

  function visitField(field: ts.PropertyDeclaration, constructing: FunctionSites, current: FunctionSites): void {
    if (ts.isComputedPropertyName(field.name)) visit(field.name, current, false);
    if (field.initializer !== undefined) visit(field.initializer, constructing, false);
  }

  function visitHeritage(
    clause: ts.HeritageClause,
    written: ts.Node | undefined,
    constructing: FunctionSites,
    current: FunctionSites,
    inLoop: boolean,
  ): void {
    for (const type of clause.types) {
      // An implicit constructor calls the base class's.
      if (written === undefined) constructing.calls.push({ node: type, inLoop: false });
      visit(type.expression, current, inLoop);
    }
  }

  visitChildren(file, open(file, undefined, { kind: 'standalone' }), false);
  return found.sort((a, b) => a.node.getStart(file) - b.node.getStart(file) || b.node.end - a.node.end);
}

function record(node: ts.Node, current: FunctionSites, inLoop: boolean): void {
  if (ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node))
    current.calls.push({ node, inLoop });
  else if (ts.isAwaitExpression(node)) current.awaits.push(node);
  else if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) current.awaits.push(node);
  else if (ts.isVariableDeclarationList(node) && isAwaitUsing(node))
    current.awaits.push(node);
  else if (ts.isYieldExpression(node)) current.yields.push(node);
  else if (ts.isExpressionStatement(node)) current.statements.push(node);
  else if ((ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && !isCallee(node))
    current.accesses.push({ node, inLoop });
}

/** `await using` is both flags of `const` and `using`. */
function isAwaitUsing(node: ts.VariableDeclarationList): boolean {
  return (node.flags & ts.NodeFlags.Const) !== 0 && (node.flags & ts.NodeFlags.Using) !== 0;
}

function isCallee(node: ts.Expression): boolean {
  return (ts.isCallExpression(node.parent) || ts.isNewExpression(node.parent)) && node.parent.expression === node;
}

function isStatic(node: ts.PropertyDeclaration): boolean {
  return (node.modifiers ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.StaticKeyword);
}

function useOf(node: ts.Node): Use {
  if (ts.isClassStaticBlockDeclaration(node)) return { kind: 'immediate' };
  let outer = node;
  while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
  const call = outer.parent;
  if (!ts.isCallExpression(call) && !ts.isNewExpression(call)) return { kind: 'standalone' };
  if (skipOuter(call.expression) === node) return { kind: 'immediate' };
  const index = (call.arguments ?? []).findIndex((argument) => argument === outer);
  return index < 0 ? { kind: 'standalone' } : { kind: 'argument', call, index };
}
