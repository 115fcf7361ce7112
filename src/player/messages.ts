/**
 * Why this file exists: what the player and the editor that hosts it say to each other. Both sides import it; nothing
 * else of each other.
 */
import type { Scenario } from '../trace/scenario';
import type { HostKind, Nudge, Trace } from '../trace/trace';

/** A value that was made up for a parameter. `expression` is JavaScript; the reader may change it. */
export interface ParameterValue {
  readonly name: string;
  readonly type: string;
  readonly expression: string;
}

export type HostMessage =
  /**
   * A new recording: the player shows its first step, or with `keepPlace` the one that was on show. `title` is what is
   * played: `load(2)`, `lines 3–7 of a.ts`; `whatIf` what the reader changed of the world outside for it.
   */
  | { readonly kind: 'trace'; readonly trace: Trace; readonly title: string; readonly parameters?: readonly ParameterValue[]; readonly keepPlace?: boolean; readonly whatIf?: Scenario }
  /** The simulation is at work; what was shown stays until a trace or an error comes. */
  | { readonly kind: 'busy'; readonly message: string }
  /** Nothing could be played; `message` is one sentence that says why and what to do. */
  | { readonly kind: 'error'; readonly message: string; readonly file?: string; readonly line?: number }
  /** The text is no longer the one that was recorded; `message` says so in one sentence. */
  | { readonly kind: 'outdated'; readonly message: string }
  /** The editor's cursor: the player goes to the next step on that line. Lines count from 1. */
  | { readonly kind: 'reveal-line'; readonly file: string; readonly line: number }
  /** The editor's cursor rests on this line: its steps are marked. */
  | { readonly kind: 'cursor'; readonly file: string; readonly line: number }
  /** Values made from the parameters' types, shown and edited before playing. */
  | { readonly kind: 'parameters'; readonly title: string; readonly parameters: readonly ParameterValue[] };

/** A stretch of a file, lines and columns from 1, the end exclusive. */
export interface PlaceInFile {
  /** As in the trace's `files`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface LabelledPlace extends PlaceInFile {
  readonly label: string;
}

export type ExportedContent = { readonly text: string } | { readonly base64: string };

/** What a line of a file shows at a moment; `text` is what it has to say, or ''. */
export interface NoteOnLine {
  /** As in the trace's `files`; the line counts from 1. */
  readonly file: string;
  readonly line: number;
  readonly mark: 'running' | 'calling' | 'parked' | 'failed' | 'value';
  readonly text: string;
}

export type PlayerMessage =
  | { readonly kind: 'ready' }
  /** Where the player stands, so that the editor can show it. `running` is absent while the stack is empty. */
  | {
    readonly kind: 'step'; readonly step: number; readonly running?: PlaceInFile;
    /** Frames on the stack from the top down, and the suspended ones, each where it stands. */
    readonly stack: readonly LabelledPlace[]; readonly suspended: readonly LabelledPlace[];
    /** What the lines of the files show, running line and all. */
    readonly notes: readonly NoteOnLine[];
  }
  | { readonly kind: 'open-location'; readonly file: string; readonly line: number; readonly column: number }
  /** Play (again) with these expressions, by parameter name. */
  | { readonly kind: 'rerun'; readonly values: Readonly<Record<string, string>> }
  /** Play another of the legal orders: the one that these nudges lead to, or without any the first one. */
  | { readonly kind: 'other-order'; readonly nudges: readonly Nudge[] }
  /** Play again with these answers of the world outside, in place of the scenario's. */
  | { readonly kind: 'what-if'; readonly whatIf: Scenario }
  /** Play again as this host would run it. */
  | { readonly kind: 'other-host'; readonly host: HostKind }
  /** Show the scenario of the program; make it, if there is none, of what the run asked. */
  | { readonly kind: 'open-scenario' }
  /** Write the animation as a page of its own. */
  | { readonly kind: 'save' }
  /** The reader wants a link to the program. */
  | { readonly kind: 'link' }
  /** Write a file that the player has made; the reader is asked where to. */
  | { readonly kind: 'export'; readonly name: string; readonly content: ExportedContent }
  /** Stop the simulation that is at work. */
  | { readonly kind: 'cancel' };

const hostKinds: ReadonlySet<string> = new Set(['trace', 'busy', 'error', 'outdated', 'reveal-line', 'cursor', 'parameters'] satisfies HostMessage['kind'][]);

/** Tells a message of the host from other things that windows are sent. The trace in it is checked by `parseTrace`. */
export function isHostMessage(value: unknown): value is HostMessage {
  return typeof value === 'object' && value !== null && 'kind' in value && hostKinds.has(String(value.kind));
}
