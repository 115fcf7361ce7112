/** Why this file exists: Node's streams, with the types of what sockets and HTTP use of them. */
import type { Emitter } from '../../modules/events/emitter';
import { streams } from '../stream/part';

export type Done = (error?: unknown) => void;

export interface DuplexStream extends Emitter {
  readonly destroyed: boolean;
  readonly writable: boolean;
  readonly readable: boolean;
  readonly writableLength: number;
  readonly writableEnded: boolean;
  readonly writableFinished: boolean;
  readonly writableCorked: number;
  readonly writableHighWaterMark: number;
  readonly readableHighWaterMark: number;
  readonly readableFlowing: boolean | null;
  readonly readableEnded: boolean;
  readonly readableLength: number;
  readonly _readableState: { readonly endEmitted: boolean; flowing: boolean | null; readableListening?: boolean };
  readonly _writableState: { readonly needDrain: boolean; finished: boolean; corked: number };
  destroy(error?: unknown): this;
  push(chunk: Uint8Array | string | null, encoding?: string): boolean;
  unshift(chunk: Uint8Array): void;
  read(size?: number): unknown;
  resume(): this;
  pause(): this;
  isPaused(): boolean;
  pipe(to: object): object;
  write(chunk: unknown, encoding?: unknown, done?: unknown): boolean;
  end(...given: unknown[]): this;
  cork(): void;
  uncork(): void;
}

/** A class of the package, which has no types. */
type Made = new (options?: object) => DuplexStream;

export const Duplex = streams['Duplex'] as Made;
export const Readable = streams['Readable'] as Made;
export const Writable = streams['Writable'] as Made;
export const finished = streams['finished'] as (stream: object, options: object, done: Done) => void;
