/** Why this file exists: the global function structuredClone. */
import { nativeCoded } from '../node-errors';
import { NativeTypeError, isObject } from '../primordials';
import { deserialize } from './deserialize';
import { detach, serialize } from './serialize';
import { types } from './util/types';

/** What is named in `transfer` and can be moved. */
export function structuredClone(...given: [value?: unknown, options?: { transfer?: unknown }]): unknown {
  if (given.length === 0) throw nativeCoded(NativeTypeError, 'ERR_MISSING_ARGS', 'The value argument must be specified');
  const [value, options] = given;
  const moved = isObject(options) && isObject(options.transfer) ? [...(options.transfer as Iterable<object>)] : [];
  const { text } = serialize(value, moved);
  for (const each of moved) if (types['isArrayBuffer']?.(each)) detach(each as ArrayBuffer);
  return deserialize(text);
}
