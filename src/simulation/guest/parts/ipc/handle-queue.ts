/** Why this file exists: a process that sent a handle sends nothing else until the other side has it. */

export type SendArguments = [message: unknown, handle: unknown, options: unknown, callback: unknown];

export class HandleQueue {
  #waiting: SendArguments[] | undefined;

  get isWaiting(): boolean {
    return this.#waiting !== undefined;
  }

  wait(): void {
    this.#waiting ??= [];
  }

  /** Answers whether it is the first, as `send` does. */
  add(args: SendArguments): boolean {
    return this.#waiting?.push(args) === 1;
  }

  release(): readonly SendArguments[] {
    const waited = this.#waiting ?? [];
    this.#waiting = undefined;
    return waited;
  }
}
