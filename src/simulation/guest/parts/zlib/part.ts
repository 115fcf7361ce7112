/**
 * Why this file exists: the part of the guest that brings `zlib`: whole texts packed and unpacked, at once or in the
 * thread pool. The bytes are those of zlib itself.
 */
import { clock } from '../../clock';
import { handOver, newOperation, workUntil } from '../../loop/pool';
import { offerModule } from '../../modules/builtin';
import { computeOutside } from '../../native';
import { inNodeFrames, madeGeneric } from '../../node-frames';
import { checkFunction, checkInteger, checkObject, codedError, invalidType } from '../../node-errors';
import { NativeError, NativeRangeError, call, defineProperty, named, type Callable } from '../../primordials';
import { callLabel } from '../../recorder';
import { nextTick } from '../../ticks';
import type { NotComputed, ZlibMethod } from '../../../computing';
import { Buffer } from '../buffer/part';
import { codes, constants } from './constants';
import { thrownAt } from '../../thrown-places';

const methods: readonly ZlibMethod[] = [
  'deflate', 'gzip', 'deflateRaw', 'unzip', 'inflate', 'gunzip', 'inflateRaw', 'brotliCompress', 'brotliDecompress',
];

/** Bytes in a millisecond. Modelled, as measured: packing text, unpacking. */
const [packedInMs, unpackedInMs] = [60_000, 200_000];
/** One trip to the thread pool brings at most so much. */
const chunkSize = 16 * 1024;

export function bytesOf(value: unknown): Uint8Array {
  if (typeof value === 'string') return Buffer.from(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  const views = 'Buffer, TypedArray, DataView, or ArrayBuffer';
  throw invalidType('buffer', `of type string or an instance of ${views}`, value);
}

export type Options = Readonly<Record<string, unknown>>;

/** Least and most of each option. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  level: [-1, 9], windowBits: [8, 15], memLevel: [1, 9], strategy: [0, 4], flush: [0, 5], finishFlush: [0, 5],
};

export function optionsOf(given: unknown): Options {
  if (given === undefined || given === null) return {};
  checkObject(given, 'options');
  const options = given as Options; // just checked
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = options[name];
    if (value === undefined) continue;
    checkInteger(value, `options.${name}`);
    if ((value as number) >= least && (value as number) <= most) continue; // just checked
    const words = `It must be >= ${least} and <= ${most}. Received ${value as number}`;
    throw codedError(NativeRangeError, 'ERR_OUT_OF_RANGE', `The value of "options.${name}" is out of range. ${words}`);
  }
  return options;
}

export function msFor(method: ZlibMethod, size: number): number {
  const isPacking = /deflate|gzip|Compress/.test(method);
  return 0.05 + size / (isPacking ? packedInMs : unpackedInMs);
}

function failed({ message, code, errno }: NotComputed): Error {
  const error = new NativeError(message);
  return Object.assign(error, { errno, code });
}

export function computed(method: ZlibMethod, bytes: Uint8Array, given: Options): Buffer | Error {
  const { dictionary, maxOutputLength, ...options } = given;
  const asked = { kind: 'zlib', method, options: { ...plain(options), ...(dictionary ? { dictionary: true } : {}) } } as const;
  const answer = computeOutside(asked, bytes, dictionary === undefined ? new Uint8Array(0) : bytesOf(dictionary));
  if (!(answer instanceof Uint8Array)) return failed(answer);
  if (typeof maxOutputLength !== 'number' || answer.length <= maxOutputLength) return Buffer.from(answer);
  const words = `Cannot create a Buffer larger than ${maxOutputLength} bytes`;
  return codedError(NativeRangeError, 'ERR_BUFFER_TOO_LARGE', words);
}

/** Numbers, and parameters of brotli by number. */
function plain(options: Options): Options {
  const kept = Object.entries(options).filter(([name, value]) => typeof value === 'number' || name === 'params' || name === 'marks');
  return Object.fromEntries(kept);
}

function sync(method: ZlibMethod): Callable {
  return (given: unknown, options?: unknown): Buffer => {
    const checked = optionsOf(options);
    const bytes = bytesOf(given);
    clock.spend(msFor(method, bytes.length));
    workUntil(clock.now());
    const made = computed(method, bytes, checked);
    if (made instanceof NativeError) throw thrownAt(made, 'node:zlib:425', '      throw self[kError];', 6);
    return made;
  };
}

function withCallback(method: ZlibMethod): Callable {
  return (given: unknown, options: unknown, last?: unknown): void => {
    const callback = typeof options === 'function' ? options : last;
    const checked = optionsOf(typeof options === 'function' ? undefined : options);
    checkFunction(callback, 'callback');
    const bytes = bytesOf(given);
    const operation = newOperation(callLabel(method, [given]));
    const ms = msFor(method, bytes.length);
    let made: Buffer | Error | undefined;
    let left = 0;
    const trip = (share: number): void => {
      handOver(operation, {
        name: '',
        ms: share,
        run: () => {
          if (made !== undefined) return;
          made = computed(method, bytes, checked);
          left = made instanceof NativeError ? 1 : Math.max(Math.ceil(made.length / chunkSize), 1);
        },
        told: () => {
          if (--left > 0) trip(ms / 10);
          else nextTick(tell, []); // the end of a stream is told in a tick
        },
        callback: callback as Callable, // just checked
      });
    };
    const tell = (): void => {
      const who = method.startsWith('brotli') ? 'BrotliDecoder' : 'Zlib';
      const frame = `${who}.zlibOnError [as onerror] (node:zlib:189:17)`;
      if (made instanceof NativeError)
        call(callback as Callable, undefined, inNodeFrames(made, ...madeGeneric, frame));
      else call(callback as Callable, undefined, null, made);
    };
    trip(ms);
  };
}

const table = Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value >>> 0;
});

function crc32(data: unknown, start = 0): number {
  if (typeof data !== 'string' && !ArrayBuffer.isView(data))
    throw invalidType('data', 'of type string or an instance of Buffer, TypedArray, or DataView', data);
  checkInteger(start, 'value', 0, 4_294_967_295);
  let crc = ~start;
  for (const byte of bytesOf(data)) crc = (table[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
}

const missing = [
  'Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip', 'BrotliCompress', 'BrotliDecompress',
  'createDeflate', 'createInflate', 'createDeflateRaw', 'createInflateRaw', 'createGzip', 'createGunzip', 'createUnzip',
  'createBrotliCompress', 'createBrotliDecompress',
];

const streams: object[] = [];

/** For the part that brings streams. */
export function addToZlib(members: object): void {
  streams.push(members);
}

function makeModule(): object {
  const module: Record<string, unknown> = { crc32: named(crc32, 'crc32', 1) };
  for (const members of streams) Object.assign(module, members);
  for (const method of methods) {
    module[method] = named(withCallback(method), method, 3);
    module[`${method}Sync`] = named(sync(method), `${method}Sync`, 2);
  }
  const byNumber = Object.fromEntries(Object.entries(codes).map(([name, value]) => [value, name]));
  // Their old places, which nobody lists.
  for (const [name, value] of Object.entries(constants))
    if (!name.startsWith('BROTLI')) defineProperty(module, name, { value });
  defineProperty(module, 'constants', { value: Object.freeze({ ...constants }), enumerable: true });
  defineProperty(module, 'codes', { value: Object.freeze({ ...codes, ...byNumber }), enumerable: true });
  return module;
}

offerModule('zlib', makeModule, missing);
