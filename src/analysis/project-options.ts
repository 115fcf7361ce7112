/**
 * Why this file exists: what a face says when it opens a project, and what it gets back for a file; apart, so that it
 * imports no checker.
 */
import type { CallNode } from './call-graph';
import type { ExplainOptions, Explanation } from './explain/explanation';
import type { Finding, RuleSettings } from './finding';
import type { EngineChoice } from './types/questions';
import type { FileSettings } from './settings/file-settings';
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
  /** What the person set; a `loopscope.json` above a file goes before it. */
  readonly rules?: RuleSettings;
  /** Severities that go before a `loopscope.json`: they were given with the question itself. */
  readonly forcedRules?: RuleSettings;
  /** Absolute path of the baseline, or false for none; absent: the one that a `loopscope.json` names. */
  readonly baseline?: string | false;
  /** A folder where answers of the type checker are kept between two starts; absent: nothing is kept. */
  readonly cacheDirectory?: string;
  /** Nothing but findings will be asked for: the types of calls that only their colours need are not asked. */
  readonly onlyFindings?: boolean;
  /** Which type checker answers; absent: the environment's `LOOPSCOPE_ENGINE`, else `auto`. */
  readonly engine?: EngineChoice;
}

export interface AnalyseOptions {
  /** Asked between functions and files; true ends the work with `Cancelled`. */
  readonly isCancelled?: () => boolean;
  /**
   * True: files that import what was edited are taken as they were known, for an answer while one types; ask again
   * without it when `isWhole` says no.
   */
  readonly isQuick?: boolean;
}

export interface PrepareOptions extends AnalyseOptions {
  /** True: the findings of the file will be asked for too, so what they need is asked of the checker at once. */
  readonly forFindings?: boolean;
}

export interface FileAnalysis {
  readonly file: string;
  readonly model: FlowModel;
  readonly findings: readonly Finding[];
  /** False: a quick answer, in which some file is as it was before an edit of what it imports. */
  readonly isWhole: boolean;
  /** Rises when files were read that say who implements what: earlier answers about other files may be out of date. */
  readonly implementations: number;
  /** What does not parse; the rest of the file is analysed all the same. */
  readonly syntaxProblems: readonly SyntaxProblem[];
  /** One line about a `loopscope.json` or a baseline that cannot be used. */
  readonly settingsProblem?: string;
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

export type CallDirection = 'callees' | 'callers';

export interface PrepareProgress {
  readonly done: number;
  readonly total: number;
  /** What was read implements something, so what is known of callers may have changed. */
  readonly changesCallers: boolean;
}

/** Paths are absolute, with forward slashes. Every answer is plain data. */
export interface Project {
  /** Sets the unsaved text of a file; undefined returns to the disk (and reads it anew). */
  update(file: string, text: string | undefined): void;
  /** Throws `ProjectError` when the file cannot be read, `Cancelled` when asked to stop. */
  analyse(file: string, options?: AnalyseOptions): FileAnalysis;
  /**
   * Reads a file for the sake of others, which may call what it implements. False when it was known.
   */
  prepare(file: string, options?: PrepareOptions): boolean;
  /** Reads files as `prepare` does, in the order that is quickest; `step` is told of each before it is read. */
  prepareAll(files: readonly string[], options: PrepareOptions, step: (file: string) => void): void;
  /** What stands at an offset: an await, a call, a function's name. */
  explain(file: string, offset: number, options?: ExplainOptions): Explanation | undefined;
  files(): readonly string[];
  /** What holds for a file: a `loopscope.json` above it, and what was given. */
  settings(file: string): FileSettings;
  /** The project's own files that this one imports. */
  imports(file: string): readonly string[];
  /** The person's settings for the analyses from now on. */
  configure(rules: RuleSettings): void;
  /** Whom the function that starts at `start` calls, or who calls it among the files that are known. */
  calls(file: string, start: number, direction: CallDirection): readonly CallNode[];
  /** Reads one more file of the project, those around the open ones first; undefined when all are known. */
  prepareNext(options?: AnalyseOptions): PrepareProgress | undefined;
  /** Keeps what was learnt for the next start, where a folder for it was given; so does `dispose`. */
  save(): void;
  dispose(): void;
}
