/** Why this file exists: what values are written as when they cross to another agent, and which kinds they keep. */

/** JSON: a primitive is itself or a tagged list; an object is a tagged list, or a reference to one before it. */
export type Code = string | number | boolean | null | Code[];

/** Objects that only live in one agent and have their own ways to cross: ports and shared memory (workers/). */
export interface Crossing {
  /** A code for an object that it knows; undefined for any other. */
  encode(value: object): Code | undefined;
  decode(tag: string, code: readonly Code[]): object | undefined;
}

export const crossing: Crossing = { encode: () => undefined, decode: () => undefined };

export const errorKinds: Readonly<Record<string, ErrorConstructor>> = {
  Error,
  EvalError: globalThis.EvalError,
  RangeError,
  ReferenceError: globalThis.ReferenceError,
  SyntaxError,
  TypeError,
  URIError: globalThis.URIError,
};

interface ViewKind {
  new (buffer: ArrayBufferLike, offset: number, length?: number): ArrayBufferView;
  readonly prototype: object;
}

export const viewKinds: Readonly<Record<string, ViewKind>> = {
  Int8Array: globalThis.Int8Array,
  Uint8Array,
  Uint8ClampedArray: globalThis.Uint8ClampedArray,
  Int16Array: globalThis.Int16Array,
  Uint16Array: globalThis.Uint16Array,
  Int32Array: globalThis.Int32Array,
  Uint32Array: globalThis.Uint32Array,
  Float32Array: globalThis.Float32Array,
  Float64Array,
  BigInt64Array: globalThis.BigInt64Array,
  BigUint64Array: globalThis.BigUint64Array,
  DataView: globalThis.DataView,
};

