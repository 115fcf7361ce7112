/**
 * Why this file exists: `worker.stdin`, `worker.stdout` and `worker.stderr`, which are streams of the parent's:
 * parts/stream says how they are made. Node 20: lib/internal/worker.js, lib/internal/worker/io.js.
 */
import { addWaiting, type End } from './end';
import { ownTalk, post } from './transfer';
import type { StreamName } from './worker-stdio';

export interface ParentReadable {
  push(chunk: string | null): void;
}

/** Node's streams, where the program has them. */
export const makers: {
  readable: ((read: () => void, ended: () => void) => ParentReadable) | undefined;
  writable: ((write: (chunk: Uint8Array, done: () => void) => void, final: () => void) => object) | undefined;
} = { readable: undefined, writable: undefined };

export class ParentStreams {
  readonly #made: Partial<Record<StreamName, ParentReadable>> = {};
  #stdin: object | undefined;
  #written: (() => void)[] = [];

  /** `own`: streams that are not printed as well. */
  constructor(readonly end: End, readonly own: Readonly<Record<StreamName | 'stdin', boolean>>) {}

  /** Undefined where the program has no streams. */
  output(name: StreamName): ParentReadable | undefined {
    const make = makers.readable;
    if (make === undefined) return undefined;
    let isReading = false;
    this.#made[name] ??= make(
      () => {
        if (!isReading && this.own[name]) addWaiting(this.end, 1);
        isReading = true;
        post(this.end, undefined, { type: 'stdioWantsMoreData', stream: name }, undefined, ownTalk);
      },
      () => { if (isReading && this.own[name]) addWaiting(this.end, -1); },
    );
    return this.#made[name];
  }

  get stdin(): object | undefined {
    if (!this.own.stdin) return undefined;
    this.#stdin ??= makers.writable?.(
      (chunk, done) => {
        this.#written.push(done);
        addWaiting(this.end, 1);
        post(this.end, undefined, { type: 'stdin', chunk }, undefined, 'stdin');
      },
      () => { post(this.end, undefined, { type: 'stdin', chunk: null }, undefined, ownTalk); },
    );
    return this.#stdin;
  }

  /** The worker has read what was written. */
  wantsMore(): void {
    for (const done of this.#written.splice(0)) {
      addWaiting(this.end, -1);
      done();
    }
  }

  /** True where it is the program's alone, which asks for more itself. */
  take(name: StreamName, chunks: readonly string[]): boolean {
    if (this.own[name]) this.output(name);
    for (const each of chunks) this.#made[name]?.push(each);
    return this.own[name];
  }

  close(): void {
    for (const each of Object.values(this.#made)) each.push(null);
  }
}
