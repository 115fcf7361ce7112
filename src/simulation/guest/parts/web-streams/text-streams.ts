/** Why this file exists: `TextEncoderStream` and `TextDecoderStream`. Node 20: lib/internal/webstreams/encoding.js. */
import { TransformStream } from 'web-streams-polyfill';
import { TextDecoder, TextEncoder } from '../../modules/encoding';
import { asInterface, inspectCustom, shown } from '../../modules/events/event';
import { defineProperty, named } from '../../primordials';

export class TextEncoderStream {
  readonly #stream: TransformStream;

  constructor() {
    const encoder = new TextEncoder();
    let half = '';
    this.#stream = new TransformStream({
      transform(chunk: unknown, controller): void {
        const text = half + String(chunk);
        // The first half of a pair waits for the second.
        half = /[\uD800-\uDBFF]$/.exec(text)?.[0] ?? '';
        const bytes = encoder.encode(half === '' ? text : text.slice(0, -1));
        if (bytes.length > 0) controller.enqueue(bytes);
      },
      flush(controller): void {
        if (half !== '') controller.enqueue(encoder.encode('\uFFFD'));
      },
    });
  }

  get readable(): object {
    return this.#stream.readable;
  }

  get writable(): object {
    return this.#stream.writable;
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    const { readable, writable } = this;
    const encoding = 'utf-8';
    return shown(this, { encoding, readable, writable }, depth, options);
  }
}
defineProperty(TextEncoderStream.prototype, 'encoding', { get: named(() => 'utf-8', 'get encoding'), configurable: true });
asInterface(TextEncoderStream, 'TextEncoderStream');
Reflect.deleteProperty(TextEncoderStream.prototype, Symbol.toStringTag);

export class TextDecoderStream {
  readonly #stream: TransformStream;
  readonly #decoder: TextDecoder;

  constructor(encoding = 'utf-8', options: { readonly fatal?: boolean; readonly ignoreBOM?: boolean } = {}) {
    const decoder = new TextDecoder(encoding, options);
    this.#decoder = decoder;
    this.#stream = new TransformStream({
      transform(chunk: Uint8Array, controller): void {
        const text = decoder.decode(chunk, { stream: true });
        if (text !== '') controller.enqueue(text);
      },
      flush(controller): void {
        const text = decoder.decode();
        if (text !== '') controller.enqueue(text);
        controller.terminate();
      },
    });
  }

  get encoding(): string {
    return this.#decoder.encoding;
  }

  get fatal(): boolean {
    return this.#decoder.fatal;
  }

  get ignoreBOM(): boolean {
    return this.#decoder.ignoreBOM;
  }

  get readable(): object {
    return this.#stream.readable;
  }

  get writable(): object {
    return this.#stream.writable;
  }

  [inspectCustom](depth: number, options: { depth?: number | null }): unknown {
    const { encoding, fatal, ignoreBOM, readable, writable } = this;
    return shown(this, { encoding, fatal, ignoreBOM, readable, writable }, depth, options);
  }
}
asInterface(TextDecoderStream, 'TextDecoderStream');
Reflect.deleteProperty(TextDecoderStream.prototype, Symbol.toStringTag);
