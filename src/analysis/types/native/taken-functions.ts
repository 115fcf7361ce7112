/**
 * Why this file exists: whether a function can be given to a parameter at all is mostly written in its type. There it
 * is read, for the checker would infer the argument that is given.
 */
import ts from 'typescript';
import { typeName } from '../call-targets';
import type { VoidPlaceNode } from '../questions';
import type { Declared } from '../symbol-reader';
import type { NodeReader7 } from './node-reader-7';
import type { SymbolReader7 } from './symbol-reader-7';
import type { TypeReader7 } from './type-reader-7';
import { calledDeclarations } from './written-results';

const { SyntaxKind } = ts;

/** No type goes deeper through others that it names; what does may be a function. */
const maxDepth = 10;

/** For each type parameter in sight: what it stands for may be a function. */
type Scope = ReadonlyMap<string, boolean>;

const nothing: Scope = new Map();

/** Reads what the parameters of one snapshot's own functions write. */
export class TakenFunctions {
  private readonly known = new Map<ts.Node, boolean>();
  private readonly named = new Map<string, readonly Declared[]>();

  constructor(
    private readonly symbols: SymbolReader7,
    private readonly nodes: NodeReader7,
    private readonly types: TypeReader7,
  ) {}

  /** False where surely no function may stand at the place of a value. */
  mayStand(node: VoidPlaceNode): boolean {
    const { parent } = node;
    if (ts.isVariableDeclaration(parent)) return parent.type === undefined || this.mayBe(parent.type);
    if (!ts.isCallExpression(parent) || parent.expression === node) return true;
    const index = parent.arguments.findIndex((each) => each === node);
    const hasSpread = parent.arguments.slice(0, index + 1).some((each) => ts.isSpreadElement(each));
    const called = hasSpread ? undefined : calledDeclarations(parent.expression, this.symbols);
    const parameters = called?.map((each) => parameterAt(each, index));
    return parameters?.some((each) => each === undefined || this.mayBeGiven(each)) !== false;
  }

  private mayBeGiven({ type, dotDotDotToken }: ts.ParameterDeclaration): boolean {
    if (type === undefined) return true;
    if (dotDotDotToken === undefined) return this.mayBe(type);
    return !ts.isArrayTypeNode(type) || this.mayBe(type.elementType);
  }

  private mayBe(type: ts.TypeNode): boolean {
    const known = this.known.get(type) ?? this.isFunction(type, nothing, 0);
    this.known.set(type, known);
    return known;
  }

  private isFunction(type: ts.TypeNode, scope: Scope, depth: number): boolean {
    const inside = (each: ts.TypeNode): boolean => this.isFunction(each, scope, depth);
    if (plainKinds.has(type.kind)) return false;
    if (ts.isParenthesizedTypeNode(type)) return inside(type.type);
    if (ts.isUnionTypeNode(type)) return type.types.some(inside);
    // A function that has members besides is written as a function.
    if (ts.isIntersectionTypeNode(type)) return type.types.some((each) => !this.isParameter(each) && inside(each));
    if (ts.isConditionalTypeNode(type)) return inside(type.trueType) || inside(type.falseType);
    if (ts.isTypeLiteralNode(type)) return type.members.some(isSignature);
    if (ts.isTypeReferenceNode(type)) return this.isReferenceToFunction(type, scope, depth);
    return true;
  }

  private isParameter(type: ts.TypeNode): boolean {
    return ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && isTypeParameter(type, type.typeName.text);
  }

  private isReferenceToFunction(type: ts.TypeReferenceNode, scope: Scope, depth: number): boolean {
    const { typeName: name, typeArguments: given = [] } = type;
    if (this.isParameter(type)) return scope.get(name.getText()) ?? true;
    const declared = depth > maxDepth ? [] : this.declared(name);
    if (declared.length === 0) return true;
    return declared.some((each) => {
      if (each.kind === 'library' || isDerived(each.node)) return this.hasSignature(type);
      return this.declaresFunction(each.node, (parameters) => this.scopeOf(parameters, given, scope, depth), depth);
    });
  }

  /** A name stands for the same everywhere in its file or namespace. */
  private declared(name: ts.EntityName): readonly Declared[] {
    const around = ts.findAncestor(name, (each) => ts.isModuleBlock(each) || ts.isSourceFile(each));
    const key = `${name.getSourceFile().fileName} ${String(around?.pos)} ${name.getText()}`;
    const known = this.named.get(key);
    if (known !== undefined) return known;
    const last = typeName(name);
    const symbol = last === undefined ? undefined : this.symbols.at(last);
    const found = symbol === undefined ? [] : this.symbols.declarations(this.symbols.resolved(symbol));
    this.named.set(key, found);
    return found;
  }

  private hasSignature(node: ts.TypeReferenceNode): boolean {
    const type = this.nodes.typeAt(node);
    if (type !== undefined && this.types.isPrimitive(type)) return false;
    return type === undefined || !this.types.isObject(type) || this.types.hasCallSignature(type);
  }

  private declaresFunction(
    node: ts.Node,
    scopeOf: (parameters: readonly ts.TypeParameterDeclaration[]) => Scope,
    depth: number,
  ): boolean {
    if (ts.isTypeAliasDeclaration(node))
      return this.isFunction(node.type, scopeOf(node.typeParameters ?? []), depth + 1);
    if (ts.isInterfaceDeclaration(node)) return node.members.some(isSignature);
    // What shares the name of a type.
    return !ts.isClassLike(node) && !ts.isEnumDeclaration(node) && !ts.isModuleDeclaration(node) && !isValue(node);
  }

  private scopeOf(
    parameters: readonly ts.TypeParameterDeclaration[],
    given: readonly ts.TypeNode[],
    scope: Scope,
    depth: number,
  ): Scope {
    return new Map(
      parameters.map((each, index) => {
        const type = given[index] ?? each.default;
        return [each.name.text, type === undefined || this.isFunction(type, scope, depth + 1)];
      }),
    );
  }
}

const plainKinds: ReadonlySet<ts.SyntaxKind> = new Set([
  SyntaxKind.StringKeyword,
  SyntaxKind.NumberKeyword,
  SyntaxKind.BooleanKeyword,
  SyntaxKind.BigIntKeyword,
  SyntaxKind.SymbolKeyword,
  SyntaxKind.UndefinedKeyword,
  SyntaxKind.VoidKeyword,
  SyntaxKind.NeverKeyword,
  SyntaxKind.LiteralType,
  SyntaxKind.TemplateLiteralType,
  SyntaxKind.ArrayType,
  SyntaxKind.TupleType,
  SyntaxKind.TypeOperator,
  SyntaxKind.MappedType,
]);

function parameterAt(node: ts.SignatureDeclaration, index: number): ts.ParameterDeclaration | undefined {
  const own = node.parameters.filter(({ name }) => !ts.isIdentifier(name) || name.text !== 'this');
  const last = own.at(-1);
  return own[index] ?? (last?.dotDotDotToken === undefined ? undefined : last);
}

function isSignature(member: ts.Node): boolean {
  return ts.isCallSignatureDeclaration(member) || ts.isConstructSignatureDeclaration(member);
}

function isValue(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node);
}

/** An interface that has more members than it writes. */
function isDerived(node: ts.Node): boolean {
  return ts.isInterfaceDeclaration(node) && node.heritageClauses !== undefined;
}

/** A type parameter of what stands around a name. */
function isTypeParameter(node: ts.Node, name: string): boolean {
  const declares = (each: ts.Node): boolean => {
    if (ts.isConditionalTypeNode(each)) return infers(each.extendsType, name);
    if (ts.isMappedTypeNode(each)) return each.typeParameter.name.text === name;
    const own = 'typeParameters' in each ? (each as ts.SignatureDeclaration).typeParameters : undefined;
    return own?.some((parameter) => parameter.name.text === name) === true;
  };
  return ts.findAncestor(node, declares) !== undefined;
}

function infers(type: ts.Node, name: string): boolean {
  const found = ts.isInferTypeNode(type) && type.typeParameter.name.text === name;
  return found || ts.forEachChild(type, (child) => infers(child, name) || undefined) === true;
}
