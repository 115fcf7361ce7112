/** Why this file exists: the names of the library classes and interfaces that a value is an instance of. */
import type { Lineage } from './questions';
import type { TypeReader } from './type-reader';

/** No hierarchy that is looked at is deeper. */
const maxDepth = 12;

export function lineageOf<T>(type: T, types: TypeReader<T>): Lineage {
  if (types.isAny(type)) return { names: [], isAny: true, isPrimitive: false };
  // A text is no instance of String: only what is left of the others is looked at as an object.
  const parts = types
    .constituents(type)
    .flatMap((part) => (types.isPrimitive(part) ? [part] : types.constituents(types.apparent(part))));
  return {
    names: parts.map((part) => [...new Set(namesOf(part, types, maxDepth))]),
    isAny: parts.some((part) => types.isAny(part)),
    isPrimitive: parts.every((part) => types.isPrimitive(part)),
  };
}

function namesOf<T>(type: T, types: TypeReader<T>, depth: number): readonly string[] {
  if (depth === 0 || types.isPrimitive(type)) return [];
  const intersected = types.intersected(type);
  if (intersected !== undefined) return intersected.flatMap((part) => namesOf(part, types, depth - 1));
  if (types.isTypeParameter(type)) {
    const constraint = types.constraint(type);
    return constraint === undefined || constraint === type ? [] : namesOf(constraint, types, depth - 1);
  }
  const own = types.identity(type);
  const bases = types.bases(type).flatMap((base) => namesOf(base, types, depth - 1));
  return own === undefined ? bases : [`${own.module} ${own.name}`, ...bases];
}
