/**
 * Why this file exists: a message between processes as text: JSON, or a structured clone. Node 20:
 * lib/internal/child_process/serialization.js.
 */
import { json } from '../../json';
import { codedError, received } from '../../node-errors';
import { NativeTypeError } from '../../primordials';
import { deserialize } from '../../modules/deserialize';
import { serialize } from '../../modules/serialize';

export type Serialization = 'json' | 'advanced';

const kinds: readonly string[] = ['string', 'object', 'number', 'boolean'];

/** What `send` refuses. */
export function sendable(message: unknown): void {
  if (message === undefined) throw codedError(NativeTypeError, 'ERR_MISSING_ARGS', 'The "message" argument must be specified');
  if (kinds.includes(typeof message)) return;
  const words = `The "message" argument must be one of type string, object, number, or boolean. Received ${received(message)}`;
  throw codedError(NativeTypeError, 'ERR_INVALID_ARG_TYPE', words);
}

export function written(mode: Serialization, message: unknown): string {
  return mode === 'json' ? String(json.stringify(message)) : serialize(message, []).text;
}

export function read(mode: Serialization, text: string): { readonly value: unknown } {
  return { value: mode === 'json' ? json.parse(text) : deserialize(text) };
}
