/** Why this file exists: what the server sends of types and symbols and the client's public types leave out. */
import type { Symbol, Type } from './client';
import type { Client } from './locate';

/** Of types, several kinds together. */
export interface Flags {
  readonly any: number;
  readonly nothing: number;
  readonly primitive: number;
  readonly instantiable: number;
}

export function flagsOf({ TypeFlags }: Client): Flags {
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
