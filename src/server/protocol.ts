/**
 * Why this file exists: what the editor and the language server say to each other beyond the language server protocol.
 * Both sides import it; it holds types and method names only.
 */
import type { Position, Range } from 'vscode-languageserver-types';
import type { Color } from '../analysis/flow-model/flow-model';
import type { CallDirection } from '../analysis/project-options';
import type { Words } from '../base/words';
import type { MadeUpValue } from '../simulation/request';
import type { Scenario } from '../trace/scenario';
import type { HostKind, Nudge, Trace } from '../trace/trace';
import type { Compared } from '../verify/verification';

/**
 * Simulates from a place in a document: `SimulateParams` → `SimulateReply`. Cancelling the request ends the
 * simulation.
 */
export const simulateMethod = 'loopscope/simulate';
/** The made-up values that a start would be given: `StartParams` → `ParametersReply`. */
export const parametersMethod = 'loopscope/parameters';
/**
 * Runs a document for real and compares: `VerifyParams` → `VerifyReply`. This executes the user's code: the editor asks
 * first, and never in an untrusted workspace. Cancelling the request ends the run.
 */
export const verifyMethod = 'loopscope/verify';
/** How the server is: no parameters → `StatusReply`. */
export const statusMethod = 'loopscope/status';

/** The functions of a document, in colours: `FunctionsParams` → `FunctionsReply`. */
export const functionsMethod = 'loopscope/functions';
/** Whom a function calls, or who calls it: `CallsParams` → `CallsReply`. */
export const callsMethod = 'loopscope/calls';
/** Colours are out of date although their document did not change: what it calls did. */
export const colorsOutdatedMethod = 'loopscope/colorsOutdated';

export interface FunctionsParams {
  readonly uri: string;
}

/** A function of the call graph. Positions are the editor's. */
export interface ColoredFunction {
  readonly name: string;
  readonly color: Color;
  /** The callees on the way to what blocks, the last one blocks; empty when calling it blocks nobody. */
  readonly blocks: readonly string[];
  /** Where it is declared; absent for a library's. `start` names it in further questions. */
  readonly place?: { readonly uri: string; readonly range: Range; readonly start: number };
  /** Where the call is, when it was found by one. */
  readonly at?: { readonly uri: string; readonly range: Range };
}

export interface FunctionsReply {
  /** Of the document that was looked at; undefined for one that is not open. */
  readonly version: number | undefined;
  /** In the order of the text; the module's own body, `<module>`, is first. */
  readonly functions: readonly ColoredFunction[];
  /** How many `await`s there are. */
  readonly awaits: number;
  readonly findings: number;
}

export interface CallsParams {
  readonly uri: string;
  readonly start: number;
  readonly direction: CallDirection;
}

export interface CallsReply {
  readonly calls: readonly ColoredFunction[];
}

/** What the extension tells the server at the start. */
export interface ServerStart {
  /** A folder where the server may keep what it learnt. */
  readonly cacheDirectory?: string;
  /** The reader's language, where it is not English. */
  readonly words?: Words;
}

/** The language server's own commands, run by the editor. */
export const visualizeCommand = 'loopscope.visualize';

/** Where to begin, as the reader pointed, in the editor's positions (from 0). */
export type StartAt =
  | { readonly kind: 'file' }
  /** The function around the cursor; where there is none, the file. */
  | { readonly kind: 'cursor'; readonly position: Position }
  /** The function whose text begins there. */
  | { readonly kind: 'function'; readonly position: Position }
  | { readonly kind: 'selection'; readonly range: Range };

export interface StartParams {
  readonly uri: string;
  readonly at: StartAt;
}

export interface SimulateParams extends StartParams {
  /** The document's version when the reader asked; an older text is refused. */
  readonly version?: number;
  /** Expressions that the reader put in place of made-up values, by parameter name. */
  readonly values?: Readonly<Record<string, string>>;
  /** What leads the run to another legal order. */
  readonly nudges?: readonly Nudge[];
  /** The text of the scenario as the editor has it; absent: as the disk has it. */
  readonly scenario?: string;
  /** Answers of the world outside in place of the scenario's. */
  readonly whatIf?: Scenario;
  /** Packages that could not run before. */
  readonly standIns?: readonly string[];
  /** The host that the reader chose; absent: the one that the tsconfig tells of. */
  readonly host?: HostKind;
}

export type SimulateReply = Simulated | Refused;

export interface Simulated {
  readonly kind: 'simulated';
  /** What is played, as people would call it: `load(2)`, `lines 3–7 of a.ts`. */
  readonly title: string;
  /** The document's version that was simulated. */
  readonly version: number;
  readonly trace: Trace;
  readonly parameters: readonly MadeUpValue[];
  /** The uri of each of the trace's files, in their order. */
  readonly uris: readonly string[];
  /** Wall-clock milliseconds that the simulation took in the server. */
  readonly wallMs: number;
}

/** Nothing was played; `message` is one sentence that says why and what to do. */
export interface Refused {
  readonly kind: 'refused';
  readonly message: string;
  /** Where, when the reason has a place. */
  readonly uri?: string;
  readonly range?: Range;
}

export interface VerifyParams {
  readonly uri: string;
}

export type VerifyReply = { readonly kind: 'verified'; readonly found: Compared } | Refused;

export type ParametersReply = { readonly kind: 'parameters'; readonly parameters: readonly MadeUpValue[] } | Refused;

export interface StatusReply {
  readonly pid: number;
  readonly version: string;
  /** Open documents that are analysed. */
  readonly documents: number;
  /** Projects that are loaded: tsconfig paths, and `inferred` for loose files. */
  readonly projects: readonly string[];
}
