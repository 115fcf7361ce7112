/**
 * Why this file exists: what the facts of a type need of a checker, so that both engines judge types in the same way.
 * `T` is the checker's own type.
 */
export interface TypeReader<T> {
  /** `any`, `unknown`, or did not resolve. */
  isAny(type: T): boolean;
  /** Undefined, null, void or never. */
  isNothing(type: T): boolean;
  /** Strings, numbers, booleans, enums, symbols and nothing: never a promise, a list or a function. */
  isPrimitive(type: T): boolean;
  /** The members of a union; any other type alone. */
  constituents(type: T): readonly T[];
  /** The members of an intersection; undefined for any other type. */
  intersected(type: T): readonly T[] | undefined;
  isTypeParameter(type: T): boolean;
  constraint(type: T): T | undefined;
  apparent(type: T): T;
  /** An instance of the standard library's `Promise`. */
  isLibraryPromise(type: T): boolean;
  /** The base types of the class or interface that a type is an instance of. */
  bases(type: T): readonly T[];
  /** The type of the property `then`. */
  then(type: T): T | undefined;
  /** Can be called; `Function` of the standard library can, though it does not say how. */
  hasCallSignature(type: T): boolean;
  /** The element types of an array or a tuple; undefined for any other type. */
  elements(type: T): readonly T[] | undefined;
}
