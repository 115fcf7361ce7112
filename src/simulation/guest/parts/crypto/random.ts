/**
 * Why this file exists: random bytes and numbers: made up by a seed, so that the same program always gives the same
 * trace. Node 20: lib/internal/crypto/random.js.
 */
import { domException } from '../../modules/events/dom-exception';
import {
  checkBoolean, checkFunction, checkNumber, checkObject, invalidType, outOfRange, nativeCoded
} from '../../node-errors';
import { NativeRangeError, call, objectToString, type Callable } from '../../primordials';
import { seededFrom } from '../../seeds';
import { nextTick } from '../../ticks';
import { Buffer, FastBuffer } from '../buffer/part';
import { bytesIn } from './bytes';
import { atOnce, inPool, type Job } from './jobs';

/** Xorshift32: plenty for examples, and the same on every machine. */
let known: number | undefined;

function nextByte(): number {
  let state = known ?? seededFrom(0x9e3779b9);
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  known = state;
  return (state >>> 16) & 255;
}

function fill(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = nextByte();
}

/** Chance for what is made outside the sandbox. */
export function seedBytes(count = 32): Uint8Array {
  const bytes = new Uint8Array(count);
  fill(bytes);
  return bytes;
}

/** What asking the system takes, and 200 MB in a second. Modelled. */
const askingMs = 0.01;
const bytesInMs = 200_000;
const mostBytes = 2_147_483_647;

function job(name: string, args: readonly unknown[], bytes: Uint8Array, made: object): Job<object> {
  const ms = askingMs + bytes.length / bytesInMs;
  return { name, args, ms, run: () => { fill(bytes); return made; } };
}

export function randomBytes(size: unknown, callback?: unknown): object | undefined {
  checkNumber(size, 'size');
  const count = size as number; // just checked
  if (!(count >= 0 && count <= mostBytes)) throw outOfRange('size', `>= 0 && <= ${mostBytes}`, size);
  if (callback !== undefined) checkFunction(callback, 'callback');
  const bytes = new FastBuffer(Math.trunc(count));
  if (callback === undefined) return atOnce(job('randomBytes', [size], bytes, bytes));
  if (count === 0) call(callback as Callable, undefined, null, bytes); // just checked
  else inPool(job('randomBytes', [size], bytes, bytes), callback as Callable); // just checked
  return undefined;
}

interface Elements {
  readonly BYTES_PER_ELEMENT?: number;
  readonly length: number;
}

/** The part of a view that is to be filled; `offset` and `size` count its elements. */
function partOf(buffer: unknown, offset: unknown, size: unknown): Uint8Array {
  const bytes = bytesIn(buffer);
  if (bytes === undefined) throw invalidType('buf', 'an instance of ArrayBuffer or ArrayBufferView', buffer);
  const { BYTES_PER_ELEMENT: width = 1 } = buffer as Elements; // a view or a buffer
  checkNumber(offset, 'offset');
  const from = (offset as number) * width; // just checked
  if (!(from >= 0 && from <= bytes.length)) throw outOfRange('offset', `>= 0 && <= ${bytes.length}`, from);
  if (size === undefined) return bytes.subarray(from);
  checkNumber(size, 'size');
  const count = (size as number) * width; // just checked
  if (!(count >= 0 && count <= mostBytes)) throw outOfRange('size', `>= 0 && <= ${mostBytes}`, count);
  if (from + count > bytes.length) throw outOfRange('size + offset', `<= ${bytes.length}`, from + count);
  return bytes.subarray(from, from + count);
}

export function randomFillSync(buffer: unknown, offset: unknown = 0, size?: unknown): unknown {
  atOnce(job('randomFill', [], partOf(buffer, offset, size), {}));
  return buffer;
}

export function randomFill(buffer: unknown, ...more: unknown[]): void {
  const at = more.findIndex((each) => typeof each === 'function');
  const callback = at < 0 ? more[2] : more[at];
  const [offset = 0, size] = at < 0 ? more : more.slice(0, at);
  if (bytesIn(buffer) !== undefined) checkFunction(callback, 'callback');
  const bytes = partOf(buffer, offset, size);
  inPool(job('randomFill', [], bytes, buffer as object), callback as Callable); // just checked
}

const randMax = 0xffff_ffff_ffff;

/** How many numbers are ready, as in Node's cache of 6 KB: with a callback the first ones have to be fetched. */
let ready = 0;
const inCache = 1024;
type Waiting = () => void;
let waiting: Waiting[] = [];

function number(range: number): number {
  const limit = randMax - (randMax % range);
  for (;;) {
    let x = 0;
    for (let i = 0; i < 6; i++) x = x * 256 + nextByte();
    if (x < limit) return x % range;
  }
}

export function randomInt(...given: unknown[]): number | undefined {
  const [first, second] = given;
  const isShort = second === undefined || typeof second === 'function';
  const [min, max, callback] = isShort ? [0, first, second] : [first, second, given[2]];
  if (callback !== undefined) checkFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw invalidType('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw invalidType('max', 'a safe integer', max);
  const [low, high] = [min as number, max as number]; // just checked
  if (high <= low) throw outOfRange('max', `greater than the value of "min" (${low})`, max);
  const range = high - low;
  if (range > randMax) throw outOfRange(isShort ? 'max' : 'max - min', `<= ${randMax}`, range);
  if (callback === undefined) {
    ready = ready > 0 ? ready - 1 : inCache - 1;
    return low + number(range);
  }
  const tell = (): void => {
    ready--;
    nextTick(callback, [undefined, low + number(range)]);
  };
  if (ready > 0) tell();
  else fetchFor(tell);
  return undefined;
}

function fetchFor(tell: Waiting): void {
  waiting.push(tell);
  if (waiting.length > 1) return;
  const told = (): void => {
    ready = inCache;
    const all = waiting;
    waiting = [];
    for (const each of all) each();
  };
  inPool(job('randomInt', [], new Uint8Array(0), {}), told);
}

export function randomUUID(options?: unknown): string {
  if (options !== undefined) checkObject(options, 'options');
  const { disableEntropyCache = false } = (options ?? {}) as { disableEntropyCache?: unknown }; // just checked
  checkBoolean(disableEntropyCache, 'options.disableEntropyCache');
  const bytes = new Uint8Array(16);
  fill(bytes);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function getRandomValues(array: unknown): unknown {
  const kind = objectToString(array).slice('[object '.length);
  if (!ArrayBuffer.isView(array) || !/^(?:Big)?(?:Int|Uint)/.test(kind))
    throw domException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  if (array.byteLength > 65_536)
    throw domException('The requested length exceeds 65,536 bytes', 'QuotaExceededError');
  return randomFillSync(array);
}

export function timingSafeEqual(first: unknown, second: unknown): boolean {
  const [a, b] = [bytesIn(first), bytesIn(second)];
  const views = 'must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.';
  if (a === undefined) throw nativeCoded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "buf1" argument ${views}`);
  if (b === undefined) throw nativeCoded(TypeError, 'ERR_INVALID_ARG_TYPE', `The "buf2" argument ${views}`);
  if (a.length !== b.length) {
    const words = 'Input buffers must have the same byte length';
    throw nativeCoded(NativeRangeError, 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH', words);
  }
  return a.every((byte, i) => byte === b[i]);
}
