/**
 * Why this file exists: from a call to the functions that may run, across aliases, files, constructors and accessors.
 */
import ts from 'typescript';
import { skipOuter } from '../syntax';
import { identityByImport } from './library-identity';
import type { AccessNode, CalleeNode, CallTarget, MemberTarget, TypePlace } from './questions';
import type { Declared, ResolvableCall, SymbolReader } from './symbol-reader';

const maxAliases = 6;

/** Answers which functions run at calls and property accesses of one program. */
export class CallTargets<S> {
  constructor(private readonly symbols: SymbolReader<S>) {}

  ofCallee(node: CalleeNode): readonly CallTarget[] {
    const callee = calleeOf(node);
    if (callee.kind === ts.SyntaxKind.SuperKeyword) return this.ofSuper(node);
    if (callee.kind === ts.SyntaxKind.ImportKeyword) return [{ kind: 'library', module: 'global', name: 'import' }];
    const targets = this.ofValue(callee);
    // `super.load()` is the base class's own, whoever overrides it.
    if (isSuperAccess(callee)) return targets.filter((target) => target.kind !== 'member');
    const applied = appliedFunction(callee);
    if (applied !== undefined && targets.some(isApplication)) return [...targets, ...this.ofValue(applied)];
    if (targets.length > 0 || ts.isExpressionWithTypeArguments(node) || ts.isDecorator(node)) return targets;
    return this.bySignature(node, callee);
  }

  /** The classes and interfaces of the project that a name of a type, or of a base class, stands for. */
  ofType(node: ts.Expression | ts.EntityName): readonly TypePlace[] {
    const name = typeName(node);
    const symbol = name === undefined ? undefined : this.symbols.at(name);
    if (symbol === undefined) return [];
    return this.symbols.declarations(this.symbols.resolved(symbol)).flatMap((declared) => {
      const type = declared.kind === 'source' ? declared.node : undefined;
      return type !== undefined && (ts.isClassLike(type) || ts.isInterfaceDeclaration(type)) ? [placeOf(type)] : [];
    });
  }

  /** The functions that an expression stands for: itself, or what its name was declared as. */
  ofValue(expression: ts.Expression, depth = 0): readonly CallTarget[] {
    const value = skipOuter(expression);
    if (isFunctionOrClass(value)) return [sourceTarget(value)];
    if (depth > maxAliases) return [];
    const bound = boundFunction(value);
    if (bound !== undefined) return this.ofValue(bound, depth + 1);
    const name = nameNode(value);
    const symbol = name === undefined ? undefined : this.symbols.at(name);
    const targets = symbol === undefined ? [] : this.ofSymbol(symbol, depth);
    if (targets.length > 0) return targets;
    const identity = identityByImport(value, (id) => this.declarationOf(id));
    return identity === undefined ? [] : [identity];
  }

  /** The getters or setters that run; empty for plain properties. */
  ofAccess(node: AccessNode): readonly CallTarget[] {
    const symbol = ts.isBindingElement(node) ? this.taken(node) : this.named(node);
    if (symbol === undefined || !this.symbols.isAccessor(symbol)) return [];
    const writes = isWritten(node);
    return this.symbols.declarations(symbol).flatMap((each) => {
      const runs =
        each.kind === 'source' &&
        ((writes !== 'only' && ts.isGetAccessor(each.node)) || (writes !== 'no' && ts.isSetAccessor(each.node)));
      return runs ? this.ofDeclared(each, 0) : [];
    });
  }

  /** The iterator's own methods, where a class of the project writes them. */
  ofIteration(node: ts.Expression): readonly CallTarget[] {
    const symbol = this.symbols.typeSymbol(node);
    if (symbol === undefined) return [];
    return this.symbols.declarations(symbol).flatMap((declared) => {
      const type = declared.kind === 'source' ? declared.node : undefined;
      return type !== undefined && ts.isClassLike(type) ? type.members.filter(iterates).map(sourceTarget) : [];
    });
  }

  private named(node: ts.Node): S | undefined {
    const name = nameNode(node);
    return name === undefined ? undefined : this.symbols.at(name);
  }

  /** The property that an element of a pattern takes. */
  private taken(node: ts.BindingElement): S | undefined {
    const name = node.propertyName ?? node.name;
    const pattern = ts.isObjectBindingPattern(node.parent) ? node.parent : undefined;
    return pattern === undefined || !ts.isIdentifier(name) ? undefined : this.symbols.propertyTaken(pattern, name.text);
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
    if (ts.isFunctionLike(node)) {
      const own = 'body' in node && node.body !== undefined ? [sourceTarget(node)] : [];
      return [...own, ...memberTarget(node)];
    }
    if (ts.isPropertySignature(node)) return memberTarget(node);
    if (ts.isVariableDeclaration(node)) return isConst(node) ? this.ofInitializer(node.initializer, depth) : [];
    if (ts.isPropertyAssignment(node)) return this.ofInitializer(node.initializer, depth);
    if (ts.isPropertyDeclaration(node)) {
      const own = isReadonlyOrFunction(node) ? this.ofInitializer(node.initializer, depth) : [];
      return [...own, ...memberTarget(node)];
    }
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
  switch (target.kind) {
    case 'source':
      return `${target.file}#${String(target.start)}`;
    case 'library':
      return `${target.module} ${target.name}`;
    default:
      return `${target.owner.file}#${String(target.owner.start)}.${target.name}`;
  }
}

function placeOf(type: ts.ClassLikeDeclaration | ts.InterfaceDeclaration): TypePlace {
  const file = type.getSourceFile();
  return { file: file.fileName, start: type.getStart(file) };
}

/** What a subclass or an implementing class may put in place of a member. */
function memberTarget(node: ts.SignatureDeclaration | ts.PropertySignature | ts.PropertyDeclaration): MemberTarget[] {
  const owner = node.parent;
  const { name } = node;
  if (name === undefined || !(ts.isIdentifier(name) || ts.isStringLiteral(name))) return [];
  if (ts.isInterfaceDeclaration(owner)) return [{ kind: 'member', owner: placeOf(owner), name: name.text }];
  const fixed = ts.getCombinedModifierFlags(node) & (ts.ModifierFlags.Static | ts.ModifierFlags.Private);
  const overridable = ts.isClassLike(owner) && fixed === 0 && !ts.isAccessor(node);
  return overridable ? [{ kind: 'member', owner: placeOf(owner), name: name.text }] : [];
}

function isSuperAccess(callee: ts.Expression): boolean {
  const access = skipOuter(callee);
  return ts.isPropertyAccessExpression(access) && access.expression.kind === ts.SyntaxKind.SuperKeyword;
}

/** `f` of `f.call(…)` and `f.apply(…)`. */
function appliedFunction(callee: ts.Expression): ts.Expression | undefined {
  const access = skipOuter(callee);
  return ts.isPropertyAccessExpression(access) && /^(call|apply)$/.test(access.name.text) ? access.expression : undefined;
}

function isApplication(target: CallTarget): boolean {
  return target.kind === 'library' && /^(Callable)?Function\.(call|apply)$/.test(target.name);
}

/** `f` of `f.bind(…)`. */
function boundFunction(value: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(value)) return undefined;
  const access = skipOuter(value.expression);
  return ts.isPropertyAccessExpression(access) && access.name.text === 'bind' ? access.expression : undefined;
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

/** The part of a type's name, or of a base class's, whose symbol says what it is. */
export function typeName(node: ts.Expression | ts.EntityName): ts.Node | undefined {
  return ts.isQualifiedName(node) ? node.right : nameNode(node);
}

/** `[Symbol.iterator]()`, and `next()` of what is its own iterator. */
function iterates(member: ts.ClassElement): boolean {
  if (!ts.isMethodDeclaration(member) || member.body === undefined) return false;
  if (ts.isIdentifier(member.name)) return member.name.text === 'next' && !ts.isSourceFile(member.parent);
  return ts.isComputedPropertyName(member.name) && member.name.expression.getText() === 'Symbol.iterator';
}

function isConst(node: ts.VariableDeclaration): boolean {
  const flags = ts.getCombinedNodeFlags(node);
  return (flags & ts.NodeFlags.Const) !== 0 && (flags & ts.NodeFlags.Using) === 0;
}

function isReadonlyOrFunction(node: ts.PropertyDeclaration): boolean {
  const readonly = (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly) !== 0;
  return readonly || (node.initializer !== undefined && isFunctionOrClass(node.initializer));
}

/** `=` only writes; `+=` and `++` read first. */
function isWritten(node: AccessNode): 'no' | 'only' | 'too' {
  const parent = node.parent;
  if (ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) {
    const steps = parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken;
    return steps ? 'too' : 'no';
  }
  if (!ts.isBinaryExpression(parent) || parent.left !== node) return 'no';
  const operator = parent.operatorToken.kind;
  if (operator === ts.SyntaxKind.EqualsToken) return 'only';
  const assigns = operator >= ts.SyntaxKind.FirstAssignment && operator <= ts.SyntaxKind.LastAssignment;
  return assigns ? 'too' : 'no';
}

export function calleeOf(node: CalleeNode): ts.Expression {
  return ts.isTaggedTemplateExpression(node) ? node.tag : node.expression;
}

/** Only what runs something is an answer. */
export function nonEmpty<A>(targets: readonly A[]): readonly A[] | undefined {
  return targets.length > 0 ? targets : undefined;
}
