/**
 * Why this file exists: the ways a run ends before the loop is empty. Each asks the host, which raises an error the
 * program cannot catch.
 */

export interface Ending {
  readonly kind: 'exit' | 'budget' | 'unsupported' | 'deadlock';
  readonly message: string;
  readonly site: number;
}

export const ending: { reached: Ending | undefined; interrupt: () => void } = {
  reached: undefined,
  interrupt: () => undefined,
};

/** What the program prints goes to the host at once: stream 1 is stdout, 2 stderr. */
export const printer: { print: (stream: 1 | 2, text: string) => void } = { print: () => undefined };

/** Ends the run now. Never returns: the host interrupts the loop below at its next look. */
export function endNow(reached: Ending): never {
  ending.reached = reached;
  ending.interrupt();
  for (;;) {
    // The interrupt handler stops this loop; nothing of the program may run any more.
  }
}
