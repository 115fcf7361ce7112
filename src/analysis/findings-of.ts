/** Why this file exists: what is told of a file: its model, and what rules find in it, less what its baseline knows. */
import type { Finding } from './finding';
import { buildModel } from './flow-model/build-model';
import type { Effects } from './flow-model/effects';
import { resolved } from './flow-model/resolve';
import type { FileSummary } from './flow-model/summary';
import type { FileAnalysis } from './project-options';
import { runRules } from './rules/all';
import { newFindings } from './settings/baseline';
import type { FileSettings } from './settings/file-settings';
import { syntaxProblems } from './types/syntax-problems';

/** `check` is called between functions and rules; it may throw to stop. */
export function analysisOf(
  summary: FileSummary,
  effects: Effects,
  settings: FileSettings,
  check: () => void,
): Omit<FileAnalysis, 'implementations' | 'isWhole'> {
  const { file, engine } = summary;
  const whole = resolved(summary, effects);
  return {
    file,
    model: buildModel(whole, effects, check),
    findings: settings.isIgnored ? [] : findingsOf(whole, effects, settings, check),
    syntaxProblems: syntaxProblems(engine, file),
    ...(settings.problem === undefined ? {} : { settingsProblem: settings.problem }),
  };
}

/** `check` is called between rules; it may throw to stop. */
function findingsOf(
  summary: FileSummary,
  effects: Effects,
  { rules, baseline }: FileSettings,
  check: () => void,
): readonly Finding[] {
  return newFindings(runRules(summary, effects, rules, check), summary.source.text, baseline);
}
