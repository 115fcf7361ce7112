/**
 * Why this file exists: what a face says when it opens a project, and what it gets back for a file; apart, so that it
 * imports no checker.
 */
import type { ExplainOptions, Explanation } from './explain/explanation';
import type { Finding, RuleSettings } from './finding';
import type { EngineChoice } from './types/questions';
import type { FlowModel, SyntaxProblem } from './flow-model/flow-model';

export interface ProjectOptions {
  /** Absolute, with forward slashes: where the search for files and tsconfigs starts. */
  readonly root: string;
  /** Absolute path of the tsconfig to use for every file; absent: each file's nearest. */
  readonly tsconfig?: string;
  /**
   * The files that `files()` answers; absent: those of the tsconfigs, or every TypeScript and JavaScript file below
   * `root`.
   */
  readonly files?: readonly string[];
  readonly rules?: RuleSettings;
  /** Which type checker answers; absent: the environment's `LOOPSCOPE_ENGINE`, else `auto`. */
  readonly engine?: EngineChoice;
}

export interface AnalyseOptions {
  /** Asked between functions and files; true ends the work with `Cancelled`. */
  readonly isCancelled?: () => boolean;
}

export interface FileAnalysis {
  readonly file: string;
  readonly model: FlowModel;
  readonly findings: readonly Finding[];
  /** What does not parse; the rest of the file is analysed all the same. */
  readonly syntaxProblems: readonly SyntaxProblem[];
}

/** Thrown out of `analyse` when `isCancelled` says so; nothing is lost, ask again later. */
export class Cancelled extends Error {
  constructor() {
    super('The analysis was cancelled.');
    this.name = 'Cancelled';
  }
}

/** Thrown by `openProject` and `analyse` for input that cannot be used; one line that says what to do. */
export class ProjectError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProjectError';
  }
}

/** Paths are absolute, with forward slashes. Every answer is plain data. */
export interface Project {
  /** Sets the unsaved text of a file; undefined returns to the disk (and reads it anew). */
  update(file: string, text: string | undefined): void;
  /** Throws `ProjectError` when the file cannot be read, `Cancelled` when asked to stop. */
  analyse(file: string, options?: AnalyseOptions): FileAnalysis;
  /** What stands at an offset: an await, a call, a function's name. */
  explain(file: string, offset: number, options?: ExplainOptions): Explanation | undefined;
  files(): readonly string[];
  /** Settings for the analyses from now on. */
  configure(rules: RuleSettings): void;
  dispose(): void;
}
