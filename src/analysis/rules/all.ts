/** Why this file exists: the rules, and how a person's settings change what they answer. */
import { type Finding, ruleIds, type RuleSettings } from '../finding';
import { blockingCallInAsync } from './blocking-call-in-async';
import { floatingPromise } from './floating-promise';
import type { Rule, RuleContext } from './rule';
import { transitiveBlockingCall } from './transitive-blocking-call';

export const rules: readonly Rule[] = [floatingPromise, blockingCallInAsync, transitiveBlockingCall];

/**
 * The findings of every rule that is on, in the order of the text. `check` is called before each rule; it may throw to
 * stop.
 */
export function runRules(context: RuleContext, settings: RuleSettings, check: () => void): readonly Finding[] {
  const found = rules.flatMap((rule) => {
    check();
    return settings[rule.id] === 'off' ? [] : rule.check(context);
  });
  return found
    .map((finding) => withSetSeverity(finding, settings))
    .sort((a, b) => a.range.start - b.range.start || ruleIds.indexOf(a.rule) - ruleIds.indexOf(b.rule));
}

function withSetSeverity(finding: Finding, settings: RuleSettings): Finding {
  const set = settings[finding.rule];
  return set === undefined || set === 'off' ? finding : { ...finding, severity: set };
}
