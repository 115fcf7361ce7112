/**
 * Why this file exists: the many forms in which programs say what is to be read, written or made. Node 20: lib/fs.js.
 */
import { checkInteger, invalidType } from '../../node-errors';
import { Buffer, encodingOf } from '../buffer/part';
import { bytesOf, checkRange, contentOf, invalidValue, isView, positionOf } from './arguments';

export type Given = readonly unknown[];

interface ReadWhat {
  readonly buffer?: unknown;
  readonly offset?: unknown;
  readonly length?: unknown;
  readonly position?: unknown;
}

/** The forms of `fs.read`: after the descriptor a buffer, options or both, in this order. */
export function readWhat(args: Given): Required<ReadWhat> {
  const [first, second] = args;
  const hasBuffer = isView(first) || (first !== undefined && args.length > 1);
  const options = (hasBuffer ? second : first) as ReadWhat | null | undefined; // looked at below
  const byPlace: ReadWhat = { offset: second, length: args[2], position: args[3] };
  const isByPlace = hasBuffer && args.length > 1 && (typeof second !== 'object' || second === null);
  const { offset, length, position = null, buffer } = isByPlace ? byPlace : (options ?? {});
  const into: unknown = hasBuffer ? first : (buffer ?? Buffer.alloc(16_384));
  if (!isView(into)) throw invalidType('buffer', 'an instance of Buffer, TypedArray, or DataView', into);
  const start = Number(offset ?? 0);
  return { buffer: into, offset: start, length: length ?? bytesOf(into).length - start, position };
}

/** The piece of a buffer that is to be filled, checked. */
export function pieceOf({ buffer, offset, length }: Required<ReadWhat>): Uint8Array {
  const bytes = bytesOf(buffer);
  checkInteger(offset, 'offset', 0);
  const [start, count] = [Number(offset), Number(length) | 0];
  if (count > 0 && bytes.length === 0) throw invalidValue('buffer', buffer, 'is empty and cannot be written');
  checkRange(start, count, bytes.length);
  return bytes.subarray(start, start + count);
}

interface WriteWhat {
  readonly bytes: Uint8Array;
  readonly position: number | undefined;
}

/** What is to be written: a view with offset, length and position, or text with position and encoding. */
export function writeWhat([data, ...more]: Given): WriteWhat {
  if (!isView(data)) {
    const [position, encoding = 'utf8'] = more;
    if (typeof encoding === 'string' && encodingOf(encoding) === undefined) throw invalidValue('encoding', encoding);
    return { bytes: contentOf(data, encoding, 'buffer'), position: positionOf(position) };
  }
  const [first] = more;
  const isOptions = typeof first === 'object' && first !== null;
  const byPlace: ReadWhat = { offset: first, length: more[1], position: more[2] };
  const { offset, length, position } = isOptions ? (first as ReadWhat) : byPlace; // as Node reads it
  const bytes = bytesOf(data);
  const start = offset ?? 0;
  checkInteger(start, 'offset', 0);
  const from = Number(start);
  const count = typeof length === 'number' ? length : bytes.length - from;
  checkRange(from, count, bytes.length);
  return { bytes: bytes.subarray(from, from + count), position: positionOf(position) };
}

export function folderOptions(options: unknown): { readonly recursive: unknown; readonly mode: unknown } {
  if (typeof options === 'number' || typeof options === 'string') return { recursive: false, mode: options };
  const { recursive = false, mode = 0o777 } = (options ?? {}) as Partial<Record<string, unknown>>; // checked after
  return { recursive, mode };
}
