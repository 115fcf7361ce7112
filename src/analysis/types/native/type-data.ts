/** Why this file exists: what the server sends of types and symbols and the client's public types leave out. */
import type { Symbol, Type } from './client';
import type { Client } from './locate';

/** Of types, several kinds together. */
export interface Flags {
  readonly any: number;
  readonly nothing: number;
  readonly primitive: number;
  readonly instantiable: number;
  /** The rest are of object types. */
  readonly reference: number;
  readonly instantiated: number;
  /** Those whose members are not only those that are written where their symbol is declared. */
  readonly madeFromOthers: number;
}

export function flagsOf({ TypeFlags, ObjectFlags }: Client): Flags {
  const nothing = TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void | TypeFlags.Never;
  return {
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
    reference: ObjectFlags.Reference,
    instantiated: ObjectFlags.Instantiated,
    madeFromOthers:
      ObjectFlags.Mapped |
      ObjectFlags.ReverseMapped |
      ObjectFlags.ObjectLiteral |
      ObjectFlags.ObjectRestType |
      ObjectFlags.InstantiationExpressionType |
      ObjectFlags.EvolvingArray,
  };
}

/** Members that a symbol names have internal names, which end in the symbol's number. */
export function protocolName({ escapedName }: Symbol): string | undefined {
  return /@(\w+)@\d+$/.exec(String(escapedName))?.[1];
}

/** Present on object types only. */
export function objectFlagsOf(type: Type): number {
  return 'objectFlags' in type && typeof type.objectFlags === 'number' ? type.objectFlags : 0;
}

/** The generic type that a type is an instance of; itself where it is none. */
export function genericOf(type: Type): number {
  return 'target' in type && typeof type.target === 'number' && type.target !== 0 ? type.target : type.id;
}

/**
 * Stands for all types that have the members of this one, whatever their types are: the instances of a class, of an
 * interface, or of what is written as a type or a function. What else is instantiated may have others.
 */
export function membersKey(type: Type, { reference, instantiated, madeFromOthers }: Flags): string {
  const flags = objectFlagsOf(type);
  if ((flags & reference) !== 0) return String(genericOf(type));
  const isWritten = (flags & instantiated) !== 0 && (flags & madeFromOthers) === 0;
  const symbol = isWritten ? symbolNumberOf(type) : undefined;
  return symbol === undefined ? String(type.id) : `of ${String(symbol)}`;
}

/** The number of the symbol that a type has, which no request must be made for. */
function symbolNumberOf(type: Type): number | undefined {
  const number = 'symbol' in type ? type.symbol : undefined;
  return typeof number === 'number' && number !== 0 ? number : undefined;
}
