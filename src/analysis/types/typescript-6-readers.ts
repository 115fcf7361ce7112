/** Why this file exists: symbols and types as TypeScript 6's checker knows them, behind the shared questions. */
import ts from 'typescript';
import { libraryIdentity } from './library-identity';
import type { Declared, ResolvableCall, SymbolReader } from './symbol-reader';
import type { TypeReader } from './type-reader';

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

  isLibraryPromise(type: ts.Type): boolean {
    return this.isOfLibrary(type, 'Promise');
  }

  bases(type: ts.Type): readonly ts.Type[] {
    const symbol = type.getSymbol();
    if (symbol === undefined || (symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) === 0) return [];
    // A class or interface symbol always declares an interface type.
    return this.checker.getBaseTypes(this.checker.getDeclaredTypeOfSymbol(symbol) as ts.InterfaceType);
  }

  then(type: ts.Type): ts.Type | undefined {
    const property = type.getProperty('then');
    return property === undefined ? undefined : this.checker.getTypeOfSymbol(property);
  }

  hasCallSignature(type: ts.Type): boolean {
    return type.getCallSignatures().length > 0 || this.isOfLibrary(type, 'Function');
  }

  elements(type: ts.Type): readonly ts.Type[] | undefined {
    if (!this.checker.isArrayType(type) && !this.checker.isTupleType(type)) return undefined;
    // Both kinds of array are references to a generic type.
    return this.checker.getTypeArguments(type as ts.TypeReference);
  }

  private isOfLibrary(type: ts.Type, name: string): boolean {
    const symbol = type.getSymbol();
    if (symbol?.name !== name) return false;
    return (symbol.declarations ?? []).some((node) => this.program.isSourceFileDefaultLibrary(node.getSourceFile()));
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
