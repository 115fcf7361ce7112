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

interface Flags {
  readonly any: number;
  readonly nothing: number;
  readonly primitive: number;
  readonly instantiable: number;
}

/** Reads types of one snapshot. */
export class TypeReader7 implements TypeReader<Type> {
  private readonly flags: Flags;
  private readonly checker: Checker;
  private readonly unions = new Map<number, readonly Type[]>();
  private readonly symbols = new Map<number, Symbol | undefined>();
  private readonly properties = new Map<string, Type | undefined>();
  /** Generic types without a property of this name. */
  private readonly withoutProperty = new Set<string>();
  private readonly protocols = new Map<number, ReadonlySet<string>>();
  private readonly callable = new Map<number, boolean>();
  private readonly inLibrary = new Map<Symbol, boolean>();
  private readonly basesOf = new Map<Symbol, readonly Type[]>();
  private readonly lists = new Map<number, 'array' | 'tuple' | undefined>();

  constructor(
    private readonly client: Client,
    private readonly project: Project,
    private readonly library: LibraryNodes,
  ) {
    this.checker = project.checker;
    const { TypeFlags } = client;
    const nothing = TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void | TypeFlags.Never;
    this.flags = {
      any: TypeFlags.Any | TypeFlags.Unknown,
      nothing,
      primitive:
        nothing |
        TypeFlags.StringLike |
        TypeFlags.NumberLike |
        TypeFlags.BigIntLike |
        TypeFlags.BooleanLike |
        TypeFlags.ESSymbolLike,
      instantiable: TypeFlags.Instantiable,
    };
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

  intersected(type: Type): readonly Type[] | undefined {
    return (type.flags & this.client.TypeFlags.Intersection) === 0 ? undefined : this.members(type);
  }

  isTypeParameter(type: Type): boolean {
    return (type.flags & this.client.TypeFlags.TypeParameter) !== 0;
  }

  constraint(type: Type): Type | undefined {
    return request(() => this.checker.getBaseConstraintOfType(type));
  }

  /** Only type variables, mapped types and intersections appear as something else. */
  apparent(type: Type): Type {
    const { TypeFlags, ObjectFlags } = this.client;
    const differs =
      (type.flags & (this.flags.instantiable | TypeFlags.Intersection | TypeFlags.NonPrimitive)) !== 0 ||
      (objectFlagsOf(type) & ObjectFlags.Mapped) !== 0;
    return differs ? (request(() => this.checker.getApparentType(type)) ?? type) : type;
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
    const absent = `${name} ${String(genericOf(type))}`;
    if (this.withoutProperty.has(absent)) return undefined;
    const key = `${name} ${String(type.id)}`;
    if (!this.properties.has(key)) {
      const property = request(() => this.checker.getPropertyOfType(type, name));
      if (property === undefined) this.withoutProperty.add(absent);
      this.properties.set(key, property && request(() => this.checker.getTypeOfSymbol(property)));
    }
    return this.properties.get(key);
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
    const { SignatureKind } = this.client;
    const asked = kind === 'call' ? SignatureKind.Call : SignatureKind.Construct;
    return request(() => this.checker.getSignaturesOfType(type, asked)).map((signature) => ({
      parameterCount: signature.parameters.length,
      returns: () => request(() => this.checker.getReturnTypeOfSignature(signature)),
      parameters: () => this.parameters(signature),
    }));
  }

  /** The instances of a generic class or interface have the same signatures, but for their types. */
  hasCallSignature(type: Type): boolean {
    const generic = genericOf(type);
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
    return request(() => {
      if (this.checker.isArrayType(type)) return 'array';
      return this.checker.isTupleType(type) ? 'tuple' : undefined;
    });
  }

  /** Instances of classes are never callable, and are what is asked about most. */
  private isInstance(type: Type): boolean {
    const { Class, Function: callable } = this.client.SymbolFlags;
    const flags = this.symbolOf(type)?.flags ?? 0;
    const { ClassOrInterface } = this.client.ObjectFlags;
    const ofClass = (objectFlagsOf(type) & (ClassOrInterface | this.client.ObjectFlags.Reference)) !== 0;
    return ofClass && (flags & Class) !== 0 && (flags & (callable | this.client.SymbolFlags.Interface)) === 0;
  }

  private asksForCall(type: Type): boolean {
    const { Call } = this.client.SignatureKind;
    const signatures = request(() => this.checker.getSignaturesOfType(type, Call));
    return signatures.length > 0 || this.libraryName(type) === 'Function';
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

  private symbolOf(type: Type): Symbol | undefined {
    if (!this.symbols.has(type.id)) this.symbols.set(type.id, request(() => type.getSymbol()));
    return this.symbols.get(type.id);
  }
}

type InterfaceType = Parameters<Checker['getBaseTypes']>[0];
type TypeReference = Parameters<Checker['getTypeArguments']>[0];

/** Members that a symbol names have internal names, which end in the symbol's number. */
function protocolName({ escapedName }: Symbol): string | undefined {
  return /@(\w+)@\d+$/.exec(String(escapedName))?.[1];
}

/** Present on object types only. */
function objectFlagsOf(type: Type): number {
  return 'objectFlags' in type && typeof type.objectFlags === 'number' ? type.objectFlags : 0;
}

/** The generic type that a type is an instance of; itself where it is none. */
function genericOf(type: Type): number {
  return 'target' in type && typeof type.target === 'number' && type.target !== 0 ? type.target : type.id;
}
