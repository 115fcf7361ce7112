/**
 * Why this file exists: what goes over a secured connection, in records as RFC 8446 §5.1 has them. Nothing is
 * encrypted: nobody listens. What the two sides say to each other in a handshake is JSON.
 */
import { Buffer } from '../buffer/part';

export type RecordKind = 'alert' | 'handshake' | 'data';

export interface Said {
  readonly kind: RecordKind;
  readonly bytes: Uint8Array;
}

const kinds: Readonly<Record<number, RecordKind>> = { 21: 'alert', 22: 'handshake', 23: 'data' };
const numbers: Readonly<Record<RecordKind, number>> = { alert: 21, handshake: 22, data: 23 };
const headLength = 5;
/** What a record holds. */
const most = { alert: 16_384, handshake: 65_535, data: 16_384 } as const;

export function recordsOf(kind: RecordKind, bytes: Uint8Array): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += most[kind]) {
    const part = bytes.subarray(at, at + most[kind]);
    parts.push(Uint8Array.of(numbers[kind], 3, 3, part.length >> 8, part.length & 255), part);
  }
  return Buffer.concat(parts);
}

/** Collects what comes, and gives it out record by record. */
export class Records {
  #waiting: Uint8Array = new Uint8Array(0);

  add(bytes: Uint8Array): void {
    this.#waiting = this.#waiting.length === 0 ? bytes : Buffer.concat([this.#waiting, bytes]);
  }

  /** What came is no record: its first bytes. */
  get alien(): Uint8Array | undefined {
    const [kind, version] = this.#waiting;
    return kind !== undefined && (kinds[kind] === undefined || (version ?? 3) !== 3) ? this.#waiting : undefined;
  }

  /** The next whole one. */
  next(): Said | undefined {
    const [number = 0, , , high = 0, low = 0] = this.#waiting;
    const kind = kinds[number];
    const end = headLength + high * 256 + low;
    if (kind === undefined || this.#waiting.length < headLength || this.#waiting.length < end) return undefined;
    const bytes = this.#waiting.subarray(headLength, end);
    this.#waiting = this.#waiting.subarray(end);
    return { kind, bytes };
  }
}
