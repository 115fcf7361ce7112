/** Why this file exists: what is asked of the simulation and what it answers, for every face alike. */
import type { Scenario } from '../trace/scenario';
import type { HostKind, Nudge, Outcome, Trace } from '../trace/trace';

/**
 * Where to begin: the whole file, one function of it, or a stretch of its text. Offsets are UTF-16, into the entry's
 * text.
 */
export type Start =
  | { readonly kind: 'file' }
  /** `args` are JavaScript expressions, one a parameter; absent: made from the parameters' types. */
  | { readonly kind: 'function'; readonly offset: number; readonly args?: readonly string[] }
  /** The same, by name: a function, a variable that holds one, or `Class.method`. */
  | { readonly kind: 'function'; readonly name: string; readonly args?: readonly string[] }
  /** `values` gives the expressions for parameters of the function around the selection, by name. */
  | {
      readonly kind: 'range';
      readonly start: number;
      readonly end: number;
      readonly values?: Readonly<Record<string, string>>;
    };

export interface Limits {
  /** Statements, calls and loop turns, recorded or not. */
  readonly steps: number;
  /** Wall-clock milliseconds. */
  readonly wallMs: number;
  /** Bytes of the sandbox's heap. */
  readonly memory: number;
  /** Events recorded. */
  readonly events: number;
  /** Turns of the event loop. */
  readonly turns: number;
}

export const defaultLimits: Limits = {
  steps: 50_000_000,
  wallMs: 10_000,
  memory: 256 * 1024 * 1024,
  events: 1_000_000,
  turns: 200_000,
};

/** Answers the text of a file, or undefined when there is none. Paths are absolute, with forward slashes. */
export type ReadText = (path: string) => string | undefined;

export interface SimulationRequest {
  /** Absolute path of the entry, with forward slashes. */
  readonly entry: string;
  readonly start: Start;
  /** Absent: what the tsconfig says that the code is for. */
  readonly host?: HostKind;
  readonly limits: Limits;
  /** False leaves the trace out: only what the program prints is wanted. */
  readonly record: boolean;
  /** What leads the run to another legal order: those of a run that was made before, and a note's `otherOrder`. */
  readonly nudges?: readonly Nudge[];
  /** Absolute path of the scenario; absent: the one beside the entry, if there is one. */
  readonly scenarioFile?: string;
  /** Packages that are stood in for from the start: those of a run that was made before. */
  readonly standIns?: readonly string[];
  /** Answers in place of those of the scenario. */
  readonly whatIf?: Scenario;
}

export interface Race {
  readonly line: number;
  readonly note: string;
}

export interface SimulationResult {
  readonly kind: 'simulated';
  readonly stdout: string;
  readonly stderr: string;
  /** How much was written to each in turn, in UTF-16 units: stdout, stderr, stdout, …; the rest of both comes last. */
  readonly turns: readonly number[];
  readonly exitCode: number;
  readonly outcome: Outcome['kind'];
  readonly steps: number;
  readonly virtualMs: number;
  readonly races: readonly Race[];
  readonly trace?: Trace;
}

/**
 * Nothing was run: the text does not parse, an import cannot be found, the selection is empty … `message` is one line
 * that says what to do.
 */
export interface SimulationRefused {
  readonly kind: 'refused';
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export type SimulationReply = SimulationResult | SimulationRefused;

/** A value that was made up for a parameter, to be shown and edited before playing. `expression` is JavaScript. */
export interface MadeUpValue {
  readonly name: string;
  readonly type: string;
  readonly expression: string;
}

/** A program as JavaScript for real Node. */
export interface EmittedProgram {
  readonly kind: 'emitted';
  /** Name of the entry among the files. */
  readonly entry: string;
  /** The folder that the names are relative to, as the user has it; with a slash at its end. */
  readonly root: string;
  readonly files: readonly EmittedFile[];
}

export interface EmittedFile {
  /** With forward slashes. */
  readonly name: string;
  readonly text: string;
}
