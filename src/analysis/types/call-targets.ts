/**
 * Why this file exists: from a call to the functions that may run, across aliases, files, constructors and accessors.
 */
import ts from 'typescript';
import { skipOuter } from '../syntax';
import { identityByImport } from './library-identity';
import type { AccessNode, CalleeNode, CallTarget } from './questions';
import type { Declared, ResolvableCall, SymbolReader } from './symbol-reader';

const maxAliases = 6;

/** Answers which functions run at calls and property accesses of one program. */
export class CallTargets<S> {
  constructor(private readonly symbols: SymbolReader<S>) {}

  ofCallee(node: CalleeNode): readonly CallTarget[] {
    const callee = ts.isTaggedTemplateExpression(node) ? node.tag : node.expression;
    if (callee.kind === ts.SyntaxKind.SuperKeyword) return this.ofSuper(node);
    if (callee.kind === ts.SyntaxKind.ImportKeyword) return [{ kind: 'library', module: 'global', name: 'import' }];
    const targets = this.ofValue(callee);
    if (targets.length > 0 || ts.isExpressionWithTypeArguments(node)) return targets;
    return this.bySignature(node, callee);
  }

  /** The functions that an expression stands for: itself, or what its name was declared as. */
  ofValue(expression: ts.Expression, depth = 0): readonly CallTarget[] {
    const value = skipOuter(expression);
    if (isFunctionOrClass(value)) return [sourceTarget(value)];
    if (depth > maxAliases) return [];
    const name = nameNode(value);
    const symbol = name === undefined ? undefined : this.symbols.at(name);
    const targets = symbol === undefined ? [] : this.ofSymbol(symbol, depth);
    if (targets.length > 0) return targets;
    const identity = identityByImport(value, (id) => this.declarationOf(id));
    return identity === undefined ? [] : [identity];
  }

  /** The getters or setters that run; empty for plain properties. */
  ofAccess(node: AccessNode): readonly CallTarget[] {
    const name = nameNode(node);
    const symbol = name === undefined ? undefined : this.symbols.at(name);
    if (symbol === undefined || !this.symbols.isAccessor(symbol)) return [];
    const runs = isWritten(node) ? ts.isSetAccessor : ts.isGetAccessor;
    return this.symbols
      .declarations(symbol)
      .flatMap((each) => (each.kind === 'source' && runs(each.node) ? this.ofDeclared(each, 0) : []));
  }

  /** The first place of ours where the symbol of a name is declared: an import as often as not. */
  private declarationOf(id: ts.Identifier): ts.Node | undefined {
    const symbol = this.symbols.at(id);
    const first = symbol === undefined ? undefined : this.symbols.declarations(symbol)[0];
    return first?.kind === 'source' ? first.node : undefined;
  }

  private ofSymbol(symbol: S, depth: number): readonly CallTarget[] {
    const declared = this.symbols.declarations(this.symbols.resolved(symbol));
    const found = declared.flatMap((each) => this.ofDeclared(each, depth));
    // Overloads and merged declarations of one library function are one target. The order in which a checker found the
    // members of a union is its own affair.
    const byKey = new Map(found.map((each) => [keyOf(each), each]));
    return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  }

  private ofDeclared(declared: Declared, depth: number): readonly CallTarget[] {
    if (declared.kind === 'source') return this.ofDeclaration(declared.node, depth);
    const identity = declared.identity();
    return identity === undefined ? [] : [identity];
  }

  private ofDeclaration(node: ts.Node, depth: number): readonly CallTarget[] {
    if (ts.isClassLike(node)) return [sourceTarget(constructorOf(node) ?? node)];
    if (ts.isFunctionLike(node)) return 'body' in node && node.body !== undefined ? [sourceTarget(node)] : [];
    if (ts.isVariableDeclaration(node)) return isConst(node) ? this.ofInitializer(node.initializer, depth) : [];
    if (ts.isPropertyAssignment(node)) return this.ofInitializer(node.initializer, depth);
    if (ts.isPropertyDeclaration(node))
      return isReadonlyOrFunction(node) ? this.ofInitializer(node.initializer, depth) : [];
    if (ts.isExportAssignment(node)) return this.ofInitializer(node.expression, depth);
    if (ts.isShorthandPropertyAssignment(node)) {
      const value = this.symbols.shorthandValue(node);
      return value === undefined ? [] : this.ofSymbol(value, depth + 1);
    }
    if (ts.isBindingElement(node)) return this.ofBindingElement(node, depth);
    if (ts.isBinaryExpression(node)) return this.ofInitializer(node.right, depth);
    if (ts.isPropertyAccessExpression(node) && ts.isBinaryExpression(node.parent))
      return this.ofInitializer(node.parent.right, depth);
    return [];
  }

  private ofInitializer(expression: ts.Expression | undefined, depth: number): readonly CallTarget[] {
    return expression === undefined ? [] : this.ofValue(expression, depth + 1);
  }

  private ofBindingElement(node: ts.BindingElement, depth: number): readonly CallTarget[] {
    const name = node.propertyName ?? node.name;
    if (
      !ts.isIdentifier(name) ||
      !ts.isObjectBindingPattern(node.parent) ||
      !ts.isVariableDeclaration(node.parent.parent)
    )
      return [];
    const property = this.symbols.propertyTaken(node.parent, name.text);
    if (property === undefined) return [];
    // The property may be declared by the pattern itself when the initializer is `any`.
    const declared = this.symbols.declarations(property);
    if (declared.some((each) => each.kind === 'source' && each.node === node)) return [];
    return this.ofSymbol(property, depth + 1);
  }

  private ofSuper(node: CalleeNode): readonly CallTarget[] {
    const owner = ts.findAncestor(node, ts.isClassLike);
    const heritage = owner?.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0];
    return heritage === undefined ? [] : this.ofValue(heritage.expression);
  }

  /**
   * A call of something that has no name of its own, such as `make()()`: its type's signature may still be a function
   * of ours.
   */
  private bySignature(node: ResolvableCall, callee: ts.Expression): readonly CallTarget[] {
    if (nameNode(skipOuter(callee)) !== undefined) return [];
    const declared = this.symbols.signatureOf(node);
    return declared === undefined ? [] : this.ofDeclared(declared, 0);
  }
}

/** The constructor with a body, if the class writes one. */
export function constructorOf(node: ts.ClassLikeDeclaration): ts.ConstructorDeclaration | undefined {
  return node.members.find(
    (member): member is ts.ConstructorDeclaration => ts.isConstructorDeclaration(member) && member.body !== undefined,
  );
}

function keyOf(target: CallTarget): string {
  return target.kind === 'source' ? `${target.file}#${String(target.start)}` : `${target.module} ${target.name}`;
}

function isFunctionOrClass(node: ts.Node): node is ts.ArrowFunction | ts.FunctionExpression | ts.ClassExpression {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node) || ts.isClassExpression(node);
}

function sourceTarget(node: ts.Node): CallTarget {
  const target = ts.isClassExpression(node) ? (constructorOf(node) ?? node) : node;
  const file = target.getSourceFile();
  return { kind: 'source', file: file.fileName, start: target.getStart(file) };
}

/** The node whose symbol decides what an expression stands for; undefined for what has no name. */
export function nameNode(node: ts.Node): ts.Node | undefined {
  if (ts.isIdentifier(node)) return node;
  if (ts.isPropertyAccessExpression(node)) return node.name;
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return node.argumentExpression;
  return undefined;
}

function isConst(node: ts.VariableDeclaration): boolean {
  const flags = ts.getCombinedNodeFlags(node);
  return (flags & ts.NodeFlags.Const) !== 0 && (flags & ts.NodeFlags.Using) === 0;
}

function isReadonlyOrFunction(node: ts.PropertyDeclaration): boolean {
  const readonly = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly) !== 0;
  return readonly || (node.initializer !== undefined && isFunctionOrClass(node.initializer));
}

function isWritten(node: AccessNode): boolean {
  const parent = node.parent;
  return (
    ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken
  );
}
