/**
 * Why this file exists: types as the native server knows them. Each question is a round trip, so what the flags already
 * say is not asked, and what is the same for all instances of a generic type is asked once.
 */
import type { LibraryTarget } from '../questions';
import type { Protocol, ReadParameter, ReadSignature, TypeReader } from '../type-reader';
import type { Checker, Project, Signature, Symbol, Type } from './client';
import { request } from './failure';
import type { LibraryNodes } from './library-nodes';
import type { Client } from './locate';
import { isLibraryPath } from './symbol-reader-7';
import { type Flags, flagsOf, genericOf, membersKey, objectFlagsOf, protocolName } from './type-data';

/** Reads types of one snapshot. */
export class TypeReader7 implements TypeReader<Type> {
  private readonly flags: Flags;
  private readonly checker: Checker;
  private readonly apparents = new Map<number, Type>();
  private readonly unions = new Map<number, readonly Type[]>();
  private readonly symbols = new Map<number, Symbol | undefined>();
  private readonly properties = new Map<string, Type | undefined>();
  /** By name and generic type. */
  private readonly havingProperty = new Map<string, boolean>();
  private readonly protocols = new Map<number, ReadonlySet<string>>();
  private readonly callable = new Map<string, boolean>();
  private readonly signed = new Map<string, readonly Signature[]>();
  private readonly inLibrary = new Map<Symbol, boolean>();
  private readonly basesOf = new Map<Symbol, readonly Type[]>();
  private readonly lists = new Map<number, 'array' | 'tuple' | undefined>();

  constructor(
    private readonly client: Client,
    private readonly project: Project,
    private readonly library: LibraryNodes,
  ) {
    this.checker = project.checker;
    this.flags = flagsOf(client);
  }

  isAny(type: Type): boolean {
    return (type.flags & this.flags.any) !== 0;
  }

  isNothing(type: Type): boolean {
    return (type.flags & this.flags.nothing) !== 0;
  }

  isPrimitive(type: Type): boolean {
    return (type.flags & this.flags.primitive) !== 0;
  }

  constituents(type: Type): readonly Type[] {
    return (type.flags & this.client.TypeFlags.Union) === 0 ? [type] : this.members(type);
  }

  isIntersection(type: Type): boolean {
    return (type.flags & this.client.TypeFlags.Intersection) !== 0;
  }

  intersected(type: Type): readonly Type[] | undefined {
    return this.isIntersection(type) ? this.members(type) : undefined;
  }

  isTypeParameter(type: Type): boolean {
    return (type.flags & this.client.TypeFlags.TypeParameter) !== 0;
  }

  constraint(type: Type): Type | undefined {
    return request(() => this.checker.getBaseConstraintOfType(type));
  }

  /**
   * Only type variables and mapped types appear as something else; an intersection as itself, but for what `this` is in
   * it, and whoever looks for its members finds those of what it appears as.
   */
  apparent(type: Type): Type {
    const { TypeFlags, ObjectFlags } = this.client;
    const differs =
      (type.flags & (this.flags.instantiable | TypeFlags.NonPrimitive)) !== 0 ||
      (objectFlagsOf(type) & ObjectFlags.Mapped) !== 0;
    if (!differs) return type;
    let apparent = this.apparents.get(type.id);
    if (apparent === undefined) {
      apparent = request(() => this.checker.getApparentType(type)) ?? type;
      this.apparents.set(type.id, apparent);
    }
    return apparent;
  }

  /** An object type: no union, no type variable, nothing that is no object. */
  isObject(type: Type): boolean {
    return (type.flags & this.client.TypeFlags.Object) !== 0;
  }

  /** What a type makes of another's members is an object of another kind for another. */
  isMapped(type: Type): boolean {
    return (objectFlagsOf(type) & this.client.ObjectFlags.Mapped) !== 0;
  }

  isVoid(type: Type): boolean {
    return (type.flags & this.client.TypeFlags.Void) !== 0;
  }

  libraryName(type: Type): string | undefined {
    const symbol = this.symbolOf(type);
    return symbol !== undefined && this.isOfLibrary(symbol) ? symbol.name : undefined;
  }

  identity(type: Type): LibraryTarget | undefined {
    const { SymbolFlags } = this.client;
    const symbol = this.symbolOf(type);
    if (symbol === undefined || (symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface)) === 0) return undefined;
    for (const handle of symbol.declarations) {
      if (!isLibraryPath(handle.path)) continue;
      const found = request(() => this.library.identity(symbol, handle));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  bases(type: Type): readonly Type[] {
    const { SymbolFlags } = this.client;
    const symbol = this.symbolOf(type);
    if (symbol === undefined || (symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface)) === 0) return [];
    let bases = this.basesOf.get(symbol);
    if (bases === undefined) {
      // A class or interface symbol always declares an interface type.
      const declared = request(() => this.checker.getDeclaredTypeOfSymbol(symbol)) as InterfaceType;
      bases = request(() => this.checker.getBaseTypes(declared));
      this.basesOf.set(symbol, bases);
    }
    return bases;
  }

  property(type: Type, name: string): Type | undefined {
    const key = `${name} ${String(type.id)}`;
    if (!this.properties.has(key)) {
      const property = this.symbolOfProperty(type, name);
      this.properties.set(key, property && request(() => this.checker.getTypeOfSymbol(property)));
    }
    return this.properties.get(key);
  }

  hasProperty(type: Type, name: string): boolean {
    const key = `${name} ${membersKey(type, this.flags)}`;
    const known = this.havingProperty.get(key) ?? this.symbolOfProperty(type, name) !== undefined;
    this.havingProperty.set(key, known);
    return known;
  }

  hasProtocol(type: Type, protocol: Protocol): boolean {
    return this.protocolsOf(type).has(protocol);
  }

  protocolMethod(type: Type, protocol: Protocol): Type | undefined {
    if (!this.hasProtocol(type, protocol)) return undefined;
    const properties = request(() => this.checker.getPropertiesOfType(type));
    const symbol = properties.find((each) => protocolName(each) === protocol);
    return symbol && request(() => this.checker.getTypeOfSymbol(symbol));
  }

  signatures(type: Type, kind: 'call' | 'construct'): readonly ReadSignature<Type>[] {
    return this.signaturesOf(type, kind).map((signature) => ({
      parameterCount: signature.parameters.length,
      isGeneric: signature.typeParameters !== undefined && signature.typeParameters.length > 0,
      returns: () => request(() => this.checker.getReturnTypeOfSignature(signature)),
      parameters: () => this.parameters(signature),
    }));
  }

  /** The instances of a generic type have the same signatures, but for their types. */
  hasCallSignature(type: Type): boolean {
    const generic = membersKey(type, this.flags);
    let answer = this.callable.get(generic);
    if (answer === undefined) {
      answer = !this.isInstance(type) && this.asksForCall(type);
      this.callable.set(generic, answer);
    }
    return answer;
  }

  elements(type: Type): readonly Type[] | undefined {
    if ((objectFlagsOf(type) & this.client.ObjectFlags.Reference) === 0) return undefined;
    const generic = genericOf(type);
    if (!this.lists.has(generic)) this.lists.set(generic, this.mayBeList(type) ? this.listKind(type) : undefined);
    const kind = this.lists.get(generic);
    if (kind === undefined) return undefined;
    // Both kinds of array are references to a generic type.
    const given = request(() => this.checker.getTypeArguments(type as TypeReference));
    // What a type parameter appears as has itself, as `this`, for one more.
    return kind === 'array' ? given.slice(0, 1) : given;
  }

  private listKind(type: Type): 'array' | 'tuple' | undefined {
    if (request(() => this.checker.isArrayType(type))) return 'array';
    return request(() => this.checker.isTupleType(type)) ? 'tuple' : undefined;
  }

  private signaturesOf(type: Type, kind: 'call' | 'construct'): readonly Signature[] {
    const key = `${kind} ${String(type.id)}`;
    let found = this.signed.get(key);
    if (found === undefined) {
      const { Call, Construct } = this.client.SignatureKind;
      found = request(() => this.checker.getSignaturesOfType(type, kind === 'call' ? Call : Construct));
      this.signed.set(key, found);
    }
    return found;
  }

  /** Instances of classes are never callable, and are what is asked about most. */
  private isInstance(type: Type): boolean {
    if (!this.isOfClassOrInterface(type)) return false;
    const { Class, Function: callable, Interface } = this.client.SymbolFlags;
    const flags = this.symbolOf(type)?.flags ?? 0;
    return (flags & Class) !== 0 && (flags & (callable | Interface)) === 0;
  }

  private isOfClassOrInterface(type: Type): boolean {
    const { ClassOrInterface, Reference } = this.client.ObjectFlags;
    return (objectFlagsOf(type) & (ClassOrInterface | Reference)) !== 0;
  }

  private asksForCall(type: Type): boolean {
    // What an object literal makes is never called.
    if ((objectFlagsOf(type) & this.client.ObjectFlags.ObjectLiteral) !== 0) return false;
    if (this.signaturesOf(type, 'call').length > 0) return true;
    return this.isOfClassOrInterface(type) && this.libraryName(type) === 'Function';
  }

  /** Tuples have no symbol; arrays have the library's. */
  private mayBeList(type: Type): boolean {
    const name = this.symbolOf(type)?.name;
    return name === undefined || name === 'Array' || name === 'ReadonlyArray';
  }

  private members(type: Type): readonly Type[] {
    let members = this.unions.get(type.id);
    if (members === undefined) {
      // Unions and intersections have members.
      members = request(() => (type as Type & { getTypes(): readonly Type[] }).getTypes());
      this.unions.set(type.id, members);
    }
    return members;
  }

  typeArguments(type: Type): readonly Type[] {
    if ((objectFlagsOf(type) & this.client.ObjectFlags.Reference) === 0) return [];
    // The flag says that it is a reference.
    return request(() => this.checker.getTypeArguments(type as TypeReference));
  }

  private protocolsOf(type: Type): ReadonlySet<string> {
    const generic = genericOf(type);
    let found = this.protocols.get(generic);
    if (found === undefined) {
      const properties = request(() => this.checker.getPropertiesOfType(type));
      found = new Set(properties.flatMap((each) => protocolName(each) ?? []));
      this.protocols.set(generic, found);
    }
    return found;
  }

  private parameters(signature: Signature): readonly ReadParameter<Type>[] {
    const symbols = request(() => signature.getParameters());
    const types = symbols.length === 0 ? [] : request(() => this.checker.getTypeOfSymbol(symbols));
    return types.flatMap((type, index) =>
      type === undefined ? [] : [{ type, isRest: signature.hasRestParameter && index === symbols.length - 1 }],
    );
  }

  private isOfLibrary(symbol: Symbol): boolean {
    let answer = this.inLibrary.get(symbol);
    if (answer === undefined) {
      const { program } = this.project;
      answer = symbol.declarations.some(({ path }) =>
        request(() => program.getSourceFileMetadataByPath(path)?.isDefaultLibrary === true),
      );
      this.inLibrary.set(symbol, answer);
    }
    return answer;
  }

  private symbolOfProperty(type: Type, name: string): Symbol | undefined {
    const key = `${name} ${membersKey(type, this.flags)}`;
    if (this.havingProperty.get(key) === false) return undefined;
    const property: Symbol | undefined = request(() => this.checker.getPropertyOfType(type, name));
    this.havingProperty.set(key, property !== undefined);
    return property;
  }

  /** All instances of a generic type have its symbol. */
  private symbolOf(type: Type): Symbol | undefined {
    const generic = genericOf(type);
    if (!this.symbols.has(generic)) this.symbols.set(generic, request(() => type.getSymbol()));
    return this.symbols.get(generic);
  }
}

type InterfaceType = Parameters<Checker['getBaseTypes']>[0];
type TypeReference = Parameters<Checker['getTypeArguments']>[0];
