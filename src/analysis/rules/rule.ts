/** Why this file exists: what a rule is given and what it answers. */
import type ts from 'typescript';
import type { Finding, RuleId, Severity } from '../finding';
import type { Effects } from '../flow-model/effects';
import type { FileSummary } from '../flow-model/summary';
import { rangeOf } from '../syntax';
import { type FileAnswers, type FileQuestions, type TypeFacts, unknownFacts } from '../types/questions';
import type { FileNodes } from './file-nodes';

export interface RuleContext {
  readonly summary: FileSummary;
  readonly effects: Effects;
  readonly nodes: FileNodes;
  /** What the summary asked, and what the rules did. */
  readonly answers: FileAnswers;
}

export interface Rule {
  readonly id: RuleId;
  /** For the settings and the table of rules: a phrase that goes on "finds …". */
  readonly finds: string;
  readonly severity: Severity | 'by-cost';
  /** Rules whose findings at the same place say less of the same cause: they are left out there. */
  readonly insteadOf?: readonly RuleId[];
  /** What must be known of types; the questions of all rules that are on go in one batch. */
  questions?(nodes: FileNodes): Partial<FileQuestions>;
  check(context: RuleContext): readonly Finding[];
}

/** The type of an expression that was asked about; unknown where nobody knows. */
export function typeOf(node: ts.Node, { answers }: RuleContext): TypeFacts {
  return answers.types.get(node) ?? unknownFacts;
}

/** A finding at an expression, as loud as the rule is. */
export function found(
  rule: Rule,
  { summary }: RuleContext,
  node: ts.Node,
  message: string,
  rest: Partial<Pick<Finding, 'severity' | 'related' | 'fixes' | 'range'>> = {},
): Finding {
  const severity = rule.severity === 'by-cost' ? 'info' : rule.severity;
  const range = rangeOf(node);
  return { rule: rule.id, severity, file: summary.file, range, message, related: [], fixes: [], ...rest };
}
