/** Why this file exists: a server that dies is started again, a little later each time, and not for ever. */

/** Milliseconds to wait before the first, second … restart within `windowMs`; more deaths than that end it. */
const delays = [0, 500, 1000, 2000, 4000];
const windowMs = 3 * 60_000;

/** Remembers when the server died. `died(now)` answers how long to wait, or undefined to give up. */
export class RestartPolicy {
  #deaths: readonly number[] = [];

  /** `now` is in milliseconds, of any clock that does not go back. */
  died(now: number): number | undefined {
    this.#deaths = [...this.#deaths.filter((death) => now - death < windowMs), now];
    return delays[this.#deaths.length - 1];
  }

  /** A restart that a person asked for starts the count anew. */
  forget(): void {
    this.#deaths = [];
  }
}
