/** Why this file exists: of `in` and `instanceof` V8's errors spell the operands, which the engine's do not name. */
import { NativeTypeError, isObject } from './primordials';
import { describe } from './words';

/** $_in: `key in object`. ECMA-262 §13.10.1. */
export function hasKey(key: unknown, object: unknown): boolean {
  if (!isObject(object))
    throw new NativeTypeError(`Cannot use 'in' operator to search for '${describe(key)}' in ${describe(object)}`);
  return (key as PropertyKey) in object; // whatever it is, the language makes a key of it
}

/** $_is: `value instanceof target`. ECMA-262 §13.10.2. */
export function isInstance(value: unknown, target: unknown): boolean {
  if (!isObject(target)) throw new NativeTypeError("Right-hand side of 'instanceof' is not an object");
  return value instanceof (target as () => object); // what is no function is refused by the engine
}
