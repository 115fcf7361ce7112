/** Why this file exists: Node's own streams, as far as those of files use them. */
import { streams } from '../stream/part';

export type Done = (error?: unknown) => void;

interface AnyStream {
  readonly destroyed: boolean;
  destroy(error?: unknown): void;
  emit(name: string, ...args: readonly unknown[]): boolean;
  on(name: string, listener: Done): unknown;
}

interface ReadableStream extends AnyStream {
  push(chunk: Uint8Array | null): boolean;
}

interface WritableStream extends AnyStream {
  readonly writableFinished: boolean;
  end(): void;
  setDefaultEncoding(encoding: unknown): void;
}

// The package has no types.
export const Readable = streams['Readable'] as new (options: object) => ReadableStream;
export const Writable = streams['Writable'] as new (options: object) => WritableStream;
export const finished = streams['finished'] as (stream: AnyStream, done: Done) => void;
