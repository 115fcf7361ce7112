/**
 * Why this file exists: `--rule ID=SEVERITY` becomes settings, or a line that says which rules and severities there
 * are.
 */
import { type RuleId, ruleIds, type RuleSettings, severities, type Severity } from '../analysis/finding';
import { UsageError } from './usage-error';

export function ruleSettings(options: readonly string[]): RuleSettings {
  const settings: Partial<Record<RuleId, Severity | 'off'>> = {};
  for (const option of options) {
    const at = option.indexOf('=');
    const name = at < 0 ? option : option.slice(0, at);
    const value = at < 0 ? '' : option.slice(at + 1);
    const rule = ruleIds.find((id) => id === name);
    if (rule === undefined) throw new UsageError(`There is no rule "${name}". Rules: ${ruleIds.join(', ')}.`);
    const severity = (['off', ...severities] as const).find((each) => each === value);
    if (severity === undefined)
      throw new UsageError(`--rule ${name} needs one of off, ${severities.join(', ')}: --rule ${name}=warning.`);
    settings[rule] = severity;
  }
  return settings;
}
