/** Why this file exists: a finding is the one document that rules write and every face (server, command line) reads. */
import type { TextRange } from '../base/text';

/** From the quietest to the loudest; `off` exists only as a setting. */
export const severities = ['hint', 'info', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

/** In the order in which tables list them. */
export const ruleIds = [
  'floating-promise',
  'floating-promise-stored',
  'late-await-rejection-window',
  'promise-passed-to-nonhandler',
  'then-without-catch',
  'then-no-return',
  'nested-then',
  'promise-array-floating',
  'swallowed-rejection',
  'missing-error-listener',
  'unhandled-callback-err',
  'promise-in-condition',
  'async-callback-void',
  'async-foreach',
  'async-predicate',
  'async-reduce',
  'async-timer-callback',
  'async-in-constructor',
  'async-getter-setter',
  'promise-spread',
  'async-iterable-misuse',
  'async-vue-computed',
  'test-promise-not-returned',
  'await-non-thenable',
  'async-without-await',
  'missing-async-contract',
  'return-await-lost-catch',
  'redundant-return-await',
  'async-executor',
  'explicit-constructor-antipattern',
  'executor-never-settles',
  'executor-settles-twice',
  'executor-return-value',
  'reject-non-error',
  'custom-promisify',
  'useless-promise-resolve',
  'thenable-object',
  'finally-hazard',
  'blocking-call-in-async',
  'transitive-blocking-call',
  'check-then-act',
  'stale-read-modify-write',
  'zalgo-callback',
  'callback-called-twice',
  'dual-api',
  'race-no-cancel',
  'order-violation',
  'missing-abort-signal',
  'resource-used-after-dispose',
  'busy-wait-poll',
  'microtask-starvation',
  'sync-wait-on-async',
  'blocking-callback-omitted',
  'redos',
  'sequential-await-loop',
  'sequential-independent-awaits',
  'unbounded-concurrency',
  'threadpool-exhaustion',
  'cpu-bound-in-async',
  'ignore-comment',
] as const;
export type RuleId = (typeof ruleIds)[number];

/** What a person set for each rule; a rule that is absent keeps the severity it chose itself. */
export type RuleSettings = Readonly<Partial<Record<RuleId, Severity | 'off'>>>;

/** A place in some file, with what it shows. Paths are absolute, with forward slashes; offsets are UTF-16. */
export interface RelatedPlace {
  readonly file: string;
  readonly range: TextRange;
  readonly message: string;
}

/** Replaces the text of `range` by `newText`; an empty range inserts. */
export interface FileEdit {
  readonly file: string;
  readonly range: TextRange;
  readonly newText: string;
}

/** A change that is safe to apply and leaves the code compiling. Edits of one file never overlap. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly FileEdit[];
  /** The one that an editor applies when asked to fix without choosing. */
  readonly preferred?: boolean;
  /** Changes nothing that the program does, so that it may be applied without asking, together with others. */
  readonly harmless?: boolean;
}

export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly file: string;
  /** The expression at fault. */
  readonly range: TextRange;
  /** One sentence: what happens and why. */
  readonly message: string;
  /** The chain of evidence, in the order in which it is called. */
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
  /** Writes the comment that ignores this finding; absent where no comment can stand. */
  readonly ignore?: FileEdit;
}

/** True when `severity` is at least as loud as `floor`. */
export function atLeast(severity: Severity, floor: Severity): boolean {
  return severities.indexOf(severity) >= severities.indexOf(floor);
}
