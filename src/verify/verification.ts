/**
 * Why this folder exists: running the user's code for real and comparing it with the simulation: the one thing in
 * Loopscope that executes code. The command line and the server both do it through here, after asking. This file says
 * what comes of it.
 */

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** What real Node did. */
export interface NodeRun extends Printed {
  /** `ended` by itself; else it was stopped, and its exit code says nothing. */
  readonly how: 'ended' | 'timed-out' | 'printed-too-much';
}

/** Where the two first differ. Lines count from 1; `undefined` is past the end. */
export interface Difference {
  readonly stream: 'stdout' | 'stderr' | 'exit code';
  readonly line: number;
  readonly node: string | undefined;
  readonly simulation: string | undefined;
  /** The lines before it, in which both agree. */
  readonly before: readonly string[];
  /** The lines after it. */
  readonly after: { readonly node: readonly string[]; readonly simulation: readonly string[] };
}

export type Verification =
  /** Nothing was run: it cannot be simulated whole, so there is nothing to compare with. */
  | { readonly kind: 'not-simulated'; readonly message: string; readonly isMistake: boolean }
  | Compared;

export interface Compared {
  readonly kind: 'equal' | 'different';
  readonly simulation: Printed;
  /** One run where it was equal at once, else several. */
  readonly node: readonly NodeRun[];
  /** Real Node did not do the same each time; 'equal' then means that the simulation's is one of its orders. */
  readonly race: boolean;
  readonly difference?: Difference;
}
