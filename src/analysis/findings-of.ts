/** Why this file exists: what the rules find in a file, less what its baseline knows. */
import type { Finding } from './finding';
import type { Effects } from './flow-model/effects';
import type { FileSummary } from './flow-model/summary';
import { runRules } from './rules/all';
import { newFindings } from './settings/baseline';
import type { FileSettings } from './settings/file-settings';

/** `check` is called between rules; it may throw to stop. */
export function findingsOf(
  summary: FileSummary,
  effects: Effects,
  { rules, baseline }: FileSettings,
  check: () => void,
): readonly Finding[] {
  return newFindings(runRules(summary, effects, rules, check), summary.source.text, baseline);
}
