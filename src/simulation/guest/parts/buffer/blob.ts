/** Why this file exists: `Blob` and `File`. Node 20: lib/internal/blob.js, lib/internal/file.js. */
import { clock } from '../../clock';
import { endNow } from '../../ending';
import { joinedBytes } from '../../joined-bytes';
import { asInterface, inspectCustom, shown } from '../../modules/events/event';
import { codedError, invalidType } from '../../node-errors';
import { deferred } from '../../own-promises';
import { NativeTypeError, defineProperty, isObject, named } from '../../primordials';
import { here } from '../../recorder';
import { enqueueMicrotask } from '../../tasks';
import { epoch } from '../../time';
import { writeText, byteLength } from './encodings';
import { textOf } from './texts';
import { withdrawn } from '../../withdrawn';

type Pieces = readonly Uint8Array[];

function isIterable(value: unknown): value is Iterable<unknown> {
  return isObject(value) && typeof (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] === 'function';
}

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(byteLength(text, 'utf8'));
  writeText(text, 'utf8', bytes, 0, bytes.length);
  return bytes;
}

function copyOf(view: ArrayBufferView | ArrayBuffer): Uint8Array {
  return ArrayBuffer.isView(view)
    ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice()
    : new Uint8Array(view).slice();
}

function piecesOf(source: unknown, isNative: boolean): Uint8Array[] {
  if (source instanceof Blob) return [...blobInside.piecesOf(source)];
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return [copyOf(source)];
  const text = String(source);
  return [bytesOf(isNative ? text.replaceAll(/\r\n|\r|\n/g, '\n') : text)];
}

interface BlobOptions {
  readonly type?: unknown;
  readonly endings?: unknown;
}

export class Blob {
  #pieces: Pieces;
  readonly #type: string;

  constructor(sources: unknown = [], options: BlobOptions = {}) {
    if (sources === null || !isIterable(sources)) throw invalidType('sources', 'a sequence', sources);
    if (!isObject(options)) throw invalidType('options', 'of type object', options);
    const { endings = 'transparent', type = '' } = options;
    if (endings !== 'transparent' && endings !== 'native') {
      const words = `The property 'options.endings' is invalid. Received ${String(endings)}`;
      throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', words);
    }
    this.#pieces = [...sources].flatMap((each) => piecesOf(each, endings === 'native'));
    const text = String(type);
    this.#type = /[^\u0020-\u007E]/.test(text) ? '' : text.toLowerCase();
  }

  static piecesOf(blob: Blob): Pieces {
    return blob.#pieces;
  }

  get type(): string {
    return this.#type;
  }

  get size(): number {
    return this.#pieces.reduce((sum, each) => sum + each.length, 0);
  }

  slice(start: unknown = 0, end: unknown = this.size, type: unknown = ''): Blob {
    const all = joinedBytes(this.#pieces);
    const place = (given: unknown): number => {
      const whole = Math.trunc(Number(given)) || 0;
      return whole < 0 ? Math.max(all.length + whole, 0) : Math.min(whole, all.length);
    };
    const from = place(start);
    return new Blob([all.subarray(from, Math.max(place(end), from))], { type });
  }

  /** Each piece is read in a microtask of its own. */
  arrayBuffer(): object {
    const { promise, resolve } = deferred();
    let left = this.#pieces.length;
    const readNext = (): void => {
      if (left-- <= 0) resolve(joinedBytes(this.#pieces).buffer);
      else enqueueMicrotask({ origin: 'internal', label: 'Blob', site: 0 }, readNext);
    };
    readNext();
    return promise;
  }

  bytes(): object {
    const bytes = this.arrayBuffer() as Promise<ArrayBuffer>; // its own promise
    return bytes.then((memory) => new Uint8Array(memory));
  }

  text(): object {
    const bytes = this.arrayBuffer() as Promise<ArrayBuffer>; // its own promise
    return bytes.then((memory) => textOf(new Uint8Array(memory), 'utf8', 0, memory.byteLength).replace(/^\uFEFF/, ''));
  }

  stream(): never {
    return endNow({ kind: 'unsupported', message: 'Blob.stream() is not modelled yet', site: here() });
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    return shown(this, { size: this.size, type: this.type }, depth, options);
  }
}
export const blobInside = withdrawn(Blob, 'piecesOf');

export class File extends Blob {
  readonly #name: string;
  readonly #lastModified: number;

  constructor(...given: [sources?: unknown, name?: unknown, options?: BlobOptions & { lastModified?: unknown }]) {
    const [sources, name, options] = given;
    if (given.length < 2)
      throw codedError(NativeTypeError, 'ERR_MISSING_ARGS', 'The "fileBits" and "fileName" arguments must be specified');
    super(sources, options);
    this.#name = String(name).replace(/\p{Surrogate}/gu, '\uFFFD');
    const at = options?.lastModified;
    this.#lastModified = at === undefined ? Math.floor(epoch.ms + clock.read()) : Math.trunc(Number(at)) || 0;
  }

  get name(): string {
    return this.#name;
  }

  get lastModified(): number {
    return this.#lastModified;
  }

  override [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    const { size, type, name, lastModified } = this;
    return shown(this, { size, type, name, lastModified }, depth, options);
  }
}

asInterface(Blob, 'Blob');
asInterface(File, 'File');
defineProperty(Blob, 'length', { value: 0, configurable: true });
named(File, 'File', 2);
