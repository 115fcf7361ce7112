/**
 * Why this file exists: the program may replace any global name and any function on it. The build puts these copies,
 * made before the program runs, in place of the global names wherever the runtime or the console formatter uses them
 * (esbuild's `inject`); types still come from the language.
 */
const world = globalThis;
const { construct, ownKeys, getOwnPropertyDescriptor, defineProperty } = world.Reflect;

function copyInto(copy: object, native: object): void {
  const keys = ownKeys(native);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i] ?? '';
    const own = getOwnPropertyDescriptor(native, key);
    if (own !== undefined) defineProperty(copy, key, own);
  }
}

function ownNamespace<T extends object>(native: T): T {
  const copy = {};
  copyInto(copy, native);
  return copy as T; // the same members
}

function ownObject(): ObjectConstructor {
  const native = world.Object;
  const copy = function Object(value: unknown): unknown {
    return new.target === undefined ? native(value) : construct(native, [value], new.target);
  };
  copyInto(copy, native);
  return copy as unknown as ObjectConstructor; // what it lacks is not used
}

export const Reflect = ownNamespace(world.Reflect);
export const Math = ownNamespace(world.Math);
export const JSON = ownNamespace(world.JSON);
export const Object = ownObject();
export const Array = world.Array;
export const BigInt = world.BigInt;
export const Error = world.Error;
export const Float64Array = world.Float64Array;
export const Map = world.Map;
export const Number = world.Number;
export const RangeError = world.RangeError;
export const RegExp = world.RegExp;
export const Set = world.Set;
export const String = world.String;
export const Symbol = world.Symbol;
export const SyntaxError = world.SyntaxError;
export const TypeError = world.TypeError;
export const Uint8Array = world.Uint8Array;
export const WeakMap = world.WeakMap;
export const WeakSet = world.WeakSet;
export const decodeURIComponent = world.decodeURIComponent;
