/** Why this file exists: what a rule is given and what it answers. */
import type { Finding, RuleId } from '../finding';
import type { Effects } from '../flow-model/effects';
import type { FileSummary } from '../flow-model/summary';

export interface RuleContext {
  readonly summary: FileSummary;
  readonly effects: Effects;
}

export interface Rule {
  readonly id: RuleId;
  check(context: RuleContext): readonly Finding[];
}
