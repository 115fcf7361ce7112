/**
 * Why this file exists: what the facts of a type need of a checker, so that both engines judge types in the same way.
 * `T` is the checker's own type.
 */
import type ts from 'typescript';
import type { LibraryTarget } from './questions';

export interface TypeReader<T> {
  /** `any`, `unknown`, or did not resolve. */
  isAny(type: T): boolean;
  /** Undefined, null, void or never. */
  isNothing(type: T): boolean;
  /** Strings, numbers, booleans, enums, symbols and nothing: never a promise, a list or a function. */
  isPrimitive(type: T): boolean;
  /** The members of a union; any other type alone. */
  constituents(type: T): readonly T[];
  isIntersection(type: T): boolean;
  /** The members of an intersection; undefined for any other type. */
  intersected(type: T): readonly T[] | undefined;
  isTypeParameter(type: T): boolean;
  constraint(type: T): T | undefined;
  apparent(type: T): T;
  isVoid(type: T): boolean;
  /** The name of a class or interface of the standard library: `Promise`, `Error`. */
  libraryName(type: T): string | undefined;
  /** The name of a class or interface of any library: `node:events` and `EventEmitter`. */
  identity(type: T): LibraryTarget | undefined;
  /** The base types of the class or interface that a type is an instance of. */
  bases(type: T): readonly T[];
  property(type: T, name: string): T | undefined;
  hasProperty(type: T, name: string): boolean;
  /** Has the method that a symbol names: `[Symbol.asyncIterator]`. */
  hasProtocol(type: T, protocol: Protocol): boolean;
  /** The type of that method. */
  protocolMethod(type: T, protocol: Protocol): T | undefined;
  signatures(type: T, kind: 'call' | 'construct'): readonly ReadSignature<T>[];
  /** Can be called; `Function` of the standard library can, though it does not say how. */
  hasCallSignature(type: T): boolean;
  /** The element types of an array or a tuple; undefined for any other type. */
  elements(type: T): readonly T[] | undefined;
  /** Those of an instance of a generic class or interface; none for any other type. */
  typeArguments(type: T): readonly T[];
}

/** What nodes of one program mean, in whatever tree they are; undefined where the checker does not say. */
export interface NodeReader<T> {
  typeAt(node: ts.Node): T | undefined;
  /** The type that the place of an expression expects. */
  expectedAt(node: ts.Expression): T | undefined;
}

export type Protocol = 'iterator' | 'asyncIterator' | 'dispose' | 'asyncDispose';

export interface ReadSignature<T> {
  readonly parameterCount: number;
  /** Has type parameters of its own. */
  readonly isGeneric: boolean;
  returns(): T | undefined;
  parameters(): readonly ReadParameter<T>[];
}

export interface ReadParameter<T> {
  readonly type: T;
  /** `...rest`: the type is that of the list. */
  readonly isRest: boolean;
}
