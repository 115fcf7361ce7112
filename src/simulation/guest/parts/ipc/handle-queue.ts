/** Why this file exists: a process that sent a handle sends nothing else until the other side has it. */
import { bareList } from '../../primordials';

export interface Sending {
  readonly message: unknown;
  readonly handle: unknown;
  readonly options: unknown;
  readonly callback: unknown;
}

export class HandleQueue {
  #waiting: Sending[] | undefined;

  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  wait(): void {
    this.#waiting ??= bareList();
  }

  /** Answers whether it is the first, as `send` does. */
  add(sending: Sending): boolean {
    const waiting = this.#waiting ?? bareList<Sending>();
    waiting[waiting.length] = sending;
    return waiting.length === 1;
  }

  release(): readonly Sending[] {
    const waited = this.#waiting ?? bareList<Sending>();
    this.#waiting = undefined;
    return waited;
  }
}
