/** Why this file exists: `stream.duplexPair`: what one side is written, the other brings. Node 20: duplexpair.js. */
import streams from 'readable-stream/lib/stream.js';
import { isCallable } from '../../primordials';
import { nextTick } from '../../ticks';
import { withdrawn } from '../../withdrawn';

type Done = (error?: unknown) => void;

interface Side {
  push(chunk: unknown): boolean;
  on(event: string, listener: () => void): unknown;
}

const { Duplex } = streams as unknown as { Duplex: new (options?: object) => Side }; // Node's own

class DuplexSide extends Duplex {
  #other: DuplexSide | undefined;
  /** Whose write waits until this side reads. */
  #written: Done | undefined;

  static join(one: DuplexSide, other: DuplexSide): void {
    one.#other = other;
    other.#other = one;
  }

  _read(): void {
    const written = this.#written;
    this.#written = undefined;
    written?.();
  }

  _write(chunk: { readonly length: number }, _encoding: string, done: Done): void {
    if (chunk.length === 0) nextTick(done, []);
    else if (this.#other !== undefined) {
      this.#other.push(chunk);
      this.#other.#written = done;
    }
  }

  _final(done: unknown): void {
    if (isCallable(done)) this.#other?.on('end', done);
    this.#other?.push(null);
  }
}
export const sideInside = withdrawn(DuplexSide, 'join');

/** Two streams that are joined; both get the options. */
export function duplexPair(options?: object): readonly [Side, Side] {
  const sides = [new DuplexSide(options), new DuplexSide(options)] as const;
  sideInside.join(...sides);
  return sides;
}
