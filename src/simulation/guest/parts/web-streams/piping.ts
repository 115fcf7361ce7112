/**
 * Why this file exists: `pipeTo` and `pipeThrough` take the microtasks that they take in Node, which waits for room,
 * reads, and looks again when it has what it read. Node 20: lib/internal/webstreams/readablestream.js
 * (readableStreamPipeTo).
 */
import {
  ReadableStream, ReadableStreamDefaultReader, WritableStream, WritableStreamDefaultWriter,
} from 'web-streams-polyfill';
import { AbortError, checkObject, checkSignal, codedError, invalidType } from '../../node-errors';
import { abortListener } from '../../modules/events/abort';
import { domException } from '../../modules/events/dom-exception';
import { deferred, rejectedWith, resolvedWith } from '../../own-promises';
import { NativeTypeError, get, hide, named } from '../../primordials';
import { promiseThen } from '../../promise-methods';
import { allOf } from './adapters';
import { readWith, stateOf } from './reading';

interface Options {
  readonly preventClose: boolean;
  readonly preventAbort: boolean;
  readonly preventCancel: boolean;
  readonly signal: AbortSignal | undefined;
}

type Run = () => PromiseLike<unknown> | undefined;

function invalidState(words: string): Error {
  return codedError(NativeTypeError, 'ERR_INVALID_STATE', `Invalid state: ${words}`);
}

function isClosing(dest: WritableStream): boolean {
  return get(dest, '_closeRequest') !== undefined || get(dest, '_inFlightCloseRequest') !== undefined;
}

function unheard(): void {
  // It is told elsewhere.
}

/** One stream that flows into another. */
class Pipe {
  readonly #source: ReadableStream;
  readonly #dest: WritableStream;
  readonly #options: Options;
  readonly #reader: ReadableStreamDefaultReader<unknown>;
  readonly #writer: WritableStreamDefaultWriter<unknown>;
  readonly #done = deferred();
  #isShuttingDown = false;
  #currentWrite = resolvedWith(undefined) as Promise<unknown>; // ours
  #listening: Disposable | undefined;

  constructor(source: ReadableStream, dest: WritableStream, options: Options) {
    this.#source = source;
    this.#dest = dest;
    this.#options = options;
    this.#reader = new ReadableStreamDefaultReader(source);
    this.#writer = new WritableStreamDefaultWriter(dest);
    Object.assign(source, { _disturbed: true });
  }

  get promise(): object {
    return this.#done.promise;
  }

  begin(): void {
    const { signal, preventAbort, preventCancel, preventClose } = this.#options;
    const [source, dest] = [this.#source, this.#dest];
    if (signal?.aborted === true) {
      this.#abort(signal);
      return;
    }
    if (signal !== undefined) {
      const listening = abortListener(signal, () => { this.#abort(signal); });
      this.#listening = listening as Disposable; // it can be ended
    }
    promiseThen(this.#run(), undefined, unheard);
    this.#whenErrored(source, get(this.#reader, '_closedPromise') as object, (error) => {
      this.#shutDown(preventAbort ? undefined : () => this.#writer.abort(error), true, error);
    });
    this.#whenErrored(dest, get(this.#writer, '_closedPromise') as object, (error) => {
      this.#shutDown(preventCancel ? undefined : () => this.#reader.cancel(error), true, error);
    });
    const closed = (): void => { this.#shutDown(preventClose ? undefined : () => this.#close()); };
    if (stateOf(source) === 'closed') closed();
    else promiseThen(get(this.#reader, '_closedPromise'), closed, unheard);
    if (!isClosing(dest) && stateOf(dest) !== 'closed') return;
    const error = invalidState('Destination WritableStream is closed');
    this.#shutDown(preventCancel ? undefined : () => this.#reader.cancel(error), true, error);
  }

  #whenErrored(stream: object, closed: object, then: (error: unknown) => void): void {
    if (stateOf(stream) === 'errored') then(get(stream, '_storedError'));
    else promiseThen(closed, undefined, then);
  }

  async #run(): Promise<void> {
    while (!(await this.#step()));
  }

  /** Waits for room, and answers whether it is over. */
  async #step(): Promise<unknown> {
    if (this.#isShuttingDown) return true;
    await (get(this.#writer, '_readyPromise') as Promise<void>);
    const { promise, resolve, reject } = deferred();
    readWith(this.#source, {
      _chunkSteps: (chunk) => {
        this.#currentWrite = this.#writer.write(chunk);
        promiseThen(this.#currentWrite, undefined, unheard);
        resolve(false);
      },
      _closeSteps: () => { resolve(true); },
      _errorSteps: reject,
    });
    return promise;
  }

  async #written(): Promise<void> {
    const write = this.#currentWrite;
    await write;
    if (write !== this.#currentWrite) await this.#written();
  }

  /** Once what is being written has been written; `run` is done first. */
  #shutDown(run: Run | undefined, isRejected = false, error?: unknown): void {
    if (this.#isShuttingDown) return;
    this.#isShuttingDown = true;
    const failed = (failure: unknown): void => { this.#finalize(true, failure); };
    const complete = (): void => {
      if (run === undefined) this.#finalize(isRejected, error);
      else promiseThen(run(), () => { this.#finalize(isRejected, error); }, failed);
    };
    if (stateOf(this.#dest) === 'writable' && !isClosing(this.#dest))
      promiseThen(this.#written(), complete, failed);
    else complete();
  }

  #finalize(isRejected: boolean, error: unknown): void {
    this.#writer.releaseLock();
    this.#reader.releaseLock();
    this.#listening?.[Symbol.dispose]();
    if (isRejected) this.#done.reject(error);
    else this.#done.resolve();
  }

  #close(): PromiseLike<unknown> {
    const dest = this.#dest;
    if (isClosing(dest) || stateOf(dest) === 'closed') return resolvedWith(undefined) as PromiseLike<unknown>; // ours
    if (stateOf(dest) === 'errored') return rejectedWith(get(dest, '_storedError')) as PromiseLike<unknown>; // ours
    return this.#writer.close();
  }

  #abort({ reason }: AbortSignal): void {
    const given: unknown = reason;
    const error = given instanceof AbortError ? domException(given.message, 'AbortError') : given;
    const { preventAbort, preventCancel } = this.#options;
    const nothing = (): PromiseLike<unknown> => resolvedWith(undefined) as PromiseLike<unknown>; // ours
    this.#shutDown(() => allOf([
      ...(preventAbort ? [] : [stateOf(this.#dest) === 'writable' ? this.#writer.abort(error) : nothing()]),
      ...(preventCancel ? [] : [stateOf(this.#source) === 'readable' ? this.#reader.cancel(error) : nothing()]),
    ]), true, error);
  }
}

function optionsOf(given: unknown): Options {
  if (given !== undefined && given !== null && typeof given !== 'function') checkObject(given, 'options');
  const options = (given ?? {}) as Readonly<Record<string, unknown>>; // just checked
  const { preventAbort, preventCancel, preventClose, signal } = options;
  if (signal !== undefined) checkSignal(signal, 'options.signal');
  return {
    preventAbort: Boolean(preventAbort), preventCancel: Boolean(preventCancel), preventClose: Boolean(preventClose),
    signal: signal as AbortSignal | undefined, // just checked
  };
}

function checkFree(source: ReadableStream, dest: WritableStream): void {
  if (source.locked) throw invalidState('The ReadableStream is locked');
  if (dest.locked) throw invalidState('The WritableStream is locked');
}

function piped(source: ReadableStream, dest: WritableStream, options: Options): object {
  const pipe = new Pipe(source, dest, options);
  pipe.begin();
  return pipe.promise;
}

function pipeTo(this: ReadableStream, dest: unknown, given: unknown = {}): object {
  try {
    if (!(dest instanceof WritableStream)) throw invalidType('transform.writable', 'an instance of WritableStream', dest);
    const options = optionsOf(given);
    checkFree(this, dest);
    return piped(this, dest, options);
  } catch (error) {
    return rejectedWith(error);
  }
}

interface Pair {
  readonly readable?: unknown;
  readonly writable?: unknown;
}

function pipeThrough(this: ReadableStream, transform: Pair | undefined, given: unknown = {}): object {
  const readable = transform?.readable;
  if (!(readable instanceof ReadableStream)) throw invalidType('transform.readable', 'an instance of ReadableStream', readable);
  const writable = transform?.writable;
  if (!(writable instanceof WritableStream)) throw invalidType('transform.writable', 'an instance of WritableStream', writable);
  const options = optionsOf(given);
  checkFree(this, writable);
  promiseThen(piped(this, writable, options), undefined, unheard);
  return readable;
}

hide(ReadableStream.prototype, 'pipeTo', named(pipeTo, 'pipeTo', 1));
hide(ReadableStream.prototype, 'pipeThrough', named(pipeThrough, 'pipeThrough', 1));
