/** Why this file exists: what a socket holds, and whom that speaks to. */
import type { FaultCode } from './faults';
import type { Written } from './outbox';

/** What is read: bytes, the end, or why there will be nothing more. */
export type Read = Uint8Array | null | FaultCode;

/** The other end: in this agent, or in another (remote.ts). */
export interface Peer {
  readonly isClosed: boolean;
  /** How much it holds that was not read; undefined: that is not known. */
  readonly taken?: number;
  receive(bytes: Uint8Array): void;
  end(): void;
  fail(fault: FaultCode): void;
  /** The other side has read. */
  wasRead?(): void;
  /** This end was closed. */
  left?(): void;
}

/** What a socket holds: an end of a connection, or one that secures it. */
export interface Handle {
  readonly peer: Peer | undefined;
  onRead: (read: Read) => void;
  readonly isReading: boolean;
  readStart(): void;
  readStop(): void;
  setRef(isRefed: boolean): void;
  /** Answers why not, or that `written` will be told. */
  write(bytes: Uint8Array, written?: Written): FaultCode | 'later' | undefined;
  shutdown(done: () => void): boolean;
  close(told: () => void): void;
  leave(isBrokenOff?: boolean): void;
}
