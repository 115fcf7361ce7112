/** Why this file exists: symbols and types as TypeScript 6's checker knows them, behind the shared questions. */
import ts from 'typescript';
import { libraryIdentity } from './library-identity';
import type { Declared, ResolvableCall, SymbolReader } from './symbol-reader';
import type { LibraryTarget } from './questions';
import type { NodeReader, Protocol, ReadParameter, ReadSignature, TypeReader } from './type-reader';

/** Reads symbols of one program. */
export class SymbolReader6 implements SymbolReader<ts.Symbol> {
  constructor(private readonly checker: ts.TypeChecker) {}

  at(node: ts.Node): ts.Symbol | undefined {
    return this.checker.getSymbolAtLocation(node);
  }

  resolved(symbol: ts.Symbol): ts.Symbol {
    return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : this.checker.getAliasedSymbol(symbol);
  }

  isAccessor(symbol: ts.Symbol): boolean {
    return (symbol.flags & ts.SymbolFlags.Accessor) !== 0;
  }

  declarations(symbol: ts.Symbol): readonly Declared[] {
    return (symbol.declarations ?? []).map(declared);
  }

  shorthandValue(node: ts.ShorthandPropertyAssignment): ts.Symbol | undefined {
    return this.checker.getShorthandAssignmentValueSymbol(node);
  }

  propertyTaken(pattern: ts.ObjectBindingPattern, name: string): ts.Symbol | undefined {
    return this.checker.getTypeAtLocation(pattern).getProperty(name);
  }

  typeSymbol(node: ts.Expression): ts.Symbol | undefined {
    return this.checker.getTypeAtLocation(node).getSymbol();
  }

  signatureOf(call: ResolvableCall): Declared | undefined {
    const declaration = this.checker.getResolvedSignature(call)?.declaration;
    return declaration === undefined || ts.isJSDocSignature(declaration) ? undefined : declared(declaration);
  }
}

function declared(node: ts.Declaration): Declared {
  const file = node.getSourceFile();
  if (!file.isDeclarationFile && !file.fileName.includes('/node_modules/')) return { kind: 'source', node };
  return { kind: 'library', identity: () => libraryIdentity(node) };
}

/** Reads types of one program. */
export class TypeReader6 implements TypeReader<ts.Type> {
  constructor(
    private readonly program: ts.Program,
    private readonly checker: ts.TypeChecker,
  ) {}

  isAny(type: ts.Type): boolean {
    return (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0;
  }

  isNothing(type: ts.Type): boolean {
    return (type.flags & nothing) !== 0;
  }

  isPrimitive(type: ts.Type): boolean {
    return (type.flags & primitive) !== 0;
  }

  constituents(type: ts.Type): readonly ts.Type[] {
    return type.isUnion() ? type.types : [type];
  }

  isIntersection(type: ts.Type): boolean {
    return type.isIntersection();
  }

  intersected(type: ts.Type): readonly ts.Type[] | undefined {
    return type.isIntersection() ? type.types : undefined;
  }

  isTypeParameter(type: ts.Type): boolean {
    return (type.flags & ts.TypeFlags.TypeParameter) !== 0;
  }

  constraint(type: ts.Type): ts.Type | undefined {
    return this.checker.getBaseConstraintOfType(type);
  }

  apparent(type: ts.Type): ts.Type {
    return this.checker.getApparentType(type);
  }

  isVoid(type: ts.Type): boolean {
    return (type.flags & ts.TypeFlags.Void) !== 0;
  }

  libraryName(type: ts.Type): string | undefined {
    const symbol = type.getSymbol();
    const declared = symbol?.declarations ?? [];
    const isLibrary = declared.some((node) => this.program.isSourceFileDefaultLibrary(node.getSourceFile()));
    return isLibrary ? symbol?.name : undefined;
  }

  identity(type: ts.Type): LibraryTarget | undefined {
    const symbol = type.getSymbol();
    const isClass = ((symbol?.flags ?? 0) & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) !== 0;
    if (!isClass) return undefined;
    return symbol?.declarations?.map((node) => libraryIdentity(node)).find((each) => each !== undefined);
  }

  bases(type: ts.Type): readonly ts.Type[] {
    const symbol = type.getSymbol();
    if (symbol === undefined || (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) === 0) return [];
    // A class or interface symbol always declares an interface type.
    return this.checker.getBaseTypes(this.checker.getDeclaredTypeOfSymbol(symbol) as ts.InterfaceType);
  }

  property(type: ts.Type, name: string): ts.Type | undefined {
    const property = this.checker.getPropertyOfType(type, name);
    return property === undefined ? undefined : this.checker.getTypeOfSymbol(property);
  }

  hasProperty(type: ts.Type, name: string): boolean {
    return this.checker.getPropertyOfType(type, name) !== undefined;
  }

  hasProtocol(type: ts.Type, protocol: Protocol): boolean {
    return this.protocol(type, protocol) !== undefined;
  }

  protocolMethod(type: ts.Type, protocol: Protocol): ts.Type | undefined {
    const symbol = this.protocol(type, protocol);
    return symbol === undefined ? undefined : this.checker.getTypeOfSymbol(symbol);
  }

  signatures(type: ts.Type, kind: 'call' | 'construct'): readonly ReadSignature<ts.Type>[] {
    const found = kind === 'call' ? type.getCallSignatures() : type.getConstructSignatures();
    return found.map((signature) => ({
      parameterCount: signature.parameters.length,
      isGeneric: signature.typeParameters !== undefined,
      returns: () => this.checker.getReturnTypeOfSignature(signature),
      parameters: () => signature.parameters.map((each) => this.parameter(each)),
    }));
  }

  hasCallSignature(type: ts.Type): boolean {
    return type.getCallSignatures().length > 0 || this.libraryName(type) === 'Function';
  }

  elements(type: ts.Type): readonly ts.Type[] | undefined {
    const isArray = this.checker.isArrayType(type);
    if (!isArray && !this.checker.isTupleType(type)) return undefined;
    // Both kinds of array are references to a generic type.
    const given = this.checker.getTypeArguments(type as ts.TypeReference);
    // What a type parameter appears as has itself, as `this`, for one more.
    return isArray ? given.slice(0, 1) : given;
  }

  typeArguments(type: ts.Type): readonly ts.Type[] {
    const isReference = (type.flags & ts.TypeFlags.Object) !== 0 && 'target' in type;
    // Only references to generic types have a target.
    return isReference ? this.checker.getTypeArguments(type as ts.TypeReference) : [];
  }

  /** Members that a symbol names have internal names, which end in the symbol's number. */
  private protocol(type: ts.Type, protocol: Protocol): ts.Symbol | undefined {
    return this.checker.getPropertiesOfType(type).find((each) => each.name.startsWith(`__@${protocol}@`));
  }

  private parameter(symbol: ts.Symbol): ReadParameter<ts.Type> {
    const node = symbol.valueDeclaration;
    const isRest = node !== undefined && ts.isParameter(node) && node.dotDotDotToken !== undefined;
    return { type: this.checker.getTypeOfSymbol(symbol), isRest };
  }
}

/** Reads nodes of one program. */
export class NodeReader6 implements NodeReader<ts.Type> {
  constructor(private readonly checker: ts.TypeChecker) {}

  typeAt(node: ts.Node): ts.Type {
    return this.checker.getTypeAtLocation(node);
  }

  expectedAt(node: ts.Expression): ts.Type | undefined {
    return this.checker.getContextualType(node);
  }
}

const nothing = ts.TypeFlags.Undefined | ts.TypeFlags.Null | ts.TypeFlags.Void | ts.TypeFlags.Never;
const primitive =
  nothing |
  ts.TypeFlags.StringLike |
  ts.TypeFlags.NumberLike |
  ts.TypeFlags.BigIntLike |
  ts.TypeFlags.BooleanLike |
  ts.TypeFlags.ESSymbolLike;
