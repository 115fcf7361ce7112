/** Why this file exists: the editor's words for severities (`information`) become the analysis's (`info`). */
import { ruleIds, type RuleSettings, type Severity } from '../analysis/finding';
import type { RuleSetting } from './settings';

const severityOf: Readonly<Record<RuleSetting, Severity | 'off'>> = {
  off: 'off', hint: 'hint', information: 'info', warning: 'warning', error: 'error',
};

/** The settings of rules that exist; others are left out. */
export function ruleSettings(sent: Readonly<Record<string, RuleSetting>>): RuleSettings {
  return Object.fromEntries(ruleIds.flatMap((rule) => {
    const setting = sent[rule];
    return setting === undefined ? [] : [[rule, severityOf[setting]]];
  }));
}
