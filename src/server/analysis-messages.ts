/**
 * Why this file exists: what the server's main thread and its analysis thread say to each other; plain data,
 * structured-cloned.
 */
import type { CallNode } from '../analysis/call-graph';
import type { Words } from '../base/words';
import type { Explanation } from '../analysis/explain/explanation';
import type { RuleSettings } from '../analysis/finding';
import type { CallDirection, FileAnalysis, PrepareProgress } from '../analysis/project-options';

/** What the thread is to know from now on; never answered. */
export type AnalysisNews =
  | { readonly kind: 'folders-set'; readonly roots: readonly string[] }
  /** The unsaved text of an open document; without one it is closed, or it changed on the disk. */
  | { readonly kind: 'text-set'; readonly path: string; readonly text?: string }
  /** A tsconfig, a package.json or a lockfile changed: what is known of projects is out of date. */
  | { readonly kind: 'projects-outdated' };

/** What the thread is asked, one question at a time. */
export type AnalysisQuestion =
  | { readonly kind: 'analyse'; readonly path: string; readonly rules: RuleSettings; readonly isQuick: boolean }
  /** `uri` is what the link "visualize from here" is to name. */
  | { readonly kind: 'explain'; readonly path: string; readonly offset: number; readonly uri: string }
  | { readonly kind: 'calls'; readonly path: string; readonly start: number; readonly direction: CallDirection }
  /** Read one more file of the project around `path`. */
  | { readonly kind: 'prepare'; readonly path: string }
  | { readonly kind: 'projects' };

export interface AnalysisAnswers {
  readonly analyse: FileAnalysis;
  readonly explain: Explanation | undefined;
  readonly calls: readonly CallNode[];
  /** `isFull`: no further file was read, because memory is short. */
  readonly prepare: (PrepareProgress & { readonly isFull: boolean }) | undefined;
  readonly projects: readonly string[];
}

export type ToAnalysisThread =
  | AnalysisNews
  | { readonly kind: 'asked'; readonly id: number; readonly question: AnalysisQuestion };

/**
 * `cancelled` and `unusable` (one line for people) are expected; `failed` is a bug of ours, with its stack for the
 * log.
 */
export type FromAnalysisThread =
  | { readonly kind: 'answered'; readonly id: number; readonly answer: AnalysisAnswers[keyof AnalysisAnswers] }
  | { readonly kind: 'cancelled'; readonly id: number }
  | { readonly kind: 'unusable'; readonly id: number; readonly message: string }
  | { readonly kind: 'failed'; readonly id: number; readonly message: string };

/** What holds as long as the server runs. */
export interface ThreadStart {
  /** Where answers of the type checker are kept between two starts. */
  readonly cacheDirectory?: string;
  /** The reader's language. */
  readonly words: Words;
}

/** What the thread starts with. `cancelled[0]` holds the id of the question that nobody waits for any more. */
export interface AnalysisThreadData {
  readonly kind: 'analysis';
  readonly cancelled: SharedArrayBuffer;
  readonly start: ThreadStart;
}
