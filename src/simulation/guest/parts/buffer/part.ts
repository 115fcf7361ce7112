/** Why this file exists: the part of the guest that brings `buffer`, `string_decoder` and their globals. */
import { invalidType } from '../../node-errors';
import { offerModule } from '../../modules/builtin';
import { buffers } from '../../modules/util/module';
import { NativeError, defineProperty, named } from '../../primordials';
import { accessorGlobal } from '../../part-globals';
import { atob, btoa } from './base64';
import { Blob, File } from './blob';
import { Buffer, maxLength, maxStringLength } from './buffer';
import { sequenceAt } from './texts';
import { inspectMaxBytes } from './methods';
import { stringDecoderModule } from './string-decoder';

export { Buffer, FastBuffer, bytesOfText, isBuffer, type NodeBuffer } from './buffer';
export { encodingOf, type Encoding } from './encodings';
export { Blob, File, blobInside } from './blob';
export { textOf } from './texts';
export { unknownEncoding } from './search';
export { StringDecoder } from './string-decoder';

function bytesOf(input: unknown): Uint8Array {
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (input instanceof ArrayBuffer) return new Uint8Array(input);
  throw invalidType('input', 'an instance of ArrayBuffer, Buffer, or TypedArray', input);
}

function isUtf8(input: unknown): boolean {
  const bytes = bytesOf(input);
  for (let at = 0; at < bytes.length;) {
    const size = sequenceAt(bytes, at, bytes.length);
    if (size < 0) return false;
    at += size;
  }
  return true;
}

/** What an encoding has no sign for becomes a question mark. */
function within(text: string, most: number): string {
  return most === 0xffff ? text : text.replace(/./gsu, (sign) => ((sign.codePointAt(0) ?? 0) > most ? '?' : sign));
}

function transcode(source: unknown, from: BufferEncoding, to: string): unknown {
  if (!(source instanceof Uint8Array)) throw invalidType('source', 'an instance of Buffer or Uint8Array', source);
  const made = Buffer.from(source);
  const most = to === 'ascii' ? 0x7f : to === 'latin1' || to === 'binary' ? 0xff : 0xffff;
  const isKnown = [from, to].every((each) => Buffer.isEncoding(each) && !/^(?:base64|base64url|hex)$/i.test(each));
  if (isKnown) return Buffer.from(within(made.toString(from), most), to as BufferEncoding); // just asked
  const words = 'Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]';
  throw Object.assign(new NativeError(words), { code: 'U_ILLEGAL_ARGUMENT_ERROR', errno: 1 });
}

function makeModule(): object {
  const module = {
    Buffer,
    transcode: named(transcode, 'transcode', 3),
    isUtf8: named(isUtf8, 'isUtf8', 1),
    isAscii: named((input: unknown) => bytesOf(input).every((byte) => byte < 128), 'isAscii', 1),
    kMaxLength: maxLength,
    kStringMaxLength: maxStringLength,
    btoa,
    atob,
  };
  const constants = { MAX_LENGTH: maxLength, MAX_STRING_LENGTH: maxStringLength };
  defineProperty(module, 'constants', { value: constants, enumerable: true });
  defineProperty(module, 'INSPECT_MAX_BYTES', inspectMaxBytes);
  return Object.assign(module, { Blob, File });
}

named(atob, 'atob', 1);
named(btoa, 'btoa', 1);
offerModule('buffer', makeModule, ['SlowBuffer', 'resolveObjectURL']);
offerModule('string_decoder', () => stringDecoderModule);
buffers.are = (value) => value instanceof Buffer;
accessorGlobal('Buffer', Buffer, { isNamed: false });
accessorGlobal('Blob', Blob);
accessorGlobal('File', File);
accessorGlobal('atob', atob, { isShown: true });
accessorGlobal('btoa', btoa, { isShown: true });
