/**
 * Why this file exists: the part of the guest that brings `CompressionStream` and `DecompressionStream`. Node 20:
 * lib/internal/webstreams/compression.js.
 */
import { asInterface, inspectCustom, shown } from '../../modules/events/event';
import { codedError } from '../../node-errors';
import { inspect } from '../../inspect';
import { NativeTypeError } from '../../primordials';
import { accessorGlobal } from '../../part-globals';
import { duplexToWeb, offerWebStream, type WebPair } from '../web-streams/part';
import { zlibStream } from '../zlib-streams/part';
import type { ZlibMethod } from '../../../computing';

type Methods = Readonly<Record<string, ZlibMethod>>;

const packing: Methods = { deflate: 'deflate', 'deflate-raw': 'deflateRaw', gzip: 'gzip' };
const unpacking: Methods = { deflate: 'inflate', 'deflate-raw': 'inflateRaw', gzip: 'gunzip' };

function pairOf(format: unknown, methods: Methods): WebPair {
  const method = typeof format === 'string' && Object.hasOwn(methods, format) ? methods[format] : undefined;
  if (method !== undefined) return duplexToWeb(zlibStream(method));
  throw codedError(NativeTypeError, 'ERR_INVALID_ARG_VALUE', `The argument 'format' is invalid. Received ${inspect(format)}`);
}

export class CompressionStream {
  readonly #pair: WebPair;

  constructor(format?: unknown) {
    this.#pair = pairOf(format, packing);
  }

  get readable(): object {
    return this.#pair.readable;
  }

  get writable(): object {
    return this.#pair.writable;
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    const { readable, writable } = this;
    return shown(this, { readable, writable }, depth, options);
  }
}

export class DecompressionStream {
  readonly #pair: WebPair;

  constructor(format?: unknown) {
    this.#pair = pairOf(format, unpacking);
  }

  get readable(): object {
    return this.#pair.readable;
  }

  get writable(): object {
    return this.#pair.writable;
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    const { readable, writable } = this;
    return shown(this, { readable, writable }, depth, options);
  }
}

for (const [name, kind] of Object.entries({ CompressionStream, DecompressionStream })) {
  asInterface(kind, name);
  accessorGlobal(name, kind);
  offerWebStream(name, kind);
}
