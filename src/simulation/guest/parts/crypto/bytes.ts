/** Why this file exists: texts and bytes as `crypto` takes and gives them. Node 20: lib/internal/crypto/util.js. */
import { invalidType } from '../../node-errors';
import { Buffer, encodingOf } from '../buffer/part';

const views = 'ArrayBuffer, Buffer, TypedArray, or DataView';

/** Node's getArrayBufferOrView. */
export function bytesGiven(value: unknown, name: string, encoding?: unknown): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value, (encoding === 'buffer' ? 'utf8' : encoding) as BufferEncoding);
  const bytes = bytesIn(value);
  if (bytes === undefined) throw invalidType(name, `of type string or an instance of ${views}`, value);
  return bytes;
}

export function bytesIn(value: unknown): Uint8Array | undefined {
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  return value instanceof ArrayBuffer ? new Uint8Array(value) : undefined;
}

/** Those that were given. */
export function given(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

/** A Buffer, or text in an encoding that Node knows; one that it does not know is as if none had been given. */
export function shownAs(bytes: Uint8Array, encoding: unknown): unknown {
  const buffer = Buffer.from(bytes);
  if (typeof encoding !== 'string' || encoding === '' || encodingOf(encoding) === undefined) return buffer;
  return buffer.toString(encoding as BufferEncoding); // just looked at
}
