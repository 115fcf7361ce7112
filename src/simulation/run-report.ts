/** Why this file exists: what a run in the sandbox answers: what the guest reports, and how the engine ended it. */

import type { OutsideCall } from '../trace/scenario';
import type { Nudge } from '../trace/trace';

/** What the guest reports (guest/main.ts), and how the engine itself ended the run if it did. */
export interface RunReport {
  readonly exitCode: number;
  readonly ending: {
    readonly kind: 'exit' | 'budget' | 'unsupported' | 'deadlock';
    readonly message: string;
    readonly site: number;
  } | null;
  readonly uncaught: string | null;
  readonly steps: number;
  readonly virtualMs: number;
  readonly notes: readonly {
    readonly kind: 'order-unspecified' | 'modelled' | 'recording-thinned';
    readonly site: number;
    readonly message: string;
    readonly otherOrder?: readonly Nudge[];
  }[];
  /** What was asked of the world outside; sites count from one, 0 where one is not known. */
  readonly outside: readonly AskedOutside[];
  /** Where the first connection was asked for that nobody took: 0 unknown, below 0 nowhere. */
  readonly unanswered: number;
  readonly thinned: boolean;
  readonly thinnedLoops: readonly object[];
  readonly events: number;
  readonly strings: readonly string[];
  readonly rows: readonly Float64Array[];
}

export type AskedOutside = Omit<OutsideCall, 'site'> & { readonly site: number };

/** What all threads of a program printed. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  /** How much was written to each in turn: see request.ts. */
  readonly turns: readonly number[];
}

export type RunResult =
  | {
      readonly kind: 'ran';
      readonly report: RunReport;
      readonly spent: 'time' | 'memory' | 'stack' | 'output' | undefined;
    }
  | { readonly kind: 'broken'; readonly message: string };

/** Of a run that left nothing to read. */
export const emptyReport: RunReport = {
  exitCode: 0,
  ending: null,
  uncaught: null,
  steps: 0,
  virtualMs: 0,
  notes: [],
  outside: [],
  unanswered: -1,
  thinned: false,
  thinnedLoops: [],
  events: 0,
  strings: [''],
  rows: [],
};
