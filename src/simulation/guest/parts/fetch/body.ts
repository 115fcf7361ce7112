/**
 * Why this file exists: bodies of requests and responses (Fetch, §5.3): bytes that are there, or a message that still
 * comes in.
 */
import { invariant } from '../../../../base/invariant';
import { TextDecoder } from '../../modules/encoding';
import { json } from '../../json';
import { deferred } from '../../own-promises';
import { workingFor } from '../../stack-of-waiting';
import { NativeError, NativeTypeError, isObject, toText } from '../../primordials';
import { endNow } from '../../ending';
import { here } from '../../recorder';
import { enqueueMicrotask } from '../../tasks';
import { Blob, Buffer, blobInside } from '../buffer/part';
import type { Headers } from '../fetch-classes/part';
import type { IncomingMessage } from '../http/part';
import { URLSearchParams } from '../url/part';
import { ReadableStream } from '../web-streams/part';
import { withdrawn } from '../../withdrawn';

export interface Extracted {
  readonly bytes: Uint8Array | undefined;
  readonly stream: ReadableStream | undefined;
  readonly type: string | undefined;
}

/** Forms come with a part of their own. */
export const formBodies: {
  bodyOf: (given: unknown) => { readonly bytes: Uint8Array; readonly type: string } | undefined;
  formOf: ((bytes: Uint8Array, type: string) => object) | undefined;
} = { bodyOf: () => undefined, formOf: undefined };

/** Fetch, §5.2: what a program gives as a body. */
export function extracted(given: unknown): Extracted | undefined {
  if (given === undefined || given === null) return undefined;
  if (given instanceof ReadableStream) return { bytes: undefined, stream: given, type: undefined };
  if (given instanceof URLSearchParams) return ofText(String(given), 'application/x-www-form-urlencoded');
  if (given instanceof Blob) {
    const type = given.type === '' ? undefined : given.type;
    return { bytes: Buffer.concat([...blobInside.piecesOf(given)]), stream: undefined, type };
  }
  if (given instanceof ArrayBuffer) return extracted(new Uint8Array(given));
  if (ArrayBuffer.isView(given)) {
    const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength).slice();
    return { bytes, stream: undefined, type: undefined };
  }
  const form = formBodies.bodyOf(given);
  if (form !== undefined) return { ...form, stream: undefined };
  if (isObject(given) && Symbol.asyncIterator in given) {
    const { from } = ReadableStream as unknown as { from(source: unknown): ReadableStream }; // the library has it
    return { bytes: undefined, stream: from(given), type: undefined };
  }
  return ofText(toText(given), 'text/plain');
}

function ofText(text: string, type: string): Extracted {
  return { bytes: Buffer.from(text), stream: undefined, type: `${type};charset=UTF-8` };
}

/** Microtasks that undici takes to read what is there: it reads it as a stream. As measured. */
const [bytesTicks, nullTicks] = [7, 2];

export function afterMicrotasks(count: number, run: () => void): void {
  if (count === 0) run();
  else enqueueMicrotask({ origin: 'internal', label: 'body', site: 0 }, () => { afterMicrotasks(count - 1, run); });
}

/** Why a connection was cut, as undici tells it. */
export function cutOff(message = 'other side closed'): Error {
  const cause = Object.assign(new NativeError(message), { name: 'SocketError', code: 'UND_ERR_SOCKET' });
  return cause;
}

export class Body {
  #stream: ReadableStream | undefined;
  #isUsed = false;
  /** Whoever reads the message. */
  #tell: ((error: unknown) => void) | undefined;

  constructor(
    readonly extracted: Extracted | undefined,
    readonly message?: IncomingMessage,
    readonly failure?: () => unknown,
  ) {
    this.#stream = extracted?.stream;
  }

  get isNull(): boolean {
    return this.extracted === undefined && this.message === undefined;
  }

  get isUsed(): boolean {
    return this.#isUsed;
  }

  get isUnusable(): boolean {
    return this.#isUsed || this.#stream?.locked === true;
  }

  /** As a stream, made when it is asked for. */
  get stream(): ReadableStream | null {
    if (this.isNull) return null;
    this.#stream ??= this.message === undefined ? this.#ofBytes() : this.#ofMessage(this.message);
    return this.#stream;
  }

  #ofBytes(): ReadableStream {
    const bytes = this.extracted?.bytes ?? new Uint8Array(0);
    return new ReadableStream({
      type: 'bytes',
      pull: (controller) => {
        this.#isUsed = true;
        if (bytes.length > 0) controller.enqueue(new Uint8Array(bytes));
        controller.close();
      },
    });
  }

  #ofMessage(message: IncomingMessage): ReadableStream {
    return new ReadableStream({
      type: 'bytes',
      start: (controller) => {
        message.on('data', (part: Uint8Array) => {
          this.#isUsed = true;
          controller.enqueue(new Uint8Array(part));
          if ((controller.desiredSize ?? 0) <= 0) message.pause();
        });
        message.on('end', () => {
          this.#isUsed = true;
          controller.close();
          controller.byobRequest?.respond(0);
        });
        this.#tell = (error) => { controller.error(error); };
        message.on('error', () => { controller.error(this.failed()); });
        message.pause();
      },
      pull: () => { message.resume(); },
      cancel: () => { message.destroy(); },
    });
  }

  /** The message was called off: who reads it is told at once. */
  callOff(error: unknown): void {
    this.#tell?.(error);
  }

  failed(): unknown {
    const error = this.failure?.();
    if (error !== undefined) return error;
    return new NativeTypeError('terminated', { cause: cutOff() });
  }

  /** All of it, once. */
  consumed(make: (bytes: Uint8Array) => unknown): object {
    const { promise, resolve, reject } = deferred();
    if (this.isUnusable) {
      const isLocked = !this.#isUsed && this.#stream?.locked === true;
      reject(new NativeTypeError(isLocked ? 'Body is unusable' : 'Body is unusable: Body has already been read'));
      return promise;
    }
    this.#isUsed = !this.isNull;
    const settle = (bytes: Uint8Array): void => {
      try {
        resolve(workingFor(promise, () => make(bytes)));
      } catch (error) {
        reject(error);
      }
    };
    if (this.message !== undefined && this.#stream === undefined) this.#collect(this.message, settle, reject);
    else if (this.#stream !== undefined) collectStream(this.#stream).then(settle, reject);
    else {
      const ticks = this.isNull ? nullTicks : bytesTicks;
      afterMicrotasks(ticks, () => { settle(this.extracted?.bytes ?? new Uint8Array(0)); });
    }
    return promise;
  }

  #collect(message: IncomingMessage, settle: (bytes: Uint8Array) => void, reject: (error: unknown) => void): void {
    const parts: Uint8Array[] = [];
    this.#tell = reject;
    message.on('data', (part: Uint8Array) => { parts.push(part); });
    message.on('end', () => { settle(Buffer.concat(parts)); });
    message.on('error', () => { reject(this.failed()); });
  }

  /** Two bodies in place of one: what has come for one has come for both. */
  teed(): Body {
    if (this.message === undefined && this.#stream === undefined) return new Body(this.extracted);
    const [mine, theirs] = this.stream?.tee() ?? [];
    this.#stream = mine;
    return new Body({ bytes: undefined, stream: theirs, type: undefined });
  }
}

async function collectStream(stream: ReadableStream): Promise<Uint8Array> {
  const reader = stream.getReader() as ReadableStreamDefaultReader<unknown>; // whatever the program puts in
  const parts: Uint8Array[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(parts);
    if (!(value instanceof Uint8Array)) throw new NativeTypeError('Received non-Uint8Array chunk');
    parts.push(value);
  }
}

export function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

interface Held {
  readonly content: Body;
  readonly headers: Headers;
}

/** The members that requests and responses share. */
export abstract class WithBody {
  #held: Held | undefined;

  static hold(self: WithBody, content: Body, headers: Headers): void {
    self.#held = { content, headers };
  }

  static contentOf(self: WithBody): Body {
    return self.#content;
  }

  get #content(): Body {
    invariant(this.#held !== undefined, 'a body is held as soon as it is made');
    return this.#held.content;
  }

  get #type(): string {
    return this.#held?.headers.get('content-type') ?? '';
  }

  get body(): ReadableStream | null {
    return this.#content.stream;
  }

  get bodyUsed(): boolean {
    return this.#content.isUsed;
  }

  text(): object {
    return this.#content.consumed(textOf);
  }

  json(): object {
    return this.#content.consumed((bytes) => json.parse(textOf(bytes)));
  }

  arrayBuffer(): object {
    return this.#content.consumed((bytes) => new Uint8Array(bytes).buffer);
  }

  bytes(): object {
    return this.#content.consumed((bytes) => new Uint8Array(bytes));
  }

  blob(): object {
    return this.#content.consumed((bytes) => new Blob([bytes], { type: this.#type }));
  }

  formData(): object {
    const { formOf } = formBodies;
    if (formOf === undefined)
      return endNow({ kind: 'unsupported', message: 'formData() of a body is not modelled where nothing names FormData', site: here() });
    return this.#content.consumed((bytes) => formOf(bytes, this.#type));
  }
}
export const bodyInside = withdrawn(WithBody, 'hold', 'contentOf');

