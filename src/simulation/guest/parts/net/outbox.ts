/**
 * Why this file exists: what a kernel has no room for: a write waits here until the other side has read enough. Linux
 * 6: net/unix/af_unix.c (unix_writable), net/ipv4/tcp.c; libuv 1.46: src/unix/stream.c (uv__write).
 */
import type { FaultCode } from './faults';

export type Written = (fault?: FaultCode) => void;

/** A Unix socket's send buffer, which each piece fills with its bookkeeping too; what loopback connections took. */
const pipeRoom = 212_992;
const connectionRoom = 3_900_000;
const [pieceOfPipe, pieceOfConnection] = [32_768, 65_536];

/** What bytes that were not read yet take of the room. */
export function roomTaken(bytes: Uint8Array, isPipe: boolean): number {
  if (!isPipe) return bytes.length;
  if (bytes.length > 3500) return bytes.length + 768;
  return 256 + 2 ** Math.ceil(Math.log2(bytes.length + 320));
}

export function hasRoom(taken: number, isPipe: boolean): boolean {
  return taken < (isPipe ? pipeRoom : connectionRoom);
}

/** Who found no room is told only when much of it is free again. */
export function hasMuchRoom(taken: number, isPipe: boolean): boolean {
  return taken <= (isPipe ? pipeRoom / 4 : (connectionRoom * 2) / 3);
}

interface Write {
  left: Uint8Array;
  readonly written: Written | undefined;
}

export class Outbox {
  #writes: Write[] = [];
  /** Written, and not told yet. */
  #done: Written[] = [];

  get isEmpty(): boolean {
    return this.#writes.length === 0;
  }

  add(bytes: Uint8Array, written: Written | undefined): void {
    this.#writes.push({ left: bytes, written });
  }

  /** Gives piece by piece to whoever has room for it. */
  empty(isPipe: boolean, room: () => boolean, give: (bytes: Uint8Array) => void): void {
    for (let first = this.#writes[0]; first !== undefined; first = this.#writes[0]) {
      while (first.left.length > 0) {
        if (!room()) return;
        const piece = first.left.subarray(0, isPipe ? pieceOfPipe : pieceOfConnection);
        first.left = first.left.subarray(piece.length);
        give(piece);
      }
      this.#writes.shift();
      if (first.written !== undefined) this.#done.push(first.written);
    }
  }

  /** Who is to be told that it is written. */
  takeDone(): readonly Written[] {
    return this.#done.splice(0);
  }

  /** Nothing more goes out: who is to be told so. */
  drop(): readonly Written[] {
    return this.#writes.splice(0).flatMap(({ written }) => written ?? []);
  }
}
