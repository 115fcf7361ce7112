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

/** A declared type that other types may extend or implement. */
export type TypeNode = ts.ClassLikeDeclaration | ts.InterfaceDeclaration;

/** An object that is written where its type is named: `const store: Store = { … }`. */
export interface TypedObject {
  readonly type: ts.EntityName;
  readonly object: ts.ObjectLiteralExpression;
}

export interface FileSites {
  /** In order of their start; the file itself is first. */
  readonly functions: readonly FunctionSites[];
  readonly types: readonly TypeNode[];
  readonly objects: readonly TypedObject[];
}

export interface FunctionSites {
  readonly node: FunctionNode;
  readonly parent: FunctionSites | undefined;
  readonly use: Use;
  readonly calls: CallSite[];
  readonly accesses: { readonly node: AccessNode; readonly inLoop: boolean }[];
  /** What is iterated from the start: by `for…of`, a spread, a pattern, `yield*`. */
  readonly iterated: { readonly node: ts.Expression; readonly inLoop: boolean }[];
  readonly awaits: AwaitNode[];
  readonly yields: ts.YieldExpression[];
  readonly statements: ts.ExpressionStatement[];
}

export function collectSites(file: ts.SourceFile): FileSites {
  const found: FunctionSites[] = [];
  const types: TypeNode[] = [];
  const objects: TypedObject[] = [];
  function open(node: FunctionNode, parent: FunctionSites | undefined, use: Use): FunctionSites {
    const sites: FunctionSites = {
      node,
      parent,
      use,
      calls: [],
      accesses: [],
      iterated: [],
      awaits: [],
      yields: [],
      statements: [],
    };
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
    if (ts.isInterfaceDeclaration(node)) {
      types.push(node);
      return;
    }
    if (isFunctionNode(node)) {
      visitFunction(node, current, inLoop);
      return;
    }
    if (ts.isClassLike(node)) {
      types.push(node);
      visitClass(node, current, inLoop);
      return;
    }
    const typed = ts.isVariableDeclaration(node) ? typedObject(node) : undefined;
    if (typed !== undefined) objects.push(typed);
    record(node, current, inLoop);
    visitLoopParts(node, current, inLoop);
  }

  /** Decorators and computed names are evaluated with the class, not with the method. */
  function visitFunction(node: FunctionPart, current: FunctionSites, inLoop: boolean): void {
    const own = open(node, current, useOf(node));
    ts.forEachChild(node, (child) => {
      if (ts.isDecorator(child) || ts.isComputedPropertyName(child)) visit(child, current, inLoop);
      else visit(child, own, false);
    });
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
  const functions = found.sort((a, b) => a.node.getStart(file) - b.node.getStart(file) || b.node.end - a.node.end);
  return { functions, types, objects };
}

type FunctionPart = Exclude<FunctionNode, ts.SourceFile | ts.ClassLikeDeclaration>;

function typedObject({ type, initializer }: ts.VariableDeclaration): TypedObject | undefined {
  const object = initializer === undefined ? undefined : skipOuter(initializer);
  if (object === undefined || !ts.isObjectLiteralExpression(object)) return undefined;
  return type !== undefined && ts.isTypeReferenceNode(type) ? { type: type.typeName, object } : undefined;
}

function record(node: ts.Node, current: FunctionSites, inLoop: boolean): void {
  if (
    ts.isCallExpression(node) ||
    ts.isNewExpression(node) ||
    ts.isTaggedTemplateExpression(node) ||
    (ts.isDecorator(node) && !ts.isCallExpression(node.expression))
  )
    current.calls.push({ node, inLoop });
  else if (ts.isAwaitExpression(node)) current.awaits.push(node);
  else if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) current.awaits.push(node);
  else if (ts.isVariableDeclarationList(node) && isAwaitUsing(node))
    current.awaits.push(node);
  else if (ts.isYieldExpression(node)) current.yields.push(node);
  else if (ts.isExpressionStatement(node)) current.statements.push(node);
  else if ((ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) && !isCallee(node))
    current.accesses.push({ node, inLoop });
  else if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent) && node.dotDotDotToken === undefined)
    current.accesses.push({ node, inLoop });
  const iterated = iteratedBy(node);
  if (iterated !== undefined) current.iterated.push({ node: iterated, inLoop });
}

/** What a node iterates when it is evaluated; `for await` and what it iterates suspend, and are told as awaits. */
function iteratedBy(node: ts.Node): ts.Expression | undefined {
  if (ts.isForOfStatement(node)) return node.awaitModifier === undefined ? node.expression : undefined;
  if (ts.isSpreadElement(node)) return node.expression;
  if (ts.isYieldExpression(node)) return node.asteriskToken === undefined ? undefined : node.expression;
  return ts.isVariableDeclaration(node) && ts.isArrayBindingPattern(node.name) ? node.initializer : undefined;
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
